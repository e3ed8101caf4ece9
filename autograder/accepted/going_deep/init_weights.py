"""Unusual and right ways to scale first weights."""

import math

import numpy as np


def counts_on_one_filter(z, kind):
    """The size of one filter is n_in; n_out through the share of the first axis."""
    n_in = z[0].size
    n_out = z.size // z.shape[1]
    variances = {"lecun": 1 / n_in, "xavier": 1 / ((n_in + n_out) / 2), "he": 2 / n_in}
    return (z * variances[kind] ** 0.5).tolist()


def divides_by_a_root(z, kind):
    """Divides by the root of a count instead of multiplying."""
    n_out, n_in, *window = z.shape
    for length in window:
        n_in, n_out = n_in * length, n_out * length
    count = n_in if kind == "lecun" else n_in / 2 if kind == "he" else (n_in + n_out) / 2
    return z / math.sqrt(count)


def one_number_at_a_time(z, kind):
    """A loop over all weights."""
    weights = np.empty(z.shape)
    n_in = int(np.prod(z.shape[1:]))
    n_out = z.shape[0] * int(np.prod(z.shape[2:]))
    for place in np.ndindex(*z.shape):
        if kind == "xavier":
            weights[place] = z[place] * math.sqrt(2) / math.sqrt(n_in + n_out)
        else:
            weights[place] = z[place] * math.sqrt((2 if kind == "he" else 1) / n_in)
    return weights
