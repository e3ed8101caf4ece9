"""Unusual and right exponential linear units."""

import numpy as np


def chooses_between_both_with_a_warning(z, alpha=1.0):
    """np.where over two full pieces: e^1000 is inf and only warns, for it is not chosen."""
    z = np.asarray(z, dtype=float)
    with np.errstate(over="ignore"):
        left = alpha * (np.exp(z) - 1)
        return np.where(z >= 0, z, left), np.where(z >= 0, 1.0, alpha * np.exp(z))


def derives_from_the_output(z, alpha=1.0):
    """On the left the derivative is a + alpha."""
    z = np.asarray(z, dtype=float)
    a = np.maximum(z, 0) + alpha * np.expm1(np.minimum(z, 0))
    return a, np.where(z > 0, 1.0, a + alpha)


def fills_a_copy_piece_by_piece(z, alpha=1.0):
    """Copies z as floats and overwrites the left side with a mask."""
    a = np.array(z, dtype=float)
    da = np.ones_like(a)
    left = a < 0
    da[left] = alpha * np.exp(a[left])
    a[left] = da[left] - alpha
    return a, da
