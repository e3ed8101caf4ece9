"""The decks' worked numbers that course_lib.functional can recompute.

Each test names its statements in table B by id (R 000 RWTH, W 001 Wuppertal, T 002 TUM,
I 003 Ingolstadt, B 004 Bonn).
"""

from __future__ import annotations

import numpy as np
import pytest

from course_lib import functional as F
from course_lib.arrays import Array

# 000:648-657 and 003:137-145 show the same example.
IMAGE = np.array([
    [3.0, 3, 2, 1, 0],
    [0, 0, 1, 3, 1],
    [3, 1, 2, 2, 3],
    [2, 0, 0, 2, 2],
    [2, 0, 0, 0, 1],
])
KERNEL = np.array([
    [0.0, 1, 2],
    [2, 2, 0],
    [0, 1, 2],
])
SOBEL_X = np.array([
    [-1.0, 0, 1],
    [-2, 0, 2],
    [-1, 0, 1],
])

both_speeds = pytest.mark.parametrize("conv2d", [F.conv2d, F.conv2d_naive])


def correlate(conv2d, image: Array, kernel: Array, **settings) -> Array:
    """One image, one channel, one filter; one row counts as an image."""
    y = conv2d(np.atleast_2d(image)[None, None], np.atleast_2d(kernel)[None, None], **settings)
    return y[0, 0] if np.ndim(image) == 2 else y[0, 0, 0]


@both_speeds
def test_r_n13_and_i_n06_the_numeric_example(conv2d) -> None:
    np.testing.assert_array_equal(
        correlate(conv2d, IMAGE, KERNEL), [[12, 12, 17], [10, 17, 19], [9, 6, 14]]
    )


@both_speeds
def test_r_n13_a_flipped_kernel_gives_other_numbers(conv2d) -> None:
    """So the example is a cross-correlation, and a learner who flips is found out."""
    np.testing.assert_array_equal(
        correlate(conv2d, IMAGE, KERNEL[::-1, ::-1]), [[18, 20, 19], [10, 9, 17], [11, 8, 14]]
    )


@both_speeds
def test_i_n05_differences_of_neighbours(conv2d) -> None:
    signal = np.array([4.0, 7, 11, 3, 12, 5])
    np.testing.assert_array_equal(
        correlate(conv2d, signal, np.array([-1.0, 1])), [3, 4, -8, 9, -7]
    )


@both_speeds
def test_i_n07_a_sobel_filter_on_a_step(conv2d) -> None:
    edge = np.tile([0.0, 0, 0, 1, 1, 1], (3, 1))
    np.testing.assert_array_equal(correlate(conv2d, edge, SOBEL_X), [[0, 4, 4, 0]])


@both_speeds
def test_t_n01_and_t_n02_a_box_filter(conv2d) -> None:
    signal, box = np.array([4.0, 3, 2, -5, 3, 5, 2, 5, 5, 6]), np.full(3, 1 / 3)
    inside = [3, 0, 0, 1, 10 / 3, 4, 4, 16 / 3]
    np.testing.assert_allclose(correlate(conv2d, signal, box), inside, atol=1e-15)
    np.testing.assert_allclose(
        correlate(conv2d, signal, box, padding=(0, 1)), [7 / 3, *inside, 11 / 3], atol=1e-15
    )


@both_speeds
def test_r_n29_the_one_dimensional_filter(conv2d) -> None:
    signal, kernel = np.array([1.0, 2, -1, 1, -3]), np.array([1.0, 0, -1])
    every = correlate(conv2d, signal, kernel, padding=(0, 1))
    other = correlate(conv2d, signal, kernel, stride=2, padding=(0, 1))
    np.testing.assert_array_equal(every, [-2, 2, 1, 2, 1])
    np.testing.assert_array_equal(other, [-2, 1, 1])


# Statement, then the shapes of x and weight, stride, padding and the shape of the answer.
SHAPES = [
    ("R-n07 C1", (1, 1, 32, 32), (6, 1, 5, 5), 1, 0, (1, 6, 28, 28)),
    ("R-n07 C2", (1, 6, 14, 14), (16, 6, 5, 5), 1, 0, (1, 16, 10, 10)),
    ("R-n19 literally", (1, 3, 7, 7), (2, 3, 3, 3), 2, 1, (1, 2, 4, 4)),
    ("R-n19 as drawn", (1, 3, 5, 5), (2, 3, 3, 3), 2, 1, (1, 2, 3, 3)),
    ("T-n10", (1, 3, 32, 32), (10, 3, 5, 5), 1, 2, (1, 10, 32, 32)),
    ("T-n26", (1, 3, 32, 32), (1, 3, 5, 5), 1, 0, (1, 1, 28, 28)),
    ("B-n03", (1, 3, 256, 256), (4, 3, 5, 5), 1, 0, (1, 4, 252, 252)),
    ("B-n18", (7, 3, 12, 9), (1, 3, 5, 5), 1, 0, (7, 1, 8, 5)),
]


@pytest.mark.parametrize(("row", "x", "weight", "stride", "padding", "shape"), SHAPES)
def test_shapes_of_the_decks(row, x, weight, stride, padding, shape) -> None:
    assert F.conv2d(np.zeros(x), np.zeros(weight), None, stride, padding).shape == shape


def test_i_n11_the_gradients_of_a_tiny_network() -> None:
    """y = f . (x * w), E = (y - t)^2 / 2: all three gradients by hand."""
    x, target = np.array([0, 0.7, 0.2, 0.8]), 1.0
    w, f = np.array([-1.0, 1]), np.array([1, 0.5, 0])
    images, weight = x.reshape(1, 1, 1, 4), w.reshape(1, 1, 1, 2)
    hidden = F.conv2d(images, weight).reshape(1, 3)
    y = F.linear(hidden, f.reshape(1, 3))
    np.testing.assert_allclose(hidden[0], [0.7, -0.5, 0.6])
    np.testing.assert_allclose(y, [[0.45]])
    np.testing.assert_allclose((y - target) ** 2 / 2, [[0.15125]])
    grad_hidden, grad_f, _ = F.linear_backward(y - target, hidden, f.reshape(1, 3))
    grad_x, grad_w, _ = F.conv2d_backward(grad_hidden.reshape(1, 1, 1, 3), images, weight)
    np.testing.assert_allclose(grad_w.ravel(), [-0.1925, -0.44])
    np.testing.assert_allclose(grad_f.ravel(), [-0.385, 0.275, -0.33])
    np.testing.assert_allclose(grad_x.ravel(), [0.55, -0.275, -0.275, 0], atol=1e-15)


def test_t_n19_the_gradient_by_the_image_is_a_full_correlation() -> None:
    """... of grad_output with the filter turned by 180 degrees."""
    rng = np.random.default_rng(19)
    image, kernel, g = (rng.standard_normal(s) for s in ((1, 1, 4, 5), (1, 1, 3, 2), (1, 1, 2, 4)))
    grad_x, _, _ = F.conv2d_backward(g, image, kernel)
    turned = F.conv2d(g, kernel[:, :, ::-1, ::-1], padding=(2, 1))
    np.testing.assert_allclose(grad_x, turned, rtol=1e-12)


def test_b_n08_a_chain_of_filters_is_one_filter_until_a_relu_comes_between() -> None:
    rng = np.random.default_rng(8)
    image, a, b = (rng.standard_normal(s) for s in ((1, 1, 8, 9), (1, 1, 3, 3), (1, 1, 3, 3)))
    chained = F.conv2d(F.conv2d(image, a), b)
    both = F.conv2d(np.pad(b, ((0, 0), (0, 0), (2, 2), (2, 2))), a[:, :, ::-1, ::-1])
    np.testing.assert_allclose(F.conv2d(image, both), chained, rtol=1e-9, atol=1e-12)
    broken = F.conv2d(F.relu(F.conv2d(image, a)), b)
    assert not np.allclose(F.conv2d(image, both), broken)


def test_w_n22_the_three_notations_of_a_linear_layer() -> None:
    rng = np.random.default_rng(22)
    x, weight, bias = rng.standard_normal(4), rng.standard_normal((3, 4)), rng.standard_normal(3)
    y = F.linear(x, weight, bias)
    np.testing.assert_allclose(y, weight @ x + bias)
    np.testing.assert_allclose(y, x @ weight.T + bias)
    np.testing.assert_allclose(y, np.column_stack([weight, bias]) @ np.append(x, 1))


def test_w_n23_a_1_by_1_convolution_is_a_linear_layer() -> None:
    rng = np.random.default_rng(23)
    x, weight = rng.standard_normal((2, 4)), rng.standard_normal((3, 4))
    y = F.conv2d(x[:, :, None, None], weight[:, :, None, None])
    np.testing.assert_allclose(y[:, :, 0, 0], F.linear(x, weight))


def test_r_n27_the_logistic_function_at_its_ends() -> None:
    assert F.f_log(-40) == pytest.approx(4.2e-18, rel=0.02)
    assert F.f_log(40) == 1
    assert F.f_log(0) == 0.5


def test_r_n28_softmax_of_1_2_3() -> None:
    y = F.softmax(np.array([1.0, 2, 3]))
    np.testing.assert_allclose(y, [0.09, 0.2447, 0.6652], atol=5e-5)
    assert y.sum() == pytest.approx(1)
