"""Unusual and right ways to count parameters."""

from math import prod

import numpy as np


def with_shapes_of_arrays(spec):
    """Writes down the shape of every array that the layer would hold."""
    shapes = []
    for row in spec:
        if row[0] == "conv":
            shapes += [(row[5], row[4] // row[6], row[1], row[1]), (row[5],)]
        if row[0] == "fc":
            shapes += [(row[2], row[1]), (row[2],)]
    return sum(map(prod, shapes))


def row_after_row_by_recursion(spec):
    """The first row, and the rest by the same function."""
    if not len(spec):
        return 0
    kind, *n = spec[0]
    here = 0
    if kind == "conv":
        here = n[4] * (1 + n[0] ** 2 * n[3] // n[5])
    elif kind == "fc":
        here = (n[0] + 1) * n[1]
    return here + row_after_row_by_recursion(spec[1:])


def group_by_group(spec):
    """Counts a group as a small layer, and returns a NumPy number."""
    total = np.int64(0)
    for row in spec:
        match row:
            case ("conv", F, _, _, C, K, G):
                total += G * ((C // G) * (K // G) * F * F) + K
            case ("fc", n_in, n_out):
                total += n_out * (n_in + 1)
    return total
