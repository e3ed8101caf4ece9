"""What the pooling layers share: windows with their pixels in a row, and pixels by number."""

import math

import numpy as np

from course_lib.arrays import Array, expect_shape, expect_whole, float_array
from course_lib.functional.windows import Pair, Windows, pair, patches_of, put_back, windows_of
from course_lib.shapes import Rounding


def pool_windows(
    function: str,
    x: Array,
    kernel_size: Pair,
    stride: Pair | None,
    padding: Pair,
    rounding: Rounding,
) -> tuple[Array, Windows]:
    """x (N, C, H, W) and the windows of a pooling layer, checked."""
    x = images(function, x)
    kernel, borders = pair("kernel_size", kernel_size), pair("padding", padding)
    for border in borders:
        expect_whole("padding", border, least=0)
    steps = kernel if stride is None else pair("stride", stride)
    windows = windows_of(function, x.shape[2:], kernel, steps, borders, 1, rounding)
    for axis, f, p in zip(("rows", "columns"), windows.kernel, windows.before, strict=True):
        if 2 * p > f:
            raise ValueError(
                f"{function}, along the {axis}: padding {p} is more than half of kernel_size {f}, "
                f"so a window could lie beside the image. Use a padding of at most {f // 2}."
            )
    return x, windows


def images(function: str, x: Array) -> Array:
    """x as a float array (N, C, H, W) with at least one pixel."""
    x = float_array(function, "x", x)
    expect_shape(function, "x", x, ("N", "C", "H", "W"))
    if 0 in x.shape[2:]:
        raise ValueError(f"{function} needs at least one pixel; got x of shape {x.shape}.")
    return x


def gradient_of(function: str, grad_output: Array, shape: tuple[int, ...]) -> Array:
    """grad_output as a float array of the shape of the output."""
    grad_output = float_array(function, "grad_output", grad_output)
    expect_shape(function, "grad_output", grad_output, shape)
    return grad_output


def pixels_of(x: Array, windows: Windows, border: float = 0) -> Array:
    """The pixels of every window in row order: (N, C, F_h F_w, out_h, out_w)."""
    shape = (*x.shape[:2], math.prod(windows.kernel), *windows.places)
    return patches_of(x, windows, border).reshape(shape)


def back_to_images(gradient: Array, windows: Windows) -> Array:
    """The reverse of pixels_of for gradients: where windows overlap, they add up."""
    shape = (*gradient.shape[:2], *windows.kernel, *windows.places)
    return put_back(gradient.reshape(shape), windows)


def taken(x: Array, chosen: Array) -> Array:
    """The pixels of x (N, C, H, W) with the numbers `chosen`: r W + c in row r, column c."""
    rows, numbers = _in_rows(x), _in_rows(chosen)
    return np.take_along_axis(rows, numbers, axis=1).reshape(chosen.shape)


def given_back(grad_output: Array, chosen: Array, x: Array) -> Array:
    """The reverse of `taken` for gradients: a pixel that was taken twice gets both."""
    grad_x = np.zeros(x.shape, dtype=grad_output.dtype)
    each = np.arange(len(x) * x.shape[1])[:, np.newaxis]  # one row for every channel
    np.add.at(_in_rows(grad_x), (each, _in_rows(chosen)), _in_rows(grad_output))
    return grad_x


def _in_rows(images: Array) -> Array:
    """(N, C, H, W) -> (N C, H W)."""
    n_images, channels, *image = images.shape
    return images.reshape(n_images * channels, math.prod(image))
