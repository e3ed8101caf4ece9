"""Pooling layers with sliding windows; the formulas are in course_lib.functional."""

import numpy as np
from numpy.typing import DTypeLike

from course_lib import functional as F
from course_lib.arrays import Array, expect_number, expect_whole
from course_lib.functional.windows import Pair, pair
from course_lib.layers.convolution import check_windows
from course_lib.layers.layer import Layer
from course_lib.layers.parameter import Parameter
from course_lib.shapes import Rounding, Window


class _Pool2d(Layer):
    """Settings of sliding windows: one number or a pair; stride None means kernel_size."""

    def __init__(
        self,
        kernel_size: Pair,
        stride: Pair | None = None,
        padding: Pair = 0,
        *,
        rounding: Rounding = "strict",
    ) -> None:
        self.kernel_size = pair("kernel_size", kernel_size)
        self.stride = pair("stride", kernel_size if stride is None else stride)
        self.padding = pair("padding", padding)
        self.rounding: Rounding = rounding
        for pixels in self.padding:
            expect_whole("padding", pixels, least=0)
        check_windows(self.kernel_size, self.stride, self.padding, (1, 1))

    def windows(self) -> tuple[Window, ...]:
        sizes = zip(self.kernel_size, self.stride, self.padding, strict=True)
        return tuple(Window(f, s, p) for f, s, p in sizes)

    @property
    def _settings(self) -> tuple[Pair, Pair, Pair]:
        return self.kernel_size, self.stride, self.padding


class MaxPool2d(_Pool2d):
    """The largest pixel of every window. x (N, C, H, W) -> y (N, C, out_h, out_w).

    The first of equal pixels, in row order, gets the gradient.
    """

    def forward(self, x: Array) -> Array:
        self._remember(x)
        return F.max_pool2d(x, *self._settings, rounding=self.rounding)

    def backward(self, grad_output: Array) -> Array:
        return F.max_pool2d_backward(
            grad_output, self._remembered(), *self._settings, rounding=self.rounding
        )


class AvgPool2d(_Pool2d):
    """The mean of every window. x (N, C, H, W) -> y (N, C, out_h, out_w).

    count_include_pad: whether the zeros of the border count as pixels.
    """

    def __init__(
        self,
        kernel_size: Pair,
        stride: Pair | None = None,
        padding: Pair = 0,
        *,
        count_include_pad: bool = True,
        rounding: Rounding = "strict",
    ) -> None:
        super().__init__(kernel_size, stride, padding, rounding=rounding)
        self.count_include_pad = count_include_pad

    def forward(self, x: Array) -> Array:
        self._remember(x)
        return F.avg_pool2d(
            x,
            *self._settings,
            count_include_pad=self.count_include_pad,
            rounding=self.rounding,
        )

    def backward(self, grad_output: Array) -> Array:
        return F.avg_pool2d_backward(
            grad_output,
            self._remembered(),
            *self._settings,
            count_include_pad=self.count_include_pad,
            rounding=self.rounding,
        )


class LPPool2d(_Pool2d):
    """The p-norm of every window, p = norm_type. x (N, C, H, W) -> y (N, C, out_h, out_w).

    p = 2 is the decks' L2 pooling. mean=True: the mean of |x|^p instead of the sum.
    """

    def __init__(
        self,
        kernel_size: Pair,
        stride: Pair | None = None,
        padding: Pair = 0,
        *,
        norm_type: float = 2.0,
        mean: bool = False,
        rounding: Rounding = "strict",
    ) -> None:
        super().__init__(kernel_size, stride, padding, rounding=rounding)
        expect_number("norm_type", norm_type, least=1)
        self.norm_type, self.mean = norm_type, mean

    def forward(self, x: Array) -> Array:
        self._remember(x)
        return F.lp_pool2d(
            x, *self._settings, norm_type=self.norm_type, mean=self.mean, rounding=self.rounding
        )

    def backward(self, grad_output: Array) -> Array:
        return F.lp_pool2d_backward(
            grad_output,
            self._remembered(),
            *self._settings,
            norm_type=self.norm_type,
            mean=self.mean,
            rounding=self.rounding,
        )


class MixedPool2d(_Pool2d):
    """alpha max + (1 - alpha) mean of every window; alpha is learned, and begins at 1/2.

    x (N, C, H, W) -> y (N, C, out_h, out_w). alpha: one number, or with channels=C one for each
    channel.
    """

    def __init__(
        self,
        kernel_size: Pair,
        stride: Pair | None = None,
        padding: Pair = 0,
        *,
        channels: int | None = None,
        rounding: Rounding = "strict",
        dtype: DTypeLike = np.float64,
    ) -> None:
        super().__init__(kernel_size, stride, padding, rounding=rounding)
        if channels is not None:
            expect_whole("channels", channels, least=1)
        shape = () if channels is None else (channels,)
        self.alpha = Parameter(np.full(shape, 0.5, dtype))

    def forward(self, x: Array) -> Array:
        self._remember(x)
        return F.mixed_pool2d(x, self.alpha.data, *self._settings, rounding=self.rounding)

    def backward(self, grad_output: Array) -> Array:
        grad_x, grad_alpha = F.mixed_pool2d_backward(
            grad_output,
            self._remembered(),
            self.alpha.data,
            *self._settings,
            rounding=self.rounding,
        )
        self.alpha.grad += grad_alpha
        return grad_x
