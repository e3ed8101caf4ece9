"""Unusual and right ways to count how often pixels are seen."""

import numpy as np


def asks_each_pixel(n_in, kernel_size, stride=1, padding=0):
    """For each pixel, counts the starts whose window covers it; a list of numbers."""
    end = n_in + 2 * padding
    starts = [s for s in range(0, end - kernel_size + 1) if s % stride == 0]
    return [sum(s <= pixel + padding < s + kernel_size for s in starts) for pixel in range(n_in)]


def spreads_the_starts(n_in, kernel_size, stride=1, padding=0):
    """A row with 1 at every start, convolved with a window of ones; floats."""
    starts = np.zeros(n_in + 2 * padding - kernel_size + 1)
    starts[::stride] = 1
    return np.convolve(starts, np.ones(kernel_size))[padding:padding + n_in]


def adds_rows_of_a_matrix(n_in, kernel_size, stride=1, padding=0):
    """Windows as rows of a matrix of booleans, summed by columns."""
    row = np.arange(n_in + 2 * padding)
    starts = np.arange(0, len(row) - kernel_size + 1, stride)[:, np.newaxis]
    seen = (row >= starts) & (row < starts + kernel_size)
    return seen.sum(axis=0)[padding:padding + n_in]
