"""What a learner of lecture 12 reads: each way to be wrong has a sentence that says where."""

import numpy as np
import pytest

from course_lib.checks.cases import Case, declaration
from course_lib.checks.judge import judge
from course_lib.checks.killing import judge_kill
from course_lib.checks.lenet import LENET, is_block_gradients, is_table, moved
from course_lib.checks.probes import lenet as probes
from course_lib.checks.training_answers import is_training
from course_lib.checks.values import Answer

EXERCISES = ["network_table", "block_order", "block_backward", "train_cnn", "shifted_accuracy",
             "collect_activations"]
ODD_ANSWERS = [
    None, "text", (), set(), [[1, 2], [3]], {"a": None}, [1, "a"], [None, None],
    ({}, {}), 10**30, float("nan"), ({1.0, 2.0}, [0.0]),
    ("conv", (1,), 2), [("conv", None, 1)] * 3, [([0], 1, 2)], ([1.0], [2.0], [3.0]),
]
CASE = Case("", family="")


@pytest.mark.parametrize("name", EXERCISES)
def test_odd_answers_are_told_in_a_sentence(name):
    exercise = declaration(name)
    for case in (case for case in exercise.cases()[:6] if exercise.expected(case).has_value):
        expected = exercise.expected(case).value
        for answer in ODD_ANSWERS:
            told = exercise.compare(answer, expected, case)
            assert isinstance(told, str) and 10 < len(told) < 400, (name, answer, told)


def test_lenet_has_the_published_number_of_parameters():
    """W-n25, R-n08: 61,706 with 84 hidden units, 63,802 with 100; 48,120 in the first FC layer."""
    table = declaration("network_table").reference
    counts = [count for _, _, count in table(LENET, (1, 32, 32))]
    assert sum(counts) == 61_706
    assert max(counts) == 48_120
    wider = [("fc", 100) if layer == ("fc", 84) else layer for layer in LENET]
    assert sum(count for _, _, count in table(wider, (1, 32, 32))) == 63_802


ROWS = [("conv", (6, 28, 28), 156), ("act", (6, 28, 28), 0)]


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (ROWS, None), ([list(row) for row in ROWS], None),
        (ROWS[:1], "2 rows; got 1"),
        ([("conv", (6, 28, 28), 156), ("relu", (6, 28, 28), 0)], "row 1 (act): the name"),
        ([("conv", (28, 28, 6), 156), ROWS[1]], "row 0 (conv), the shape"),
        ([("conv", (6, 28, 28), 150), ROWS[1]], "row 0 (conv), the number of parameters"),
        ([("conv", (6, 28, 28)), ROWS[1]], "row 0 (conv) should be a triple"),
    ],
)
def test_a_table_is_judged_row_by_row(answer, told):
    sentence = is_table(answer, ROWS, CASE)
    assert sentence is None if told is None else told in sentence


def test_block_gradients_are_named_and_begin_at_the_output():
    right = np.ones((1, 1, 3, 3)), np.ones((1, 1, 2, 2)), np.ones(1)
    assert is_block_gradients(list(right), right, CASE) is None
    assert is_block_gradients((right[0], 2 * right[1], right[2]), right, CASE).startswith(
        "in grad_weight")
    assert is_block_gradients((2 * right[0], right[1], 3 * right[2]), right, CASE).startswith(
        "in grad_bias")


def test_training_says_which_epoch_was_the_best():
    right = [0.9, 0.5, 0.7], np.ones((2, 2))
    assert is_training(right, right, CASE) is None
    assert "that of epoch 2" in is_training((right[0], 2 * right[1]), right, CASE)
    assert is_training(([0.9, 0.6, 0.7], right[1]), right, CASE).startswith("the first epoch is")
    assert is_training(([1.9, 0.6, 0.7], right[1]), right, CASE).startswith("losses:")
    assert "3 numbers" in is_training(([0.9], right[1]), right, CASE)
    assert "got 2 of them" in is_training(([0.9, 0.5], right[1]), right, CASE)


@pytest.mark.parametrize("seed", range(4))
def test_the_best_epoch_lies_where_the_family_says(seed):
    exercise = declaration("train_cnn")
    for case in probes.train_cases(np.random.default_rng(seed)):
        losses, _ = exercise.expected(case).value
        best = int(np.argmin(losses))
        if "in between" in case.family:
            assert 0 < best < len(losses) - 1
        if "the first epoch" in case.family:
            assert best == 0 < len(losses) - 1
        if "the last epoch" in case.family:
            assert best == len(losses) - 1 > 0


def test_moved_lets_zeros_in():
    row = np.array([[[[1.0, 2, 3]]]])
    assert moved(row, 0, 1).ravel().tolist() == [0, 1, 2]
    assert moved(row, 0, -2).ravel().tolist() == [3, 0, 0]
    column = row.transpose(0, 1, 3, 2)
    assert moved(column, 1, 0).ravel().tolist() == [0, 1, 2]
    assert moved(column, -1, 0).ravel().tolist() == [2, 3, 0]


WINDOW = np.array([[[[-1.0, -1.0], [-1.0, 1.0]]]])


@pytest.mark.parametrize(
    ("inputs", "told"),
    [
        (("avg", "relu", WINDOW), None), (("avg", "tanh", WINDOW), None),
        (("avg", "tanh", WINDOW.tolist()), None),
        (("max", "relu", WINDOW), "survives"), (("max", "tanh", WINDOW), "survives"),
        (("avg", "relu", np.abs(WINDOW)), "survives"),
        (("mean", "relu", WINDOW), 'kind must be "max" or "avg"'),
        ((None, "relu", WINDOW), 'kind must be "max" or "avg"'),
        (("avg", "step", WINDOW), 'activation must be "relu" or "tanh"'),
        (("avg", "relu", WINDOW[0, 0]), "the four axes"),
        (("avg", "relu", "text"), "the four axes"),
        (("avg", "relu", WINDOW[:, :, :1]), "must be even"),
        (("avg", "relu", np.full((1, 1, 2, 2), np.nan)), "finite"),
    ],
)
def test_the_kill_task_accepts_what_shows_the_order(inputs, told):
    """W-n27: maxima commute with ReLU and tanh, means do not."""
    sentence = judge_kill(declaration("kill_pool_order"), Answer(value=inputs))
    assert sentence is None if told is None else told in sentence


def test_the_references_pass_their_own_public_cases():
    for name in EXERCISES:
        exercise = declaration(name)
        assert judge(exercise, exercise.cases(), exercise.expected).passed
