"""Warping many images at once, each in its own way; the same answer as images.warp_affine.

warp_affine moves a whole stack by one matrix. In a batch every image moves differently, and a
loop over 60,000 of them would cost more than the training step they are made for.
"""

from __future__ import annotations

import numpy as np

from course_lib.arrays import Array, expect_number, expect_shape, float_array


def warp_each(images: Array, matrices: Array, fill: float = 0.0) -> Array:
    """Image i after every point has moved by (x', y', 1)^T = A_i (x, y, 1)^T, bilinear.

    images (N, C, H, W); matrices (N, 3, 3) with last rows (0, 0, 1); fill: the value all around.
    Returns the shape and dtype of the images: what warp_affine(images[i], matrices[i]) gives.
    Raises TypeError for arrays that are not float, ValueError for other shapes.
    """
    images = float_array("warp_each", "images", images)
    expect_shape("warp_each", "images", images, ("N", "C", "H", "W"))
    matrices = float_array("warp_each", "matrices", matrices)
    expect_shape("warp_each", "matrices", matrices, (len(images), 3, 3))
    back = np.linalg.inv(matrices)[:, :2, :, np.newaxis, np.newaxis]
    y, x = np.mgrid[: images.shape[-2], : images.shape[-1]].astype(back.dtype)
    came_from = back[:, :, 0] * x + back[:, :, 1] * y + back[:, :, 2]
    return sample_each(images, came_from[:, 0], came_from[:, 1], fill)


def sample_each(images: Array, x: Array, y: Array, fill: float = 0.0) -> Array:
    """The values of image i at its own points (x[i], y[i]), bilinear; `fill` all around.

    images (N, C, H, W); x, y (N, rows, columns). Returns (N, C, rows, columns) in the dtype of
    the images. Raises TypeError for images that are not float or a fill that is no number,
    ValueError for other shapes.
    """
    images = float_array("sample_each", "images", images)
    expect_shape("sample_each", "images", images, ("N", "C", "H", "W"))
    expect_shape("sample_each", "x", x, (len(images), "rows", "columns"))
    expect_shape("sample_each", "y", y, x.shape)
    expect_number("fill", fill)
    n_images, channels, height, width = images.shape
    around = [(0, 0), (0, 0), (2, 2), (2, 2)]
    padded = np.pad(images, around, constant_values=fill)
    # Two pixels of fill: whatever lies further out is pulled onto them.
    x, y = np.clip(x, -2, width) + 2, np.clip(y, -2, height) + 2
    left, top = np.floor(x), np.floor(y)
    right_part = (x - left).astype(images.dtype)[:, np.newaxis]
    bottom_part = (y - top).astype(images.dtype)[:, np.newaxis]
    row = width + 4
    corner = ((top * row + left).astype(np.intp)).reshape(n_images, 1, x.shape[1] * x.shape[2])
    flat = padded.reshape(n_images, channels, row * (height + 4))

    def pixels(offset: int) -> Array:
        found = np.take_along_axis(flat, corner + offset, axis=2)
        return found.reshape(n_images, channels, *x.shape[1:])

    upper = pixels(0) * (1 - right_part) + pixels(1) * right_part
    lower = pixels(row) * (1 - right_part) + pixels(row + 1) * right_part
    return np.asarray(upper * (1 - bottom_part) + lower * bottom_part)
