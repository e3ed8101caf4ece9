"""What a learner of lecture 01 reads: its worked numbers, right styles that pass, kill inputs."""

import numpy as np
import pytest

from course_lib import images
from course_lib.checks.cases import Case, declaration
from course_lib.checks.killing import judge_kill
from course_lib.checks.probes import images_and_features as probes
from course_lib.checks.values import Answer

TINY = np.array([[0.0, 0.2, 0.4], [0.4, 0.6, 1.0]])
LEFT = np.array([-0.5])


def told(name, got, *args, **kwargs):
    exercise, case = declaration(name), Case("", *args, family="", **kwargs)
    return exercise.compare(got, exercise.expected(case).value, case)


def test_the_worked_numbers_of_the_lecture_are_what_the_references_say():
    assert told("quantize", [1 / 3], np.array([0.4]), 4) is None
    shift = np.array([[1, 0, 1], [0, 1, 0], [0, 0, 1]])
    back = declaration("came_from").reference(shift, 2, 3)
    assert back[0, 0].tolist() == [-1, 0] and back[1, 2].tolist() == [1, 1]
    assert told("bilinear", [0.475], TINY, np.array([1.25]), np.array([0.5])) is None
    bar = np.array([[[0.0, 1, 0], [0, 1, 0]]])
    assert told("edge_features", [[1, 0]], bar) is None
    X = np.array([[1.0, 50, 0], [2, 10, 4], [7, 20, 2], [8, 60, 6]])
    y = np.array([0, 0, 1, 1])
    assert np.allclose(probes.ranking_scores(X, y), [36, 0.0625, 0.25])
    assert told("select_features", (0, 2), X, y, 2) is None
    samples = np.array([[1.0, 1], [1, 3], [6, 2], [8, 2]])
    assert told("nearest_mean", [1], samples, y, np.array([[5.0, 3]])) is None


def test_bytes_may_come_back_in_any_dtype_but_not_on_their_way_down():
    image = np.array([0, 42, 43, 200], np.uint8)
    for right in (np.array([0, 0, 85, 170], np.uint8), [0.0, 0.0, 85.0, 170.0]):
        assert told("quantize", right, image, 4) is None
    assert "index [2]" in told("quantize", [0, 0, 84, 170], image, 4)


@pytest.mark.parametrize("seed", range(5))
def test_no_byte_of_a_probe_lies_on_a_half(seed):
    for case in probes.quantize_probes(np.random.default_rng(seed)):
        image, levels = case.args
        if image.dtype == np.uint8:
            greys = 255 * np.arange(levels) / (levels - 1)
            assert not np.any(np.isclose(greys % 1, 0.5)), case.title
            again = images.quantize(images.quantize(image, levels), levels)
            assert np.array_equal(images.quantize(image, levels), again)


@pytest.mark.parametrize("seed", range(5))
def test_the_ranking_of_a_probe_is_clear(seed):
    for case in probes.select_features_probes(np.random.default_rng(seed)):
        X, y, wanted = case.args
        ranked = np.sort(probes.ranking_scores(X, y))[::-1]
        assert np.all(ranked[:wanted][:-1] > 1.2 * ranked[1:wanted]), case.title


@pytest.mark.parametrize(
    ("inputs", "sentence"),
    [
        ((TINY, LEFT, np.zeros(1), 0.5), None),
        ((TINY, np.array([0.5]), LEFT, 0.0), None),
        ((TINY, np.array([0.5]), np.array([0.5]), 0.0), "survives"),
        ((TINY, LEFT, np.zeros(2), 0.0), "one length"),
        ((TINY, 0.5, 0.5, 0.0), "one axis"),
        ((TINY[0], LEFT, LEFT, 0.0), "image must have two axes"),
        ((TINY, LEFT, LEFT, np.zeros(2)), "fill must be one number"),
        ((TINY, np.array([np.nan]), LEFT, 0.0), "finite"),
        ((TINY, ["left"], LEFT, 0.0), "must hold numbers"),
    ],
)
def test_only_points_left_of_or_above_the_image_expose_cutting_off(inputs, sentence):
    found = judge_kill(declaration("kill_cut_off"), Answer(value=inputs))
    assert found is None if sentence is None else sentence in found
