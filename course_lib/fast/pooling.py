"""Maximum and average pooling: first along the columns, then along the rows.

Of equal pixels the first in row order wins: the first row that holds the largest number, and in
it the first column. So the winner can be found along one axis after the other, too.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from course_lib.arrays import Array
from course_lib.fast.operation import Bound, Operation, nothing
from course_lib.fast.unfolding import Along
from course_lib.fast.values import Slot, Value

Call = Callable[[], None]
ROWS, COLUMNS = 0, 2


class MaxPool(Operation):
    """The largest pixel of every window. The border is no pixel: it never wins."""

    def __init__(self, x: Value, rows: Along, columns: Along) -> None:
        self.x, self.rows, self.columns = x, rows, columns
        self.y = Value((x.shape[0], rows.places, columns.places), learned=x.learned)

    def bind(self, slot: Slot) -> Bound:
        x, y, learns = slot.value(self.x), slot.value(self.y), slot.learns and self.x.learned
        half = np.empty((x.shape[0], x.shape[1], self.columns.places, slot.n), x.dtype)
        along = _Largest(x, half, self.columns, COLUMNS, learns)
        down = _Largest(half, y, self.rows, ROWS, learns)

        def forward() -> None:
            along.forward()
            down.forward()

        if not learns:
            return Bound([forward], [nothing])
        grad_half = slot.lane.scratch("half of a pool", half.shape)
        back_down = down.backward(slot.grad(self.y), grad_half, slot)
        back_along = along.backward(grad_half, slot.grad(self.x), slot)

        def backward() -> None:
            back_down()
            back_along()

        return Bound([forward], [backward])


class _Largest:
    """y = the largest of the pixels in each window along one axis, one pixel after the other."""

    def __init__(self, x: Array, y: Array, along: Along, axis: int, learns: bool) -> None:
        self.along, self.axis = along, axis
        self.y = y
        self.framed = framed(x, along, axis, -np.inf)
        self.x = x
        self.pixels = [pixels_at(self.framed.array, along, axis, j) for j in range(along.kernel)]
        stays = [np.empty(y.shape, np.bool_) for _ in self.pixels[1:]] if learns else []
        self.stays = stays      # whether the largest so far is as large as the next pixel

    def forward(self) -> None:
        if self.framed.inner is not None:
            np.copyto(self.framed.inner, self.x)
        largest = self.pixels[0]
        if len(self.pixels) == 1:
            np.copyto(self.y, largest)
        for place, pixel in enumerate(self.pixels[1:]):
            if self.stays:
                np.greater_equal(largest, pixel, out=self.stays[place])
            np.maximum(largest, pixel, out=self.y)
            largest = self.y

    def backward(self, grad: Array, grad_x: Array, slot: Slot) -> Call:
        """A function that hands grad back to the winners; grad is used up."""
        along, axis, stays = self.along, self.axis, self.stays
        alone = along.kernel == along.stride
        whole = alone and along.before == 0 and along.reach == along.image
        back = framed(grad_x, along, axis, 0) if not whole else None
        target = grad_x if back is None else back.array
        pixels = [pixels_at(target, along, axis, j) for j in range(along.kernel)]
        left = [slot.lane.scratch(f"what is left to hand back {k}", grad.shape) for k in (0, 1)]
        lost = slot.lane.scratch("what is handed back", grad.shape)

        def hand_back() -> None:
            if not alone or not whole:
                target[...] = 0
            rest = grad
            for place in range(len(stays), 0, -1):
                out = pixels[0] if alone and place == 1 else left[place % 2]
                np.multiply(rest, stays[place - 1], out=out)
                if alone:
                    np.subtract(rest, out, out=pixels[place])
                else:
                    np.subtract(rest, out, out=lost)
                    np.add(pixels[place], lost, out=pixels[place])
                rest = out
            if not alone:
                np.add(pixels[0], rest, out=pixels[0])
            elif not stays:
                np.copyto(pixels[0], rest)
            if back is not None and back.inner is not None:
                np.copyto(grad_x, back.inner)

        return hand_back


class AvgPool(Operation):
    """The sum of every window, divided by how many pixels it counts: counts (out_h, out_w)."""

    def __init__(self, x: Value, rows: Along, columns: Along, counts: Array) -> None:
        self.x, self.rows, self.columns = x, rows, columns
        self.y = Value((x.shape[0], rows.places, columns.places), learned=x.learned)
        self.shares = (1 / counts)[:, np.newaxis, :, np.newaxis]

    def bind(self, slot: Slot) -> Bound:
        x, y = slot.value(self.x), slot.value(self.y)
        half = np.empty((x.shape[0], x.shape[1], self.columns.places, slot.n), x.dtype)
        shares = self.shares.astype(x.dtype)
        along = _sums(x, half, self.columns, COLUMNS)
        down = _sums(half, y, self.rows, ROWS)

        def forward() -> None:
            along()
            down()
            np.multiply(y, shares, out=y)

        if not (slot.learns and self.x.learned):
            return Bound([forward], [nothing])
        grad, grad_x = slot.grad(self.y), slot.grad(self.x)
        share = slot.lane.scratch("share of a pool", grad.shape)
        grad_half = slot.lane.scratch("half of a pool", half.shape)
        back_down = _spread(share, grad_half, self.rows, ROWS)
        back_along = _spread(grad_half, grad_x, self.columns, COLUMNS)

        def backward() -> None:
            np.multiply(grad, shares, out=share)
            back_down()
            back_along()

        return Bound([forward], [backward])


def _sums(x: Array, y: Array, along: Along, axis: int) -> Call:
    frame = framed(x, along, axis, 0)
    pixels = [pixels_at(frame.array, along, axis, j) for j in range(along.kernel)]

    def add_up() -> None:
        if frame.inner is not None:
            np.copyto(frame.inner, x)
        np.copyto(y, pixels[0])
        for pixel in pixels[1:]:
            np.add(y, pixel, out=y)

    return add_up


def _spread(grad: Array, grad_x: Array, along: Along, axis: int) -> Call:
    frame = framed(grad_x, along, axis, 0)
    pixels = [pixels_at(frame.array, along, axis, j) for j in range(along.kernel)]

    def spread() -> None:
        frame.array[...] = 0
        for pixel in pixels:
            np.add(pixel, grad, out=pixel)
        if frame.inner is not None:
            np.copyto(grad_x, frame.inner)

    return spread


class Frame:
    """An image with its border along one axis, as far as the windows reach.

    inner: the image in it; None if there is no border and `array` is the image itself.
    """

    def __init__(self, array: Array, inner: Array | None) -> None:
        self.array, self.inner = array, inner


def framed(x: Array, along: Along, axis: int, fill: float) -> Frame:
    if along.before == 0 and along.reach <= along.image:
        return Frame(x, None)
    shape = list(x.shape)
    shape[axis] = max(along.reach, along.before + along.image)
    array = np.full(shape, fill, x.dtype)
    inner = (slice(None),) * axis + (slice(along.before, along.before + along.image),)
    return Frame(array, array[inner])


def pixels_at(x: Array, along: Along, axis: int, offset: int) -> Array:
    """Pixel number `offset` of every window."""
    end = offset + (along.places - 1) * along.stride + 1
    return x[(slice(None),) * axis + (slice(offset, end, along.stride),)]
