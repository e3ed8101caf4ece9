"""What a learner of lecture 02 reads: conventions at kinks and ties pass, and nothing else does."""

import numpy as np
import pytest

from course_lib.checks.cases import Case, declaration
from course_lib.checks.killing import judge_kill
from course_lib.checks.slope_answers import same_activation, same_maximum
from course_lib.checks.values import Answer

Z = np.array([-1.0, 0.0, 2.0])
RELU = (np.array([0.0, 0.0, 2.0]), np.array([0.0, 0.0, 1.0]))


def told(name, got, *args, **kwargs):
    exercise, case = declaration(name), Case("", *args, family="", **kwargs)
    return exercise.compare(got, exercise.expected(case).value, case)


@pytest.mark.parametrize("slope", [0, 0.5, 1, True, np.float64(0.25)])
def test_any_slope_between_both_sides_is_right_at_the_kink(slope):
    assert told("relu", (RELU[0], [0.0, slope, 1.0]), Z) is None


@pytest.mark.parametrize(
    ("name", "slope", "right"),
    [("relu", 1.01, False), ("relu", -0.01, False), ("leaky_relu", 0.1, True),
     ("leaky_relu", 0.05, False), ("elu", 1.0, True), ("elu", 0.9, False), ("selu", 1.0507, True),
     ("selu", 1.7581, True), ("selu", 1.0, False), ("f_log", 0.0, False), ("tanh", 0.0, False)],
)
def test_no_other_slope_is(name, slope, right):
    exercise = declaration(name)
    a, da = exercise.reference(Z)
    assert (told(name, (a, [da[0], slope, da[2]]), Z) is None) == right


def test_away_from_the_kink_nothing_is_forgiven():
    assert "index [0]: expected 0, got 0.5" in told("relu", (RELU[0], [0.5, 0.0, 1.0]), Z)
    assert "index [2]: expected 1, got 0.5" in told("relu", (RELU[0], [0.0, 0.0, 0.5]), Z)


def test_the_kink_of_leaky_relu_and_elu_moves_with_their_argument():
    a, da = declaration("leaky_relu").reference(Z, slope=0.5)
    assert told("leaky_relu", (a, [0.5, 0.6, 1.0]), Z, slope=0.5) is None
    assert told("leaky_relu", (a, [0.5, 0.4, 1.0]), Z, 0.5) is not None
    a, da = declaration("elu").reference(Z, alpha=2.0)
    assert told("elu", (a, [da[0], 1.5, 1.0]), Z, 2.0) is None
    assert told("elu", (a, [da[0], 0.5, 1.0]), Z, alpha=2.0) is not None


@pytest.mark.parametrize(
    ("got", "sentence"),
    [
        (RELU, None),
        (list(map(list, RELU)), None),
        (np.stack(RELU), None),
        (RELU[0], "the result should be the pair (a, da); got an array of shape (3,)."),
        (None, "the result should be the pair (a, da); got None."),
        ((-RELU[0], RELU[1]), "in a: at index [2]: expected 2, got -2. (1 of 3 entries are wrong.) "
                              "Your result is the expected one with the opposite sign."),
        ((RELU[0], RELU[0]), "the value a is right, but not da: at index [2]: expected 1, got 2. "
                             "(1 of 3 entries are wrong.)"),
        ((RELU[0], None), "the value a is right, but not da: expected an array of shape (3,), "
                          "got None"),
        ((RELU[0], ["x", 1, 2]), "the value a is right, but not da: expected an array of "
                                 "shape (3,), got a list"),
    ],
)
def test_a_pair_is_told_which_half_is_wrong(got, sentence):
    case = Case("", Z, family="")
    compare = same_activation(kink=lambda: (0.0, 1.0))
    found = compare(got, RELU, case)
    assert found == sentence or found == f"{sentence} Your result is the expected one times 2."


X, W, B = np.array([[2.0], [-1.0]]), np.array([[1.0], [1.0], [-1.0]]), np.zeros(3)
EXPECTED = (np.array([2.0, 1.0]), np.array([0, 2]))


@pytest.mark.parametrize(
    ("got", "sentence"),
    [
        (EXPECTED, None),
        (([2, 1], [1, 2]), None),  # pieces 0 and 1 are equal
        (np.array([[2.0, 1.0], [1.0, 2.0]]), None),
        (([2, 1], [0, 0]), "value is right, but not index[1]: piece 0 gives -1 and piece 2 gives "
                           "1."),
        (([2, 1], [1, 3]), "value is right, but index[1] is 3; pieces count from 0 to 2."),
        (([2, 1], [0, -1]), "value is right, but index[1] is -1; pieces count from 0 to 2."),
        (([2, 1], [0, float("nan")]), "value is right, but index[1] is nan; pieces count from 0 "
                                      "to 2."),
        (([2, 1], 0), "value is right, but index should be an array of shape (2,); got a number."),
        (([2, 1], "ab"), "value is right, but index should be an array of shape (2,); got text."),
        (([2, 0], [0, 2]),
         "in value: at index [1]: expected 1, got 0. (1 of 2 entries are wrong.)"),
        ([2, 1, 0], "the result should be the pair (value, index); got a list."),
    ],
)
def test_any_of_the_largest_pieces_may_win(got, sentence):
    found = same_maximum(got, EXPECTED, Case("", X, W, B, family=""))
    assert found == sentence


@pytest.mark.parametrize(
    ("inputs", "sentence"),
    [
        (([-1.0, 2.0], 2.0), None),
        ((3.0, 1.5), None),
        (([-1.0, 2.0], 1.0), "survives"),
        (([-1.0, 2.0], -0.5), "survives"),
        (([0.0], 9.0), "survives"),
        (([1.0, float("inf")], 2.0), "finite"),
        (([1.0], [2.0]), "a single number"),
        (("a", 2.0), "must hold numbers"),
        (([1.0],), "return 2 inputs, (z, slope); got 1"),
    ],
)
def test_only_slopes_above_one_expose_the_larger_of_two(inputs, sentence):
    found = judge_kill(declaration("kill_larger_of_two"), Answer(value=inputs))
    assert found is None if sentence is None else sentence in found
