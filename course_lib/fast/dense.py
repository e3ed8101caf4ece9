"""The fully connected layer, and a convolution that has a single place: matrix products."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from course_lib.fast.operation import Bound, Operation, gather_into, nothing
from course_lib.fast.values import Lane, Slot, Value
from course_lib.layers import Parameter


class Dense(Operation):
    """Y = W X, with X (in, N) and Y (out, N). W is the weight, read as a matrix (out, in)."""

    def __init__(self, x: Value, weight: Parameter) -> None:
        self.x, self.weight = x, weight
        self.shape = (len(weight.data), weight.data[0].size)
        self.y = Value(self.shape[:1], learned=True)

    def bind(self, slot: Slot) -> Bound:
        x, y, shape = slot.value(self.x), slot.value(self.y), self.shape
        weight = self.weight

        def forward() -> None:
            # The input may be an array of the caller's, a new one for each group.
            np.matmul(weight.data.reshape(shape), slot.value(self.x), out=y)

        if not slot.learns:
            return Bound([forward], [nothing])
        grad, total = slot.grad(self.y), slot.lane.sum_of(weight, shape)
        grad_x = slot.grad(self.x) if self.x.learned else None
        del x

        def backward() -> None:
            np.matmul(grad, slot.value(self.x).T, out=total.target())
            total.add()
            if grad_x is not None:
                np.matmul(weight.data.reshape(shape).T, grad, out=grad_x)

        return Bound([forward], [backward])

    def finish(self, lanes: Sequence[Lane]) -> None:
        gather_into(self.weight, lanes, self.weight)
