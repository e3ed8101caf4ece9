"""Unusual and right ways to convolve an image."""

import numpy as np


def lays_down_kernels(image, kernel):
    """Every pixel lays down a scaled kernel, without any flip; the middle is cut out."""
    high, wide = kernel.shape
    rows, columns = image.shape
    full = np.zeros((rows + high - 1, columns + wide - 1))
    for r, c in np.ndindex(rows, columns):
        full[r : r + high, c : c + wide] += float(image[r, c]) * kernel
    return full[high - 1 : rows, wide - 1 : columns]


def counts_down(image, kernel):
    """Follows the formula to the letter: image[r - i, c - j] kernel[i, j]."""
    high, wide = kernel.shape
    rows, columns = image.shape
    return [
        [
            sum(
                float(image[r - i, c - j]) * float(kernel[i, j])
                for i in range(high) for j in range(wide)
            )
            for c in range(wide - 1, columns)
        ]
        for r in range(high - 1, rows)
    ]


def turns_everything_twice(image, kernel):
    """Turns the image, correlates, and turns the result back."""
    windows = np.lib.stride_tricks.sliding_window_view(
        np.asarray(image, float)[::-1, ::-1], kernel.shape
    )
    return np.tensordot(windows, kernel, 2)[::-1, ::-1]
