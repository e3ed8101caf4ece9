"""What a learner of lecture 06 reads; and the laws that judge what is drawn judge it rightly."""

import numpy as np
import pytest

from course_lib.checks.cases import declaration
from course_lib.checks.functions import build
from course_lib.checks.judge import judge
from course_lib.checks.killing import judge_kill
from course_lib.checks.probes import training_in_practice as probes
from course_lib.checks.report import display_cases
from course_lib.checks.training_answers import is_batches, is_dropout, is_split
from course_lib.checks.values import Answer, Function

EXERCISES = ["split", "batches", "sgd_step", "train_epoch", "early_stopping", "dropout",
             "dropout_backward", "top_guesses"]
ODD_ANSWERS = [
    None, "text", [], (), set(), {}, [[1, 2], [3]], {1, 2}, {"a": None}, [1, "a"], [None, None],
    np.array([1j, 2j]), np.array(["a"]), ({}, {}), (1, 2, 3, 4), 10**30, (10**30, float("nan")),
    ([float("nan")], [0], [1]), ([0.5], [1], [2]), [np.ones((2, 2))] * 3, [[-1], [0], [1]],
]


@pytest.mark.parametrize("name", EXERCISES)
def test_odd_answers_are_told_in_a_sentence(name):
    exercise = declaration(name)
    for case in (case for case in exercise.cases() if exercise.expected(case).has_value):
        expected = exercise.expected(case).value
        for answer in ODD_ANSWERS:
            told = exercise.compare(answer, expected, case)
            assert isinstance(told, str) and 10 < len(told) < 300, (name, answer, told)


@pytest.mark.parametrize("seed", range(40))
def test_no_right_draw_is_refused(seed):
    """The reference under other seeds than its own is right as well."""
    rng = np.random.default_rng(seed)
    for name, make in (("split", lambda rng: probes.split_cases(rng, 700)),
                       ("batches", probes.batch_cases), ("dropout", probes.dropout_cases)):
        exercise = declaration(name)

        def other(case, exercise=exercise):
            return exercise.expected(
                type(case)(case.title, *case.args[:-1], probes.generator(rng), family=case.family)
            )

        report = judge(exercise, make(rng), other)
        assert report.passed, (name, [v.evidence for v in report.failures])


def case_of(name, title):
    return next(case for case in declaration(name).cases() if case.title == title)


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        ((range(21), range(21, 26), range(26, 29)), "row 29 comes up 0 times in the three parts"),
        ((range(22), range(21, 27), range(27, 30)), "row 21 comes up 2 times"),
        ((range(1, 31), [], [0]), "30 is no row: the rows are 0 to 29"),
        ((range(21), range(21, 27), range(27, 30)), "0 of the 20 samples of class 0"),
    ],
)
def test_what_is_wrong_with_three_parts_is_told(parts, told):
    case = case_of("split", "20 zeros and 10 ones")
    assert told in is_split([list(part) for part in parts], None, case)


def test_a_part_that_takes_every_third_row_does_not_look_drawn():
    labels = np.zeros(900, dtype=int)
    case = type(case_of("split", "no test part"))(
        "", labels, 1 / 3, 0.0, Function("generator", 1), family=""
    )
    rows = np.arange(900)
    told = is_split((rows[rows % 3 > 0], rows[::3], []), None, case)
    assert "does not look drawn" in told


def test_an_order_that_goes_down_does_not_look_drawn():
    case = next(c for c in declaration("batches").cases() if c.family == "is the order drawn?")
    expected = declaration("batches").expected(case).value
    down, cut = np.arange(case.args[0])[::-1], np.cumsum([len(batch) for batch in expected])[:-1]
    assert "does not look drawn" in is_batches(np.split(down, cut), expected, case)


def test_a_mask_of_whole_rows_is_told():
    case = next(c for c in declaration("dropout").cases() if "large batch" in c.title)
    x, p = case.args[:2]
    mask = np.repeat(np.random.default_rng(0).random((len(x), 1)) >= p, x.shape[1], axis=1)
    mask[: round(p * len(x))], mask[round(p * len(x)) :] = False, True
    assert "a row" in is_dropout((x * mask / (1 - p), mask), None, case)


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (([1.0, 1.0, 4.0], 2), None),
        (([1.0, 2.0, 3.0, 4.0], 2), "survives"),
        (([], 2), "at least one number"),
        (([1.0, float("nan")], 2), "finite"),
        (([1.0, 2.0], 0), "whole number of at least 1"),
    ],
)
def test_a_mean_of_means_is_exposed_by_a_short_batch(answer, told):
    got = judge_kill(declaration("kill_mean_of_means"), Answer(value=answer))
    assert got is None if told is None else told in got


def test_what_is_drawn_is_shown_as_an_example():
    text = display_cases(declaration("batches"))
    assert "rng = np.random.default_rng(6)" in text and "for instance = " in text
    assert "net = a new network with layers [2, 3, 2]" in display_cases(declaration("train_epoch"))


def test_every_call_gets_a_fresh_generator_and_a_fresh_network():
    assert build(Function("generator", 3)).random() == build(Function("generator", 3)).random()
    first, second = (build(Function("mlp", [2, 3, 2], 1)) for _ in range(2))
    first.parameters()[0].data += 1
    assert not np.array_equal(first.parameters()[0].data, second.parameters()[0].data)


def test_an_update_keeps_its_velocities():
    net, update = build(Function("mlp", [1, 1], 1)), build(Function("sgd", 0.5, 0.5))
    weight = net.parameters()[0]
    start = weight.data.copy()
    weight.grad[...] = 1.0
    update(net.parameters())
    update(net.parameters())
    assert np.allclose(start - weight.data, 0.5 * 1 + 0.5 * 1.5)
