"""The decks' worked numbers about convolutions along one axis, as matrices, and their kin.

Each test names its statements in table B by id, as in test_functional_worked_numbers.py.
"""

from __future__ import annotations

import numpy as np
import pytest

from course_lib import functional as F
from course_lib.arrays import Array


def correlate(signal: list[float], kernel: list[float], **settings) -> Array:
    """One signal, one channel, one filter."""
    x, weight = np.array(signal, dtype=float), np.array(kernel, dtype=float)
    y = F.conv1d(x[None, None], weight[None, None], **settings)[0, 0]
    matrix = F.toeplitz_matrix(weight, len(signal), **settings)
    np.testing.assert_allclose(matrix @ x, y, atol=1e-12)
    return y


def test_i_n05_differences_of_neighbours() -> None:
    """By the deck's own definition, which flips, every sign would be the other one."""
    signal = [4, 7, 11, 3, 12, 5]
    np.testing.assert_array_equal(correlate(signal, [-1, 1]), [3, 4, -8, 9, -7])
    np.testing.assert_array_equal(correlate(signal, [1, -1]), [-3, -4, 8, -9, 7])


def test_t_n01_and_t_n02_a_box_filter() -> None:
    signal, box = [4, 3, 2, -5, 3, 5, 2, 5, 5, 6], [1 / 3] * 3
    inside = [3, 0, 0, 1, 10 / 3, 4, 4, 16 / 3]
    np.testing.assert_allclose(correlate(signal, box), inside, atol=1e-12)
    np.testing.assert_allclose(
        correlate(signal, box, padding="same"), [7 / 3, *inside, 11 / 3], atol=1e-12
    )


def test_r_n29_a_filter_at_stride_1_and_2() -> None:
    signal, kernel = [1, 2, -1, 1, -3], [1, 0, -1]
    np.testing.assert_array_equal(correlate(signal, kernel, padding=1), [-2, 2, 1, 2, 1])
    np.testing.assert_array_equal(correlate(signal, kernel, stride=2, padding=1), [-2, 1, 1])


def test_i_n11_the_gradients_of_a_tiny_network() -> None:
    x, w = np.array([[[0, 0.7, 0.2, 0.8]]]), np.array([[[-1.0, 1]]])
    f, target = np.array([1, 0.5, 0]), 1.0
    hidden = F.conv1d(x, w)
    y = hidden[0, 0] @ f
    np.testing.assert_allclose(hidden, [[[0.7, -0.5, 0.6]]])
    np.testing.assert_allclose([y, (y - target) ** 2 / 2], [0.45, 0.15125])
    grad_x, grad_w, _ = F.conv1d_backward((y - target) * f[None, None], x, w)
    np.testing.assert_allclose(grad_w, [[[-0.1925, -0.44]]])
    np.testing.assert_allclose(grad_x, [[[0.55, -0.275, -0.275, 0]]], atol=1e-15)


# 002:968, the deck's C for a 3 x 3 filter on a 4 x 4 image; "." is 0 and ij is w_ij.
PRINTED = [
    "00 01 02 .  10 11 12 .  20 21 22 .  .  .  .  . ",
    ".  00 01 02 .  10 11 12 .  20 21 22 .  .  .  .  . ",
    ".  .  .  .  00 01 02 .  10 11 12 .  20 21 22 .  . ",
    ".  .  .  .  .  00 01 02 .  10 11 12 .  20 21 22 . ",
]


def test_t_n18_the_matrix_of_a_3_by_3_filter_on_a_4_by_4_image() -> None:
    """It is 4 x 16. Rows 2 to 4 are printed with 17 entries: one 0 too many at their ends."""
    weight = np.arange(1.0, 10).reshape(1, 1, 3, 3)
    value = {f"{i}{j}": weight[0, 0, i, j] for i in range(3) for j in range(3)}
    printed = [[value.get(entry, 0) for entry in row.split()] for row in PRINTED]
    assert [len(row) for row in printed] == [16, 17, 17, 17]
    assert [row[16:] for row in printed] == [[], [0], [0], [0]]
    matrix = F.convolution_matrix(weight, (4, 4))
    assert matrix.shape == (4, 16)
    np.testing.assert_array_equal(matrix, [row[:16] for row in printed])
    image = np.random.default_rng(18).standard_normal((1, 1, 4, 4))
    np.testing.assert_allclose(
        (matrix @ image.ravel()).reshape(2, 2), F.conv2d(image, weight)[0, 0]
    )


def test_t_n18_the_matrix_is_not_toeplitz_as_a_whole() -> None:
    """It is doubly block Toeplitz: at the end of an image row, a diagonal jumps."""
    matrix = F.convolution_matrix(np.ones((1, 1, 3, 3)), (4, 4))
    np.testing.assert_array_equal(np.diagonal(matrix), [1, 1, 0, 0])


def test_t_n19_backward_multiplies_by_the_transpose() -> None:
    """... for the gradient by the image. The one by the weights correlates x with g."""
    rng = np.random.default_rng(19)
    x, weight = rng.standard_normal((1, 1, 4, 4)), rng.standard_normal((1, 1, 3, 3))
    g = rng.standard_normal((1, 1, 2, 2))
    matrix = F.convolution_matrix(weight, (4, 4))
    grad_x, grad_weight, _ = F.conv2d_backward(g, x, weight)
    np.testing.assert_allclose((matrix.T @ g.ravel()).reshape(4, 4), grad_x[0, 0])
    np.testing.assert_allclose(F.conv2d(x, g), grad_weight)
    np.testing.assert_allclose(F.conv_transpose2d(g, weight), grad_x)


@pytest.mark.parametrize(("dilation", "pixels"), [(1, 3), (2, 5), (4, 9)])
def test_w_n21_dilation_widens_what_nine_weights_see(dilation, pixels) -> None:
    g, weight = np.ones((1, 1, 1, 1)), np.ones((1, 1, 3, 3))
    seen = F.conv2d_backward(g, np.zeros((1, 1, pixels, pixels)), weight, dilation=dilation)[0]
    assert np.count_nonzero(seen) == 9
    rows, columns = np.nonzero(seen[0, 0])
    assert np.ptp(rows) + 1 == np.ptp(columns) + 1 == pixels


@pytest.mark.parametrize(("layers", "pixels"), [(1, 3), (2, 5), (3, 7)])
def test_r_n25_and_w_n20_stacked_3_by_3_filters_see_5_and_7_pixels(layers, pixels) -> None:
    """The gradient of one neuron of the last layer says which pixels it sees."""
    x, weight, g = np.zeros((1, 1, 9, 9)), np.ones((1, 1, 3, 3)), np.zeros((1, 1, 9, 9))
    g[0, 0, 4, 4] = 1
    for _ in range(layers):
        g, _, _ = F.conv2d_backward(g, x, weight, padding="same")
    assert np.count_nonzero(g) == pixels**2


def test_b_3_weights_of_the_variants_from_64_to_128_channels() -> None:
    x = np.zeros((1, 64, 3, 3))
    standard, grouped = np.zeros((128, 64, 3, 3)), np.zeros((128, 16, 3, 3))
    depthwise, pointwise = np.zeros((64, 1, 3, 3)), np.zeros((128, 64, 1, 1))
    assert F.conv2d(x, standard).shape == F.conv2d(x, grouped, groups=4).shape == (1, 128, 1, 1)
    separable = F.conv2d(F.conv2d(x, depthwise, groups=64), pointwise)
    assert separable.shape == (1, 128, 1, 1)
    assert (standard.size, grouped.size) == (73_728, 18_432)
    assert depthwise.size + pointwise.size == 8_768
    assert round(standard.size / 8_768, 1) == 8.4


def test_t_n20_a_neuron_on_a_5_by_5_image_of_3_channels_is_a_filter_of_75_weights() -> None:
    weight = np.arange(75.0).reshape(1, 75)
    filters = F.fc_to_conv(weight, (3, 5, 5))
    assert filters.shape == (1, 3, 5, 5)
    x = np.random.default_rng(20).standard_normal((2, 3, 5, 5))
    np.testing.assert_allclose(F.conv2d(x, filters)[:, 0, 0], F.linear(x.reshape(2, -1), weight))
