"""Unusual but right ways to drop."""

import numpy as np


def entry_by_entry(x, p, training, rng):
    """A loop with one random number for each entry, lists as the result."""
    if p < 0 or p >= 1:
        raise ValueError(f"p = {p}")
    if not training:
        return x, np.full(x.shape, True)
    y, mask = np.zeros(x.shape), np.zeros(x.shape, dtype=bool)
    for index in np.ndindex(x.shape):
        if not rng.random() < p:
            y[index], mask[index] = x[index] / (1 - p), True
    return y.tolist(), mask.tolist()


def binomial_mask(x, p, training, rng):
    """A mask of zeros and ones from rng.binomial; np.where instead of a product."""
    if not 0.0 <= p < 1.0:
        raise ValueError(f"p = {p}")
    mask = rng.binomial(1, 1 - p, x.shape) if training else np.ones(x.shape)
    factor = 1 / (1 - p) if training else 1
    return np.where(mask, factor * x, 0), mask


def chosen_mask(x, p, training, rng):
    """rng.choice between True and False; ones are kept as floats."""
    if not p >= 0 or not p < 1:
        raise ValueError(f"p = {p}")
    keep = rng.choice([True, False], size=x.shape, p=[1 - p, p]) if training else x == x
    return [x * keep * (1 / (1 - p) if training else 1.0), keep * 1.0]
