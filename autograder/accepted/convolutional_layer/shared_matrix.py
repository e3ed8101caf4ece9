"""Unusual and right ways to write a convolution as a matrix."""

import numpy as np


def sum_of_shifted_diagonals(kernel, n_in):
    """One diagonal per weight: each shared weight is seen as a diagonal."""
    n_out = n_in - len(kernel) + 1
    return sum(
        weight * np.eye(n_out, n_in, k=offset) for offset, weight in enumerate(kernel)
    )


def rolls_one_padded_row(kernel, n_in):
    """Rolls the kernel with zeros behind it; it never reaches the end, so nothing wraps."""
    row = np.concatenate([kernel, np.zeros(n_in - len(kernel))])
    return np.array([np.roll(row, i) for i in range(n_in - len(kernel) + 1)])


def lists_of_numbers(kernel, n_in):
    """Plain lists, built from the difference of column and row."""
    size = len(kernel)
    rows = range(n_in - size + 1)
    return [[float(kernel[j - i]) if 0 <= j - i < size else 0.0 for j in range(n_in)]
            for i in rows]
