"""Where ways part and meet: residual connections, branches side by side, and flattening."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from course_lib.arrays import Array
from course_lib.fast.operation import Bound, Call, Operation, nothing
from course_lib.fast.values import Slot, Value


class Split(Operation):
    """The same numbers for several readers; on the way back what they return adds up."""

    def __init__(self, x: Value, readers: int) -> None:
        self.x = x
        x.busy = True
        self.ys = [
            Value(x.shape, learned=x.learned, source=x, shares_grad=False) for _ in range(readers)
        ]
        for y in self.ys:
            y.busy = True

    def bind(self, slot: Slot) -> Bound:
        if not (slot.learns and self.x.learned):
            return Bound([nothing], [nothing])
        grad_x, first, *others = (slot.grad(value) for value in (self.x, *self.ys))

        def backward() -> None:
            if not others:
                np.copyto(grad_x, first)
            so_far = first
            for grad in others:
                np.add(so_far, grad, out=grad_x)
                so_far = grad_x

        return Bound([nothing], [backward])


class Add(Operation):
    """y = a + b, in the memory of a if nobody needs a."""

    def __init__(self, a: Value, b: Value) -> None:
        self.a, self.b = a, b
        alone = a.busy or a.changed
        self.y = Value(a.shape, learned=a.learned or b.learned) if alone else a
        for value in (a, b):
            # Whoever only reads the gradient may read that of the sum itself.
            if value is not self.y and not value.changed and not value.in_rows:
                value.grad_source = value.grad_source or self.y

    def bind(self, slot: Slot) -> Bound:
        a, b, y = (slot.value(value) for value in (self.a, self.b, self.y))

        def forward() -> None:
            np.add(a, b, out=y)

        if not (slot.learns and self.y.learned):
            return Bound([forward], [nothing])
        grad = slot.grad(self.y)
        copies = [
            slot.grad(value) for value in (self.a, self.b)
            if value is not self.y and value.learned and slot.grad(value) is not grad
        ]

        def backward() -> None:
            for copy in copies:
                np.copyto(copy, grad)

        return Bound([forward], [backward])


class Concatenate(Operation):
    """Channels of several images, one after the other; or features."""

    def __init__(self, xs: Sequence[Value]) -> None:
        self.xs = tuple(xs)
        first = xs[0].shape
        channels = sum(x.shape[0] for x in xs)
        self.y = Value((channels, *first[1:]), learned=any(x.learned for x in xs))

    def bind(self, slot: Slot) -> Bound:
        y = slot.value(self.y)
        channels_first = y.swapaxes(0, 1) if y.ndim == 4 else y
        ends = np.cumsum([x.shape[0] for x in self.xs])[:-1]

        def shares(whole: Array) -> list[Array]:
            parts = np.split(whole, ends)
            return [part.swapaxes(0, 1) if y.ndim == 4 else part for part in parts]

        pairs = list(zip(shares(channels_first), map(slot.value, self.xs), strict=True))

        def forward() -> None:
            for target, source in pairs:
                np.copyto(target, source)

        if not (slot.learns and self.y.learned):
            return Bound([forward], [nothing])
        grad = slot.grad(self.y)
        parts = shares(grad.swapaxes(0, 1) if grad.ndim == 4 else grad)
        back = [(slot.grad(x), part) for x, part in zip(self.xs, parts, strict=True) if x.learned]

        def backward() -> None:
            for target, source in back:
                np.copyto(target, source)

        return Bound([forward], [backward])


class Rearrange(Operation):
    """(C, H, W) as (C H W,), or the reverse, where that takes a copy."""

    def __init__(self, x: Value, shape: tuple[int, ...]) -> None:
        self.x, self.y = x, Value(shape, learned=x.learned)

    def bind(self, slot: Slot) -> Bound:
        shape = self.x.shape if self.x.is_image else self.y.shape
        forward = _rearranged(slot.value(self.x), slot.value(self.y), shape, self.x.is_image)
        if not (slot.learns and self.x.learned):
            return Bound([forward], [nothing])
        back = _rearranged(slot.grad(self.y), slot.grad(self.x), shape, not self.x.is_image)
        return Bound([forward], [back])


def _rearranged(source: Array, target: Array, shape: tuple[int, ...], flat: bool) -> Call:
    n = source.shape[-1]
    if flat:
        target = target.reshape(*shape, n).swapaxes(0, 1)
    else:
        source = source.reshape(*shape, n).swapaxes(0, 1)

    def rearrange() -> None:
        np.copyto(target, source)

    return rearrange


def flattened(x: Value) -> tuple[Value, list[Operation]]:
    """x (C, H, W) as (C H W,): without a copy wherever its memory may be laid out for that."""
    size = int(np.prod(x.shape))
    if x.source is not None or x.in_rows:
        copy = Rearrange(x, (size,))
        return copy.y, [copy]
    x.channels_first = True

    def view(array: Array) -> Array:
        return array.swapaxes(0, 1).reshape(size, array.shape[-1])

    y = Value((size,), learned=x.learned, source=x, view=view)
    y.busy, y.changed = x.busy, x.changed
    return y, []


class Pad(Operation):
    """Every stride-th pixel, between channels of zeros."""

    def __init__(self, x: Value, stride: int, more: int) -> None:
        channels, height, width = x.shape
        self.x, self.stride, self.begin = x, stride, more // 2
        self.y = Value(
            (channels + more, -(-height // stride), -(-width // stride)), learned=x.learned
        )

    def bind(self, slot: Slot) -> Bound:
        s, inner = self.stride, slice(self.begin, self.begin + self.x.shape[0])
        fewer, y = slot.value(self.x)[::s, :, ::s], slot.value(self.y)

        def forward() -> None:
            y[...] = 0
            np.copyto(y[:, inner], fewer)

        if not (slot.learns and self.x.learned):
            return Bound([forward], [nothing])
        grad, grad_x = slot.grad(self.y), slot.grad(self.x)

        def backward() -> None:
            grad_x[...] = 0
            np.copyto(grad_x[::s, :, ::s], grad[:, inner])

        return Bound([forward], [backward])


class Regions(Operation):
    """The mean of each of several regions: a global average, or adaptive pooling."""

    def __init__(self, x: Value, rows: int, columns: int) -> None:
        channels, height, width = x.shape
        self.x, self.y = x, Value((channels, rows, columns), learned=x.learned)
        self.regions = [
            ((r, c), (_region(height, rows, r), _region(width, columns, c)))
            for r in range(rows) for c in range(columns)
        ]

    def bind(self, slot: Slot) -> Bound:
        x, y = slot.value(self.x), slot.value(self.y)
        places = [
            (x[rows][:, :, columns], y[r, :, c]) for (r, c), (rows, columns) in self.regions
        ]

        def forward() -> None:
            for seen, mean in places:
                lines = np.add.reduce(seen, axis=0)
                np.add.reduce(lines, axis=1, out=mean)
                np.divide(mean, seen.shape[0] * seen.shape[2], out=mean)

        if not (slot.learns and self.x.learned):
            return Bound([forward], [nothing])
        grad, grad_x = slot.grad(self.y), slot.grad(self.x)
        back = [
            (grad_x[rows][:, :, columns], grad[r, :, c])
            for (r, c), (rows, columns) in self.regions
        ]

        def backward() -> None:
            grad_x[...] = 0
            for seen, g in back:
                share = g / g.dtype.type(seen.shape[0] * seen.shape[2])
                np.add(seen, share[:, np.newaxis], out=seen)

        return Bound([forward], [backward])


def _region(size: int, parts: int, place: int) -> slice:
    """From floor(place size / parts) to ceil((place + 1) size / parts), as in the layer."""
    return slice(place * size // parts, -(-(place + 1) * size // parts))
