"""Maxout: an activation that learns its own shape as the largest of several linear pieces."""

import numpy as np

from course_lib.arrays import Array, expect_shape, float_array
from course_lib.functional.linear import linear, linear_backward


def maxout(x: Array, weight: Array, bias: Array | None = None) -> Array:
    """y = max over the pieces p of (x W_p^T + b_p): convex and piecewise linear.

    x (..., n_in); weight (pieces, n_out, n_in); bias (pieces, n_out) or None.
    Returns y (..., n_out). Raises TypeError for arrays that are not float64 or float32 and
    ValueError for shapes that do not fit. Source: RWTH 000:135-137, Goodfellow et al. 2013.
    """
    y: Array = _pieces("maxout", x, weight, bias).max(axis=0)
    return y


def maxout_backward(
    grad_output: Array, x: Array, weight: Array, bias: Array | None = None
) -> tuple[Array, Array, Array]:
    """The gradient of the winning piece; of equal pieces the first one wins.

    grad_output (..., n_out); x, weight and bias as for maxout (the bias helps to choose the
    winner). Returns arrays of the shapes of x, weight and bias (pieces, n_out).
    """
    pieces = _pieces("maxout_backward", x, weight, bias)
    grad_output = float_array("maxout_backward", "grad_output", grad_output)
    expect_shape("maxout_backward", "grad_output", grad_output, pieces.shape[1:])
    winner = pieces.argmax(axis=0)
    grads = [
        linear_backward(np.where(winner == p, grad_output, 0), x, weight[p])
        for p in range(len(pieces))
    ]
    grads_x, grads_weight, grads_bias = zip(*grads, strict=True)
    return sum(grads_x[1:], start=grads_x[0]), np.stack(grads_weight), np.stack(grads_bias)


def _pieces(function: str, x: Array, weight: Array, bias: Array | None) -> Array:
    """All linear pieces before the maximum: (pieces, ..., n_out)."""
    weight = float_array(function, "weight", weight)
    expect_shape(function, "weight", weight, ("pieces", "n_out", "n_in"))
    if len(weight) == 0:
        raise ValueError(
            f"{function} expects at least one piece; got weight of shape {weight.shape}."
        )
    if bias is None:
        return np.stack([linear(x, piece) for piece in weight])
    bias = float_array(function, "bias", bias)
    expect_shape(function, "bias", bias, weight.shape[:2])
    return np.stack([linear(x, piece, b) for piece, b in zip(weight, bias, strict=True)])
