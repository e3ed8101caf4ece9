"""Unusual but right ways to take a step."""

import numpy as np


def entry_by_entry(w, g, v, lr, mu=0.9, wd=5e-4):
    """A loop over all entries of flat copies."""
    new_w, new_v = w.copy(), v.copy()
    for k in np.ndindex(w.shape):
        new_v[k] = mu * v[k] + g[k] + wd * w[k]
        new_w[k] = w[k] - lr * new_v[k]
    return new_w, new_v


def in_place_on_copies(w, g, v, lr, mu=0.9, wd=5e-4):
    """Copies, changed in place; a list as the result."""
    w, v = w.copy(), v.copy()
    v *= mu
    v += g
    v += wd * w
    w -= lr * v
    return [w, v]


def as_one_sum(w, g, v, lr, mu=0.9, wd=5e-4):
    """The new weights written out, without the new velocity."""
    return (1 - lr * wd) * w - lr * mu * v - lr * g, np.add(mu * v, g + w * wd)
