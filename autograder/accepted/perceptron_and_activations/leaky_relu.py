"""Unusual and right leaky rectifiers."""

import numpy as np


def takes_the_larger_of_two_lines(z, slope=0.1):
    """The deck's formula: right for all slopes up to 1."""
    z = np.asarray(z, dtype=float)
    return np.maximum(slope * z, z), np.where(z >= 0, 1.0, slope)


def adds_both_halves(z, slope=0.1):
    """The positive part plus slope times the negative part."""
    return np.maximum(z, 0) + slope * np.minimum(z, 0), slope + (1 - slope) * (np.asarray(z) > 0)


def multiplies_by_the_slope_it_has(z, slope=0.1):
    """First the derivative, then the value as derivative times z."""
    da = np.where(np.asarray(z) > 0, 1.0, slope)
    return [da * z, da]
