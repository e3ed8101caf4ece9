"""Pooling to a size that is asked for, whatever the size of the image.

Along an axis of n pixels, place i of `out` sees the pixels from floor(i n / out) up to, and not
including, ceil((i + 1) n / out). Neighbours may overlap by a pixel, and with out > n they repeat
pixels. x (N, C, H, W), float64 or float32; output_size one number or (rows, columns).
All raise TypeError for an array that is not float, ValueError for other shapes and sizes below 1.
"""

from collections.abc import Sequence
from itertools import product
from typing import Literal

import numpy as np

from course_lib.arrays import Array, expect_whole
from course_lib.functional.pooling_windows import given_back, gradient_of, images, taken
from course_lib.functional.windows import Pair, pair, plain

Kind = Literal["max", "avg"]


def adaptive_avg_pool2d(x: Array, output_size: Pair) -> Array:
    """y = R x C^T for every channel: R and C take the means of the regions, by rows and columns.

    Returns y (N, C, out_h, out_w).
    """
    x, rows, columns = _means("adaptive_avg_pool2d", x, output_size)
    y: Array = rows @ x @ columns.T
    return y


def adaptive_avg_pool2d_backward(grad_output: Array, x: Array, output_size: Pair) -> Array:
    """R^T g C: every pixel of a region gets an equal share; the shape of x."""
    x, rows, columns = _means("adaptive_avg_pool2d_backward", x, output_size)
    shape = (*x.shape[:2], len(rows), len(columns))
    grad_output = gradient_of("adaptive_avg_pool2d_backward", grad_output, shape)
    grad_x: Array = rows.T @ grad_output @ columns
    return grad_x


def adaptive_max_pool2d(x: Array, output_size: Pair) -> Array:
    """y = the largest pixel of every region. Returns y (N, C, out_h, out_w)."""
    x = images("adaptive_max_pool2d", x)
    return taken(x, _winners(x, _sizes(output_size)))


def adaptive_max_pool2d_backward(grad_output: Array, x: Array, output_size: Pair) -> Array:
    """The first of the largest pixels of a region gets its gradient; the shape of x."""
    x, sizes = images("adaptive_max_pool2d_backward", x), _sizes(output_size)
    grad_output = gradient_of(
        "adaptive_max_pool2d_backward", grad_output, (*x.shape[:2], *sizes)
    )
    return given_back(grad_output, _winners(x, sizes), x)


def global_avg_pool2d(x: Array) -> Array:
    """y = the mean of every channel: (N, C, H, W) -> (N, C), ready for a linear layer.

    Source: Wuppertal 001:596-602; Lin et al. 2014, "Network in network".
    """
    y: Array = images("global_avg_pool2d", x).mean(axis=(2, 3))
    return y


def global_avg_pool2d_backward(grad_output: Array, x: Array) -> Array:
    """Every pixel gets an equal share g / (H W). grad_output (N, C); the shape of x."""
    x = images("global_avg_pool2d_backward", x)
    grad_output = gradient_of("global_avg_pool2d_backward", grad_output, x.shape[:2])
    share = grad_output / (x.shape[2] * x.shape[3])
    return np.broadcast_to(share[:, :, np.newaxis, np.newaxis], x.shape).copy()


def spatial_pyramid_pool2d(
    x: Array, levels: Sequence[int] = (1, 2, 4), kind: Kind = "max"
) -> Array:
    """A vector of the same length for every size of image: pools of l x l places, end to end.

    levels l; kind "max" or "avg". Returns y (N, C (sum of l^2)), level after level and in each
    channel after channel. Levels 1, 2, 4 give 21 places: 5376 numbers for 256 channels.
    Source: Wuppertal 001:553; He et al. 2014.
    """
    x, levels = _pyramid("spatial_pyramid_pool2d", x, levels, kind)
    pool = adaptive_max_pool2d if kind == "max" else adaptive_avg_pool2d
    n_images, channels = x.shape[:2]
    pooled = [pool(x, level).reshape(n_images, channels * level**2) for level in levels]
    return np.concatenate(pooled, axis=1)


def spatial_pyramid_pool2d_backward(
    grad_output: Array, x: Array, levels: Sequence[int] = (1, 2, 4), kind: Kind = "max"
) -> Array:
    """The sum of what every level hands back. grad_output (N, C (sum of l^2)); the shape of x."""
    x, levels = _pyramid("spatial_pyramid_pool2d_backward", x, levels, kind)
    n_images, channels = x.shape[:2]
    lengths = [channels * level**2 for level in levels]
    grad_output = gradient_of(
        "spatial_pyramid_pool2d_backward", grad_output, (n_images, sum(lengths))
    )
    back = adaptive_max_pool2d_backward if kind == "max" else adaptive_avg_pool2d_backward
    grad_x = np.zeros(x.shape, dtype=grad_output.dtype)
    parts = np.split(grad_output, np.cumsum(lengths)[:-1], axis=1)
    for level, part in zip(levels, parts, strict=True):
        grad_x += back(part.reshape(n_images, channels, level, level), x, level)
    return grad_x


def regions(n_in: int, n_out: int) -> list[tuple[int, int]]:
    """The first pixel of every region, and the first one after it."""
    return [(i * n_in // n_out, -(-(i + 1) * n_in // n_out)) for i in range(n_out)]


def _means(function: str, x: Array, output_size: Pair) -> tuple[Array, Array, Array]:
    """x, and for rows and columns the matrix (n_out, n_in) that takes the means of the regions."""
    x = images(function, x)
    matrices = []
    for n_in, n_out in zip(x.shape[2:], _sizes(output_size), strict=True):
        matrix = np.zeros((n_out, n_in), dtype=x.dtype)
        for row, (first, end) in zip(matrix, regions(n_in, n_out), strict=True):
            row[first:end] = 1 / (end - first)
        matrices.append(matrix)
    return x, matrices[0], matrices[1]


def _winners(x: Array, sizes: tuple[int, int]) -> Array:
    """The number r W + c of the largest pixel of every region: (N, C, out_h, out_w)."""
    n_images, channels, height, width = x.shape
    numbers = np.arange(height * width).reshape(height, width)
    winners = np.empty((n_images, channels, *sizes), dtype=np.intp)
    rows, columns = regions(height, sizes[0]), regions(width, sizes[1])
    for (i, (top, bottom)), (j, (left, right)) in product(enumerate(rows), enumerate(columns)):
        region = x[:, :, top:bottom, left:right]
        place = region.reshape(n_images, channels, (bottom - top) * (right - left)).argmax(axis=2)
        winners[:, :, i, j] = numbers[top:bottom, left:right].ravel()[place]
    return winners


def _sizes(output_size: Pair) -> tuple[int, int]:
    sizes = pair("output_size", output_size)
    for size in sizes:
        expect_whole("output_size", size, least=1)
    rows, columns = plain(sizes)
    return rows, columns


def _pyramid(
    function: str, x: Array, levels: Sequence[int], kind: Kind
) -> tuple[Array, tuple[int, ...]]:
    return images(function, x), checked_levels(function, levels, kind)


def checked_levels(function: str, levels: Sequence[int], kind: Kind) -> tuple[int, ...]:
    """`levels` as a tuple; TypeError or ValueError unless they and `kind` make a pyramid."""
    if kind not in ("max", "avg"):
        raise ValueError(f"kind is 'max' or 'avg'; got {kind!r}.")
    if isinstance(levels, int):
        raise TypeError(
            f"levels is a list of whole numbers, (1, 2, 4) for instance; got {levels}."
        )
    for level in levels:
        expect_whole("a level", level, least=1)
    if len(levels) == 0:
        raise ValueError(f"{function} expects at least one level; got {levels!r}.")
    return plain(levels)
