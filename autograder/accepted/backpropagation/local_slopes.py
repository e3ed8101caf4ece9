"""Unusual but right slopes."""

import math

import numpy as np


def minus_and_divided_by_from_plus_and_times(operation, a, b=None):
    """a - b and a / b are built from a + c and a * c; tuples as the result."""
    if operation == "-":
        return a - b, (1, -1)
    if operation == "/":
        return a * b**-1, (b**-1, -(a * b**-2))
    if operation == "relu":
        return (a, (1,)) if a > 0 else (0, (0,))
    if operation == "tanh":
        return math.tanh(a), (math.cosh(a) ** -2,)
    return (a + b, (1, 1)) if operation == "+" else (a * b, (b, a))


def a_dictionary_of_everything(operation, a, b=None):
    """NumPy arrays of slopes, ReLU with the slope 1 at 0."""
    one_sided = {"tanh": (np.tanh(a), [1 - np.tanh(a) ** 2]),
                 "relu": (np.maximum(a, 0), [np.heaviside(a, 1.0)])}
    if operation in one_sided:
        y, slopes = one_sided[operation]
    else:
        y = {"+": a + b, "-": a - b, "*": a * b, "/": b and a / b}[operation]
        slopes = {"+": [1, 1], "-": [1, -1], "*": [b, a],
                  "/": b and [1 / b, -a / b / b]}[operation]
    return y, np.array(slopes, float)
