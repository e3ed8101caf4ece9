"""Unusual and right ways to separate a kernel."""

import numpy as np


def by_singular_values(kernel):
    """The singular value decomposition; everything is put into the column."""
    columns, sizes, rows = np.linalg.svd(kernel)
    if np.any(sizes[1:] > 1e-8 * sizes[0]):
        raise ValueError("rank above 1")
    return columns[:, 0] * sizes[0], rows[0]


def by_the_longest_row(kernel):
    """The longest row, with length 1, and how much of it lies in each row; gives lists."""
    lengths = np.linalg.norm(kernel, axis=1)
    row = kernel[np.argmax(lengths)] / lengths.max()
    column = kernel @ row
    if not np.allclose(np.outer(column, row), kernel, rtol=0, atol=1e-9 * lengths.max()):
        raise ValueError("rank above 1")
    return [float(entry) for entry in column], [float(entry) for entry in row]


def by_the_rank(kernel):
    """NumPy's rank decides; the pivot's row is divided instead of its column."""
    if np.linalg.matrix_rank(kernel) > 1:
        raise ValueError("rank above 1")
    i, j = divmod(int(np.argmax(np.abs(kernel))), kernel.shape[1])
    return kernel[:, j], kernel[i] / kernel[i, j]
