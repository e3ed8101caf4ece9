"""Unusual and right ways to compare shifting before and after a layer."""

import numpy as np


def shifts_with_index_arithmetic(layer, x, shift, margin=0):
    """Picks the pixels by index modulo the size instead of rolling."""

    def shifted(maps):
        rows, cols = maps.shape[2:]
        r = (np.arange(rows) - shift[0]) % rows
        c = (np.arange(cols) - shift[1]) % cols
        return maps[:, :, r[:, None], c]

    difference = np.abs(layer(shifted(x)) - shifted(layer(x)))
    rows, cols = difference.shape[2:]
    return difference[..., margin : rows - margin, margin : cols - margin].max()


def masks_the_border_with_zeros(layer, x, shift, margin=0):
    """Sets the differences on the border to zero, which never raises a maximum of absolutes."""
    difference = np.abs(layer(np.roll(x, shift, (-2, -1))) - np.roll(layer(x), shift, (-2, -1)))
    rows, cols = difference.shape[-2:]
    inner = np.zeros((rows, cols), dtype=bool)
    inner[margin : rows - margin, margin : cols - margin] = True
    return float(np.max(difference * inner))


def loops_over_every_number(layer, x, shift, margin=0):
    """Plain loops, and a running maximum."""
    before = layer(np.roll(np.roll(x, shift[0], axis=2), shift[1], axis=3))
    after = np.roll(np.roll(layer(x), shift[1], axis=3), shift[0], axis=2)
    rows, cols = after.shape[2:]
    largest = 0.0
    for n, k, i, j in np.ndindex(*after.shape):
        if margin <= i < rows - margin and margin <= j < cols - margin:
            largest = max(largest, abs(float(before[n, k, i, j] - after[n, k, i, j])))
    return largest
