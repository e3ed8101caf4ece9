"""Right in other styles."""

import numpy as np


def loops_in_plain_python(x, w, b):
    """A loop and Python floats, the bias as the start value."""
    total = b
    for i in range(len(x)):
        total += x[i] * w[i]
    return total


def returns_an_array_without_axes(x, w, b):
    """A 0-d array instead of a float."""
    return np.asarray(x @ w + b)


def appends_a_one(x, w, b):
    """The bias as the weight of an input that is always 1."""
    return np.append(x, 1.0) @ np.append(w, b)


def calls_itself(x, w, b):
    """One product, and the rest by recursion; the bias is what is left when no input is."""
    if len(x) == 0:
        return b
    return x[0] * w[0] + calls_itself(x[1:], w[1:], b)


def works_with_matrices(x, w, b):
    """A row times a column, so the result has shape (1, 1) until item() takes it out."""
    return (np.reshape(w, (1, -1)) @ np.reshape(x, (-1, 1)) + b).item()
