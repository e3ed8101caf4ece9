"""The probes of lecture 09 keep their promises for every seed, and its sentences are read."""

import numpy as np
import pytest

from course_lib import functional as F
from course_lib.checks.cases import declaration, declarations
from course_lib.checks.judge import judge
from course_lib.checks.killing import judge_kill
from course_lib.checks.probes import convolution_gradients as probes
from course_lib.checks.values import Answer
from course_lib.shapes import output_size

LAYERS = [probes.image_probes, probes.column_probes, probes.weight_probes, probes.input_probes]
EXERCISES = [made.name for made in declarations("convolution_gradients") if made.kind == "exercise"]
KILL = declaration("kill_forgotten_stride")
TWO_PLACES, PAIR = np.array([[[[1.0, 2.0]]]]), np.ones((1, 1, 1, 2))


def drawn(make, seed):
    return list(make(np.random.default_rng(seed)))


def settings(case):
    return case.kwargs.get("stride", 1), case.kwargs.get("padding", 0)


@pytest.mark.parametrize("seed", range(8))
def test_layers_fit_exactly_and_hide_no_swapped_axes(seed):
    for case in drawn(probes.weight_probes, seed):
        grad_output, x, kernel = case.args
        places = tuple(output_size(n, f, *settings(case))
                       for n, f in zip(x.shape[2:], kernel, strict=True))
        assert grad_output.shape[2:] == places, case.title
        assert x.shape[2] != x.shape[3], case.title
        if kernel != (1, 1):
            assert kernel[0] != kernel[1], case.title


@pytest.mark.parametrize("make", LAYERS, ids=lambda make: make.__name__)
def test_padding_0_stride_2_and_strides_wider_than_the_kernel_are_always_asked(make):
    asked = {settings(case) for case in drawn(make, 3)}
    assert {(1, 0), (2, 0), (3, 0), (4, 0), (1, 1), (1, 2), (2, 1), (3, 2)} <= asked


@pytest.mark.parametrize("name", EXERCISES)
def test_an_answer_of_zeros_passes_nowhere(name):
    exercise = declaration(name)
    report = judge(exercise, exercise.cases(), lambda case: zeros_like(exercise, case))
    assert report.right == 0


def zeros_like(exercise, case):
    value = exercise.expected(case).value
    if isinstance(value, dict):
        return Answer(value={name: 0 * np.asarray(part) for name, part in value.items()})
    return Answer(value=0 * np.asarray(value))


def test_the_displayed_numbers_are_those_of_the_decks():
    """I-n11: the graph of the Ingolstadt deck; T-n18: 16 columns in each of four rows."""
    graph, matrix = declaration("conv1d_graph"), declaration("conv_matrix")
    shown = graph.expected(graph.cases()[0]).value
    assert np.allclose([shown["y"], shown["E"]], [0.45, 0.15125])
    assert np.allclose(shown["dw"], [-0.1925, -0.44])
    assert np.allclose(shown["dx"], [0.55, -0.275, -0.275, 0])
    C = matrix.expected(matrix.cases()[0]).value
    assert C.shape == (4, 16) and np.count_nonzero(C == 0) == 28


@pytest.mark.parametrize("seed", range(4))
def test_columns_and_images_are_adjoint(seed):
    im2col, col2im = declaration("im2col"), declaration("col2im")
    for forth, back in zip(drawn(probes.image_probes, seed), drawn(probes.column_probes, seed),
                           strict=True):
        c, image_size = back.args[:2]
        x = np.random.default_rng(seed).normal(size=(len(c), col2im.expected(back).value.shape[1],
                                                     *image_size))
        columns = im2col.reference(x, back.args[2], **forth.kwargs)
        assert np.isclose(np.sum(columns * c), np.sum(x * col2im.expected(back).value), rtol=1e-5)


def test_gradients_of_neurons_with_weights_of_their_own_add_up_to_the_shared_one():
    rng = np.random.default_rng(0)
    x, grad_output = rng.normal(size=(2, 3, 6, 5)), rng.normal(size=(2, 4, 4, 3))
    summed = np.zeros((4, 3, 3, 3))
    for r, s in np.ndindex(4, 3):
        summed += np.tensordot(grad_output[:, :, r, s], x[:, :, r : r + 3, s : s + 3], (0, 0))
    shared = declaration("conv_weight_gradient").reference(grad_output, x, (3, 3))
    np.testing.assert_allclose(shared, summed)


def test_going_back_is_a_convolution_again():
    rng = np.random.default_rng(1)
    x, weight, g = (rng.normal(size=s) for s in ((2, 3, 6, 7), (4, 3, 3, 2), (2, 4, 4, 6)))
    grad_x = declaration("conv_input_gradient").reference(g, weight, (6, 7))
    turned = np.ascontiguousarray(weight[:, :, ::-1, ::-1].swapaxes(0, 1))
    bordered = np.pad(g, ((0, 0), (0, 0), (2, 2), (1, 1)))
    np.testing.assert_allclose(F.conv2d(bordered, turned), grad_x)
    grad_weight = declaration("conv_weight_gradient").reference(g, x, (3, 2))
    slid = F.conv2d(x.swapaxes(0, 1).copy(), g.swapaxes(0, 1).copy()).swapaxes(0, 1)
    np.testing.assert_allclose(slid, grad_weight)


@pytest.mark.parametrize(
    ("inputs", "told"),
    [
        ((TWO_PLACES, PAIR, 2), None),
        ((TWO_PLACES.tolist(), PAIR.tolist(), 3), None),
        ((TWO_PLACES, PAIR, 1), "so it survives"),
        ((np.ones((1, 1, 1, 1)), PAIR, 2), "so it survives"),
        ((np.array([[[[1.0, 0.0]]]]), PAIR, 2), "so it survives"),
        ((TWO_PLACES[0], PAIR, 2), "grad_output must be an array of numbers with four axes"),
        ((TWO_PLACES, np.ones((1, 0, 1, 2)), 2), "weight must be an array of numbers with four"),
        ((TWO_PLACES * np.nan, PAIR, 2), "grad_output must hold finite numbers only"),
        ((TWO_PLACES, PAIR, 2.5), "stride must be a whole number from 1 to 10"),
        ((TWO_PLACES, PAIR, True), "stride must be a whole number from 1 to 10"),
        ((TWO_PLACES, PAIR, 11), "stride must be a whole number from 1 to 10"),
        ((TWO_PLACES, np.ones((3, 1, 1, 2)), 2), "has 1 maps, but there are 3 filters"),
        ((np.ones((1, 1, 90, 90)), PAIR, 10), "more than 20,000. Take fewer"),
        ((TWO_PLACES, PAIR), "return 3 inputs, (grad_output, weight, stride); got 2"),
    ],
)
def test_what_the_kill_task_says_about_inputs(inputs, told):
    got = judge_kill(KILL, Answer(value=inputs))
    assert got is None if told is None else told in got


def test_every_exercise_has_three_hints():
    for made in declarations("convolution_gradients"):
        if made.kind != "quiz":
            assert len(made.hints) == 3, made.name
