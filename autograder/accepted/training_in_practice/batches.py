"""Unusual but right ways to deal rows out."""

import numpy as np


def deals_out_a_shuffled_list(n, strategy, size, rng):
    """A list that is shuffled in place, pieces taken from its end, tuples as batches."""
    steps = {"pattern": 1, "mini-batch": size, "epoch": n}
    if strategy not in steps:
        raise ValueError(strategy)
    rows = list(range(n))
    rng.shuffle(rows)
    made = []
    while rows:
        step = min(steps[strategy], len(rows))
        made.append(tuple(rows.pop() for _ in range(step)))
    return tuple(made)


def sorts_random_keys(n, strategy, size, rng):
    """The order of random numbers is a random order; np.split at the multiples of the size."""
    if strategy == "pattern":
        size = 1
    elif strategy == "epoch":
        size = n
    elif strategy != "mini-batch":
        raise ValueError(strategy)
    return np.split(np.argsort(rng.random(n)), range(size, n, size))


def an_epoch_needs_no_order(n, strategy, size, rng):
    """By epoch nothing is shuffled: the sum over all rows has no order."""
    if strategy == "epoch":
        return [np.arange(n)]
    if strategy not in ("pattern", "mini-batch"):
        raise ValueError(strategy)
    step = 1 if strategy == "pattern" else size
    order = rng.choice(n, n, replace=False)
    return [order[k * step : (k + 1) * step].tolist() for k in range(-(-n // step))]
