"""How a picture becomes numbers: at which places it is measured, and how finely."""

import numpy as np

from course_lib.arrays import Array, expect_whole
from course_lib.images.pixels import any_image, grey_values, whole_pair


def quantize(image: Array, levels: int) -> Array:
    """Every grey value moved to the nearest of `levels` equally spaced ones; halves go up.

    The levels are k / (levels - 1) for k = 0, ..., levels - 1, so black (0) and white (1) are
    among them. With this rule quantize(quantize(x, n), n) = quantize(x, n).
    image: any shape; floats from 0 to 1, or uint8 from 0 to 255, which takes 256 levels at most
    and rounds the levels to whole numbers, halves up as well. Returns a new array of its dtype.
    Raises TypeError for other dtypes; ValueError for values outside the range and fewer than 2
    levels. Source: RWTH 000:15-19 (named only).
    """
    image = grey_values("quantize", image)
    expect_whole("levels", levels, least=2)
    steps = int(levels) - 1
    if image.dtype != np.uint8:
        return np.asarray(np.floor(image * steps + 0.5) / steps)
    if levels > 256:
        raise ValueError(f"A uint8 image has 256 levels at most; got levels={levels}.")
    nearest = (2 * image.astype(np.int64) * steps + 255) // 510  # all in whole numbers
    return ((2 * 255 * nearest + steps) // (2 * steps)).astype(np.uint8)


def sample(image: Array, step: int | tuple[int, int]) -> Array:
    """Every step-th pixel of every step-th row, from the first on: a coarser grid.

    Nothing is averaged, so whatever is finer than the new grid turns into something else
    (aliasing). image (..., H, W) in float64, float32 or uint8; step: one number, or a pair
    (rows, columns). Returns a new array (..., ceil(H / step), ceil(W / step)).
    Raises TypeError for other dtypes; ValueError for a step below 1.
    Source: RWTH 000:15-19 (named only).
    """
    image = any_image("sample", image)
    rows, columns = whole_pair("step", step, least=1)
    return image[..., ::rows, ::columns].copy()
