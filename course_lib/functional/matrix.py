"""Convolution as a matrix product, in two ways.

im2col writes the patches as columns, so that the filters multiply them all at once: the image is
the matrix. convolution_matrix writes the filters as one large matrix full of zeros that
multiplies the image as one long vector: the filters are the matrix, which shows the weights that
a fully connected layer would have, most of them 0 and the others shared. Nothing is flipped.
Letters as in course_lib.functional.convolution.
"""

from math import prod

import numpy as np

from course_lib.arrays import Array, expect_shape, float_array
from course_lib.functional.convolution_nd import columns_of
from course_lib.functional.windows import (
    Padding,
    Pair,
    SameOrValid,
    Windows,
    pair,
    put_back,
    windows_of,
)
from course_lib.shapes import Rounding


def im2col(
    x: Array,
    kernel_size: Pair,
    stride: Pair = 1,
    padding: Padding = 0,
    dilation: Pair = 1,
    *,
    rounding: Rounding = "strict",
) -> Array:
    """Column r out_w + c is the patch at place (r, c), read channel by channel, row by row.

    x (N, C, H, W); kernel_size and the settings as for conv2d, one number or (rows, columns).
    Returns columns (N, C F_h F_w, out_h out_w), so that
    conv2d(x, weight) = (weight.reshape(K, -1) @ im2col(x, (F_h, F_w))).reshape(N, K, out_h, out_w).
    Raises as conv2d does. PyTorch calls it unfold (with another order of arguments).
    Source: Chellapilla et al. 2006.
    """
    x = float_array("im2col", "x", x)
    expect_shape("im2col", "x", x, ("N", "C", "H", "W"))
    kernel = pair("kernel_size", kernel_size)
    windows = windows_of("im2col", x.shape[2:], kernel, stride, padding, dilation, rounding)
    return columns_of(x, windows)[:, 0]


def col2im(
    columns: Array,
    image_size: Pair,
    kernel_size: Pair,
    stride: Pair = 1,
    padding: Padding = 0,
    dilation: Pair = 1,
    *,
    rounding: Rounding = "strict",
) -> Array:
    """Add every patch back where im2col cut it from: <im2col(x), c> = <x, col2im(c)>.

    columns (N, C F_h F_w, out_h out_w), image_size (H, W), settings as for im2col.
    Returns x (N, C, H, W); where patches overlap their numbers add up, so it is the gradient of
    im2col and not its inverse. Raises as im2col does.
    """
    columns = float_array("col2im", "columns", columns)
    expect_shape("col2im", "columns", columns, ("N", "C*F_h*F_w", "places"))
    image = pair("image_size", image_size)
    windows = windows_of(
        "col2im", image, pair("kernel_size", kernel_size), stride, padding, dilation, rounding
    )
    kernel = windows.kernel
    n_images, size, n_places = columns.shape
    if size % prod(kernel) or n_places != prod(windows.places):
        (f_h, f_w), (down, across), (height, width) = kernel, windows.places, image
        raise ValueError(
            f"col2im expects columns of shape (N, C*{f_h}*{f_w}, {down}*{across}), because a "
            f"kernel of {f_h} x {f_w} has {down} x {across} places in an image of {height} x "
            f"{width}; got {columns.shape}."
        )
    channels = size // prod(kernel)
    return put_back(columns.reshape(n_images, channels, *kernel, *windows.places), windows)


def convolution_matrix(
    weight: Array,
    image_size: Pair,
    stride: Pair = 1,
    padding: Padding = 0,
    dilation: Pair = 1,
    *,
    rounding: Rounding = "strict",
) -> Array:
    """M with conv2d(x, weight)[n].ravel() = M @ x[n].ravel(): doubly block Toeplitz at stride 1.

    Row (k, r, c) holds filter k where it lies when it is at place (r, c), and 0 elsewhere. The
    transpose of M takes a gradient by y back to x.
    weight (K, C, F_h, F_w), image_size (H, W), settings as for conv2d (one group).
    Returns M (K out_h out_w, C H W). Raises as conv2d does.
    Source: TUM 002:962-974, Wuppertal 001:257-258 and 367-369.
    """
    weight = float_array("convolution_matrix", "weight", weight)
    expect_shape("convolution_matrix", "weight", weight, ("K", "C", "F_h", "F_w"))
    image = pair("image_size", image_size)
    windows = windows_of(
        "convolution_matrix", image, weight.shape[2:], stride, padding, dilation, rounding
    )
    return _matrix(weight, windows)


def toeplitz_matrix(
    weight: Array,
    n_in: int,
    stride: int = 1,
    padding: int | SameOrValid = 0,
    dilation: int = 1,
    *,
    rounding: Rounding = "strict",
) -> Array:
    """T with conv1d(x, weight) = T @ x, one signal and one filter: equal along its diagonals.

    Each row holds the filter, `stride` further to the right than the row above.
    weight (F,), settings as for conv1d. Returns T (out_l, n_in). Raises as conv1d does.
    Source: Wuppertal 001:367-369.
    """
    weight = float_array("toeplitz_matrix", "weight", weight)
    expect_shape("toeplitz_matrix", "weight", weight, ("F",))
    windows = windows_of(
        "toeplitz_matrix", (n_in,), weight.shape, stride, padding, dilation, rounding
    )
    return _matrix(weight[np.newaxis, np.newaxis], windows)


def _matrix(weight: Array, windows: Windows) -> Array:
    """Lay every filter at every place of an empty padded image, then cut the border off."""
    n_filters, channels, *_ = weight.shape
    shape = (n_filters, *windows.places, channels, *windows.padded)
    matrix = np.zeros(shape, dtype=weight.dtype)
    for place in np.ndindex(*windows.places):
        matrix[:, *place, :, *windows.patch_at(place)] = weight
    n_rows, n_columns = n_filters * prod(windows.places), channels * prod(windows.image)
    return matrix[windows.inner].reshape(n_rows, n_columns)
