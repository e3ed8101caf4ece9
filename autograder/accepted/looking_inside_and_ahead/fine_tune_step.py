"""Unusual and right ways to step with frozen layers."""

import numpy as np


def by_parts_of_the_name(weights, gradients, frozen, lr):
    """Compares lists of the parts between the dots."""
    rested = set()
    for layer in frozen:
        parts = layer.split(".")
        mine = [name for name in weights if name.split(".")[: len(parts)] == parts]
        if not mine:
            raise ValueError(layer)
        rested.update(mine)
    new = {}
    for name in weights:
        new[name] = weights[name] if name in rested else weights[name] - lr * gradients[name]
    return new


def with_a_factor_of_zero(weights, gradients, frozen, lr):
    """All parameters step, the frozen ones with a factor of 0. Lists, the last name first."""
    factors = dict.fromkeys(weights, lr)
    for layer in frozen:
        chosen = [name for name in weights if name.find(layer + ".") == 0]
        factors.update(dict.fromkeys(chosen, 0.0))
        if not chosen:
            raise ValueError("unknown layer " + layer)
    return {name: (np.asarray(weights[name]) - factors[name] * gradients[name]).tolist()
            for name in reversed(list(weights))}
