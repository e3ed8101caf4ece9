"""Moving, turning and stretching images.

Pixels are points: the one in row r and column c lies at x = c, y = r, with y downwards.
"""

import numpy as np

from course_lib.arrays import Array, expect_shape, float_array
from course_lib.images.pixels import expect_finite, expect_one_of, float_image, plain_numbers

MODES = ("bilinear", "nearest")


def warp_affine(image: Array, matrix: Array, mode: str = "bilinear", fill: float = 0.0) -> Array:
    """The image after every point has moved by (x', y', 1)^T = A (x, y, 1)^T.

    Each pixel of the answer asks where it came from, A^-1 (x', y', 1)^T, and takes the value
    there (see interpolate), so no pixel stays empty.
    image (..., H, W) in float64 or float32; matrix A (3, 3) with the last row (0, 0, 1); mode:
    "bilinear" or "nearest"; fill: the value all around the image. Returns an array of the shape
    and dtype of the image.
    Raises TypeError for images that are not float; ValueError for another matrix, one that
    cannot be undone, or an unknown mode. Source: RWTH 000:36-41.
    """
    image = float_image("warp_affine", image)
    matrix = _checked_matrix("warp_affine", matrix)
    turn = matrix[:2, :2]
    if abs(np.linalg.det(turn)) <= 1e-12 * np.linalg.norm(turn) ** 2:
        raise ValueError(
            f"warp_affine expects a matrix that can be undone; the determinant of {turn.tolist()} "
            "is 0, so it presses the image into a line."
        )
    height, width = image.shape[-2:]
    x, y = np.meshgrid(np.arange(width, dtype=float), np.arange(height, dtype=float))
    came_from = affine_points(np.stack([x, y], axis=-1), np.linalg.inv(matrix))
    return interpolate(image, came_from[..., 0], came_from[..., 1], mode, fill)


def affine_points(points: Array, matrix: Array) -> Array:
    """(x', y', 1)^T = A (x, y, 1)^T for every point.

    points (..., 2), each (x, y); matrix A (3, 3) with the last row (0, 0, 1).
    Returns an array of the shape of the points. Raises ValueError for other shapes.
    Source: RWTH 000:36-41.
    """
    points = float_array("affine_points", "points", points)
    matrix = _checked_matrix("affine_points", matrix).astype(points.dtype)
    if points.ndim == 0 or points.shape[-1] != 2:
        raise ValueError(f"affine_points expects points of shape (..., 2); got {points.shape}.")
    return np.asarray(points @ matrix[:2, :2].T + matrix[:2, 2])


def interpolate(
    image: Array, x: Array, y: Array, mode: str = "bilinear", fill: float = 0.0
) -> Array:
    """The value of the image at the points (x, y), which may lie between its pixels.

    "bilinear": the mean of the four pixels around, each weighted by its nearness in x times its
    nearness in y. "nearest": the nearest pixel, halves to the right and down (what is a billionth
    of a pixel short of a half is rounding error and counts as one). The image is surrounded by
    `fill`, so within one pixel of its border the bilinear value mixes both.
    image (..., H, W) in float64 or float32; x, y: arrays of one shape. Returns (..., *shape of x)
    in the dtype of the image.
    Raises TypeError for arrays that are not float; ValueError for shapes that differ, points or
    fill that are not finite, or an unknown mode. Source: RWTH 000:36.
    """
    image = float_image("interpolate", image)
    x, y = float_array("interpolate", "x", x), float_array("interpolate", "y", y)
    expect_shape("interpolate", "y", y, x.shape)
    expect_one_of("mode", mode, MODES)
    expect_finite(x=x, y=y, fill=fill)
    if mode == "nearest":
        left, top = (np.floor(at + 0.5 + 1e-9) for at in (x, y))
        return _pixels(image, top, left, fill)
    left, top = np.floor(x), np.floor(y)
    right_part, bottom_part = x - left, y - top
    value = (
        (1 - bottom_part) * (1 - right_part) * _pixels(image, top, left, fill)
        + (1 - bottom_part) * right_part * _pixels(image, top, left + 1, fill)
        + bottom_part * (1 - right_part) * _pixels(image, top + 1, left, fill)
        + bottom_part * right_part * _pixels(image, top + 1, left + 1, fill)
    )
    return np.asarray(value, dtype=image.dtype)


def _pixels(image: Array, rows: Array, columns: Array, fill: float) -> Array:
    """image[..., rows, columns], and `fill` where that is outside."""
    height, width = image.shape[-2:]
    outside = (rows < 0) | (rows >= height) | (columns < 0) | (columns >= width)
    rows = np.clip(rows, 0, height - 1).astype(int)
    columns = np.clip(columns, 0, width - 1).astype(int)
    return np.where(outside, image.dtype.type(fill), image[..., rows, columns])


def _checked_matrix(function: str, matrix: Array) -> Array:
    matrix = plain_numbers(function, "matrix", matrix).astype(np.float64)
    expect_shape(function, "matrix", matrix, (3, 3))
    expect_finite(matrix=matrix)
    if matrix[2].tolist() != [0, 0, 1]:
        raise ValueError(
            f"{function} expects a matrix with the last row (0, 0, 1); got {matrix[2].tolist()}. "
            "Is it transposed?"
        )
    return matrix
