"""Unusual and right ways to find means and variances."""

import numpy as np


def flattens_the_pixels(x, kind):
    """Turns the pixels into one axis, and the axes back at the end."""
    maps = x.reshape(*x.shape[:2], -1)
    axes = {"batch": (0, 2), "layer": (1, 2), "instance": (2,)}[kind]
    mean, var = maps.mean(axis=axes), maps.var(axis=axes)
    shape = list(x.shape[:2]) + [1] * (x.ndim - 2)
    for axis in axes:
        if axis < 2:
            shape[axis] = 1
    return [mean.reshape(shape), var.reshape(shape)]


def square_of_the_mean_taken_away(x, kind):
    """The mean of squares less the square of the mean."""
    kept = {"batch": {1}, "layer": {0}, "instance": {0, 1}}[kind]
    axes = tuple(k for k in range(x.ndim) if k not in kept)
    x = np.asarray(x, np.float64)
    mean = np.mean(x, axis=axes, keepdims=True)
    return mean, np.mean(x * x, axis=axes, keepdims=True) - mean * mean


def a_loop_over_cells(x, kind):
    """One group of values after the other."""
    N, C = x.shape[:2]
    rows, columns = (1 if kind == "batch" else N), (1 if kind == "layer" else C)
    mean = np.zeros((rows, columns) + (1,) * (x.ndim - 2))
    var = np.zeros_like(mean)
    for n in range(rows):
        for c in range(columns):
            part = x[slice(None) if kind == "batch" else n]
            part = part[:, c] if kind == "batch" else part if kind == "layer" else part[c]
            mean[n, c] = part.mean()
            var[n, c] = ((part - part.mean()) ** 2).mean()
    return mean, var
