"""The deformable convolution layer."""

from math import prod

import numpy as np
from numpy.typing import DTypeLike

from course_lib import functional as F
from course_lib.arrays import Array
from course_lib.functional.windows import Padding, Pair
from course_lib.init import Initializer, he, zeros
from course_lib.layers.convolution import Conv2d
from course_lib.layers.layer import Layer
from course_lib.shapes import Rounding, Window


class DeformConv2d(Layer):
    """A convolution that learns where to look: a second one computes the offsets of its pixels.

    x (N, in_channels, H, W) -> y (N, out_channels, out_h, out_w). `regular` is the convolution;
    `offset`, of the same windows, begins with weights of 0, so that the layer begins as `regular`.
    Settings as for Conv2d. Source: Dai et al. 2017.
    """

    def __init__(
        self,
        in_channels: int,
        out_channels: int,
        kernel_size: Pair,
        stride: Pair = 1,
        padding: Padding = 0,
        dilation: Pair = 1,
        bias: bool = True,
        *,
        rounding: Rounding = "strict",
        rng: np.random.Generator,
        init: Initializer = he,
        dtype: DTypeLike = np.float64,
    ) -> None:
        windows = (kernel_size, stride, padding, dilation)
        self.regular = Conv2d(
            in_channels,
            out_channels,
            *windows,
            bias=bias,
            rounding=rounding,
            rng=rng,
            init=init,
            dtype=dtype,
        )
        pixels = prod(self.regular.weight.data.shape[2:])
        self.offset = Conv2d(
            in_channels, 2 * pixels, *windows, rounding=rounding, rng=rng, init=zeros, dtype=dtype
        )

    def forward(self, x: Array) -> Array:
        """y of shape (N, out_channels, out_h, out_w)."""
        offset = self.offset.forward(x)
        self._remember((x, offset))
        regular = self.regular
        return F.deform_conv2d(
            x,
            offset,
            regular.weight.data,
            regular.bias.data if regular.bias else None,
            regular.stride,
            regular.padding,
            regular.dilation,
            rounding=regular.rounding,
        )

    def backward(self, grad_output: Array) -> Array:
        """dE/dx: the pixels themselves, and where they were looked for."""
        regular, (x, offset) = self.regular, self._remembered()
        grad_x, grad_offset, grad_weight, grad_bias = F.deform_conv2d_backward(
            grad_output,
            x,
            offset,
            regular.weight.data,
            regular.stride,
            regular.padding,
            regular.dilation,
            rounding=regular.rounding,
        )
        regular.weight.grad += grad_weight
        if regular.bias:
            regular.bias.grad += grad_bias
        return grad_x + self.offset.backward(grad_offset)

    def windows(self) -> tuple[Window, ...]:
        """Those of `regular`; how far the offsets reach beyond them is learned."""
        return self.regular.windows()

    def output_shape(self, shape_in: tuple[int, ...]) -> tuple[int, ...]:
        return self.regular.output_shape(shape_in)

    def macs(self, shape_in: tuple[int, ...], shape_out: tuple[int, ...]) -> int:
        places = shape_out[1:]
        offsets = (len(self.offset.weight.data), *places)
        return self.regular.macs(shape_in, shape_out) + self.offset.macs(shape_in, offsets)
