"""A way around some layers that has no parameters, where the shape changes."""

import numpy as np

from course_lib.arrays import Array, expect_whole, float_array
from course_lib.layers.layer import Layer


class PadShortcut(Layer):
    """Every stride-th pixel, between channels of zeros: a way around without parameters.

    x (N, C, H, W) -> y (N, C + more, ceil(H/stride), ceil(W/stride)); half of the `more` new
    channels come first. Raises TypeError or ValueError for a stride below 1 or more below 0 and,
    in forward, for what is no batch of images. Source: He et al. 2016, option A.
    """

    def __init__(self, stride: int, more: int) -> None:
        expect_whole("stride", stride, least=1)
        expect_whole("more", more, least=0)
        self.stride, self.more = stride, more

    def forward(self, x: Array) -> Array:
        x = float_array("PadShortcut", "x", x)
        if x.ndim != 4:
            raise ValueError(f"PadShortcut expects x of shape (N, C, H, W); got {x.shape}.")
        self._remember(x.shape)
        fewer = x[:, :, :: self.stride, :: self.stride]
        before = self.more // 2
        return np.pad(fewer, ((0, 0), (before, self.more - before), (0, 0), (0, 0)))

    def backward(self, grad_output: Array) -> Array:
        shape = self._remembered()
        grad_x = np.zeros(shape, grad_output.dtype)
        before = self.more // 2
        grad_x[:, :, :: self.stride, :: self.stride] = grad_output[:, before : before + shape[1]]
        return grad_x
