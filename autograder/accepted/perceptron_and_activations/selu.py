"""Unusual and right scaled exponential linear units."""

import numpy as np


def with_the_four_decimals_of_the_slide(z):
    """1.0507 and 1.6733 as printed."""
    z = np.asarray(z, dtype=float)
    left = np.exp(np.minimum(z, 0))
    a = 1.0507 * np.where(z > 0, z, 1.6733 * (left - 1))
    return a, np.where(z > 0, 1.0507, 1.0507 * 1.6733 * left)


def multiplies_the_constants_first(z):
    """Holds one constant for the left side, 1.7581, and adds the halves up."""
    z = np.asarray(z, dtype=float)
    small = np.expm1(np.minimum(z, 0))
    product = 1.6732632423543772 * 1.0507009873554805
    a = 1.0507009873554805 * np.maximum(z, 0) + product * small
    return a, np.where(z >= 0, 1.0507009873554805, product * (small + 1))
