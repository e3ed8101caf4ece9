"""Softmax: scores become a distribution over classes. Source: RWTH 000:861."""

import numpy as np

from course_lib.arrays import Array, expect_shape, float_array


def softmax(x: Array, axis: int = -1) -> Array:
    """y_i = e^(x_i) / (sum over j of e^(x_j)) along `axis`; positive, and sums to 1.

    x: logits of any shape (..., classes, ...), float64 or float32. The largest logit is
    subtracted first, which changes nothing but the danger of overflow.
    Raises TypeError for other types; ValueError for an axis that x lacks or that is empty.
    """
    shifted = _shifted("softmax", x, axis)
    exponentials = np.exp(shifted)
    y: Array = exponentials / exponentials.sum(axis=axis, keepdims=True)
    return y


def softmax_backward(grad_output: Array, y: Array, axis: int = -1) -> Array:
    """y_i (g_i - sum over j of g_j y_j), from the output y of softmax; the shape of y."""
    grad_output, y = _prepared("softmax_backward", grad_output, y, axis)
    grad_x: Array = y * (grad_output - (grad_output * y).sum(axis=axis, keepdims=True))
    return grad_x


def log_softmax(x: Array, axis: int = -1) -> Array:
    """x_i - log(sum over j of e^(x_j)) along `axis`, finite even where softmax rounds to 0.

    Arguments and exceptions as for softmax.
    """
    shifted = _shifted("log_softmax", x, axis)
    y: Array = shifted - np.log(np.exp(shifted).sum(axis=axis, keepdims=True))
    return y


def log_softmax_backward(grad_output: Array, y: Array, axis: int = -1) -> Array:
    """g_i - e^(y_i) (sum over j of g_j), from the output y of log_softmax; the shape of y."""
    grad_output, y = _prepared("log_softmax_backward", grad_output, y, axis)
    grad_x: Array = grad_output - np.exp(y) * grad_output.sum(axis=axis, keepdims=True)
    return grad_x


def _shifted(function: str, x: Array, axis: int) -> Array:
    x = float_array(function, "x", x)
    _check_axis(function, "x", x, axis)
    shifted: Array = x - x.max(axis=axis, keepdims=True)
    return shifted


def _prepared(function: str, grad_output: Array, y: Array, axis: int) -> tuple[Array, Array]:
    grad_output = float_array(function, "grad_output", grad_output)
    y = float_array(function, "y", y)
    expect_shape(function, "grad_output", grad_output, y.shape)
    _check_axis(function, "y", y, axis)
    return grad_output, y


def _check_axis(function: str, name: str, array: Array, axis: int) -> None:
    if not -array.ndim <= axis < array.ndim:
        raise ValueError(
            f"{function} expects an axis that {name} has; got axis {axis} for shape {array.shape}."
        )
    if array.shape[axis] == 0:
        raise ValueError(
            f"{function} needs at least one class along axis {axis}; got {name} of shape "
            f"{array.shape}."
        )
