"""Unusual and right ways to slide a kernel along a row of numbers."""

import numpy as np


def adds_shifted_kernels(x, kernel, mode="valid", flip=True):
    """Every number of x lays down a scaled kernel; no flip anywhere. A list comes back."""
    used = list(kernel if flip else kernel[::-1])
    full = [0.0] * (len(x) + len(used) - 1)
    for t, number in enumerate(x):
        for s, weight in enumerate(used):
            full[t + s] += float(number) * float(weight)
    size = len(used)
    if mode == "full":
        return full
    if mode == "same":
        start = (size - 1) // 2
        return full[start : start + len(x)]
    return full[size - 1 : len(x)]


def asks_numpy(x, kernel, mode="valid", flip=True):
    """Leaves it to np.convolve, whose modes have the same names."""
    return np.convolve(x, kernel if flip else kernel[::-1], mode)


def one_matrix(x, kernel, mode="valid", flip=True):
    """Builds a matrix of windows and multiplies once, in float32."""
    size = len(kernel)
    before, behind = dict(valid=(0, 0), same=(size // 2, (size - 1) // 2)).get(
        mode, (size - 1, size - 1)
    )
    padded = np.pad(np.asarray(x, np.float32), (before, behind))
    windows = np.lib.stride_tricks.sliding_window_view(padded, size)
    return windows @ np.asarray(kernel, np.float32)[:: -1 if flip else 1]
