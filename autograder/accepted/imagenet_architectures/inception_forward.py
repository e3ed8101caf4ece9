"""Unusual and right ways to run branches side by side."""

from functools import reduce

import numpy as np


def with_reduce(x, branches):
    """A branch is folded: each layer is called with what the last one returned."""
    return np.concatenate([reduce(lambda y, layer: layer(y), branch, x) for branch in branches], 1)


def into_one_array(x, branches):
    """Runs all branches, then fills an array that was made for them; sizes compared by hand."""
    ends = []
    for branch in branches:
        y = np.array(x)
        for layer in branch:
            y = np.asarray(layer(y))
        ends.append(y)
    if len({y.shape[2:] for y in ends}) != 1:
        raise ValueError("the branches leave maps of different sizes")
    merged = np.zeros((len(x), sum(y.shape[1] for y in ends), *ends[0].shape[2:]))
    start = 0
    for y in ends:
        merged[:, start : start + y.shape[1]] = y
        start += y.shape[1]
    return merged


def by_recursion(x, branches):
    """The first branch beside the rest."""
    first, *rest = branches
    y = x
    for layer in first:
        y = layer(y)
    return y if not rest else np.concatenate([y, by_recursion(x, rest)], axis=1)
