"""What a learner of lecture 07 reads: its worked numbers, angles up to whole turns, kill inputs."""

import numpy as np
import pytest

from course_lib.checks.cases import Case, declaration
from course_lib.checks.filter_answers import same_slopes
from course_lib.checks.killing import judge_kill
from course_lib.checks.values import Answer

BOX = np.array([4, 3, 2, -5, 3, 5, 2, 5, 5, 6])
ROW, CHANGE = np.array([4, 7, 11, 3, 12, 5]), np.array([-1, 1])
IMAGE = np.array([[3, 3, 2, 1, 0], [0, 0, 1, 3, 1], [3, 1, 2, 2, 3], [2, 0, 0, 2, 2],
                  [2, 0, 0, 0, 1]])
KERNEL = np.array([[0, 1, 2], [2, 2, 0], [0, 1, 2]])
STEP = np.array([[0.0, 0, 1, 1]] * 3)
RULES = {
    "zero": [None] * 3 + [0, 1, 2, 3] + [None] * 3,
    "wrap": [1, 2, 3, 0, 1, 2, 3, 0, 1, 2],
    "clamp": [0, 0, 0, 0, 1, 2, 3, 3, 3, 3],
    "mirror": [2, 1, 0, 0, 1, 2, 3, 3, 2, 1],
    "reflect": [3, 2, 1, 0, 1, 2, 3, 2, 1, 0],
}


def told(name, got, *args, **kwargs):
    exercise, case = declaration(name), Case("", *args, family="", **kwargs)
    return exercise.compare(got, exercise.expected(case).value, case)


def test_the_numbers_of_the_slides_are_what_the_references_say():
    """T-n01, T-n02, I-n05, I-n06, R-n13: the last three are cross-correlations."""
    thirds = np.full(3, 1 / 3)
    inner = [3, 0, 0, 1, 10 / 3, 4, 4, 16 / 3]
    assert told("convolve1d", inner, BOX, thirds) is None
    assert told("convolve1d", [7 / 3, *inner, 11 / 3], BOX, thirds, "same") is None
    assert told("convolve1d", [3, 4, -8, 9, -7], ROW, CHANGE, flip=False) is None
    assert told("convolve1d", [-3, -4, 8, -9, 7], ROW, CHANGE) is None
    correlated, convolved = [[12, 12, 17], [10, 17, 19], [9, 6, 14]], [[18, 20, 19], [10, 9, 17],
                                                                       [11, 8, 14]]
    assert told("cross_correlate2d", correlated, IMAGE, KERNEL) is None
    assert told("convolve2d", convolved, IMAGE, KERNEL) is None
    row = np.array([1, 3, 3, 1]) / 8
    assert told("kernel_named", np.outer(row, row), "gaussian", 4) is None


@pytest.mark.parametrize("mode", RULES)
def test_the_table_of_borders_is_what_the_reference_says(mode):
    seen = declaration("seen_at").reference
    assert [seen(k, 4, mode) for k in range(-3, 7)] == RULES[mode]


def test_the_gabor_filter_worked_by_hand():
    made = declaration("gabor_bank").reference(3, [0], 4, 1)[0]
    assert np.isclose(made[1, 1], 0.548, atol=5e-4)
    assert abs(made.sum()) < 1e-12


def slopes(image=STEP):
    return [np.array(part) for part in declaration("sobel_edges").reference(image)]


def test_whole_turns_do_not_matter_and_flat_places_have_no_direction():
    gx, gy, magnitude, angle = slopes(1 - STEP)
    for right in (angle, angle - 2 * np.pi, -angle, angle + 4 * np.pi):
        assert told("sobel_edges", (gx, gy, magnitude, right), 1 - STEP) is None
    gx, gy, magnitude, angle = slopes(np.full((3, 4), 0.3))
    assert told("sobel_edges", [gx, gy, magnitude, angle + 1], np.full((3, 4), 0.3)) is None
    nowhere = np.full_like(angle, np.nan)
    assert told("sobel_edges", [gx, gy, magnitude, nowhere], np.full((3, 4), 0.3)) is None


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda gx, gy, m, a: (gx, gy, m), "the result should be four arrays (gx, gy, magnitude, "
                                           "angle); got 3 of them."),
        (lambda gx, gy, m, a: None, "the result should be four arrays (gx, gy, magnitude, angle); "
                                    "got None."),
        (lambda gx, gy, m, a: np.float64(3), "the result should be four arrays (gx, gy, magnitude, "
                                             "angle); got a number."),
        (lambda gx, gy, m, a: (gx, gy, m, a[0]), "angle should be an array of shape (1, 2); got an "
                                                 "array of shape (2,)."),
        (lambda gx, gy, m, a: (gx, gy, m, "left"), "angle should be an array of shape (1, 2); got "
                                                   "text."),
        (lambda gx, gy, m, a: (gx, gy, m, a + 1), "the slopes and the magnitude are right, but "
         "not the angle at place (0, 0): expected 0, got 1 (radians, whole turns do not matter)."),
        (lambda gx, gy, m, a: (gx, gy, m, a + np.nan), "the slopes and the magnitude are right, "
         "but not the angle at place (0, 0): expected 0, got nan (radians, whole turns do not "
         "matter)."),
    ],
)
def test_each_failure_has_its_sentence(change, sentence):
    expected = slopes()
    assert same_slopes(change(*expected), expected, None) == sentence


def test_a_wrong_slope_is_named():
    gx, gy, magnitude, angle = slopes()
    assert told("sobel_edges", (-gx, gy, magnitude, angle), STEP).startswith("in gx: ")
    assert told("sobel_edges", (gx, gy + 1, magnitude, angle), STEP).startswith("in gy: ")
    assert told("sobel_edges", (gx, gy, magnitude**2, angle), STEP).startswith("in magnitude: ")


@pytest.mark.parametrize(
    ("image", "sentence"),
    [
        (1 - STEP, None),
        (STEP, "survives"),
        (STEP.T, "survives"),
        (1 - STEP.T, "survives"),
        (np.full((4, 4), 0.5), "survives"),
        (STEP[0], "the image must have 3 to 30 rows and columns; its shape is (4,)."),
        (np.zeros((3, 31)), "the image must have 3 to 30 rows and columns; its shape is (3, 31)."),
        (2 * STEP, "the image must hold numbers from 0 to 1."),
        (STEP * np.nan, "the image must hold numbers from 0 to 1."),
        ("left", "the image must be an array of numbers."),
    ],
)
def test_what_kills_half_the_angles(image, sentence):
    said = judge_kill(declaration("kill_half_the_angles"), Answer(value=(image,)))
    assert said is None if sentence is None else sentence in said
