"""Pooling layers that give the same size for any image; formulas in course_lib.functional."""

from collections.abc import Sequence

from course_lib import functional as F
from course_lib.arrays import Array, expect_whole
from course_lib.functional.pooling_adaptive import Kind, checked_levels
from course_lib.functional.windows import Pair, pair
from course_lib.layers.layer import Layer


class AdaptiveAvgPool2d(Layer):
    """The mean of each of output_size regions. x (N, C, H, W) -> y (N, C, *output_size)."""

    def __init__(self, output_size: Pair) -> None:
        self.output_size = checked_size(output_size)

    def forward(self, x: Array) -> Array:
        self._remember(x)
        return F.adaptive_avg_pool2d(x, self.output_size)

    def backward(self, grad_output: Array) -> Array:
        return F.adaptive_avg_pool2d_backward(grad_output, self._remembered(), self.output_size)

    def windows(self) -> None:
        return None


class AdaptiveMaxPool2d(Layer):
    """The largest pixel of each of output_size regions. x (N, C, H, W) -> (N, C, *output_size)."""

    def __init__(self, output_size: Pair) -> None:
        self.output_size = checked_size(output_size)

    def forward(self, x: Array) -> Array:
        self._remember(x)
        return F.adaptive_max_pool2d(x, self.output_size)

    def backward(self, grad_output: Array) -> Array:
        return F.adaptive_max_pool2d_backward(grad_output, self._remembered(), self.output_size)

    def windows(self) -> None:
        return None


class GlobalAvgPool2d(Layer):
    """The mean of every channel: x (N, C, H, W) -> y (N, C)."""

    def forward(self, x: Array) -> Array:
        self._remember(x)
        return F.global_avg_pool2d(x)

    def backward(self, grad_output: Array) -> Array:
        return F.global_avg_pool2d_backward(grad_output, self._remembered())

    def windows(self) -> None:
        return None


class SpatialPyramidPool2d(Layer):
    """Pools of l x l places for every level l, end to end: a vector of one length for any image.

    x (N, C, H, W) -> y (N, C (sum of l^2)); kind "max" or "avg".
    """

    def __init__(self, levels: Sequence[int] = (1, 2, 4), kind: Kind = "max") -> None:
        self.levels = checked_levels("SpatialPyramidPool2d", levels, kind)
        self.kind: Kind = kind

    def forward(self, x: Array) -> Array:
        self._remember(x)
        return F.spatial_pyramid_pool2d(x, self.levels, self.kind)

    def backward(self, grad_output: Array) -> Array:
        return F.spatial_pyramid_pool2d_backward(
            grad_output, self._remembered(), self.levels, self.kind
        )

    def windows(self) -> None:
        return None


def checked_size(output_size: Pair) -> tuple[int, int]:
    """(rows, columns), both at least 1; TypeError or ValueError for others."""
    rows, columns = pair("output_size", output_size)
    expect_whole("output_size", rows, least=1)
    expect_whole("output_size", columns, least=1)
    return rows, columns
