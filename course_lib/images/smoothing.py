"""Smoothing without blurring edges: filters that no kernel can express."""

from itertools import product

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from course_lib.arrays import Array
from course_lib.images.padding import pad2d
from course_lib.images.pixels import any_image, expect_odd, expect_positive, float_image


def median_filter(image: Array, size: int = 3, padding: str = "mirror") -> Array:
    """The median of the size x size pixels around each one.

    A single bright or dark pixel never is the median of its neighbourhood, so it disappears, and
    an edge stays as sharp as it was. image (..., H, W) in float64, float32 or uint8; size: odd;
    padding: what lies beyond the border, a mode of pad2d. Returns an array of its shape and dtype.
    Raises TypeError for other dtypes; ValueError for an even size or an unknown mode.
    Source: RWTH 000:937 (named only); Tukey 1977.
    """
    image = any_image("median_filter", image)
    expect_odd(size)
    windows = sliding_window_view(pad2d(image, size // 2, padding), (size, size), axis=(-2, -1))
    return np.asarray(np.median(windows, axis=(-2, -1)), dtype=image.dtype)


def bilateral_filter(
    image: Array, size: int, sigma_space: float, sigma_range: float, padding: str = "mirror"
) -> Array:
    """A mean of the size x size pixels around p, weighted by nearness and by likeness.

    y_p = sum of w_q I_q / sum of w_q with the weight
    w_q = exp(-|p - q|^2 / (2 sigma_space^2)) exp(-(I_p - I_q)^2 / (2 sigma_range^2)):
    pixels on the other side of an edge look different and hardly count. With a large sigma_range
    this is a Gaussian blur, with a small one the image itself.
    image (..., H, W) in float64 or float32, channels one by one; size: odd; sigma_space in pixels,
    sigma_range in grey values; padding: what lies beyond the border, a mode of pad2d.
    Returns an array of its shape and dtype.
    Raises TypeError for images that are not float; ValueError for an even size, a sigma that is
    not positive, or an unknown mode. Source: RWTH 000:941 (named only); Tomasi & Manduchi 1998.
    """
    image = float_image("bilateral_filter", image)
    expect_odd(size)
    expect_positive("bilateral_filter", sigma_space=sigma_space, sigma_range=sigma_range)
    half = int(size) // 2
    padded = pad2d(image, half, padding)
    height, width = image.shape[-2:]
    total, weights = np.zeros_like(image), np.zeros_like(image)
    for row, column in product(range(int(size)), repeat=2):
        neighbour = padded[..., row : row + height, column : column + width]
        distance = ((row - half) ** 2 + (column - half) ** 2) ** 0.5
        weight = np.exp(
            -((distance / sigma_space) ** 2 + ((neighbour - image) / sigma_range) ** 2) / 2
        )
        total += weight * neighbour
        weights += weight
    return total / weights
