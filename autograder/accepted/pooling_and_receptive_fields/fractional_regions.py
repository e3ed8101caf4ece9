"""Unusual and right ways to draw the regions."""

import numpy as np


def chosen_places(n_in, n_out, rng):
    """Chooses which regions have two pixels; an array as the result."""
    twos = n_in - n_out
    if twos < 0 or twos > n_out:
        raise ValueError(f"{twos} of {n_out} regions would have two pixels")
    lengths = np.ones(n_out, dtype=int)
    lengths[rng.choice(n_out, twos, replace=False)] = 2
    ends = lengths.cumsum()
    return np.stack([ends - lengths, ends], axis=1)


def one_after_the_other(n_in, n_out, rng):
    """Each region is long with the share of long ones that are left: the same chances."""
    if n_in < n_out or n_in > 2 * n_out:
        raise ValueError("does not fit")
    found, first, twos = [], 0, n_in - n_out
    for left in range(n_out, 0, -1):
        long = rng.random() < twos / left
        twos -= long
        found.append([first, first + 1 + int(long)])
        first += 1 + int(long)
    return found


def sorted_random_numbers(n_in, n_out, rng):
    """Orders the regions by random numbers; floats as the result."""
    if not 0 <= n_in - n_out <= n_out:
        raise ValueError("no")
    long = np.argsort(rng.normal(size=n_out)) < n_in - n_out
    edges = np.concatenate([[0.0], np.cumsum(1.0 + long)])
    return tuple((edges[k], edges[k + 1]) for k in range(n_out))
