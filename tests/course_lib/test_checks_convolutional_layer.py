"""The probes of lecture 08b keep their promises for every seed, and its sentences are read."""

import numpy as np
import pytest

from course_lib.checks.cases import declaration, declarations
from course_lib.checks.functions import build
from course_lib.checks.judge import judge
from course_lib.checks.killing import judge_kill
from course_lib.checks.probes import convolutional_layer as probes
from course_lib.checks.values import Answer
from course_lib.shapes import output_size

KILL = declaration("kill_flipped_kernel")
SPOT = np.eye(3)[1].reshape(1, 1, 1, 3)
LEFT = np.array([1.0, 0.0]).reshape(1, 1, 1, 2)


def drawn(make, seed):
    return list(make(np.random.default_rng(seed)))


@pytest.mark.parametrize("seed", range(8))
def test_the_sizes_of_a_layer_fit_and_hide_no_swapped_axes(seed):
    for case in drawn(probes.layer_probes, seed):
        x, weight, bias = case.args
        settings = case.kwargs.get("stride", 1), case.kwargs.get("padding", 0)
        rows, cols = (output_size(n, f, *settings)
                      for n, f in zip(x.shape[2:], weight.shape[2:], strict=True))
        assert x.shape[1] == weight.shape[1] and len(bias) == len(weight)
        assert x.shape[2] != x.shape[3] and rows != cols, case.title
        assert weight.shape[2] != weight.shape[3], case.title


@pytest.mark.parametrize("seed", range(8))
def test_sums_are_exact_in_single_precision(seed):
    for case in drawn(probes.layer_probes, seed):
        x, weight, bias = (array.astype(np.float32) for array in case.args)
        exact = declaration("conv2d_windows").expected(case).value
        single = declaration("conv2d_windows").reference(x, weight, bias, **case.kwargs)
        assert np.array_equal(single, exact), case.title


@pytest.mark.parametrize("name", ["conv_neuron", "conv2d_naive", "conv2d_windows"])
def test_a_layer_of_zeros_passes_nowhere(name):
    exercise = declaration(name)
    report = judge(exercise, exercise.cases(), lambda case: zeros_like(exercise, case))
    assert report.right == 0


def zeros_like(exercise, case):
    expected = exercise.expected(case).value
    return Answer(value=None if expected is None else 0 * np.asarray(expected))


def test_loops_and_windows_are_asked_for_the_same_numbers():
    naive, windows = declaration("conv2d_naive"), declaration("conv2d_windows")
    for case in windows.cases():
        assert np.allclose(naive.expected(case).value, windows.expected(case).value)


@pytest.mark.parametrize(
    ("inputs", "told"),
    [
        ((SPOT, LEFT), None),
        ((SPOT.tolist(), LEFT.tolist()), None),
        ((SPOT, np.ones((1, 1, 1, 2))), "so it survives"),
        ((np.ones((1, 1, 3, 3)), LEFT), "so it survives"),
        ((SPOT[0], LEFT), "x must have four axes; it has shape (1, 1, 3)"),
        ((SPOT, LEFT[0, 0, 0]), "weight must have four axes"),
        ((SPOT, np.ones((1, 2, 1, 2))), "x has 1 channels, the filters have 2"),
        ((LEFT, SPOT), "must not be larger than the image"),
        ((SPOT * np.nan, LEFT), "at least one number, and finite ones only"),
        ((np.zeros((0, 1, 3, 3)), LEFT), "at least one number, and finite ones only"),
        ((np.zeros((1, 1, 100, 100)), np.ones((1, 1, 100, 100))), "20,000 numbers in all"),
        ((np.zeros((1, 1, 99, 99)), np.ones((3, 1, 1, 1))), "29,403 numbers, more than 20,000"),
        (("x", LEFT), "arrays of numbers"),
        ((SPOT,), "return 2 inputs, (x, weight); got 1"),
        (None, "return the inputs as a tuple"),
    ],
)
def test_what_the_kill_task_says_about_inputs(inputs, told):
    got = judge_kill(KILL, Answer(value=inputs))
    assert got is None if told is None else told in got


def test_inputs_of_thousands_of_numbers_may_kill():
    x = np.random.default_rng(0).normal(size=(1, 1, 130, 130))
    assert judge_kill(KILL, Answer(value=(x, x[:, :, :1, :3]))) is None


def test_a_neuron_at_the_padded_corner_is_displayed_before_other_padding():
    exercise = declaration("conv_neuron")
    padded = next(case for case in exercise.cases() if case.kwargs.get("padding"))
    assert padded.shown and padded.args[3:] == (0, 0)
    assert exercise.expected(padded).value == 6


@pytest.mark.parametrize("seed", range(8))
def test_layers_without_padding_differ_only_where_the_margin_is(seed):
    gap = declaration("equivariance_gap")
    cut = [case for case in drawn(probes.gap_probes, seed)
           if case.title.startswith("no padding, margin")]
    assert {case.kwargs["margin"] for case in cut} == {1, 2}
    for case in cut:
        assert gap.expected(case).value == 0, case.title
        layer, x, shift = case.args
        assert gap.reference(build(layer), x, shift) > 0, case.title


def test_every_exercise_has_three_hints():
    for made in declarations("convolutional_layer"):
        if made.kind != "quiz":
            assert len(made.hints) == 3, made.name
            assert all("np.einsum(" not in hint and "return" not in hint for hint in made.hints)
