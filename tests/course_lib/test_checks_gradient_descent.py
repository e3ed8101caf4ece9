"""What a learner of lecture 04 reads: odd answers, refused inputs, and the beliefs by name."""

import numpy as np
import pytest

from course_lib.checks.cases import declaration
from course_lib.checks.functions import build
from course_lib.checks.killing import judge_kill
from course_lib.checks.values import Answer, Function

ODD_ANSWERS = [
    None, 7, "text", [], (), set(), {}, [[1, 2], [3]], np.array([1j, 2j]), ({}, {}), (1, 2, 3, 4),
    [float("nan")] * 4, 10**30, (1.0, None), (1.0, "text"), ([0.0], [[0.0]], "arrived"),
]
EXERCISES = ["sse", "softmax", "softmax_xent", "gradient_descent", "max_stable_rate", "zigzag"]


@pytest.mark.parametrize("name", EXERCISES)
def test_odd_answers_are_told_in_a_sentence(name):
    exercise = declaration(name)
    case = next(case for case in exercise.cases() if exercise.expected(case).has_value)
    expected = exercise.expected(case).value
    for answer in ODD_ANSWERS:
        told = exercise.compare(answer, expected, case)
        assert isinstance(told, str) and 10 < len(told) < 200, (name, answer, told)


@pytest.mark.parametrize(
    ("name", "results"),
    [
        ("sse", ["E", "dY"]),
        ("softmax_xent", ["the loss", "dZ"]),
        ("gradient_descent", ["w", "path", "status"]),
    ],
)
def test_evidence_calls_each_result_by_its_name(name, results):
    exercise = declaration(name)
    case = next(iter(exercise.cases()))
    right = list(exercise.expected(case).value)
    for k, result in enumerate(results):
        told = exercise.compare([*right[:k], None, *right[k + 1:]], right, case)
        assert told.startswith(f"in {result}: ")


@pytest.mark.parametrize("name", EXERCISES)
def test_titles_of_cases_are_unique_so_that_case_finds_them(name):
    titles = [case.title for case in declaration(name).cases()]
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize(
    ("name", "case", "value"),
    [
        ("sse", "two patterns", (0.22125, [[-0.2, 0.3], [0.25, -0.5]])),
        ("softmax", "the scores 1, 2, 3", [0.0900, 0.2447, 0.6652]),
        ("softmax_xent", "the scores 1, 2, 3, class 2", (0.4076, [[0.0900, 0.2447, -0.3348]])),
        ("softmax_xent", "sure and wrong", (1000.0, [[-1.0, 1.0]])),
        ("max_stable_rate", "curvatures 1 and 20", 0.1),
        ("zigzag", "one turn of two", 0.5),
    ],
)
def test_the_numbers_of_the_lecture(name, case, value):
    exercise = declaration(name)
    (shown,) = [found for found in exercise.cases() if found.title == case]
    expected = exercise.expected(shown).value
    parts = [(expected, value)] if not isinstance(value, tuple) else zip(expected, value,
                                                                         strict=True)
    for mine, theirs in parts:
        np.testing.assert_allclose(mine, theirs, atol=5e-5)


@pytest.mark.parametrize(
    ("inputs", "told"),
    [
        ((np.array([[0.0, 1.0], [2000.0, 2001.0]]),), None),
        ((np.array([[1.0, 2.0, 3.0]]),), "it survives"),
        ((np.array([[0.0, 1.0], [20.0, 21.0]]),), "it survives"),
        ((np.array([1.0, 2.0]),), "Z must have the shape (N, K), with at least one number; it is"),
        ((np.zeros((0, 3)),), "it is (0, 3)"),
        ((np.array([[np.inf, 0.0]]),), "finite numbers only"),
        ((np.array([[2e6, 0.0]]),), "beyond a million are not needed"),
        (("text",), "Z must be an array of numbers"),
        ((1, 2), "return 1 input, (Z,); got 2"),
    ],
)
def test_scores_that_expose_one_maximum(inputs, told):
    got = judge_kill(declaration("kill_one_maximum"), Answer(value=inputs))
    assert got is None if told is None else told in got


@pytest.mark.parametrize(
    ("function", "f"),
    [
        (Function("bowl_gradient", np.array([[2.0, 0.5], [0.5, 1.0]]), np.array([1.0, -1.0])),
         lambda w: 0.5 * (w - [1, -1]) @ np.array([[2.0, 0.5], [0.5, 1.0]]) @ (w - [1, -1])),
        (Function("cosh_gradient", 0.5), lambda w: np.sum(np.cosh(w - 0.5))),
        (Function("double_well_gradient"), lambda w: np.sum((w**2 - 1) ** 2) / 4),
    ],
    ids=lambda value: value.name if isinstance(value, Function) else "",
)
def test_named_gradients_are_the_gradients_of_what_they_are_named_after(function, f):
    gradient, w, h = build(function), np.array([0.3, -1.7]), 1e-6
    numeric = [(f(w + h * e) - f(w - h * e)) / (2 * h) for e in np.eye(2)]
    np.testing.assert_allclose(gradient(w), numeric, rtol=1e-7)


def test_far_out_the_slope_of_cosh_is_infinite_without_a_warning():
    assert np.isinf(build(Function("cosh_gradient"))(np.array([900.0]))).all()
