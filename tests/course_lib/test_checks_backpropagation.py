"""What a learner of lecture 05 reads: any reasonable style passes, and no answer breaks a check."""

from __future__ import annotations

import numpy as np
import pytest

from course_lib.checks.cases import declaration
from course_lib.checks.functions import build
from course_lib.checks.killing import judge_kill
from course_lib.checks.values import Answer, Function
from course_lib.graph import MLPGraph, layered

ODD_ANSWERS = [
    None, 7, "text", [], (), set(), {}, [[1, 2], [3]], {1, 2}, {"a": None}, [1, "a"], [None, None],
    np.array([1j, 2j]), np.ones((2, 2)), ({}, {}), (1, 2, 3),
    [float("nan")] * 4, {5: None, 4: 1j, 3: "x"}, {(3, 0): np.ones(2)}, 10**30, (True, False),
    {5: {}, 4: [], 3: float("nan")}, (None, None, None), [{}, [], ()],
]
EXERCISES = ["numeric_gradient", "relative_error", "deltas", "weight_gradients", "dense_backward",
             "local_slopes", "reverse_pass"]


@pytest.mark.parametrize("name", EXERCISES)
def test_odd_answers_are_told_in_a_sentence(name):
    exercise = declaration(name)
    case = exercise.cases()[0]
    expected = exercise.expected(case).value
    for answer in ODD_ANSWERS:
        told = exercise.compare(answer, expected, case)
        assert isinstance(told, str) and 10 < len(told) < 200, (name, answer, told)


def first(name: str):
    exercise = declaration(name)
    case = exercise.cases()[0]
    return exercise, case, exercise.expected(case).value


def test_a_wrong_delta_is_told_where_the_way_back_first_goes_wrong():
    exercise, case, right = first("deltas")
    assert exercise.compare(dict(reversed(right.items())), right, case) is None
    told = exercise.compare({3: 9.0, 4: 9.0, 5: right[5]}, right, case)
    assert told.startswith("the first wrong entry, from the outputs back, is delta[4]: expected")
    assert "delta[5]" in exercise.compare(dict.fromkeys(right, 9.0), right, case)
    assert exercise.compare({4: right[4], 5: right[5]}, right, case) == (
        "the entry delta[3] is missing."
    )
    told = exercise.compare({**right, 1: 0.0}, right, case)
    assert told == "the entry delta[1] should not be there."


def test_a_wrong_weight_gradient_is_told_by_target_and_source():
    exercise, case, right = first("weight_gradients")
    assert exercise.compare(dict(reversed(right.items())), right, case) is None
    told = exercise.compare({**right, (5, 4): 9.0}, right, case)
    assert told.startswith("the first wrong entry, in order, is result[5, 4]: expected -0.1095")
    without = {key: value for key, value in right.items() if key[1]}
    assert exercise.compare(without, right, case) == "the entry result[3, 0] is missing."


def test_of_three_gradients_the_wrong_one_is_named():
    exercise, case, (grad_x, grad_weight, grad_bias) = first("dense_backward")
    right = (grad_x, grad_weight, grad_bias)
    assert exercise.compare([grad_x.tolist(), grad_weight, list(grad_bias)], right, case) is None
    told = exercise.compare((grad_x, grad_weight.T, grad_bias), right, case)
    assert told.startswith("in grad_weight: expected shape (2, 3), got shape (3, 2).")
    assert exercise.compare((grad_x, grad_weight, grad_bias.sum()), right, case).startswith(
        "in grad_bias: "
    )


def test_the_walk_back_is_told_from_behind():
    exercise, case, right = first("reverse_pass")
    assert exercise.compare(np.array(right), right, case) is None
    assert exercise.compare(tuple(right), right, case) is None
    told = exercise.compare([0.0, 0.0, 5.0, 9.0, 1.0], right, case)
    assert told == (
        "the first wrong gradient on the way back is that of number 3: expected 4, got 9."
    )
    assert "5" in exercise.compare([4.0, 4.0], right, case)


def test_the_2_2_1_net_of_the_lecture_is_what_stands_there_to_four_places():
    w = {(3, 0): -1.0, (3, 1): 2.0, (3, 2): -1.0, (4, 0): 0.5, (4, 1): -0.5, (4, 2): 0.5,
         (5, 0): -0.5, (5, 3): 1.5, (5, 4): -1.0}
    net_ = MLPGraph(*layered([2, 2, 1]))
    y, net, a = net_.forward([2.0, 3.0], w, build(Function("sigmoid")))
    gradients, delta = net_.backward(y - 1, net, a, w, build(Function("derivative", "sigmoid")))
    printed = {(3, 0): -0.0547, (3, 1): -0.1094, (3, 2): -0.1641, (4, 0): 0.0287, (4, 1): 0.0574,
               (4, 2): 0.0861, (5, 0): -0.1459, (5, 3): -0.0729, (5, 4): -0.1067}
    assert {key: round(value, 4) for key, value in gradients.items()} == pytest.approx(printed)
    assert [round(delta[i], 4) for i in (5, 4, 3)] == [-0.1459, 0.0287, -0.0547]
    assert (round(float(y[0]), 4), round(0.5 * float(y[0] - 1) ** 2, 4)) == (0.382, 0.191)


@pytest.mark.parametrize("name", ["identity", "relu", "sigmoid", "square", "tanh"])
def test_derivatives_that_checks_hand_out_are_the_slopes(name):
    f, slope = build(Function(name)), build(Function("derivative", name))
    for z in (-1.3, -0.2, 0.4, 2.0):
        assert slope(z) == pytest.approx((f(z + 1e-6) - f(z - 1e-6)) / 2e-6, rel=1e-6, abs=1e-9)
    assert slope(np.array([[0.5, -0.5]])).shape == (1, 2)


def test_the_polynomial_of_the_checks_refuses_another_shape():
    f = build(Function("polynomial", np.ones((2, 3))))
    assert f(np.ones((2, 3))) == 6
    with pytest.raises(ValueError, match="expects an array of shape"):
        f(np.ones(6))


@pytest.mark.parametrize(
    ("inputs", "told"),
    [
        (([[1.0, 0.0]], [[0.3, 0.1]]), None),
        ((np.eye(3), np.zeros((3, 3))), None),
        ((np.ones((2, 3)), np.eye(2, 3)), "survives"),
        (([[2.0, 2.0], [5.0, 5.0]], [[0.3, 0.1], [1.0, 2.0]]), "survives"),
        (([[1.0]], [[0.5]]), "survives"),  # one class: always 1, so never a gradient
        (([[1.0, 0.0]], [[0.3, 0.1, 0.2]]), "needs the shape of the scores (1, 3)"),
        (([1.0, 0.0], [0.3, 0.1]), "two arrays of shape (N, n_classes)"),
        (([[np.inf, 0.0]], [[0.3, 0.1]]), "finite numbers"),
        (([[1.0, 0.0]], [[0.3, 1000.0]]), "between -100 and 100"),
        (("ones", "zeros"), "two arrays"),
        (([[1.0, 0.0]],), "return 2 inputs, (grad_output, scores); got 1"),
    ],
)
def test_only_an_upstream_that_differs_within_a_row_kills(inputs, told):
    got = judge_kill(declaration("kill_zero_softmax"), Answer(value=inputs))
    assert got is None if told is None else told in got
