"""Unusual and right ways to say which input reaches which output."""

import numpy as np


def zeros_and_ones_in_lists(n_in, kernel_size):
    """Lists of 0 and 1 instead of an array of booleans."""
    n_out = n_in - kernel_size + 1
    return [[1 if i <= j < i + kernel_size else 0 for j in range(n_in)] for i in range(n_out)]


def difference_of_two_triangles(n_in, kernel_size):
    """A band is one triangle minus another."""
    shape = (n_in - kernel_size + 1, n_in)
    return np.tri(*shape, kernel_size - 1, dtype=bool) & ~np.tri(*shape, -1, dtype=bool)


def asks_which_inputs_change_the_output(n_in, kernel_size):
    """Puts a single 1 into each input and looks which outputs of a sliding sum notice."""
    impulses = np.eye(n_in)
    columns = [np.convolve(row, np.ones(kernel_size), mode="valid") for row in impulses]
    return np.stack(columns, axis=1) > 0
