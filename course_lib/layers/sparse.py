"""The sparse convolution layer."""

from math import prod

import numpy as np
from numpy.typing import DTypeLike

from course_lib import functional as F
from course_lib.arrays import Array, expect_whole
from course_lib.functional.windows import Pair, pair
from course_lib.init import Initializer, he, zeros
from course_lib.layers.convolution import with_channels
from course_lib.layers.layer import Layer
from course_lib.layers.parameter import Parameter
from course_lib.shapes import Window, border


class SparseConv2d(Layer):
    """A convolution at active sites only: those where some channel of x is not 0.

    x (N, in_channels, H, W) -> y (N, out_channels, H, W), 0 elsewhere. weight (out_channels,
    in_channels, F_h, F_w), drawn by `init` (variance 2 / fan_in); bias (out_channels,), zero at
    first, or None.
    """

    def __init__(
        self,
        in_channels: int,
        out_channels: int,
        kernel_size: Pair,
        bias: bool = True,
        *,
        rng: np.random.Generator,
        init: Initializer = he,
        dtype: DTypeLike = np.float64,
    ) -> None:
        expect_whole("in_channels", in_channels, least=1)
        expect_whole("out_channels", out_channels, least=1)
        kernel = pair("kernel_size", kernel_size)
        for size in kernel:
            expect_whole("kernel_size", size, least=1)
        self.weight = Parameter(init((out_channels, in_channels, *kernel), rng=rng, dtype=dtype))
        self.bias = Parameter(zeros((out_channels,), dtype=dtype)) if bias else None

    def forward(self, x: Array) -> Array:
        """y of shape (N, out_channels, H, W)."""
        x = with_channels(self, x, self.weight.data.shape[1], n_axes=2)
        self._remember(x)
        return F.sparse_conv2d(x, self.weight.data, self.bias.data if self.bias else None)

    def backward(self, grad_output: Array) -> Array:
        """dE/dx of the shape of x, 0 where x is."""
        grads = F.sparse_conv2d_backward(grad_output, self._remembered(), self.weight.data)
        grad_x, grad_weight, grad_bias = grads
        self.weight.grad += grad_weight
        if self.bias:
            self.bias.grad += grad_bias
        return grad_x

    def windows(self) -> tuple[Window, ...]:
        return tuple(Window(f, 1, border("same", f)[0]) for f in self.weight.data.shape[2:])

    def macs(self, shape_in: tuple[int, ...], shape_out: tuple[int, ...]) -> int:
        """As if all sites were active; the work grows with their number."""
        return prod(shape_out) * prod(self.weight.data.shape[1:])
