"""The layers that LeNet-5 had in 1998 and that were given up since."""

from collections.abc import Sequence
from math import prod

import numpy as np
from numpy.typing import DTypeLike

from course_lib import functional as F
from course_lib.arrays import Array, expect_shape, expect_whole, float_array
from course_lib.init import Initializer, lecun
from course_lib.layers import Buffer, Layer, Parameter
from course_lib.models.digit_codes import CODES
from course_lib.shapes import Window

CONNECTIONS = (
    (0, 1, 2), (1, 2, 3), (2, 3, 4), (3, 4, 5), (0, 4, 5), (0, 1, 5),
    (0, 1, 2, 3), (1, 2, 3, 4), (2, 3, 4, 5), (0, 3, 4, 5), (0, 1, 4, 5), (0, 1, 2, 5),
    (0, 1, 3, 4), (1, 2, 4, 5), (0, 2, 3, 5),
    (0, 1, 2, 3, 4, 5),
)
"""Which of the six maps of S2 each of the sixteen maps of C3 sees (table I of the paper)."""


class ScaledTanh(Layer):
    """1.7159 tanh(2x / 3), of the shape of x: 1 at 1, -1 at -1, and steepest between them."""

    scale, slope = 1.7159, 2 / 3

    def forward(self, x: Array) -> Array:
        y = F.tanh(self.slope * x)
        self._remember(y)
        return self.scale * y

    def backward(self, grad_output: Array) -> Array:
        return self.scale * self.slope * F.tanh_backward(grad_output, self._remembered())


class SubSampling2d(Layer):
    """y = weight_c (sum of the 2 x 2 pixels) + bias_c: pooling that is trained.

    x (N, C, H, W) -> y (N, C, H/2, W/2). weight and bias (C,), 1/4 (the mean) and 0 at first.
    Raises TypeError or ValueError for a number of channels below 1 and, in forward, ValueError
    for shapes that do not fit.
    """

    def __init__(self, channels: int, *, dtype: DTypeLike = np.float64) -> None:
        expect_whole("channels", channels, least=1)
        self.weight = Parameter(np.full(channels, 0.25, dtype))
        self.bias = Parameter(np.zeros(channels, dtype))

    def forward(self, x: Array) -> Array:
        x = float_array("SubSampling2d", "x", x)
        expect_shape("SubSampling2d", "x", x, ("N", len(self.weight.data), "H", "W"))
        sums = 4 * F.avg_pool2d(x, 2)
        self._remember((x, sums))
        y: Array = sums * self.weight.data[:, None, None] + self.bias.data[:, None, None]
        return y

    def backward(self, grad_output: Array) -> Array:
        x, sums = self._remembered()
        self.weight.grad += (grad_output * sums).sum(axis=(0, 2, 3))
        self.bias.grad += grad_output.sum(axis=(0, 2, 3))
        return F.avg_pool2d_backward(4 * grad_output * self.weight.data[:, None, None], x, 2)

    def windows(self) -> tuple[Window, ...]:
        return (Window(2, 2), Window(2, 2))


class PartialConv2d(Layer):
    """A convolution whose every map sees some of the maps below only.

    table: for each map of y the maps of x that it sees. x (N, C, H, W) -> y (N, len(table),
    out_h, out_w). weight (number of connections, F, F), connection by connection; bias
    (len(table),), zero at first.
    Raises TypeError or ValueError for a table or a kernel_size that makes no layer.
    """

    def __init__(
        self,
        table: Sequence[Sequence[int]],
        kernel_size: int,
        *,
        rng: np.random.Generator,
        init: Initializer = lecun,
        dtype: DTypeLike = np.float64,
    ) -> None:
        expect_whole("kernel_size", kernel_size, least=1)
        for seen in table:
            expect_whole("The number of maps that a map sees", len(seen), least=1)
        self.n_in = 1 + max(source for seen in table for source in seen)
        self.targets = [target for target, seen in enumerate(table) for _ in seen]
        self.sources = [source for seen in table for source in seen]
        window = (kernel_size, kernel_size)
        drawn = [init((1, len(seen), *window), rng=rng, dtype=dtype)[0] for seen in table]
        self.weight = Parameter(np.concatenate(drawn))
        self.bias = Parameter(np.zeros(len(table), dtype))

    def forward(self, x: Array) -> Array:
        x = float_array("PartialConv2d", "x", x)
        expect_shape("PartialConv2d", "x", x, ("N", self.n_in, "H", "W"))
        self._remember(x)
        return F.conv2d(x, self._full(), self.bias.data)

    def backward(self, grad_output: Array) -> Array:
        grads = F.conv2d_backward(grad_output, self._remembered(), self._full())
        grad_x, grad_weight, grad_bias = grads
        self.weight.grad += grad_weight[self.targets, self.sources]
        self.bias.grad += grad_bias
        return grad_x

    def windows(self) -> tuple[Window, ...]:
        return tuple(Window(size) for size in self.weight.data.shape[1:])

    def macs(self, shape_in: tuple[int, ...], shape_out: tuple[int, ...]) -> int:
        return self.weight.data.size * prod(shape_out[1:])

    def _full(self) -> Array:
        """The weights of an ordinary convolution, 0 where there is no connection."""
        shape = (len(self.bias.data), self.n_in, *self.weight.data.shape[1:])
        full = np.zeros(shape, self.weight.data.dtype)
        full[self.targets, self.sources] = self.weight.data
        return full


class RadialOutput(Layer):
    """y_k = -|x - code_k|^2: how near x is to the drawing of digit k; the largest wins.

    x (N, 84) -> y (N, 10). The codes, pictures of 7 x 12 pixels in +1 and -1, are not trained.
    The paper's y has the other sign: there the smallest wins.
    Raises ValueError in forward for other shapes.
    """

    def __init__(self, *, dtype: DTypeLike = np.float64) -> None:
        self.codes = Buffer(CODES.astype(dtype))

    def forward(self, x: Array) -> Array:
        x = float_array("RadialOutput", "x", x)
        expect_shape("RadialOutput", "x", x, ("N", self.codes.data.shape[1]))
        away = x[:, np.newaxis] - self.codes.data
        self._remember(away)
        y: Array = -np.square(away).sum(axis=2)
        return y

    def backward(self, grad_output: Array) -> Array:
        grad_x: Array = -2 * np.einsum("nk,nkd->nd", grad_output, self._remembered())
        return grad_x

    def windows(self) -> None:
        return None
