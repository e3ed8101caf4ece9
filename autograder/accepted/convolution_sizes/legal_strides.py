"""Unusual and right ways to find the strides that fit."""

import numpy as np


def an_array_of_divisors(n_in, kernel_size, padding=0):
    """Tries all strides at once and returns an array."""
    way = n_in - kernel_size + 2 * padding
    if way < 0:
        raise ValueError("too large")
    strides = np.arange(1, max(way, 1) + 1)
    return strides[way % strides == 0][: way or 1]


def pairs_of_divisors(n_in, kernel_size, padding=0):
    """Finds each divisor together with its partner, and returns a tuple."""
    way = n_in + 2 * padding - kernel_size
    if way < 0:
        raise ValueError("too large")
    found = {1}
    for stride in range(1, int(way**0.5) + 1):
        if way % stride == 0:
            found |= {stride, way // stride}
    return tuple(sorted(found))
