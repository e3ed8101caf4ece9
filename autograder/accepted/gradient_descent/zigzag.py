"""Unusual and right ways to count turns."""

import numpy as np


def loops_over_three_points(path):
    """Three points at a time, and a running count."""
    turns, pairs = 0, 0
    for a, b, c in zip(path, path[1:], path[2:], strict=False):
        pairs += 1
        turns += int(np.dot(b - a, c - b) < 0)
    return turns / max(pairs, 1)


def uses_einsum(path):
    """The dot products by einsum; a NumPy number as the result."""
    v = path[1:] - path[:-1]
    dots = np.einsum("td,td->t", v[1:], v[:-1])
    return np.count_nonzero(dots < 0) / np.float64(max(len(dots), 1))


def compares_lengths(path):
    """Two steps at an obtuse angle bring you nearer than they are long: the law of cosines."""
    squares = [np.sum((path[k:] - path[: len(path) - k]) ** 2, axis=1) for k in (1, 2)]
    if len(path) < 3:
        return 0
    return np.mean(squares[1] < squares[0][1:] + squares[0][:-1])
