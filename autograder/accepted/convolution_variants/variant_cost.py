"""Unusual and right ways to count weights and multiply-adds."""

import numpy as np


def group_by_group(convs, rows, cols):
    """Counts each group as a small layer of its own; gives a list."""
    weights = 0
    for channels, filters, height, width, groups in convs:
        for _ in range(groups):
            weights += (channels // groups) * (filters // groups) * height * width
    return [weights, weights * rows * cols]


def with_arrays(convs, rows, cols):
    """One array with a row for each convolution; the counts are numbers of NumPy."""
    c, k, f_h, f_w, g = np.array(convs).T
    weights = np.sum(c * k * f_h * f_w // g)
    return weights, weights * (rows * cols)
