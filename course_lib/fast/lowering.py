"""From layers to operations: which layer becomes which, and which cannot.

To teach a plan another layer, write an operation and a function here that returns its output.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from course_lib import functional as F
from course_lib import layers as L
from course_lib.fast.batch_norm import BatchNorm, FixedNorm
from course_lib.fast.convolution import Convolution
from course_lib.fast.dense import Dense
from course_lib.fast.elementwise import Activation, Bias, Drop, ReLU
from course_lib.fast.errors import CannotCompile
from course_lib.fast.joining import Add, Concatenate, Pad, Regions, Split, flattened
from course_lib.fast.operation import Operation
from course_lib.fast.pooling import AvgPool, MaxPool
from course_lib.fast.unfolding import Along
from course_lib.fast.values import Value
from course_lib.functional.pooling import counts
from course_lib.functional.pooling_windows import pool_windows
from course_lib.functional.windows import Windows, windows_of
from course_lib.layers import Layer


class Tape:
    """The operations of a network in their order. `lower` appends those of a layer."""

    def __init__(self) -> None:
        self.operations: list[Operation] = []

    def add(self, operation: Any) -> Value:
        self.operations.append(operation)
        value: Value = operation.y if hasattr(operation, "y") else operation.x
        return value

    def lower(self, layer: Layer, x: Value, name: str = "") -> Value:
        """The output of the layer for x. Raises CannotCompile for a layer without operation."""
        if _is_row(layer):
            return self.row(list(_leaves(layer, name)), x)
        lowering = LOWERINGS.get(type(layer))
        if lowering is None:
            known = ", ".join(sorted(kind.__name__ for kind in LOWERINGS))
            raise CannotCompile(
                f"fast.compile has no plan for {_called(layer, name)}. It knows Sequential, "
                f"{known}. Run this network plain."
            )
        if type(layer) in IMAGES_ONLY and not x.is_image:
            raise CannotCompile(
                f"fast.compile expects images (C, H, W) before {_called(layer, name)}; "
                f"there it gets {x.shape}."
            )
        return lowering(self, layer, x, name)

    def row(self, members: list[tuple[str, Layer]], x: Value) -> Value:
        """Layers one after the other, with each maximum as early as it may be.

        A ReLU and a bias let the larger of two numbers stay the larger, so it is the same to take
        the maximum before them, and leaves them less to do.
        """
        members = list(members)
        for place in range(len(members) - 1):
            kinds = [type(member) for _, member in members[place : place + 2]]
            if kinds == [L.ReLU, L.MaxPool2d]:
                members[place : place + 2] = reversed(members[place : place + 2])
        place = 0
        while place < len(members):
            name, layer = members[place]
            place += 1
            if type(layer) is not L.Conv2d:
                x = self.lower(layer, x, name)
                continue
            x = self.convolve(layer, x, name)
            if place < len(members) and type(members[place][1]) is L.MaxPool2d:
                x = self.lower(members[place][1], x, members[place][0])
                place += 1
            x = self.bias(layer, x)
        return x

    def convolve(self, layer: Any, x: Value, name: str) -> Value:
        """A convolution without its bias."""
        if tuple(layer.dilation) != (1, 1):
            raise CannotCompile(
                f"fast.compile has no plan for {_called(layer, name)} with dilation "
                f"{tuple(layer.dilation)}; it knows dilation 1. Run this network plain."
            )
        weight = layer.weight.data
        _channels(layer, x, weight.shape[1] * layer.groups, name)
        rows, columns = along(layer, x, name)
        whole = (rows.image, columns.image) == weight.shape[2:]
        if whole and rows.before == columns.before == 0 and layer.groups == 1:
            x, copies = flattened(x)
            self.operations += copies
            x.busy = True
            return self.unflattened(self.add(Dense(x, layer.weight)))
        return self.add(Convolution(x, layer, rows, columns))

    def bias(self, layer: Any, x: Value) -> Value:
        return self.add(Bias(x, layer.bias)) if layer.bias else x

    def unflattened(self, x: Value) -> Value:
        """(F,) as an image (F, 1, 1): without a copy."""
        y = Value(
            (*x.shape, 1, 1), learned=x.learned, source=x,
            view=lambda array: array[np.newaxis, :, np.newaxis],
        )
        y.busy, y.changed = x.busy, x.changed
        return y


def _is_row(layer: Layer) -> bool:
    """Whether it is a Sequential, and no kind of it that runs in a way of its own."""
    ways = (type(layer).forward, type(layer).backward)
    return ways == (L.Sequential.forward, L.Sequential.backward)


def _leaves(layer: Layer, name: str) -> Iterator[tuple[str, Layer]]:
    """Sequentials inside Sequentials make one row."""
    if _is_row(layer):
        for key, member in layer.parts().items():
            if isinstance(member, Layer):
                yield from _leaves(member, f"{name}.{key}" if name else key)
    else:
        yield name, layer


def _called(layer: Layer, name: str) -> str:
    return f"{type(layer).__name__} {name!r}" if name else type(layer).__name__


def _channels(layer: Layer, x: Value, channels: int, name: str) -> None:
    if x.shape[0] != channels:
        raise CannotCompile(
            f"fast.compile expects {channels} channels or features before "
            f"{_called(layer, name)}; there it gets {x.shape}."
        )


def along(layer: Any, x: Value, name: str) -> tuple[Along, Along]:
    """The windows of a convolution or a pool along the rows and the columns of x."""
    one, called = np.empty((1, *x.shape), np.float32), _called(layer, name)
    try:
        if isinstance(layer, L.Conv2d):
            w = windows_of(
                called, x.shape[1:], layer.weight.data.shape[2:], layer.stride, layer.padding, 1,
                layer.rounding,
            )
        else:
            _, w = pool_windows(
                called, one, layer.kernel_size, layer.stride, layer.padding, layer.rounding
            )
    except ValueError as error:
        raise CannotCompile(f"fast.compile: {error}") from None
    rows, columns = zip(w.image, w.kernel, w.stride, w.before, w.places, strict=True)
    return Along(*rows), Along(*columns)


def _conv(tape: Tape, layer: Any, x: Value, name: str) -> Value:
    return tape.bias(layer, tape.convolve(layer, x, name))


def _linear(tape: Tape, layer: Any, x: Value, name: str) -> Value:
    if x.is_image:
        raise CannotCompile(
            f"fast.compile expects rows of features before {_called(layer, name)}; there it gets "
            f"images {x.shape}. Put a Flatten before it."
        )
    _channels(layer, x, layer.weight.data.shape[1], name)
    x.busy = True
    return tape.bias(layer, tape.add(Dense(x, layer.weight)))


def _flatten(tape: Tape, layer: Any, x: Value, name: str) -> Value:
    if not x.is_image:
        return x
    y, copies = flattened(x)
    tape.operations += copies
    return y


def _max_pool(tape: Tape, layer: Any, x: Value, name: str) -> Value:
    return tape.add(MaxPool(x, *along(layer, x, name)))


def _avg_pool(tape: Tape, layer: Any, x: Value, name: str) -> Value:
    rows, columns = along(layer, x, name)
    w = Windows(*zip(*((a.image, a.kernel, a.stride, 1, a.before, a.places)
                       for a in (rows, columns)), strict=True))
    seen = counts(np.empty(0, np.float64), w, layer.count_include_pad)
    return tape.add(AvgPool(x, rows, columns, seen))


def _global_pool(tape: Tape, layer: Any, x: Value, name: str) -> Value:
    return _flatten(tape, layer, tape.add(Regions(x, 1, 1)), name)


def _adaptive_pool(tape: Tape, layer: Any, x: Value, name: str) -> Value:
    return tape.add(Regions(x, *layer.output_size))


def _batch_norm(tape: Tape, layer: Any, x: Value, name: str) -> Value:
    _channels(layer, x, len(layer.running_mean.data), name)
    return tape.add((BatchNorm if layer.training else FixedNorm)(x, layer))


def _residual(tape: Tape, layer: Any, x: Value, name: str) -> Value:
    split = Split(x, 2)
    tape.operations.append(split)
    inner, around = split.ys
    body = tape.lower(layer.body, inner, name)
    if layer.shortcut:
        around = tape.lower(layer.shortcut, around, f"{name}.downsample".lstrip("."))
    if body.shape != around.shape:
        raise CannotCompile(
            f"fast.compile expects the body and the shortcut of {_called(layer, name)} to make "
            f"the same shape; they make {body.shape} and {around.shape}."
        )
    y = tape.add(Add(body, around))
    if not layer.activation:
        return y
    return tape.lower(layer.activation, y, f"{name}.activation".lstrip("."))


def _parallel(tape: Tape, layer: Any, x: Value, name: str) -> Value:
    split = Split(x, len(layer.branches))
    tape.operations.append(split)
    names = [key for key, part in layer.parts().items() if isinstance(part, Layer)]
    outputs = [
        tape.lower(branch, y, f"{name}.{key}".lstrip("."))
        for branch, y, key in zip(layer.branches, split.ys, names, strict=True)
    ]
    if len({y.shape[1:] for y in outputs}) > 1:
        raise CannotCompile(
            f"fast.compile expects branches that differ in channels only in "
            f"{_called(layer, name)}; they make {', '.join(str(y.shape) for y in outputs)}."
        )
    return tape.add(Concatenate(outputs))


def _activation(f: Any, f_backward: Any, by_output: bool, *settings: str) -> Lowering:
    def lowering(tape: Tape, layer: Any, x: Value, name: str) -> Value:
        given = [getattr(layer, setting) for setting in settings]
        return tape.add(
            Activation(
                x,
                lambda array: f(array, *given),
                lambda grad, seen: f_backward(grad, seen, *given),
                by_output,
            )
        )

    return lowering


Lowering = Callable[[Tape, Any, Value, str], Value]

LOWERINGS: dict[type[Layer], Lowering] = {
    L.AdaptiveAvgPool2d: _adaptive_pool,
    L.AvgPool2d: _avg_pool,
    L.BatchNorm1d: _batch_norm,
    L.BatchNorm2d: _batch_norm,
    L.Conv2d: _conv,
    L.Dropout: lambda tape, layer, x, name: tape.add(Drop(x, layer)),
    L.ELU: _activation(F.elu, F.elu_backward, False, "alpha"),
    L.Flatten: _flatten,
    L.GlobalAvgPool2d: _global_pool,
    L.LeakyReLU: _activation(F.leaky_relu, F.leaky_relu_backward, False, "negative_slope"),
    L.Linear: _linear,
    L.MaxPool2d: _max_pool,
    L.PadShortcut: lambda tape, layer, x, name: tape.add(Pad(x, layer.stride, layer.more)),
    L.Parallel: _parallel,
    L.ReLU: lambda tape, layer, x, name: tape.add(ReLU(x)),
    L.Residual: _residual,
    L.SELU: _activation(F.selu, F.selu_backward, False),
    L.Sigmoid: _activation(F.sigmoid, F.sigmoid_backward, True),
    L.Tanh: _activation(F.tanh, F.tanh_backward, True),
}
IMAGES_ONLY = {L.AdaptiveAvgPool2d, L.AvgPool2d, L.BatchNorm2d, L.Conv2d, L.GlobalAvgPool2d,
               L.MaxPool2d, L.PadShortcut}
