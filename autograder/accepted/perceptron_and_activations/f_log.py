"""Unusual and right logistic functions."""

import math

import numpy as np


def the_formula_with_its_warning(z):
    """1 / (1 + e^-z) as it stands: e^1000 is inf and only warns, and 1 / inf is 0."""
    with np.errstate(over="ignore"):
        a = 1 / (1 + np.exp(-np.asarray(z, dtype=float)))
    return a, a * (1 - a)


def by_way_of_tanh(z):
    """f_log(z) = (1 + tanh(z / 2)) / 2, and the derivative from the same tanh; returns a list."""
    t = np.tanh(np.divide(z, 2))
    return [(1 + t) / 2, (1 - t * t) / 4]


def number_by_number(z):
    """Python's math, one number at a time, with the stable form for each sign."""
    numbers = np.asarray(z, dtype=float)
    a = np.empty(numbers.shape)
    for index, value in np.ndenumerate(numbers):
        small = math.exp(-abs(value))
        a[index] = 1 / (1 + small) if value >= 0 else small / (1 + small)
    return a, a - a**2


def clips_where_it_does_no_harm(z):
    """Clips z to -500 ... 500, where the result no longer changes."""
    a = 1 / (1 + np.exp(-np.clip(np.asarray(z, dtype=float), -500, 500)))
    return a, a * (1 - a)
