"""Unusual and right ways to count parameters."""

import numpy as np


def builds_the_arrays(channels, filters, kernel_size, bias=True, places=None):
    """Multiplies shapes with NumPy, which gives a NumPy integer."""
    shape = np.broadcast_to(kernel_size, 2)
    weights = np.prod([filters, channels, *shape, *(places or ())], dtype=np.int64)
    biases = np.prod([filters, *(places or ())], dtype=np.int64) if bias else 0
    return weights + biases


def neuron_by_neuron(channels, filters, kernel_size, bias=True, places=None):
    """Adds up the parameters of one filter, filter after filter and place after place."""
    rows, cols = kernel_size if isinstance(kernel_size, tuple | list) else (kernel_size,) * 2
    total = 0
    for _ in range(filters):
        total += rows * cols * channels + int(bias)
    if places is not None:
        total = sum(total for _ in range(places[0] * places[1]))
    return float(total)
