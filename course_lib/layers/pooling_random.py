"""Pooling layers that draw; the formulas are in course_lib.functional."""

import numpy as np

from course_lib import functional as F
from course_lib.arrays import Array
from course_lib.functional.dropout import checked_rng
from course_lib.functional.windows import Pair, pair
from course_lib.layers.convolution import check_windows
from course_lib.layers.layer import Layer
from course_lib.layers.pooling_adaptive import checked_size
from course_lib.shapes import Rounding, Window


class StochasticPool2d(Layer):
    """In training a pixel of every window, drawn in proportion to its size; else their mean so.

    x (N, C, H, W), nothing negative -> y (N, C, out_h, out_w). stride None means kernel_size.
    """

    def __init__(
        self,
        kernel_size: Pair,
        stride: Pair | None = None,
        *,
        rounding: Rounding = "strict",
        rng: np.random.Generator,
    ) -> None:
        self.kernel_size = pair("kernel_size", kernel_size)
        self.stride = pair("stride", kernel_size if stride is None else stride)
        self.rounding: Rounding = rounding
        self.rng = checked_rng("StochasticPool2d", rng)
        check_windows(self.kernel_size, self.stride, (0, 0), (1, 1))

    def forward(self, x: Array) -> Array:
        y, chosen = F.stochastic_pool2d(
            x,
            self.kernel_size,
            self.stride,
            training=self.training,
            rounding=self.rounding,
            rng=self.rng,
        )
        self._remember((x, chosen, self.training))
        return y

    def backward(self, grad_output: Array) -> Array:
        x, chosen, training = self._remembered()
        return F.stochastic_pool2d_backward(
            grad_output,
            x,
            chosen,
            self.kernel_size,
            self.stride,
            training=training,
            rounding=self.rounding,
        )

    def windows(self) -> tuple[Window, ...]:
        return tuple(Window(f, s) for f, s in zip(self.kernel_size, self.stride, strict=True))


class FractionalMaxPool2d(Layer):
    """The largest pixel of windows that begin at random places: y has any smaller size.

    x (N, C, H, W) -> y (N, C, *output_size). Drawn afresh at every forward pass, in training and
    after it.
    """

    def __init__(
        self, kernel_size: Pair, output_size: Pair, *, rng: np.random.Generator
    ) -> None:
        self.kernel_size = pair("kernel_size", kernel_size)
        self.output_size = checked_size(output_size)
        self.rng = checked_rng("FractionalMaxPool2d", rng)
        check_windows(self.kernel_size, (1, 1), (0, 0), (1, 1))

    def forward(self, x: Array) -> Array:
        y, chosen = F.fractional_max_pool2d(x, self.kernel_size, self.output_size, rng=self.rng)
        self._remember((x, chosen))
        return y

    def backward(self, grad_output: Array) -> Array:
        x, chosen = self._remembered()
        return F.fractional_max_pool2d_backward(
            grad_output, x, chosen, self.kernel_size, self.output_size
        )

    def windows(self) -> None:
        return None

    def output_shape(self, shape_in: tuple[int, ...]) -> tuple[int, ...]:
        return (shape_in[0], *self.output_size)
