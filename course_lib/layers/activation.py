"""Activation functions as layers; the formulas are in course_lib.functional."""

from course_lib import functional as F
from course_lib.arrays import Array
from course_lib.layers.layer import Layer


class ReLU(Layer):
    """max(0, x), of the shape of x."""

    def forward(self, x: Array) -> Array:
        self._remember(x)
        return F.relu(x)

    def backward(self, grad_output: Array) -> Array:
        return F.relu_backward(grad_output, self._remembered())


class LeakyReLU(Layer):
    """x if x > 0, else negative_slope x."""

    def __init__(self, negative_slope: float = 0.1) -> None:
        self.negative_slope = negative_slope

    def forward(self, x: Array) -> Array:
        self._remember(x)
        return F.leaky_relu(x, self.negative_slope)

    def backward(self, grad_output: Array) -> Array:
        return F.leaky_relu_backward(grad_output, self._remembered(), self.negative_slope)


class ELU(Layer):
    """x if x > 0, else alpha (e^x - 1)."""

    def __init__(self, alpha: float = 1.0) -> None:
        self.alpha = alpha

    def forward(self, x: Array) -> Array:
        self._remember(x)
        return F.elu(x, self.alpha)

    def backward(self, grad_output: Array) -> Array:
        return F.elu_backward(grad_output, self._remembered(), self.alpha)


class SELU(Layer):
    """1.0507 elu(x, alpha=1.6733)."""

    def forward(self, x: Array) -> Array:
        self._remember(x)
        return F.selu(x)

    def backward(self, grad_output: Array) -> Array:
        return F.selu_backward(grad_output, self._remembered())


class Sigmoid(Layer):
    """1 / (1 + e^-x). It remembers its output, which is all its derivative needs."""

    def forward(self, x: Array) -> Array:
        y = F.sigmoid(x)
        self._remember(y)
        return y

    def backward(self, grad_output: Array) -> Array:
        return F.sigmoid_backward(grad_output, self._remembered())


class Tanh(Layer):
    """tanh(x). It remembers its output, which is all its derivative needs."""

    def forward(self, x: Array) -> Array:
        y = F.tanh(x)
        self._remember(y)
        return y

    def backward(self, grad_output: Array) -> Array:
        return F.tanh_backward(grad_output, self._remembered())
