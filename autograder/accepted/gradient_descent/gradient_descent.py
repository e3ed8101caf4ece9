"""Unusual and right ways to descend."""

import math

import numpy as np


def recurses(grad, w_init, lr, tol=1e-6, max_iter=1000):
    """Each call takes one step and hands the rest on; the path is a list of arrays."""

    def onwards(w, left):
        g = grad(w)
        if not np.all(np.isfinite(g)):
            return [w], "diverged"
        if np.sqrt(np.sum(g * g)) <= tol:
            return [w], "converged"
        if left == 0:
            return [w], "max_iter"
        rest, status = onwards(w - lr * g, left - 1)
        return [w, *rest], status

    path, status = onwards(np.asarray(w_init, float), max_iter)
    return path[-1], path, status


def stores_copies_and_updates_in_place(grad, w_init, lr, tol=1e-6, max_iter=1000):
    """One array of its own that changes in place, and a copy of it for every point."""
    w = np.array(w_init, float)
    path = [w.copy()]
    g = grad(w)
    while np.isfinite(g).all() and np.linalg.norm(g) > tol and len(path) <= max_iter:
        w -= lr * g
        path.append(w.copy())
        g = grad(w)
    if not np.isfinite(g).all():
        return w, path, "diverged"
    return w, path, "converged" if np.linalg.norm(g) <= tol else "max_iter"


def fills_an_array_made_before(grad, w_init, lr, tol=1e-6, max_iter=1000):
    """All points in one array of full length, cut at the end; the norm by hand."""
    path = np.empty((max_iter + 1, *np.shape(w_init)))
    path[0] = w_init
    status = None
    for k in range(max_iter + 1):
        slope = grad(path[k])
        size = math.hypot(*np.ravel(slope))
        status = "converged" if size <= tol else None if math.isfinite(size) else "diverged"
        if status or k == max_iter:
            break
        path[k + 1] = path[k] - lr * slope
    return path[k].copy(), path[: k + 1], status or "max_iter"
