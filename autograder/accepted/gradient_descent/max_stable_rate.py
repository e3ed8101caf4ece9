"""Unusual and right ways to the largest stable rate."""

import numpy as np


def uses_the_general_solver(H):
    """np.linalg.eig knows nothing of symmetry and sorts nothing; real parts and a maximum."""
    curvatures = np.linalg.eig(np.asarray(H, float))[0].real
    if any(curvatures < 0):
        raise ValueError
    return 2.0 / max(curvatures)


def uses_singular_values(H):
    """Without negative eigenvalues the largest singular value is the largest eigenvalue."""
    if np.linalg.eigvalsh(H).min() < 0:
        raise ValueError("a saddle")
    return np.array(2 / np.linalg.norm(H, 2))


def solves_the_opposite_problem(H):
    """The smallest eigenvalue of -H, with its sign; Cholesky as the test for a bowl."""
    try:
        np.linalg.cholesky(H)
    except np.linalg.LinAlgError:
        raise ValueError("no bowl") from None
    return -2 / np.linalg.eigvalsh(-np.asarray(H))[0]
