"""Unusual and right ways to pool."""

import math

import numpy as np


def six_loops_and_lists(x, F, S, kind, p=2):
    """Plain Python over every pixel; the result is nested lists."""
    rows, columns = x.shape[2:]
    if rows < F or columns < F or (rows - F) % S or (columns - F) % S:
        raise ValueError("no")
    result = []
    for image in x.tolist():
        maps = []
        for channel in image:
            pooled = []
            for top in range(0, rows - F + 1, S):
                line = []
                for left in range(0, columns - F + 1, S):
                    pixels = [channel[r][c] for r in range(top, top + F)
                              for c in range(left, left + F)]
                    line.append(_of(pixels, kind, p))
                pooled.append(line)
            maps.append(pooled)
        result.append(maps)
    return result


def _of(pixels, kind, p):
    if kind == "max":
        return max(pixels)
    if kind == "avg":
        return sum(pixels) / len(pixels)
    return math.hypot(*pixels) if kind == "l2" else sum(abs(a) ** p for a in pixels) ** (1 / p)


def shifted_copies(x, F, S, kind, p=2):
    """F times F shifted copies of the image, of which one number per place is made."""
    for n_in in x.shape[2:]:
        if n_in < F or (n_in - F) % S:
            raise ValueError("the stride does not fit")
    down, across = x.shape[2] - F + 1, x.shape[3] - F + 1
    copies = np.stack([x[:, :, i : i + down : S, j : j + across : S]
                       for i in range(F) for j in range(F)])
    reduce = {"max": np.amax, "avg": np.mean}
    if kind in reduce:
        return reduce[kind](copies, axis=0)
    return np.linalg.norm(copies, ord=2 if kind == "l2" else p, axis=0)


def rows_first(x, F, S, kind, p=2):
    """Rows, then columns: maximum, mean and sum of powers can all be taken one axis at a time."""
    rows, columns = ((n_in - F) / S for n_in in x.shape[2:])
    if min(rows, columns) < 0 or rows != int(rows) or columns != int(columns):
        raise ValueError("not whole")
    power = {"max": 1, "avg": 1, "l2": 2}.get(kind, p)
    y = x if power == 1 and kind != "lp" else np.abs(x) ** power
    for axis in (2, 3):
        pieces = [np.take(y, range(at, at + F), axis=axis)
                  for at in range(0, x.shape[axis] - F + 1, S)]
        one = {"max": np.max, "avg": np.mean}.get(kind, np.sum)
        y = np.stack([one(piece, axis=axis) for piece in pieces], axis=axis)
    return y ** (1 / power)
