"""What a learner of lecture 10 reads; tie rules and draws are judged by what right ones share."""

import numpy as np
import pytest

from course_lib import functional as F
from course_lib.checks.cases import Case, declaration
from course_lib.checks.judge import judge
from course_lib.checks.killing import judge_kill
from course_lib.checks.pooling_answers import is_drawn_pool, is_regions, is_routed
from course_lib.checks.probes import pooling_and_receptive_fields as probes
from course_lib.checks.report import display_cases
from course_lib.checks.values import Answer, Function

EXERCISES = ["pool2d", "max_pool_backward", "avg_pool_backward", "stochastic_pool",
             "pyramid_pool", "fractional_regions", "receptive_field"]
ODD_ANSWERS = [
    None, "text", [], (), set(), {}, [[1, 2], [3]], {"a": None}, [1, "a"], [None, None],
    np.array([1j, 2j]), np.array(["a"]), ({}, {}), 10**30, float("nan"),
    [(0, float("nan"))], [(0.5, 1)], [(0, 10**40)],
]


@pytest.mark.parametrize("name", EXERCISES)
def test_odd_answers_are_told_in_a_sentence(name):
    exercise = declaration(name)
    for case in (case for case in exercise.cases() if exercise.expected(case).has_value):
        expected = exercise.expected(case).value
        for answer in ODD_ANSWERS:
            told = exercise.compare(answer, expected, case)
            assert isinstance(told, str) and 10 < len(told) < 300, (name, answer, told)


@pytest.mark.parametrize("seed", range(20))
def test_no_right_draw_is_refused(seed):
    """The reference under other seeds than its own is right as well."""
    rng = np.random.default_rng(seed)
    for name, make in (("stochastic_pool", probes.stochastic_cases),
                       ("fractional_regions", probes.region_cases)):
        exercise = declaration(name)

        def other(case, exercise=exercise):
            args = [probes.generator(rng) if isinstance(arg, Function) else arg
                    for arg in case.args]
            return exercise.expected(Case(case.title, *args, family=case.family))

        report = judge(exercise, make(rng), other)
        assert report.passed, (name, [verdict.evidence for verdict in report.failures])


def routed(case, answer):
    grad_y, x, size, stride = case.args
    expected = F.max_pool2d_backward(grad_y, x, size, stride)
    return is_routed(answer, expected, case)


TIE = Case("", np.array([[[[4.0]]]]), np.array([[[[7.0, 7.0], [1.0, 7.0]]]]), 2, 2, family="")


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ([[4, 0], [0, 0]], None), ([[0, 0], [0, 4]], None), ([[1, 2], [0, 1]], None),
        ([[4, 4], [0, 4]], "12 arrives"), ([[0, 0], [0, 0]], "0 arrives"),
        ([[0, 0], [4, 0]], "expected 0, got 4"), ([[1, 1], [1, 1]], "expected 0, got 1"),
        ([[float("nan"), 0], [0, 4]], "got nan"), ([[0, 0], [float("inf"), 4]], "got inf"),
    ],
)
def test_a_tie_may_go_anywhere_but_must_arrive_once(answer, told):
    got = routed(TIE, np.array([[answer]], dtype=float))
    assert got is None if told is None else told in got


def test_letters_in_the_right_shape_are_told():
    letters = np.full((1, 1, 2, 2), "a")
    assert "shape of x" in routed(TIE, letters)
    case = Case("", np.ones((1, 1, 4, 4)), 2, 2, Function("generator", 1), True, family="")
    assert "y should have shape" in is_drawn_pool(letters, np.zeros((1, 1, 2, 2)), case)


def test_ties_and_overlap_together_are_judged_channel_by_channel():
    x = np.zeros((1, 2, 5, 5))
    x[0, 0, 2, 2] = 3.0
    grad_y = np.arange(1.0, 9).reshape(1, 2, 2, 2)
    case = Case("", grad_y, x, 3, 2, family="")
    right = F.max_pool2d_backward(grad_y, x, 3, 2)
    assert routed(case, right) is None
    moved = right[:, ::-1]
    assert routed(case, moved) is not None
    less = right.copy()
    less[0, 1, 0, 0] -= 1
    assert "channel 1" in routed(case, less)


@pytest.mark.parametrize(
    ("pairs", "told"),
    [
        ([(0, 1), (1, 3), (3, 4)], None),
        (((0.0, 2.0), (2.0, 3.0), (3.0, 4.0)), None),
        ([(0, 1), (1, 3)], "expected 3 regions, got 2"),
        ([(1, 2), (2, 3), (3, 4)], "begins at 1"),
        ([(0, 1), (1, 2), (2, 3)], "it ends before 3"),
        ([(0, 3), (3, 4), (4, 5)], "makes 3 pixels"),
        ([(0, 1), (2, 3), (3, 4)], "region 0 ends before 1"),
    ],
)
def test_what_is_wrong_with_regions_is_told(pairs, told):
    got = is_regions(pairs, None, Case("", 4, 3, Function("generator", 1), family=""))
    assert got is None if told is None else told in got


def test_every_second_region_does_not_look_drawn():
    lengths = np.tile([1, 2], 250)
    ends = np.cumsum(lengths)
    case = Case("", int(ends[-1]), 500, Function("generator", 1), family="")
    told = is_regions(np.stack([ends - lengths, ends], 1), None, case)
    assert "125 of the first 250 regions" in told and "0 times such a region follows" in told


def test_tossing_a_coin_while_it_can_is_no_shuffle():
    """A coin uses up the few regions of two pixels in the first half."""
    lengths = np.concatenate([np.tile([1, 2], 225), np.ones(450, dtype=int)])
    ends = np.cumsum(lengths)
    case = Case("", int(ends[-1]), 900, Function("generator", 1), family="")
    told = is_regions(np.stack([ends - lengths, ends], 1), None, case)
    assert "225 of the first 450 regions have two pixels, 0 of the other 450" in told


def test_a_pixel_where_the_weighted_mean_is_asked_for_is_told():
    x = np.array([[[[1.0, 2.0], [3.0, 4.0]]]])
    case = Case("", x, 2, 2, Function("generator", 1), False, family="")
    expected = np.array([[[[3.0]]]])
    assert is_drawn_pool(expected, expected, case) is None
    assert "none is picked" in is_drawn_pool(np.array([[[[4.0]]]]), expected, case)
    assert "none is picked" not in is_drawn_pool(np.array([[[[2.5]]]]), expected, case)


def test_a_number_from_another_window_is_told():
    x = np.array([[[[1.0, 2.0, 5.0, 6.0], [3.0, 0.0, 7.0, 8.0]]]])
    case = Case("", x, 2, 2, Function("generator", 1), True, family="")
    assert is_drawn_pool(np.array([[[[3.0, 5.0]]]]), np.zeros((1, 1, 1, 2)), case) is None
    for wrong in ([5.0, 5.0], [0.0, 5.0], [2.5, 5.0]):
        told = is_drawn_pool(np.array([[[wrong]]]), np.zeros((1, 1, 1, 2)), case)
        assert "cannot be drawn from a window with the pixels 0, 1, 2, 3" in told


def test_a_share_that_is_off_is_told_with_its_probability():
    x = np.tile([[1.0, 0.0], [0.0, 3.0]], (30, 30))[None, None]
    case = Case("", x, 2, 2, Function("generator", 1), True, family="")
    half = np.tile([1.0, 3.0], 450).reshape(1, 1, 30, 30)
    assert "the 1 is taken in 50%; its probability is 25%" in is_drawn_pool(half, half, case)


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (([[[[1.0]]]], [[[[2.0, 2.0], [0.0, 1.0]]]], 2, 2), None),
        ((np.ones((1, 1, 1, 1)), np.array([[[[2.0, 3.0], [0.0, 1.0]]]]), 2, 2), "survives"),
        ((np.zeros((1, 1, 1, 1)), np.zeros((1, 1, 2, 2)), 2, 2), "survives"),
        ((np.ones((1, 1, 1, 2)), np.zeros((1, 1, 2, 2)), 2, 2), "it has (1, 1, 1, 2)"),
        ((np.ones((1, 1)), np.zeros((1, 1, 2, 2)), 2, 2), "four axes"),
        ((np.ones((1, 1, 1, 1)), np.full((1, 1, 2, 2), np.inf), 2, 2), "finite"),
        ((np.ones((1, 1, 1, 1)), np.zeros((1, 1, 3, 3)), 2, 2), "does not fit"),
        ((np.ones((1, 1, 1, 1)), np.zeros((1, 1, 2, 2)), 2.0, 2), "F must be a whole number"),
        (("a", np.zeros((1, 1, 2, 2)), 2, 2), "arrays of numbers"),
        ((np.ones((1, 1, 41, 41)), np.zeros((1, 1, 100, 100)), 60, 1), "A small example"),
    ],
)
def test_many_winners_are_exposed_by_a_tie_with_a_gradient(answer, told):
    got = judge_kill(declaration("kill_many_winners"), Answer(value=answer))
    assert got is None if told is None else told in got


@pytest.mark.parametrize(
    ("name", "title", "expected"),
    [
        ("pool2d", "TUM: maxima", [[6, 9], [3, 4]]),                                      # T-n13
        ("pool2d", "TUM: means", [[2.5, 6], [1.75, 3]]),                                  # T-n14
        ("pool2d", "Wuppertal: maxima of overlapping windows", [[3] * 3, [3] * 3, [3, 2, 3]]),
    ],
)
def test_displayed_cases_hold_the_decks_numbers(name, title, expected):
    """T-n13, T-n14 and W-n07."""
    exercise = declaration(name)
    case = next(case for case in exercise.cases() if case.title == title)
    assert np.array_equal(exercise.expected(case).value[0, 0], expected)


def test_stacks_of_the_decks_see_what_they_should():
    """R-n25: three 3 x 3 see 7. B-n17: LeNet's layers see 5, 6, 14, 16, 32."""
    field = declaration("receptive_field").reference
    lenet = [(5, 1, 0), (2, 2, 0), (5, 1, 0), (2, 2, 0), (5, 1, 0)]
    assert field([(3, 1, 0)] * 3) == (7, 1, 0)
    assert [field(lenet[:depth])[0] for depth in range(1, 6)] == [5, 6, 14, 16, 32]


def test_only_what_is_drawn_is_shown_as_one_of_many_results():
    cases = display_cases(declaration("stochastic_pool")).split("  case ")
    told = {"training = True" in case: case for case in cases[1:]}
    assert "for instance = " in told[True] and "expected = " not in told[True]
    assert "expected = " in told[False] and "for instance = " not in told[False]
