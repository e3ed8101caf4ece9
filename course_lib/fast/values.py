"""What flows between operations, and the memory in which one group of samples flows.

The batch is the last axis: images are (H, C, W, N) and rows of features (F, N). Every copy, sum
and comparison then runs over long rows of neighbours, and a row of an image is a matrix
(C, W N) as a matrix product wants it.
"""

from __future__ import annotations

from collections.abc import Callable
from math import prod
from typing import Any

import numpy as np

from course_lib.arrays import Array

Shape = tuple[int, ...]
View = Callable[[Array], Array]


class Value:
    """The output of one operation and the input of others: a shape, (C, H, W) or (F,).

    learned: a gradient by it is of use. busy: somebody still needs its numbers, so nobody may
    write over them. changed: its gradient is changed in place on the way back, so nobody may
    share it. in_rows: its gradient must lie row by row, (H, C, W, N) without gaps.
    source, view: it lies in the memory of another value, and is seen so; shares_grad: as is its
    gradient.
    """

    def __init__(
        self,
        shape: Shape,
        *,
        learned: bool,
        source: Value | None = None,
        view: View | None = None,
        shares_grad: bool = True,
    ) -> None:
        self.shape = shape
        self.learned = learned
        self.busy = self.changed = self.in_rows = False
        self.channels_first = False
        self.source, self.view = source, view
        self.grad_source = source if shares_grad else None

    @property
    def root(self) -> Value:
        """The value in whose memory this one lies."""
        return self.source.root if self.source else self

    @property
    def is_image(self) -> bool:
        return len(self.shape) == 3

    def stored(self, make: Callable[..., Array], n: int, dtype: Any) -> Array:
        """Memory for n samples, seen as (H, C, W, n) or (F, n)."""
        if not self.is_image:
            return make((*self.shape, n), dtype)
        channels, height, width = self.shape
        if self.channels_first:
            return make((channels, height, width, n), dtype).transpose(1, 0, 2, 3)
        return make((height, channels, width, n), dtype)


class Lane:
    """What belongs to the groups of samples that are worked on one after the other.

    Sums of gradients are gathered here in a fixed order, so they do not depend on threads.
    first: the gradients of the group now at work are the first of their sums.
    """

    def __init__(self, dtype: Any) -> None:
        self.dtype = dtype
        self.first = True
        self._scratch: dict[str, Array] = {}
        self._sums: dict[Any, Array] = {}

    def scratch(self, role: str, shape: Shape) -> Array:
        """Memory that holds its numbers only until an operation with the same role runs."""
        size = prod(shape)
        found = self._scratch.get(role)
        if found is None or found.size < size:
            found = self._scratch[role] = np.empty(size, self.dtype)
        return found[:size].reshape(shape)

    def sum_of(self, key: Any, shape: Shape) -> Sum:
        """Where the gradients for `key` are added up."""
        if key not in self._sums:
            self._sums[key] = np.empty(shape, self.dtype)
        return Sum(self, self._sums[key])

    def gathered(self, key: Any) -> Array:
        return self._sums[key]


class Sum:
    """A sum over the groups of a lane: write to `target()`, then call `add()`."""

    def __init__(self, lane: Lane, total: Array) -> None:
        self.lane, self.total = lane, total
        self.fresh = lane.scratch("gradient", total.shape)

    def target(self) -> Array:
        return self.total if self.lane.first else self.fresh

    def add(self) -> None:
        if not self.lane.first:
            np.add(self.total, self.fresh, out=self.total)


class Slot:
    """The numbers of one group of n samples: every value and its gradient.

    learns: a backward pass will follow. keeps: the numbers of the forward pass stay until then
    without another group in between, so that operations may keep what they laid out.
    begin: the place of the group's first sample in the batch.
    """

    def __init__(self, lane: Lane, n: int, *, learns: bool, keeps: bool) -> None:
        self.lane, self.n, self.learns, self.keeps = lane, n, learns, keeps
        self.begin = 0
        self._values: dict[Value, Array] = {}
        self._grads: dict[Value, Array] = {}

    def value(self, value: Value) -> Array:
        """(H, C, W, n) or (F, n)."""
        return self._found(self._values, value, value.source)

    def grad(self, value: Value) -> Array:
        """The gradient of the loss by the value."""
        return self._found(self._grads, value, value.grad_source)

    def own(self, shape: Shape, dtype: Any = None) -> Array:
        """Memory of this slot, zero at first."""
        return np.zeros(shape, dtype or self.lane.dtype)

    def put(self, value: Value, array: Array) -> None:
        """Let the value be this array from now on."""
        self._values[value] = array

    def _found(self, kept: dict[Value, Array], value: Value, source: Value | None) -> Array:
        if value not in kept:
            if source is not None:
                array = self._found(
                    kept, source, source.source if kept is self._values else source.grad_source
                )
                kept[value] = value.view(array) if value.view else array
            else:
                kept[value] = value.stored(np.empty, self.n, self.lane.dtype)
        return kept[value]


def in_three(array: Array) -> Array:
    """(H, C, W, n) -> (H, C, W n), a view; rows (F, n) -> (1, F, n)."""
    if array.ndim == 2:
        return array[np.newaxis]
    height, channels, width, n = array.shape
    return array.reshape(height, channels, width * n)
