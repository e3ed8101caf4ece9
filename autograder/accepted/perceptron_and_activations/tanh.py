"""Unusual and right hyperbolic tangents."""

import numpy as np


def from_the_logistic_function(z):
    """2 f_log(2z) - 1, with the derivative by the chain rule."""
    small = np.exp(-2 * np.abs(np.asarray(z, dtype=float)))
    logistic = np.where(np.asarray(z) >= 0, 1, small) / (1 + small)
    return 2 * logistic - 1, 4 * logistic * (1 - logistic)


def one_over_cosh_squared(z):
    """The derivative as 1 / cosh^2, which is 0 where cosh is too large to hold."""
    with np.errstate(over="ignore"):
        return np.tanh(z), 1 / np.cosh(np.asarray(z, dtype=float)) ** 2


def stacks_both_into_one_array(z):
    """Returns one array whose first half is a and whose second half is da."""
    a = np.tanh(np.asarray(z, dtype=float))
    return np.stack([a, 1 - a**2])
