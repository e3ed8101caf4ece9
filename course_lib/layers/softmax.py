"""Scores into a distribution, as layers."""

from course_lib import functional as F
from course_lib.arrays import Array
from course_lib.layers.layer import Layer


class Softmax(Layer):
    """e^(x_i) / (sum over j of e^(x_j)) along `axis`; the shape of x."""

    def __init__(self, axis: int = -1) -> None:
        self.axis = axis

    def forward(self, x: Array) -> Array:
        y = F.softmax(x, self.axis)
        self._remember(y)
        return y

    def backward(self, grad_output: Array) -> Array:
        return F.softmax_backward(grad_output, self._remembered(), self.axis)


class LogSoftmax(Layer):
    """The logarithm of Softmax, without its rounding to 0; the shape of x."""

    def __init__(self, axis: int = -1) -> None:
        self.axis = axis

    def forward(self, x: Array) -> Array:
        y = F.log_softmax(x, self.axis)
        self._remember(y)
        return y

    def backward(self, grad_output: Array) -> Array:
        return F.log_softmax_backward(grad_output, self._remembered(), self.axis)
