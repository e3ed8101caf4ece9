"""Unusual and right ways to tell which pixel is seen."""

import numpy as np


def lays_out_three_rows(k, n, mode):
    """Writes the row three times, turned or not, and looks the place up."""
    row = list(range(n))
    left, right = {
        "zero": ([None] * n, [None] * n),
        "clamp": ([0] * n, [n - 1] * n),
        "wrap": (row, row),
        "mirror": (row[::-1], row[::-1]),
        "reflect": ([None, *row[:0:-1]], [*row[-2::-1], None]),
    }[mode]
    return [*left, *row, *right][k + n]


def walks_and_turns(k, n, mode):
    """Remainders with a period, as NumPy integers."""
    if mode == "zero":
        return np.int64(k) if 0 <= k < n else None
    if mode == "clamp":
        return np.clip(k, 0, n - 1)
    if mode == "wrap":
        return np.mod(k, n)
    if mode == "mirror":
        there = np.mod(k, 2 * n)
        return np.minimum(there, 2 * n - 1 - there)
    there = np.mod(k, 2 * n - 2)
    return np.minimum(there, 2 * n - 2 - there)


def asks_numpy_for_a_padded_row(k, n, mode):
    """np.pad knows four of the rules under other names."""
    if 0 <= k < n:
        return float(k)
    if mode == "zero":
        return None
    name = {"clamp": "edge", "mirror": "symmetric"}.get(mode, mode)
    return np.pad(np.arange(n), n - 1, mode=name)[k + n - 1]
