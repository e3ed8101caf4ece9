"""Unusual but right ways to write patches as columns."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def place_by_place(x, kernel_size, stride=1, padding=0):
    """One flattened patch after the other, stacked as columns."""
    f_h, f_w = kernel_size
    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    columns = [
        padded[:, :, top : top + f_h, left : left + f_w].reshape(len(x), -1)
        for top in range(0, padded.shape[2] - f_h + 1, stride)
        for left in range(0, padded.shape[3] - f_w + 1, stride)
    ]
    return np.stack(columns, axis=2)


def windows_and_transpose(x, kernel_size, stride=1, padding=0):
    """All windows at once, axes moved, one reshape."""
    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    windows = sliding_window_view(padded, tuple(kernel_size), axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride].transpose(0, 1, 4, 5, 2, 3)
    images, channels, f_h, f_w, rows, cols = windows.shape
    return windows.reshape(images, channels * f_h * f_w, rows * cols)


def by_a_table_of_indices(x, kernel_size, stride=1, padding=0):
    """A table of pixel numbers, made once, picks all columns from the flattened image."""
    (f_h, f_w), channels = kernel_size, x.shape[1]
    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    height, width = padded.shape[2:]
    rows, cols = (height - f_h) // stride + 1, (width - f_w) // stride + 1
    c, i, j = np.unravel_index(np.arange(channels * f_h * f_w), (channels, f_h, f_w))
    r, s = np.unravel_index(np.arange(rows * cols), (rows, cols))
    return padded[:, c[:, None], i[:, None] + stride * r, j[:, None] + stride * s]
