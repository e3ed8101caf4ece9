"""The nonlinearity of capsules as a layer; the formula is in course_lib.functional."""

from course_lib import functional as F
from course_lib.arrays import Array
from course_lib.layers.layer import Layer


class Squash(Layer):
    """Each vector along `axis` keeps its direction and gets a length below 1; the shape of x."""

    def __init__(self, axis: int = -1) -> None:
        self.axis = axis

    def forward(self, x: Array) -> Array:
        self._remember(x)
        return F.squash(x, self.axis)

    def backward(self, grad_output: Array) -> Array:
        return F.squash_backward(grad_output, self._remembered(), self.axis)

    def windows(self) -> None:
        return None
