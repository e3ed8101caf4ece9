"""Activation functions, neuron by neuron, and their derivatives.

All take an array of any shape, or one number, in float64 or float32, and raise TypeError for
arrays of whole numbers. A backward function multiplies grad_output (of the same shape; else
ValueError) by the derivative. At a kink it takes the derivative from the left: ReLU'(0) = 0.
Source: RWTH 000:95-152 (gallery), Wuppertal 001:736 (SELU).
"""

import numpy as np

from course_lib.arrays import Array, expect_shape, float_array

# Klambauer et al. 2017: with these two numbers mean 0 and variance 1 survive a layer.
SELU_ALPHA = 1.6732632423543772
SELU_SCALE = 1.0507009873554805


def step(x: Array) -> Array:
    """1 if x > 0, else 0. Its derivative is 0 wherever there is one, so it has no backward."""
    return np.heaviside(float_array("step", "x", x), 0.0)


def sigmoid(x: Array) -> Array:
    """f_log(x) = 1 / (1 + e^-x), the logistic function; in (0, 1), and 1/2 at 0."""
    x = float_array("sigmoid", "x", x)
    small = np.exp(-np.abs(x))  # in (0, 1], so nothing overflows on either side
    y: Array = np.where(x >= 0, 1, small) / (1 + small)
    return y


def sigmoid_backward(grad_output: Array, y: Array) -> Array:
    """g y (1 - y), from the output y of sigmoid."""
    grad_output, y = _prepared("sigmoid_backward", grad_output, "y", y)
    grad_x: Array = grad_output * y * (1 - y)
    return grad_x


f_log = sigmoid


def tanh(x: Array) -> Array:
    """tanh(x) = 2 f_log(2x) - 1; in (-1, 1), and 0 at 0."""
    return np.tanh(float_array("tanh", "x", x))


def tanh_backward(grad_output: Array, y: Array) -> Array:
    """g (1 - y^2), from the output y of tanh."""
    grad_output, y = _prepared("tanh_backward", grad_output, "y", y)
    grad_x: Array = grad_output * (1 - y * y)
    return grad_x


def relu(x: Array) -> Array:
    """max(0, x)."""
    return np.maximum(float_array("relu", "x", x), 0)


def relu_backward(grad_output: Array, x: Array) -> Array:
    """g if x > 0, else 0, from the input x of relu."""
    grad_output, x = _prepared("relu_backward", grad_output, "x", x)
    return grad_output * (x > 0)


def leaky_relu(x: Array, negative_slope: float = 0.1) -> Array:
    """x if x > 0, else negative_slope x. The decks use 0.1, PyTorch 0.01."""
    x = float_array("leaky_relu", "x", x)
    return np.maximum(x, 0) + float(negative_slope) * np.minimum(x, 0)


def leaky_relu_backward(grad_output: Array, x: Array, negative_slope: float = 0.1) -> Array:
    """g if x > 0, else negative_slope g, from the input x of leaky_relu."""
    grad_output, x = _prepared("leaky_relu_backward", grad_output, "x", x)
    return np.where(x > 0, grad_output, float(negative_slope) * grad_output)


def elu(x: Array, alpha: float = 1.0) -> Array:
    """x if x > 0, else alpha (e^x - 1)."""
    x = float_array("elu", "x", x)
    return np.maximum(x, 0) + float(alpha) * np.expm1(np.minimum(x, 0))


def elu_backward(grad_output: Array, x: Array, alpha: float = 1.0) -> Array:
    """g if x > 0, else g alpha e^x, from the input x of elu."""
    grad_output, x = _prepared("elu_backward", grad_output, "x", x)
    return np.where(x > 0, grad_output, grad_output * float(alpha) * np.exp(np.minimum(x, 0)))


def selu(x: Array) -> Array:
    """1.0507 elu(x, alpha=1.6733)."""
    return SELU_SCALE * elu(float_array("selu", "x", x), SELU_ALPHA)


def selu_backward(grad_output: Array, x: Array) -> Array:
    """1.0507 g if x > 0, else 1.0507 g 1.6733 e^x, from the input x of selu."""
    grad_output, x = _prepared("selu_backward", grad_output, "x", x)
    return SELU_SCALE * elu_backward(grad_output, x, SELU_ALPHA)


def _prepared(function: str, grad_output: Array, name: str, array: Array) -> tuple[Array, Array]:
    grad_output = float_array(function, "grad_output", grad_output)
    array = float_array(function, name, array)
    expect_shape(function, "grad_output", grad_output, array.shape)
    return grad_output, array
