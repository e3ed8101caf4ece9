"""Unusual and right residual units."""

import numpy as np


def _same(z):
    return z


def functions_in_place_of_none(x, R, g=None, h=None):
    """Puts the identity where None stands, so that nothing has to be asked later."""
    first, second = R(x), (g or _same)(x)
    if first.shape != second.shape:
        raise ValueError(f"{first.shape} and {second.shape}")
    return (h or _same)(np.add(first, second))


def adds_number_by_number(x, R, g=None, h=None):
    """A loop over all places; the lists' lengths are compared before."""
    one = np.array(R(x))
    two = np.array(x) if g is None else np.array(g(x))
    if list(one.shape) != list(two.shape):
        raise ValueError("no sum of these")
    y = np.empty(one.shape)
    for place in np.ndindex(*one.shape):
        y[place] = one[place] + two[place]
    return y if h is None else h(y)


def stacks_and_sums(x, R, g=None, h=None):
    """np.stack refuses arrays of different shapes by itself, with a ValueError."""
    y = np.stack([R(x), x if g is None else g(x)]).sum(axis=0)
    return h(y) if h is not None else y
