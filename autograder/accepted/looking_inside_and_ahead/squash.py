"""Unusual and right ways to squash vectors."""

import numpy as np


def with_a_mask(s):
    """Unit vectors where there is a length, then times the new length."""
    r = np.linalg.norm(s, axis=-1)
    units = np.divide(s, r[..., None], out=np.zeros(s.shape), where=r[..., None] > 0)
    return units * (r**2 / (1 + r**2))[..., None]


def with_a_tiny_number(s):
    """A tiny number in the root keeps the division from failing."""
    squares = np.sum(s * s, axis=-1, keepdims=True)
    return squares / (1 + squares) * s / np.sqrt(squares + 1e-12)


def one_vector_at_a_time(s):
    """All leading axes flattened, a loop, and back."""
    rows = np.array(s, dtype=float).reshape(-1, s.shape[-1])
    for row in rows:
        r = float(np.sqrt(row @ row))
        row *= r / (1 + r * r)
    return rows.reshape(s.shape)
