"""Capsules: vectors whose direction says what was found and whose length how surely.

Source: Bonn 004:721; Sabour, Frosst and Hinton 2017, "Dynamic routing between capsules".
"""

import numpy as np

from course_lib.arrays import Array, expect_shape, expect_whole, float_array
from course_lib.functional.softmax import softmax


def squash(s: Array, axis: int = -1) -> Array:
    """v = |s|^2 / (1 + |s|^2) s / |s|: the same direction, a length from 0 to below 1.

    s (..., features, ...), float64 or float32: a vector along `axis`. A vector of zeros stays.
    Returns v of the shape of s. Raises TypeError for other types; ValueError for an axis that s
    lacks.
    """
    s, length = _measured("squash", s, axis)
    v: Array = s * (length / (1 + length**2))
    return v


def squash_backward(grad_output: Array, s: Array, axis: int = -1) -> Array:
    """f(r) g + f'(r) r u (u . g) for s = r u with |u| = 1, where v = f(r) s, f(r) = r / (1 + r^2).

    grad_output of the shape of s; s and axis as for squash.
    """
    s, length = _measured("squash_backward", s, axis)
    grad_output = float_array("squash_backward", "grad_output", grad_output)
    expect_shape("squash_backward", "grad_output", grad_output, s.shape)
    direction = s / np.where(length > 0, length, 1)
    along = (grad_output * direction).sum(axis=axis, keepdims=True)
    slope = (1 - length**2) / (1 + length**2) ** 2
    grad_s: Array = grad_output * (length / (1 + length**2)) + slope * s * along
    return grad_s


def routing(u_hat: Array, n_iterations: int = 3) -> tuple[Array, Array]:
    """Routing by agreement: capsules below send more to the capsules above that agree with them.

    u_hat (N, n_in, n_out, features): what each capsule below predicts for each one above. Start
    from equal shares; then, n_iterations times: c_i = softmax(b_i) over the capsules above,
    v_j = squash(sum over i of c_ij u_hat_ij), b_ij grows by v_j . u_hat_ij.
    Returns v (N, n_out, features) and the shares c (N, n_in, n_out) that gave it. It has no
    backward: lecture 15 only looks.
    Raises TypeError for other types; ValueError for other shapes, fewer than one iteration, and
    no capsule.
    """
    u_hat = float_array("routing", "u_hat", u_hat)
    expect_shape("routing", "u_hat", u_hat, ("N", "n_in", "n_out", "features"))
    if u_hat.shape[2] == 0:
        raise ValueError(
            f"routing needs at least one capsule above; got u_hat of shape {u_hat.shape}."
        )
    expect_whole("n_iterations", n_iterations, least=1)
    agreement = np.zeros(u_hat.shape[:3], dtype=u_hat.dtype)
    for _ in range(n_iterations):
        shares = softmax(agreement, axis=2)
        v = squash(np.einsum("nij,nijf->njf", shares, u_hat))
        agreement = agreement + np.einsum("njf,nijf->nij", v, u_hat)
    return v, shares


def _measured(function: str, s: Array, axis: int) -> tuple[Array, Array]:
    """s and its lengths along `axis`, which stays with length 1."""
    s = float_array(function, "s", s)
    if not -s.ndim <= axis < s.ndim:
        raise ValueError(
            f"{function} expects an axis that s has; got axis {axis} for shape {s.shape}."
        )
    return s, np.linalg.norm(s, axis=axis, keepdims=True)
