"""Unusual but right ways to count parameters."""

import numpy as np


def builds_the_matrices_without_memory(sizes, bias=True, dtype="float32"):
    """Shapes of real arrays that share one number, NumPy's itemsize, NumPy integers."""
    count = np.int64(0)
    for n, m in zip(sizes[:-1], sizes[1:]):
        count += np.broadcast_to(0, (n + bias, m)).size
    return count, count * np.dtype(dtype).itemsize


def one_dot_product(sizes, bias=True, dtype="float32"):
    """(n + 1) times m, summed as a dot product; floats and a list as the result."""
    sources = np.asarray(sizes[:-1], dtype=float) + (1 if bias else 0)
    count = float(np.dot(sources, sizes[1:]))
    return [count, count * int(dtype.removeprefix("float")) / 8]


def recursion_over_the_layers(sizes, bias=True, dtype="float32"):
    """The first pair plus all the rest."""
    if len(sizes) < 2:
        return 0, 0
    n, m = sizes[:2]
    here = n * m + m * bool(bias)
    rest, _ = recursion_over_the_layers(sizes[1:], bias, dtype)
    return here + rest, (here + rest) * np.finfo(dtype).bits // 8
