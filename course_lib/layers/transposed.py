"""The transposed convolution layer."""

from math import prod

import numpy as np
from numpy.typing import DTypeLike

from course_lib import functional as F
from course_lib.arrays import Array, expect_whole
from course_lib.functional.convolution_nd import check_groups
from course_lib.functional.windows import Pair, pair
from course_lib.init import Initializer, he, zeros
from course_lib.layers.convolution import with_channels
from course_lib.layers.layer import Layer
from course_lib.layers.parameter import Parameter
from course_lib.shapes import Window, transposed_output_size


class ConvTranspose2d(Layer):
    """Each pixel lays the filter, times its number, down as a patch: from small images to large.

    x (N, in_channels, H, W) -> y (N, out_channels, out_h, out_w), sizes by
    shapes.transposed_output_size. weight (in_channels, out_channels/groups, F_h, F_w), drawn by
    `init` as for the convolution that is transposed; bias (out_channels,), zero at first, or
    None. Settings: one number or a pair (rows, columns), in PyTorch's order.
    """

    def __init__(
        self,
        in_channels: int,
        out_channels: int,
        kernel_size: Pair,
        stride: Pair = 1,
        padding: Pair = 0,
        output_padding: Pair = 0,
        groups: int = 1,
        bias: bool = True,
        dilation: Pair = 1,
        *,
        rng: np.random.Generator,
        init: Initializer = he,
        dtype: DTypeLike = np.float64,
    ) -> None:
        expect_whole("in_channels", in_channels, least=1)
        expect_whole("out_channels", out_channels, least=1)
        check_groups("ConvTranspose2d", in_channels, out_channels, groups)
        kernel = pair("kernel_size", kernel_size)
        self.stride, self.padding = pair("stride", stride), pair("padding", padding)
        self.output_padding = pair("output_padding", output_padding)
        self.groups, self.dilation = groups, pair("dilation", dilation)
        shape = (in_channels, out_channels // groups, *kernel)
        self.weight = Parameter(init(shape, groups=groups, rng=rng, dtype=dtype))
        self.bias = Parameter(zeros((out_channels,), dtype=dtype)) if bias else None
        self._check_windows()

    def forward(self, x: Array) -> Array:
        """y of shape (N, out_channels, out_h, out_w)."""
        x = with_channels(self, x, len(self.weight.data), n_axes=2)
        self._remember(x)
        bias = self.bias.data if self.bias else None
        return F.conv_transpose2d(x, self.weight.data, bias, *self._settings)

    def backward(self, grad_output: Array) -> Array:
        """dE/dx of the shape of x."""
        grad_x, grad_weight, grad_bias = F.conv_transpose2d_backward(
            grad_output, self._remembered(), self.weight.data, *self._settings
        )
        self.weight.grad += grad_weight
        if self.bias:
            self.bias.grad += grad_bias
        return grad_x

    def windows(self) -> tuple[Window, ...]:
        kernel = self.weight.data.shape[2:]
        sizes = zip(kernel, self.stride, self.padding, self.dilation, strict=True)
        return tuple(Window(f, s, p, d, transposed=True) for f, s, p, d in sizes)

    def macs(self, shape_in: tuple[int, ...], shape_out: tuple[int, ...]) -> int:
        return prod(shape_in) * prod(self.weight.data.shape[1:])

    @property
    def _settings(self) -> tuple[Pair, Pair, Pair, int, Pair]:
        return self.stride, self.padding, self.output_padding, self.groups, self.dilation

    def _check_windows(self) -> None:
        """Raise TypeError or ValueError unless the settings make sense for some large image."""
        for window, extra in zip(self.windows(), self.output_padding, strict=True):
            transposed_output_size(
                1 + 2 * abs(window.padding),  # so many that the padding leaves some
                window.kernel_size,
                window.stride,
                window.padding,
                output_padding=extra,
                dilation=window.dilation,
            )
