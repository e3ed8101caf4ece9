"""Bias and activations: each number by itself, in the memory where it lies."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from course_lib import functional as F
from course_lib.arrays import Array
from course_lib.fast.operation import Bound, Operation, gather_into, nothing
from course_lib.fast.values import Lane, Slot, Value, in_three
from course_lib.layers import Dropout, Parameter


class Bias(Operation):
    """y = x + b, channel by channel, in place."""

    def __init__(self, x: Value, bias: Parameter) -> None:
        self.x, self.bias = x, bias

    def bind(self, slot: Slot) -> Bound:
        x, bias = in_three(slot.value(self.x)), self.bias

        def forward() -> None:
            np.add(x, bias.data[:, np.newaxis], out=x)

        if not slot.learns:
            return Bound([forward], [nothing])
        grad = in_three(slot.grad(self.x))
        total = slot.lane.sum_of(bias, bias.data.shape)
        ones = np.ones(grad.shape[2], grad.dtype)
        rows = slot.lane.scratch("rows of channels", grad.shape[:2])

        def backward() -> None:
            np.matmul(grad, ones, out=rows)
            np.add.reduce(rows, axis=0, out=total.target())
            total.add()

        return Bound([forward], [backward])

    def finish(self, lanes: Sequence[Lane]) -> None:
        gather_into(self.bias, lanes, self.bias)


class ReLU(Operation):
    """max(0, x), in place unless x is needed elsewhere."""

    def __init__(self, x: Value) -> None:
        self.x, self.y = x, over(x)
        self.y.busy = self.y.changed = True

    def bind(self, slot: Slot) -> Bound:
        x, y = in_three(slot.value(self.x)), in_three(slot.value(self.y))
        # A row of zeros: the comparison with a single number is three times slower.
        zeros = np.zeros(x.shape[2], x.dtype)

        def forward() -> None:
            np.maximum(x, zeros, out=y)

        if not (slot.learns and self.x.learned):
            return Bound([forward], [nothing])
        grad, grad_x = in_three(slot.grad(self.y)), in_three(slot.grad(self.x))
        mask = slot.own(y.shape, np.bool_)

        def backward() -> None:
            np.greater(y, zeros, out=mask)
            np.multiply(grad, mask, out=grad_x)

        return Bound([forward], [backward])


class Activation(Operation):
    """Any f with an f_backward of functional; f_backward looks at y if `by_output`, else at x."""

    def __init__(
        self,
        x: Value,
        f: Callable[[Array], Array],
        f_backward: Callable[[Array, Array], Array],
        by_output: bool,
    ) -> None:
        self.x, self.y = x, Value(x.shape, learned=x.learned)
        self.f, self.f_backward, self.by_output = f, f_backward, by_output
        x.busy = self.y.busy = True

    def bind(self, slot: Slot) -> Bound:
        x, y = slot.value(self.x), slot.value(self.y)

        def forward() -> None:
            np.copyto(y, self.f(x))

        if not (slot.learns and self.x.learned):
            return Bound([forward], [nothing])
        grad, grad_x = slot.grad(self.y), slot.grad(self.x)
        seen = y if self.by_output else x

        def backward() -> None:
            np.copyto(grad_x, self.f_backward(grad, seen))

        return Bound([forward], [backward])


class Drop(Operation):
    """x mask / (1 - p), with the mask that the layer would draw for the whole batch."""

    def __init__(self, x: Value, layer: Dropout) -> None:
        self.x, self.y, self.layer = x, over(x), layer
        self.y.changed = True
        self.drawn: Array | None = None

    def prepare(self, n: int, learns: bool) -> None:
        ones = np.ones((n, *self.x.shape), np.float32)
        _, mask = F.dropout(ones, self.layer.p, self.layer.training, rng=self.layer.rng)
        self.drawn = batch_last(mask) if self.layer.training else None

    def bind(self, slot: Slot) -> Bound:
        x, y = slot.value(self.x), slot.value(self.y)
        factor = np.asarray(1 / (1 - self.layer.p), x.dtype)
        mask = slot.own(x.shape)

        def forward() -> None:
            if self.drawn is None:
                np.copyto(y, x)
                return
            np.multiply(self.drawn[..., slot.begin : slot.begin + slot.n], factor, out=mask)
            np.multiply(x, mask, out=y)

        if not (slot.learns and self.x.learned):
            return Bound([forward], [nothing])
        grad, grad_x = slot.grad(self.y), slot.grad(self.x)

        def backward() -> None:
            if self.drawn is None:
                np.copyto(grad_x, grad)
            else:
                np.multiply(grad, mask, out=grad_x)

        return Bound([forward], [backward])


def over(x: Value) -> Value:
    """x itself, if it may be written over; else a value with memory of its own."""
    return Value(x.shape, learned=x.learned) if x.busy else x


def batch_last(array: Array) -> Array:
    """(N, C, H, W) -> (H, C, W, N), (N, F) -> (F, N): a view."""
    return array.transpose(2, 1, 3, 0) if array.ndim == 4 else array.T


def batch_first(array: Array) -> Array:
    """The reverse of batch_last: a view."""
    return array.transpose(3, 1, 0, 2) if array.ndim == 4 else array.T
