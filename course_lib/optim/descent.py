"""Gradient descent as the decks write it: one function, one start, one learning rate."""

from collections.abc import Callable
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from course_lib.arrays import Array, expect_shape, expect_whole, float_array
from course_lib.optim.settings import setting

Status = Literal["converged", "max_iter", "diverged"]


class Descent(NamedTuple):
    """Where a descent ended, every point on the way (the first and the last included), and why.

    w: of the shape of w_init; path: (steps + 1, *shape of w).
    """

    w: Array
    path: Array
    status: Status


def gradient_descent(
    grad: Callable[[Array], Array],
    w_init: ArrayLike,
    lr: float,
    tol: float = 1e-6,
    max_iter: int = 1000,
) -> Descent:
    """w = w - lr grad(w), again and again, while the norm of grad(w) is above tol.

    w_init of any shape; grad returns an array of the same shape. Ends "converged" (the norm is
    at most tol), at "max_iter" after that many steps, or "diverged" as soon as a gradient or a
    point is not finite; w is then the last finite point. path (steps + 1, *shape of w).
    Source: RWTH 000:288-299.
    """
    lr = setting("lr", lr, above=0)
    tol = setting("tol", tol, least=0)
    expect_whole("max_iter", max_iter, least=0)
    w = np.array(float_array("gradient_descent", "w_init", w_init))
    if not np.isfinite(w).all():
        raise ValueError(f"gradient_descent expects a finite start; got {w}.")
    path = [w]
    with np.errstate(over="ignore", invalid="ignore"):  # divergence is an answer, not a warning
        status = _descend(grad, path, lr, tol, max_iter)
    return Descent(path[-1].copy(), np.array(path), status)


def _descend(
    grad: Callable[[Array], Array], path: list[Array], lr: float, tol: float, max_iter: int
) -> Status:
    """Append to path until there is a reason to stop."""
    while True:
        w = path[-1]
        slope = float_array("gradient_descent", "grad(w)", grad(w.copy()))
        expect_shape("gradient_descent", "grad(w)", slope, w.shape)
        if np.linalg.norm(slope) <= tol:
            return "converged"
        if len(path) > max_iter:
            return "max_iter"
        w = w - lr * slope
        if not (np.isfinite(slope).all() and np.isfinite(w).all()):
            return "diverged"
        path.append(w)
