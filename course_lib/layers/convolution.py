"""The convolution layer."""

import numpy as np
from numpy.typing import DTypeLike

from course_lib import functional as F
from course_lib.arrays import Array, expect_whole, float_array
from course_lib.functional.convolution_nd import check_groups
from course_lib.functional.windows import Pair, pair
from course_lib.layers.layer import Layer
from course_lib.layers.parameter import Parameter, drawn_weight
from course_lib.shapes import Rounding


class Conv2d(Layer):
    """Every filter at every place of every image (cross-correlation: nothing is flipped).

    x (N, in_channels, H, W) -> y (N, out_channels, out_h, out_w), sizes by shapes.output_size.
    weight (out_channels, in_channels/groups, F_h, F_w), drawn with variance 2 / fan_in;
    bias (out_channels,), zero at first, or None. kernel_size, stride and padding: one number or
    a pair (rows, columns).
    """

    def __init__(
        self,
        in_channels: int,
        out_channels: int,
        kernel_size: Pair,
        stride: Pair = 1,
        padding: Pair = 0,
        *,
        groups: int = 1,
        bias: bool = True,
        rounding: Rounding = "strict",
        rng: np.random.Generator,
        dtype: DTypeLike = np.float64,
    ) -> None:
        expect_whole("in_channels", in_channels, least=1)
        expect_whole("out_channels", out_channels, least=1)
        check_groups("Conv2d", in_channels, out_channels, groups)
        kernel = pair("kernel_size", kernel_size)
        for size in kernel:
            expect_whole("kernel_size", size, least=1)
        self.stride = pair("stride", stride)
        self.padding = pair("padding", padding)
        self.groups = groups
        self.rounding: Rounding = rounding
        self.weight = drawn_weight((out_channels, in_channels // groups, *kernel), rng, dtype)
        self.bias = Parameter(np.zeros(out_channels, dtype)) if bias else None

    def forward(self, x: Array) -> Array:
        """y of shape (N, out_channels, out_h, out_w)."""
        x = self._checked(x)
        self._remember(x)
        return F.conv2d(
            x,
            self.weight.data,
            self.bias.data if self.bias else None,
            self.stride,
            self.padding,
            groups=self.groups,
            rounding=self.rounding,
        )

    def backward(self, grad_output: Array) -> Array:
        """dE/dx of the shape of x."""
        grad_x, grad_weight, grad_bias = F.conv2d_backward(
            grad_output,
            self._remembered(),
            self.weight.data,
            self.stride,
            self.padding,
            groups=self.groups,
            rounding=self.rounding,
        )
        self.weight.grad += grad_weight
        if self.bias:
            self.bias.grad += grad_bias
        return grad_x

    def _checked(self, x: Array) -> Array:
        x = float_array("Conv2d", "x", x)
        channels = self.weight.data.shape[1] * self.groups
        if x.ndim == 4 and x.shape[1] != channels:
            raise ValueError(
                f"Conv2d expects x with {channels} channels; got shape {x.shape}. "
                f"Did you mean Conv2d({x.shape[1]}, ...)?"
            )
        return x
