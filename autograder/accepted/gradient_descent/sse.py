"""Unusual and right ways to half the sum of squared errors."""

import numpy as np


def loops_over_every_output(Y, T):
    """Plain loops, Python numbers, and a list of lists as the gradient."""
    if Y.shape != T.shape:
        raise ValueError("different shapes")
    error, grad = 0.0, []
    for outputs, targets in zip(Y.tolist(), T.tolist(), strict=True):
        grad.append([y - t for y, t in zip(outputs, targets, strict=True)])
        error += sum(d * d for d in grad[-1]) / 2
    return error, grad


def takes_a_dot_product(Y, T):
    """The sum of squares as a vector times itself; refuses with its own kind of ValueError."""

    class WrongShape(ValueError):
        pass

    if not (np.ndim(Y) == np.ndim(T) and np.shape(Y) == np.shape(T)):
        raise WrongShape
    d = (Y - T).ravel()
    return [d @ d / 2, d.reshape(Y.shape)]


def multiplies_out(Y, T):
    """(y - t)^2 = y^2 - 2 y t + t^2, and an array for E."""
    if Y.shape != T.shape:
        raise ValueError
    return np.array((Y**2 - 2 * Y * T + T**2).sum() / 2), np.subtract(Y, T)
