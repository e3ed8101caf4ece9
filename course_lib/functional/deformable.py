"""The deformable convolution: every pixel of every window may lie a little elsewhere.

An offset moves it from its place on the grid, by any fraction of a pixel; between pixels the
image is interpolated bilinearly, outside it is 0. The offsets come from a small convolution of
their own, so the network learns where to look. Letters as in course_lib.functional.convolution.
"""

from collections.abc import Iterator
from itertools import product
from math import prod
from typing import NamedTuple

import numpy as np

from course_lib.arrays import Array, expect_shape, float_array
from course_lib.functional.convolution_nd import bias_gradient, prepared
from course_lib.functional.windows import Padding, Pair, Windows
from course_lib.shapes import Rounding


def deform_conv2d(
    x: Array,
    offset: Array,
    weight: Array,
    bias: Array | None = None,
    stride: Pair = 1,
    padding: Padding = 0,
    dilation: Pair = 1,
    *,
    rounding: Rounding = "strict",
) -> Array:
    """conv2d whose patch at place (r, c) holds x[r S + i D - P + dy, c S + j D - P + dx].

    x (N, C, H, W), weight (K, C, F_h, F_w), bias (K,) or None; settings as for conv2d (one
    group). offset (N, 2 F_h F_w, out_h, out_w): channel 2 (i F_w + j) holds dy, the next one dx,
    in pixels. The same offsets serve all channels; offsets of 0 give conv2d.
    Returns y (N, K, out_h, out_w). Raises as conv2d does, and for offsets of another shape or
    that are not finite. (torchvision's function, without its mask and groups.)
    Source: Wuppertal 001:461 (name only), Dai et al. 2017.
    """
    x, weight, bias, windows = prepared(
        "deform_conv2d", 2, x, weight, bias, stride, padding, dilation, 1, rounding
    )
    offset = _checked_offset("deform_conv2d", offset, len(x), windows)
    shape = (*x.shape[:2], *windows.kernel, *windows.places)
    patches = np.zeros(shape, dtype=np.result_type(x, offset))
    for corner in _corners(x, offset, windows):
        patches += corner.share * corner.value
    y: Array = np.einsum("kcij,ncijrs->nkrs", weight, patches, optimize=True)
    return y if bias is None else y + bias[:, None, None]


def deform_conv2d_backward(
    grad_output: Array,
    x: Array,
    offset: Array,
    weight: Array,
    stride: Pair = 1,
    padding: Padding = 0,
    dilation: Pair = 1,
    *,
    rounding: Rounding = "strict",
) -> tuple[Array, Array, Array, Array]:
    """Gradients by x, offset, weight and bias.

    The gradient by an offset follows the slope of the image there; on a grid line, where it has
    a corner, the slope downwards and to the right.
    grad_output (N, K, out_h, out_w); the rest as for deform_conv2d, which says what it raises.
    """
    name = "deform_conv2d_backward"
    x, weight, _, windows = prepared(
        name, 2, x, weight, None, stride, padding, dilation, 1, rounding
    )
    offset = _checked_offset(name, offset, len(x), windows)
    grad_output = float_array(name, "grad_output", grad_output)
    expect_shape(name, "grad_output", grad_output, (len(x), len(weight), *windows.places))
    grad_patches = np.einsum("nkrs,kcij->ncijrs", grad_output, weight, optimize=True)
    dtype = np.result_type(grad_patches, x, offset)
    patches, grad_x = np.zeros(grad_patches.shape, dtype), np.zeros(x.shape, dtype)
    slopes = np.zeros((2, *patches.shape), dtype)
    for corner in _corners(x, offset, windows):
        patches += corner.share * corner.value
        slopes[0] += corner.share_down * corner.value
        slopes[1] += corner.share_right * corner.value
        np.add.at(grad_x, corner.place, corner.share * grad_patches)  # corners may coincide
    grad_offset = np.einsum("dncijrs,ncijrs->nijdrs", slopes, grad_patches)
    grad_weight = np.einsum("nkrs,ncijrs->kcij", grad_output, patches, optimize=True)
    return grad_x, grad_offset.reshape(offset.shape), grad_weight, bias_gradient(grad_output)


class _Corner(NamedTuple):
    """One of the four pixels around each point, in arrays that fit (N, C, F_h, F_w, out_h, out_w).

    value: the pixel, 0 outside of the image; place: its index in x. share: how much of it the
    point takes; share_down and share_right: the derivatives of share as the point moves.
    """

    place: tuple[Array, ...]
    value: Array
    share: Array
    share_down: Array
    share_right: Array


def _corners(x: Array, offset: Array, windows: Windows) -> Iterator[_Corner]:
    """Bilinear interpolation at every point: the pixels above and below, left and right."""
    n_images, channels, height, width = x.shape
    rows, columns = _points(offset, windows)
    top, left = np.floor(rows), np.floor(columns)
    below, beside = rows - top, columns - left                  # both in [0, 1)
    n, c = np.ogrid[:n_images, :channels]
    n, c = n[..., *[None] * 4], c[..., *[None] * 4]
    for down, right in product((0, 1), repeat=2):
        row, column = (top + down).astype(int), (left + right).astype(int)
        inside = (row >= 0) & (row < height) & (column >= 0) & (column < width)
        place = (n, c, row.clip(0, height - 1), column.clip(0, width - 1))
        share_row, share_column = below if down else 1 - below, beside if right else 1 - beside
        yield _Corner(
            place=place,
            value=x[place] * inside,
            share=inside * share_row * share_column,
            share_down=(share_column if down else -share_column),
            share_right=(share_row if right else -share_row),
        )


def _points(offset: Array, windows: Windows) -> tuple[Array, Array]:
    """Row and column of every point: (N, 1, F_h, F_w, out_h, out_w) each."""
    moved = offset.reshape(len(offset), *windows.kernel, 2, *windows.places)
    f_h, f_w, out_h, out_w = np.ogrid[*map(slice, (*windows.kernel, *windows.places))]
    (s_h, s_w), (d_h, d_w), (top, left) = windows.stride, windows.dilation, windows.before
    rows = moved[:, :, :, 0] + (f_h * d_h + out_h * s_h - top).astype(offset.dtype)
    columns = moved[:, :, :, 1] + (f_w * d_w + out_w * s_w - left).astype(offset.dtype)
    # Two pixels outside all is 0, and whole numbers of any size would not fit into an index.
    height, width = windows.image
    return rows.clip(-2, height + 1)[:, None], columns.clip(-2, width + 1)[:, None]


def _checked_offset(function: str, offset: Array, n_images: int, windows: Windows) -> Array:
    offset = float_array(function, "offset", offset)
    expect_shape(
        function, "offset", offset, (n_images, 2 * prod(windows.kernel), *windows.places)
    )
    if not np.isfinite(offset).all():
        raise ValueError(f"{function} expects offsets that are finite; got NaN or infinity.")
    return offset
