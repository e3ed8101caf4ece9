"""The convolution layer: the taught loops, the laws, the rounding rules."""

from __future__ import annotations

import inspect

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_lib import functional as F
from course_lib.arrays import Array
from course_lib.gradcheck import check_gradient
from course_lib.shapes import output_size
from tests.course_lib.operations import CONVOLUTIONS_2D, Operation
from tests.course_lib.test_functional import rng_for


@pytest.mark.parametrize("operation", CONVOLUTIONS_2D, ids=lambda o: o.id)
def test_the_taught_loops_give_the_same_numbers(operation: Operation) -> None:
    args = operation.arguments(rng_for(operation))
    naive = F.conv2d_naive(*args, **operation.settings)
    np.testing.assert_allclose(operation.f(*args), naive, rtol=1e-10, atol=1e-12)


@pytest.mark.parametrize("operation", CONVOLUTIONS_2D, ids=lambda o: o.id)
def test_the_taught_loops_keep_float32(operation: Operation) -> None:
    args = operation.arguments(rng_for(operation), np.float32)
    assert F.conv2d_naive(*args, **operation.settings).dtype == np.float32


ROUNDED = [
    # stride, padding, rounding
    ((2, 3), (0, 0), "floor"),
    ((2, 3), (0, 0), "ceil"),
    ((2, 2), (1, 0), "ceil"),
    ((3, 2), (0, 1), "ceil"),
    ((4, 5), (2, 1), "ceil"),
    ((1, 1), (0, 0), "ceil"),
]


@pytest.mark.parametrize(("stride", "padding", "rounding"), ROUNDED)
def test_rounded_sizes_agree_in_all_three(stride, padding, rounding) -> None:
    rng = np.random.default_rng(4)
    x, weight, bias = (rng.standard_normal(s) for s in ((2, 4, 9, 8), (6, 2, 3, 2), (6,)))
    settings = {"stride": stride, "padding": padding, "groups": 2, "rounding": rounding}
    y = F.conv2d(x, weight, bias, **settings)
    sizes = zip((9, 8), (3, 2), stride, padding, strict=True)
    assert y.shape[2:] == tuple(output_size(*size, rounding=rounding) for size in sizes)
    np.testing.assert_allclose(y, F.conv2d_naive(x, weight, bias, **settings), rtol=1e-10)
    check = check_gradient(
        lambda *args: F.conv2d(*args, **settings),
        lambda g, x, weight, bias: F.conv2d_backward(g, x, weight, **settings),
        (x, weight, bias),
        rng=rng,
    )
    assert check.ok, str(check)


def test_rounding_up_sees_zeros_beyond_the_end() -> None:
    x, weight = np.arange(1.0, 5).reshape(1, 1, 1, 4), np.ones((1, 1, 1, 3))
    y = F.conv2d(x, weight, stride=(1, 2), rounding="ceil")
    np.testing.assert_array_equal(y.ravel(), [6, 7])  # 1+2+3, then 3+4+nothing


sizes = st.integers(1, 4)
seeds = st.integers(0, 2**32 - 1)


def random_images(seed: int, *shape: int) -> Array:
    return np.random.default_rng(seed).standard_normal(shape)


@given(sizes, sizes, sizes, st.integers(0, 2), st.integers(1, 3), seeds)
def test_linear_in_x_and_in_weight(channels, filters, kernel, padding, stride, seed) -> None:
    """conv2d(a x1 + x2, w) = a conv2d(x1, w) + conv2d(x2, w), and so in w: it has no corners."""
    x1, x2 = random_images(seed, 2, 2, channels, kernel + 2, kernel + 3)
    w1, w2 = random_images(seed + 1, 2, filters, channels, kernel, kernel)

    def conv(x: Array, weight: Array) -> Array:
        return F.conv2d(x, weight, None, stride, padding, rounding="floor")

    np.testing.assert_allclose(
        conv(3 * x1 + x2, w1), 3 * conv(x1, w1) + conv(x2, w1), rtol=1e-9, atol=1e-9
    )
    np.testing.assert_allclose(
        conv(x1, 3 * w1 + w2), 3 * conv(x1, w1) + conv(x1, w2), rtol=1e-9, atol=1e-9
    )


@given(sizes, st.integers(1, 3), st.integers(0, 3), st.integers(0, 3), seeds)
def test_a_shifted_image_gives_the_shifted_map(channels, kernel, down, right, seed) -> None:
    """Exact in the interior only (table B, I-n13): what enters at the border is new."""
    x = random_images(seed, 2, channels, 9, 10)
    weight = random_images(seed + 1, 3, channels, kernel, kernel)
    shifted = np.roll(x, (down, right), axis=(2, 3))
    y, y_shifted = F.conv2d(x, weight), F.conv2d(shifted, weight)
    rows, columns = y.shape[2:]
    np.testing.assert_allclose(
        y_shifted[:, :, down:, right:], y[:, :, : rows - down, : columns - right], atol=1e-12
    )


@given(st.integers(1, 3), st.integers(1, 3), seeds)
def test_a_stride_keeps_every_sth_place(down, right, seed) -> None:
    """Table A, W-70: strided convolution is convolution, then subsampling."""
    x, weight = random_images(seed, 2, 3, 8, 9), random_images(seed + 1, 4, 3, 3, 2)
    every = F.conv2d(x, weight)
    kept = F.conv2d(x, weight, stride=(down, right), rounding="floor")
    np.testing.assert_allclose(kept, every[:, :, ::down, ::right], atol=1e-12)


@given(st.integers(0, 2), st.integers(0, 2), seeds)
def test_padding_is_a_border_of_zeros(rows, columns, seed) -> None:
    x, weight = random_images(seed, 2, 3, 4, 5), random_images(seed + 1, 4, 3, 3, 2)
    padded = np.pad(x, ((0, 0), (0, 0), (rows, rows), (columns, columns)))
    np.testing.assert_allclose(
        F.conv2d(x, weight, padding=(rows, columns)), F.conv2d(padded, weight), atol=1e-12
    )


@given(st.sampled_from([1, 2, 3, 6]), seeds)
def test_groups_are_convolutions_side_by_side(groups, seed) -> None:
    x, weight = random_images(seed, 2, 6, 5, 4), random_images(seed + 1, 12, 6 // groups, 3, 2)
    apart = [
        F.conv2d(part, filters)
        for part, filters in zip(
            np.split(x, groups, axis=1), np.split(weight, groups), strict=True
        )
    ]
    np.testing.assert_allclose(
        F.conv2d(x, weight, groups=groups), np.concatenate(apart, axis=1), atol=1e-12
    )


def test_one_number_means_rows_and_columns() -> None:
    x, weight = random_images(1, 2, 3, 7, 9), random_images(2, 4, 3, 3, 3)
    np.testing.assert_array_equal(
        F.conv2d(x, weight, stride=2, padding=1),
        F.conv2d(x, weight, stride=(2, 2), padding=(1, 1)),
    )


def test_a_wider_argument_widens_the_answer() -> None:
    x, weight = random_images(1, 1, 1, 3, 3).astype(np.float32), random_images(2, 1, 1, 2, 2)
    assert F.conv2d(x, weight).dtype == np.float64


@given(st.integers(1, 3), st.integers(1, 3), st.integers(1, 2), seeds)
def test_a_dilated_filter_is_a_filter_with_zeros_between(down, right, stride, seed) -> None:
    """W-72: the same number of weights, spread; every place is still looked at (C-41)."""
    x, weight = random_images(seed, 2, 3, 9, 10), random_images(seed + 1, 4, 3, 3, 2)
    spread = np.zeros((4, 3, 2 * down + 1, right + 1))
    spread[:, :, ::down, ::right] = weight
    np.testing.assert_allclose(
        F.conv2d(x, weight, None, stride, 0, (down, right), rounding="floor"),
        F.conv2d(x, spread, None, stride, rounding="floor"),
        atol=1e-12,
    )


@given(st.integers(1, 5), st.integers(1, 5), st.integers(1, 3), seeds)
def test_same_keeps_the_size_and_valid_adds_nothing(f_h, f_w, dilation, seed) -> None:
    x, weight = random_images(seed, 2, 3, 6, 5), random_images(seed + 1, 4, 3, f_h, f_w)
    y = F.conv2d(x, weight, padding="same", dilation=dilation)
    assert y.shape == (2, 4, 6, 5)
    rows, columns = (dilation * (f - 1) for f in (f_h, f_w))
    bordered = np.pad(x, ((0, 0), (0, 0), (rows // 2, rows - rows // 2),
                          (columns // 2, columns - columns // 2)))
    np.testing.assert_allclose(
        y, F.conv2d(bordered, weight, padding="valid", dilation=dilation), atol=1e-12
    )


@given(st.integers(1, 3), st.integers(0, 2), st.integers(1, 2), seeds)
def test_conv1d_is_conv2d_on_images_of_one_row(stride, padding, dilation, seed) -> None:
    x, weight = random_images(seed, 2, 4, 9), random_images(seed + 1, 6, 2, 3)
    y = F.conv1d(x, weight, None, stride, padding, dilation, 2, rounding="floor")
    images = F.conv2d(
        x[:, :, np.newaxis], weight[:, :, np.newaxis], None,
        (1, stride), (0, padding), (1, dilation), 2, rounding="floor",
    )
    np.testing.assert_allclose(y, images[:, :, 0], atol=1e-12)


@given(st.integers(1, 2), st.integers(1, 3), seeds)
def test_conv3d_is_a_sum_of_conv2d_over_the_slices_of_the_filter(stride, depth, seed) -> None:
    """Slice i of the filter sees every image that lies i deeper in the volume."""
    x, weight = random_images(seed, 2, 3, 5, 4, 6), random_images(seed + 1, 4, 3, depth, 2, 3)
    y = F.conv3d(x, weight, None, (1, stride, stride), rounding="floor")
    for d in range(5 - depth + 1):
        slices = sum(
            F.conv2d(x[:, :, d + i], weight[:, :, i], None, stride, rounding="floor")
            for i in range(depth)
        )
        np.testing.assert_allclose(y[:, :, d], slices, atol=1e-12)


IN_ORDER = {
    "conv1d": "x weight bias stride padding dilation groups",
    "conv2d": "x weight bias stride padding dilation groups",
    "conv2d_naive": "x weight bias stride padding dilation groups",
    "conv3d": "x weight bias stride padding dilation groups",
    "conv_transpose2d": "x weight bias stride padding output_padding groups dilation",
    "deform_conv2d": "x offset weight bias stride padding dilation",
}


@pytest.mark.parametrize("name", IN_ORDER)
def test_arguments_come_in_the_order_of_pytorch(name) -> None:
    parameters = inspect.signature(getattr(F, name)).parameters.values()
    in_order = [p.name for p in parameters if p.kind is p.POSITIONAL_OR_KEYWORD]
    assert in_order == IN_ORDER[name].split()
