"""Pooling that draws: stochastic pooling and fractional max pooling.

Both return y and `chosen`, the pixel that each window took, as its number r W + c in the image;
backward hands the gradients to those pixels. x, sizes and exceptions as in
course_lib.functional.pooling.
"""

import math

import numpy as np

from course_lib.arrays import Array, expect_shape, expect_whole
from course_lib.functional.dropout import checked_rng
from course_lib.functional.pooling_windows import (
    back_to_images,
    given_back,
    gradient_of,
    images,
    pixels_of,
    pool_windows,
    taken,
)
from course_lib.functional.windows import Pair, Windows, pair, plain
from course_lib.shapes import Rounding


def stochastic_pool2d(
    x: Array,
    kernel_size: Pair,
    stride: Pair | None = None,
    *,
    training: bool = True,
    rounding: Rounding = "strict",
    rng: np.random.Generator | None = None,
) -> tuple[Array, Array | None]:
    """In training each window draws a pixel a_i with probability p_i = a_i / (sum of its pixels).

    After training y is what a draw would give on average, the sum of p_i a_i, and chosen is
    None. No pixel of x may be negative, as after a ReLU; a window of zeros gives 0 and counts
    its first pixel as chosen. rng is needed in training only.
    Source: Wuppertal 001:552; Zeiler and Fergus 2013.
    """
    x, windows = pool_windows("stochastic_pool2d", x, kernel_size, stride, 0, rounding)
    _check_none_negative("stochastic_pool2d", x)
    pixels = pixels_of(x, windows)
    if not training:
        mean: Array = (_probabilities(pixels) * pixels).sum(axis=2)
        return mean, None
    rng = checked_rng("stochastic_pool2d in training", rng, " To evaluate say training=False.")
    cumulative = pixels.cumsum(axis=2, dtype=np.float64)
    drawn = rng.random((*x.shape[:2], 1, *windows.places)) * cumulative[:, :, -1:]
    place = (cumulative > drawn).argmax(axis=2, keepdims=True)
    chosen = np.take_along_axis(_numbers(windows), place, axis=2)[:, :, 0]
    return taken(x, chosen), chosen


def stochastic_pool2d_backward(
    grad_output: Array,
    x: Array,
    chosen: Array | None,
    kernel_size: Pair,
    stride: Pair | None = None,
    *,
    training: bool = True,
    rounding: Rounding = "strict",
) -> Array:
    """In training g goes to the chosen pixels; after it a_j gets g (2 a_j - y) / (sum of a_i).

    grad_output (N, C, out_h, out_w); chosen as stochastic_pool2d returned it.
    """
    function = "stochastic_pool2d_backward"
    x, windows = pool_windows(function, x, kernel_size, stride, 0, rounding)
    _check_none_negative(function, x)
    grad_output = gradient_of(function, grad_output, (*x.shape[:2], *windows.places))
    if training:
        return given_back(grad_output, _checked_choice(function, chosen, grad_output, x), x)
    pixels = pixels_of(x, windows)
    y = (_probabilities(pixels) * pixels).sum(axis=2, keepdims=True)
    total = pixels.sum(axis=2, keepdims=True)
    slope = (2 * pixels - y) / np.where(total > 0, total, 1)
    return back_to_images(slope * grad_output[:, :, np.newaxis], windows)


def fractional_max_pool2d(
    x: Array, kernel_size: Pair, output_size: Pair, *, rng: np.random.Generator
) -> tuple[Array, Array]:
    """y = the largest pixel of windows that begin at random places, so that sizes shrink by less.

    Along each axis out windows of kernel_size F begin at floor((i + u) a) - floor(u a) with
    a = (n_in - F) / (out - 1) and u uniform in [0, 1), the last at n_in - F: steps are a rounded
    down or up. u is drawn for every channel of every image, and for rows and columns. With
    F = 2 and 1 < a < 2 every pixel is seen. Of equal pixels the first one wins.
    output_size: one number or (rows, columns), at most n_in - F + 1.
    Source: Wuppertal 001:550; Graham 2014, with the windows of PyTorch.
    """
    function = "fractional_max_pool2d"
    x, kernel, places = _fractional(function, x, kernel_size, output_size)
    height, width = x.shape[2:]
    draws = checked_rng(function, rng).random((2, *x.shape[:2]))
    rows, columns = (
        window_starts(n, f, out, u)[..., np.newaxis] + np.arange(f)
        for n, f, out, u in zip((height, width), kernel, places, draws, strict=True)
    )  # (N, C, out_h, F_h) and (N, C, out_w, F_w)
    numbers = rows[:, :, :, None, :, None] * width + columns[:, :, None, :, None, :]
    numbers = numbers.reshape(*x.shape[:2], *places, math.prod(kernel))
    pixels = taken(x, numbers)
    place = pixels.argmax(axis=-1, keepdims=True)
    return pixels.max(axis=-1), np.take_along_axis(numbers, place, axis=-1)[..., 0]


def fractional_max_pool2d_backward(
    grad_output: Array, x: Array, chosen: Array, kernel_size: Pair, output_size: Pair
) -> Array:
    """g goes to the chosen pixels; one that several windows chose gets the sum.

    grad_output (N, C, out_h, out_w); chosen as fractional_max_pool2d returned it.
    """
    function = "fractional_max_pool2d_backward"
    x, _, places = _fractional(function, x, kernel_size, output_size)
    grad_output = gradient_of(function, grad_output, (*x.shape[:2], *places))
    return given_back(grad_output, _checked_choice(function, chosen, grad_output, x), x)


def window_starts(n_in: int, kernel_size: int, n_out: int, u: Array) -> Array:
    """Where the n_out windows begin, for each u in [0, 1): the shape of u, then n_out."""
    step = (n_in - kernel_size) / max(n_out - 1, 1)
    u = np.asarray(u)[..., np.newaxis]
    starts = np.floor((np.arange(n_out) + u) * step) - np.floor(u * step)
    starts[..., -1] = n_in - kernel_size
    whole: Array = starts.astype(np.intp)
    return whole


def _fractional(
    function: str, x: Array, kernel_size: Pair, output_size: Pair
) -> tuple[Array, tuple[int, int], tuple[int, int]]:
    x = images(function, x)
    kernel, places = pair("kernel_size", kernel_size), pair("output_size", output_size)
    for f, out in zip(kernel, places, strict=True):
        expect_whole("kernel_size", f, least=1)
        expect_whole("output_size", out, least=1)
    (f_h, f_w), (out_h, out_w) = plain(kernel), plain(places)
    for n, f, out in zip(x.shape[2:], (f_h, f_w), (out_h, out_w), strict=True):
        if out > n - f + 1:
            raise ValueError(
                f"{function}: {out} windows of {f} do not fit into {n} pixels at different "
                f"places. output_size can be at most {n} - {f} + 1 = {n - f + 1}."
            )
    return x, (f_h, f_w), (out_h, out_w)


def _probabilities(pixels: Array) -> Array:
    """Each pixel over the sum of its window; 0 in a window of zeros."""
    total = pixels.sum(axis=2, keepdims=True)
    probabilities: Array = pixels / np.where(total > 0, total, 1)
    return probabilities


def _numbers(windows: Windows) -> Array:
    """The number r W + c of every pixel of every window: (1, 1, F_h F_w, out_h, out_w)."""
    numbers = np.arange(math.prod(windows.image)).reshape(1, 1, *windows.image)
    return pixels_of(numbers, windows)


def _check_none_negative(function: str, x: Array) -> None:
    if not (x >= 0).all():
        raise ValueError(
            f"{function} draws pixels in proportion to their values and expects none that is "
            f"negative; got {x.min()}. Put a ReLU before it."
        )


def _checked_choice(function: str, chosen: Array | None, grad_output: Array, x: Array) -> Array:
    if chosen is None:
        raise ValueError(f"{function} in training needs `chosen`, as the forward pass returned it.")
    chosen = np.asarray(chosen)
    expect_shape(function, "chosen", chosen, grad_output.shape)
    if chosen.dtype.kind not in "iu":
        raise TypeError(
            f"{function} expects chosen to hold whole numbers, the pixels; got {chosen.dtype}."
        )
    n_pixels = math.prod(x.shape[2:])
    wrong = chosen[(chosen < 0) | (chosen >= n_pixels)]
    if wrong.size:
        raise ValueError(
            f"{function} expects chosen to hold pixels from 0 to {n_pixels - 1}, because x has "
            f"shape {x.shape}; got {wrong[0]}."
        )
    return chosen
