"""Convolution as a matrix product: patches as columns, filters as a large matrix."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from course_lib import functional as F
from course_lib.arrays import Array
from course_lib.shapes import dilated_size

seeds = st.integers(0, 2**32 - 1)


class Setting(NamedTuple):
    """Sizes of one convolution, with its settings."""

    x: tuple[int, ...]
    weight: tuple[int, ...]
    settings: dict[str, Any]


@st.composite
def convolutions(draw: st.DrawFn) -> Setting:
    """Any convolution with rounding down: images and kernels of any shape, all settings."""
    image = draw(st.tuples(st.integers(1, 6), st.integers(1, 6)))
    kernel = draw(st.tuples(st.integers(1, 3), st.integers(1, 3)))
    two = st.tuples(st.integers(1, 3), st.integers(1, 3))
    stride, dilation = draw(two), draw(two)
    padding = draw(st.tuples(st.integers(0, 2), st.integers(0, 2)))
    for n, f, d, p in zip(image, kernel, dilation, padding, strict=True):
        assume(dilated_size(f, d) <= n + 2 * p)
    n_images, channels, filters = (draw(st.integers(1, 3)) for _ in range(3))
    settings = {
        "stride": stride, "padding": padding, "dilation": dilation, "rounding": "floor",
    }
    return Setting((n_images, channels, *image), (filters, channels, *kernel), settings)


def normal(seed: int, *shapes: tuple[int, ...]) -> Iterator[Array]:
    rng = np.random.default_rng(seed)
    return (rng.standard_normal(shape) for shape in shapes)


@given(convolutions(), seeds)
def test_im2col_turns_a_convolution_into_a_product(setting, seed) -> None:
    x, weight = normal(seed, setting.x, setting.weight)
    columns = F.im2col(x, weight.shape[2:], **setting.settings)
    y = F.conv2d(x, weight, **setting.settings)
    product = (weight.reshape(len(weight), -1) @ columns).reshape(y.shape)
    np.testing.assert_allclose(product, y, atol=1e-12)


@given(convolutions(), seeds)
def test_col2im_is_the_adjoint_of_im2col(setting, seed) -> None:
    """<im2col x, c> = <x, col2im c>, which makes each the gradient of the other."""
    (x,) = normal(seed, setting.x)
    kernel = setting.weight[2:]
    columns = F.im2col(x, kernel, **setting.settings)
    (c,) = normal(seed + 1, columns.shape)
    back = F.col2im(c, x.shape[2:], kernel, **setting.settings)
    assert back.shape == x.shape
    np.testing.assert_allclose((columns * c).sum(), (x * back).sum(), rtol=1e-9, atol=1e-9)


def test_col2im_after_im2col_counts_the_windows_over_each_pixel() -> None:
    """So it is no inverse, except where patches lie side by side."""
    x = np.ones((1, 1, 3, 4))
    counts = F.col2im(F.im2col(x, (2, 2)), (3, 4), (2, 2))
    np.testing.assert_array_equal(counts[0, 0], [[1, 2, 2, 1], [2, 4, 4, 2], [1, 2, 2, 1]])
    (image,) = normal(1, (2, 3, 4, 6))
    tiles = F.im2col(image, 2, stride=2)
    np.testing.assert_array_equal(F.col2im(tiles, (4, 6), 2, stride=2), image)


def test_a_column_reads_its_patch_channel_by_channel_row_by_row() -> None:
    x = np.arange(24.0).reshape(1, 2, 3, 4)
    columns = F.im2col(x, 2)
    assert columns.shape == (1, 8, 6)
    np.testing.assert_array_equal(columns[0, :, 0], [0, 1, 4, 5, 12, 13, 16, 17])
    np.testing.assert_array_equal(columns[0, 0], [0, 1, 2, 4, 5, 6])


@given(convolutions(), seeds)
def test_the_matrix_multiplies_images_and_its_transpose_gradients(setting, seed) -> None:
    x, weight = normal(seed, setting.x, setting.weight)
    matrix = F.convolution_matrix(weight, x.shape[2:], **setting.settings)
    y = F.conv2d(x, weight, **setting.settings)
    np.testing.assert_allclose(
        x.reshape(len(x), -1) @ matrix.T, y.reshape(len(x), -1), atol=1e-12
    )
    (g,) = normal(seed + 1, y.shape)
    grad_x, _, _ = F.conv2d_backward(g, x, weight, **setting.settings)
    np.testing.assert_allclose(
        g.reshape(len(x), -1) @ matrix, grad_x.reshape(len(x), -1), atol=1e-12
    )


@given(st.integers(1, 4), st.integers(0, 5), st.integers(0, 5), st.integers(1, 3), seeds)
def test_the_toeplitz_matrix_multiplies_signals(size, extra, padding, dilation, seed) -> None:
    n_in = dilated_size(size, dilation) + extra
    x, weight = normal(seed, (n_in,), (size,))
    matrix = F.toeplitz_matrix(weight, n_in, padding=padding, dilation=dilation)
    y = F.conv1d(x[None, None], weight[None, None], padding=padding, dilation=dilation)
    np.testing.assert_allclose(matrix @ x, y[0, 0], atol=1e-12)
    for diagonal in range(-len(matrix) + 1, n_in):
        assert np.ptp(np.diagonal(matrix, diagonal)) == 0, "equal along every diagonal"


@given(st.integers(1, 3), st.integers(1, 3), st.integers(0, 3), st.integers(0, 3), seeds)
def test_the_matrix_is_doubly_block_toeplitz(f_h, f_w, down, right, seed) -> None:
    """Blocks, one for each pair of an output row and an image row, are equal along diagonals of
    blocks, and each block is a Toeplitz matrix. The whole is not: it jumps at image borders."""
    image = (f_h + down, f_w + right)
    (weight,) = normal(seed, (1, 1, f_h, f_w))
    matrix = F.convolution_matrix(weight, image)
    blocks = matrix.reshape(down + 1, right + 1, *image)
    empty = np.zeros((right + 1, image[1]))
    for i in range(down + 1):
        for j in range(image[0]):
            row = j - i
            wanted = (
                F.toeplitz_matrix(weight[0, 0, row], image[1]) if 0 <= row < f_h else empty
            )
            np.testing.assert_array_equal(blocks[i, :, j], wanted)


@given(st.integers(1, 3), st.integers(1, 3), seeds)
def test_two_linear_convolutions_are_one(first, second, seed) -> None:
    """The product of their matrices is the matrix of the filter that both make together."""
    a, b = normal(seed, (2, 3, first, first), (4, 2, second, second))
    together = F.conv_transpose2d(b, a)      # every b[k, c] lays down a[c]: no filter is flipped
    assert together.shape == (4, 3, first + second - 1, first + second - 1)
    one, two = F.convolution_matrix(a, (7, 6)), F.convolution_matrix(b, (8 - first, 7 - first))
    np.testing.assert_allclose(
        two @ one, F.convolution_matrix(together, (7, 6)), rtol=1e-9, atol=1e-12
    )


def test_most_weights_of_the_matrix_are_0_and_the_others_are_shared() -> None:
    """W-43: a convolution is a fully connected layer whose non-local weights are 0."""
    weight = np.arange(1.0, 10).reshape(1, 1, 3, 3)
    matrix = F.convolution_matrix(weight, (8, 8))
    assert matrix.shape == (36, 64)
    assert np.count_nonzero(matrix) == 36 * 9
    assert set(matrix[matrix != 0]) == set(range(1, 10))


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_each_filter_has_its_rows_and_each_channel_its_columns(dtype) -> None:
    weight = np.zeros((2, 3, 1, 1), dtype=dtype)
    weight[1, 2] = 5
    matrix = F.convolution_matrix(weight, (2, 2))
    assert matrix.dtype == dtype
    np.testing.assert_array_equal(matrix[4:, 8:], 5 * np.eye(4))
    assert np.count_nonzero(matrix) == 4
