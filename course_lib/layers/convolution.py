"""The convolution layers, along one, two and three axes."""

from collections.abc import Callable, Sequence
from math import prod
from typing import Any, ClassVar

import numpy as np
from numpy.typing import DTypeLike

from course_lib import functional as F
from course_lib.arrays import Array, expect_whole, float_array
from course_lib.functional.convolution_nd import check_groups, prepared
from course_lib.functional.windows import Padding, Pair, Triple, each
from course_lib.init import Initializer, he, zeros
from course_lib.layers.layer import Layer
from course_lib.layers.parameter import Parameter
from course_lib.shapes import Rounding, Window, border


class _Convolution(Layer):
    """What the three share: a constructor, and calls of the function for their axes."""

    n_axes: ClassVar[int]
    function: ClassVar[Callable[..., Array]]
    gradient: ClassVar[Callable[..., tuple[Array, Array, Array]]]

    def __init__(
        self,
        in_channels: int,
        out_channels: int,
        kernel_size: Pair | Triple,
        stride: Pair | Triple = 1,
        padding: Padding | Triple = 0,
        dilation: Pair | Triple = 1,
        groups: int = 1,
        bias: bool = True,
        *,
        rounding: Rounding = "strict",
        rng: np.random.Generator,
        init: Initializer = he,
        dtype: DTypeLike = np.float64,
    ) -> None:
        expect_whole("in_channels", in_channels, least=1)
        expect_whole("out_channels", out_channels, least=1)
        check_groups(type(self).__name__, in_channels, out_channels, groups)
        kernel = each("kernel_size", kernel_size, self.n_axes)
        self.stride = each("stride", stride, self.n_axes)
        self.dilation = each("dilation", dilation, self.n_axes)
        self.padding = each("padding", padding, self.n_axes)
        self.groups = groups
        self.rounding: Rounding = rounding
        check_windows(kernel, self.stride, self.padding, self.dilation)
        shape = (out_channels, in_channels // groups, *kernel)
        self.weight = Parameter(init(shape, groups=groups, rng=rng, dtype=dtype))
        self.bias = Parameter(zeros((out_channels,), dtype=dtype)) if bias else None

    def forward(self, x: Array) -> Array:
        """y of shape (N, out_channels, *places)."""
        x = self._checked(x)
        self._remember(x)
        bias = self.bias.data if self.bias else None
        return self.function(x, self.weight.data, bias, *self._settings, rounding=self.rounding)

    def backward(self, grad_output: Array) -> Array:
        """dE/dx of the shape of x."""
        grad_x, grad_weight, grad_bias = self.gradient(
            grad_output,
            self._remembered(),
            self.weight.data,
            *self._settings,
            rounding=self.rounding,
        )
        self.weight.grad += grad_weight
        if self.bias:
            self.bias.grad += grad_bias
        return grad_x

    def windows(self) -> tuple[Window, ...]:
        sizes = zip(
            self.weight.data.shape[2:], self.stride, self.padding, self.dilation, strict=True
        )
        return tuple(Window(f, s, border(p, f, s, d)[0], d) for f, s, p, d in sizes)

    def output_shape(self, shape_in: tuple[int, ...]) -> tuple[int, ...]:
        x = self._checked(np.empty((1, *shape_in), dtype=np.float32))
        name = type(self).__name__
        *_, windows = prepared(
            name, self.n_axes, x, self.weight.data, None, *self._settings, self.rounding
        )
        return (len(self.weight.data), *windows.places)

    def macs(self, shape_in: tuple[int, ...], shape_out: tuple[int, ...]) -> int:
        return prod(shape_out) * prod(self.weight.data.shape[1:])

    @property
    def _settings(self) -> tuple[Any, Any, Any, int]:
        return self.stride, self.padding, self.dilation, self.groups

    def _checked(self, x: Array) -> Array:
        return with_channels(self, x, self.weight.data.shape[1] * self.groups, self.n_axes)


class Conv1d(_Convolution):
    """Every filter at every place of every signal (cross-correlation: nothing is flipped).

    x (N, in_channels, L) -> y (N, out_channels, out_l), size by shapes.output_size.
    weight (out_channels, in_channels/groups, F), drawn by `init` (variance 2 / fan_in); bias
    (out_channels,), zero at first, or None. Settings as for Conv2d.
    """

    n_axes = 1
    function = staticmethod(F.conv1d)
    gradient = staticmethod(F.conv1d_backward)


class Conv2d(_Convolution):
    """Every filter at every place of every image (cross-correlation: nothing is flipped).

    x (N, in_channels, H, W) -> y (N, out_channels, out_h, out_w), sizes by shapes.output_size.
    weight (out_channels, in_channels/groups, F_h, F_w), drawn by `init` (variance 2 / fan_in);
    bias (out_channels,), zero at first, or None. kernel_size, stride, padding and dilation: one
    number or a pair (rows, columns); padding also "same" or "valid".
    """

    n_axes = 2
    function = staticmethod(F.conv2d)
    gradient = staticmethod(F.conv2d_backward)


class Conv3d(_Convolution):
    """Every filter at every place of every volume or video (cross-correlation).

    x (N, in_channels, D, H, W) -> y (N, out_channels, out_d, out_h, out_w). weight
    (out_channels, in_channels/groups, F_d, F_h, F_w), drawn by `init` (variance 2 / fan_in);
    bias (out_channels,), zero at first, or None. Settings as for Conv2d, or triples.
    """

    n_axes = 3
    function = staticmethod(F.conv3d)
    gradient = staticmethod(F.conv3d_backward)


def check_windows(
    kernel: Sequence[int],
    stride: Sequence[int],
    padding: Sequence[Any],
    dilation: Sequence[int],
) -> None:
    """Raise TypeError or ValueError unless windows of these sizes make sense in some image."""
    for f, s, p, d in zip(kernel, stride, padding, dilation, strict=True):
        expect_whole("kernel_size", f, least=1)
        expect_whole("stride", s, least=1)
        expect_whole("dilation", d, least=1)
        border(p, f, s, d)


def with_channels(layer: Layer, x: Array, channels: int, n_axes: int) -> Array:
    """x as a float array; ValueError if it has another number of channels."""
    name = type(layer).__name__
    x = float_array(name, "x", x)
    if x.ndim == n_axes + 2 and x.shape[1] != channels:
        raise ValueError(
            f"{name} expects x with {channels} channels; got shape {x.shape}. "
            f"Did you mean {name}({x.shape[1]}, ...)?"
        )
    return x
