"""Unusual but right numeric gradients."""

import numpy as np


def one_copy_moved_to_and_fro(f, w, h=1e-5):
    """Changes one array of floats in place and restores it from the original."""
    original = np.asarray(w, dtype=float)
    moved = original.copy()
    gradient = np.empty_like(moved)
    for index in np.ndindex(*moved.shape):
        moved[index] = original[index] + h
        above = f(moved)
        moved[index] = original[index] - h
        gradient[index] = (above - f(moved)) / 2 / h
        moved[index] = original[index]
    return gradient


def rows_of_the_identity_matrix(f, w, h=1e-5):
    """Steps along the rows of an identity matrix, and a nested list as the result."""
    w = np.asarray(w)
    steps = h * np.eye(w.size).reshape(w.size, *w.shape)
    slopes = [(f(w + step) - f(w - step)) / (2 * h) for step in steps]
    return np.reshape(slopes, w.shape).tolist()


def nditer_over_the_entries(f, w, h=1e-5):
    """np.nditer with a multi-index, and the mean of the two one-sided differences."""
    w = np.array(w, float)
    gradient, here = np.zeros_like(w), f(w.copy())
    entries = np.nditer(w, flags=["multi_index"])
    for _ in entries:
        k = entries.multi_index
        up, down = w.copy(), w.copy()
        up[k] += h
        down[k] -= h
        gradient[k] = ((f(up) - here) / h + (here - f(down)) / h) / 2
    return gradient
