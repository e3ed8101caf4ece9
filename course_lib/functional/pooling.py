"""Pooling: every small neighbourhood of an image becomes one number, channel by channel.

x (N, C, H, W), float64 or float32. kernel_size, stride, padding: one number, or a pair
(rows, columns); stride is kernel_size unless it is given, and windows with a smaller one
overlap. Returns y (N, C, out_h, out_w) with the sizes of shapes.output_size; backward takes
grad_output of that shape and returns the shape of x.
All raise TypeError for an array that is not float; ValueError for other shapes, for a stride
that does not fit the image (see `rounding` in shapes.output_size), and for a padding above half
the kernel_size.
Source: RWTH 000:787-846, Wuppertal 001:487-546, TUM 002:821-905, Bonn 004:361-503.
"""

import numpy as np

from course_lib.arrays import Array
from course_lib.functional.pooling_windows import (
    back_to_images,
    gradient_of,
    pixels_of,
    pool_windows,
)
from course_lib.functional.windows import Pair, Windows
from course_lib.shapes import Rounding


def max_pool2d(
    x: Array,
    kernel_size: Pair,
    stride: Pair | None = None,
    padding: Pair = 0,
    *,
    rounding: Rounding = "strict",
) -> Array:
    """y = the largest pixel of every window. The border is no pixel: it never wins."""
    x, windows = pool_windows("max_pool2d", x, kernel_size, stride, padding, rounding)
    y: Array = pixels_of(x, windows, -np.inf).max(axis=2)
    return y


def max_pool2d_backward(
    grad_output: Array,
    x: Array,
    kernel_size: Pair,
    stride: Pair | None = None,
    padding: Pair = 0,
    *,
    rounding: Rounding = "strict",
) -> Array:
    """The winner of every window gets its gradient; of equal pixels the first in row order wins.

    A pixel that wins in several windows gets the sum, so no gradient is lost or made.
    """
    x, windows = pool_windows("max_pool2d_backward", x, kernel_size, stride, padding, rounding)
    grad_output = gradient_of(
        "max_pool2d_backward", grad_output, (*x.shape[:2], *windows.places)
    )
    x = np.maximum(x, np.finfo(x.dtype).min)  # even a pixel of -inf wins against the border
    winner = pixels_of(x, windows, -np.inf).argmax(axis=2)[:, :, np.newaxis]
    place = np.arange(windows.kernel[0] * windows.kernel[1])[:, np.newaxis, np.newaxis]
    won = np.where(place == winner, grad_output[:, :, np.newaxis], 0)  # as pixels_of
    return back_to_images(won, windows)


def avg_pool2d(
    x: Array,
    kernel_size: Pair,
    stride: Pair | None = None,
    padding: Pair = 0,
    *,
    count_include_pad: bool = True,
    rounding: Rounding = "strict",
) -> Array:
    """y = the mean of every window.

    The border is of zeros, and they count as pixels unless count_include_pad=False. What hangs
    over the border with rounding="ceil" never counts.
    """
    x, windows = pool_windows("avg_pool2d", x, kernel_size, stride, padding, rounding)
    y: Array = pixels_of(x, windows).sum(axis=2) / counts(x, windows, count_include_pad)
    return y


def avg_pool2d_backward(
    grad_output: Array,
    x: Array,
    kernel_size: Pair,
    stride: Pair | None = None,
    padding: Pair = 0,
    *,
    count_include_pad: bool = True,
    rounding: Rounding = "strict",
) -> Array:
    """Every pixel of a window gets an equal share of its gradient."""
    x, windows = pool_windows("avg_pool2d_backward", x, kernel_size, stride, padding, rounding)
    grad_output = gradient_of(
        "avg_pool2d_backward", grad_output, (*x.shape[:2], *windows.places)
    )
    share = (grad_output / counts(grad_output, windows, count_include_pad))[:, :, np.newaxis]
    area = windows.kernel[0] * windows.kernel[1]
    return back_to_images(np.repeat(share, area, axis=2), windows)


def counts(x: Array, windows: Windows, count_include_pad: bool) -> Array:
    """How many pixels each window counts, (out_h, out_w), in the type of x."""
    along = []
    for n, f, s, p, places in zip(
        windows.image, windows.kernel, windows.stride, windows.before, windows.places, strict=True
    ):
        first = np.arange(places) * s - p
        begin, end = (-p, n + p) if count_include_pad else (0, n)
        along.append(np.minimum(first + f, end) - np.maximum(first, begin))
    products: Array = np.outer(*along).astype(x.dtype)
    return products
