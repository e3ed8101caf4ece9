"""Receptive fields: which pixels of the input a number deep in a network sees."""

from collections.abc import Sequence
from math import prod
from typing import Any, NamedTuple

from course_lib.arrays import expect_whole
from course_lib.shapes.sizes import dilated_size


class Window(NamedTuple):
    """A sliding window along one axis, of a convolution or a pooling layer.

    transposed: of a transposed convolution, which lays patches down instead of cutting them out.
    """

    kernel_size: int
    stride: int = 1
    padding: int = 0
    dilation: int = 1
    transposed: bool = False


class Field(NamedTuple):
    """What the numbers of the last layer see along one axis of the input, in pixels.

    size: of one number's field; jump: from a number's field to its neighbour's; start: the
    first pixel of the first number's field, negative where that lies in the border.
    """

    size: int
    jump: float
    start: int


def receptive_field(layers: Sequence[int | tuple[int, ...] | Window]) -> Field:
    """The field of a stack of windows; a layer widens its field to (size - 1) S + D (F - 1) + 1.

    layers, the first one first: kernel sizes, or tuples (F, S, P, D) of which the end may be
    missing. Without a layer a number sees itself. Behind a transposed layer the fields differ
    from place to place; then size is that of the largest.
    Raises TypeError or ValueError for numbers that are no sizes, and for a tuple too long.
    Source: RWTH 000:879, Bonn 004:505-508.
    """
    windows = [_window(layer) for layer in layers]
    period = prod(window.stride for window in windows if window.transposed)
    spans = [_seen(windows, place) for place in range(period)]
    jump = prod(window.stride for window in windows if not window.transposed) / period
    return Field(
        size=max(last - first + 1 for first, last in spans),
        jump=int(jump) if jump.is_integer() else jump,
        start=spans[0][0],
    )


def _seen(windows: list[Window], place: int) -> tuple[int, int]:
    """The first and the last pixel that one place sees, found layer by layer from the end."""
    first = last = place
    for size, stride, padding, dilation, transposed in reversed(windows):
        reach = dilated_size(size, dilation) - 1
        if transposed:
            first = -(-(first + padding - reach) // stride)  # rounded up
            last = (last + padding) // stride
        else:
            first = first * stride - padding
            last = last * stride - padding + reach
    return first, last


def _window(layer: int | tuple[Any, ...]) -> Window:
    if isinstance(layer, tuple) and len(layer) not in range(1, len(Window._fields) + 1):
        raise ValueError(
            f"A layer is a kernel size or (kernel size, stride, padding, dilation); got {layer}."
        )
    window = Window(*layer) if isinstance(layer, tuple) else Window(layer)
    for name, least in (("kernel_size", 1), ("stride", 1), ("padding", 0), ("dilation", 1)):
        expect_whole(name, getattr(window, name), least=least)
    # As Python's integers: NumPy's short ones would overflow.
    size, stride, padding, dilation, transposed = window
    return Window(int(size), int(stride), int(padding), int(dilation), transposed)
