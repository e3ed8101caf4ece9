"""The convolution by row windows.

x (H, C, W, N) is laid out F_w times along the rows only, u[h, j] = the pixels that column j of
the filters meets in row h, so that u is (H, F_w C, out_w N). F_h rows of u, one after the other,
are then one matrix (F_h F_w C, out_w N) of patches, without any copy: a row of the output is one
matrix product. A full layout of patches would take F_h times the memory.
Letters as in functional.convolution; S strides, P borders, (rows, columns).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.lib.stride_tricks import as_strided

from course_lib.arrays import Array
from course_lib.fast.convolution_backward import GradX, grad_weight
from course_lib.fast.operation import Bound, Operation, gather, nothing
from course_lib.fast.unfolding import Along, unfold_calls
from course_lib.fast.values import Lane, Slot, Value, in_three
from course_lib.layers import Conv2d


class Geometry(NamedTuple):
    """Rows and columns, and the channels that a group reads and writes."""

    rows: Along
    columns: Along
    n_in: int
    n_out: int


class Convolution(Operation):
    """Every filter at every place, without the bias. Groups are convolutions side by side."""

    def __init__(self, x: Value, layer: Conv2d, rows: Along, columns: Along) -> None:
        self.x, self.layer, self.groups = x, layer, layer.groups
        n_out, n_in, *_ = layer.weight.data.shape
        self.geometry = Geometry(rows, columns, n_in, n_out // self.groups)
        self.y = Value((n_out, rows.places, columns.places), learned=True)
        self.y.in_rows = rows.kernel > 1
        x.busy = True       # the gradient by the weights needs x
        dtype = layer.weight.data.dtype
        shape = (self.groups, n_out // self.groups, rows.kernel, columns.kernel, n_in)
        self.matrices = np.empty(shape, dtype)
        self.back = [GradX(self.geometry, dtype) for _ in range(self.groups)]

    def prepare(self, n: int, learns: bool) -> None:
        """The weights as (K, F_h F_w C), the order of the patches, and for the way back."""
        split = self.layer.weight.data.reshape(self.groups, -1, *self.layer.weight.data.shape[1:])
        np.copyto(self.matrices, split.transpose(0, 1, 3, 4, 2))
        if learns and self.x.learned:
            for back, weight in zip(self.back, split, strict=True):
                back.prepare(weight)

    def bind(self, slot: Slot) -> Bound:
        bound = [_bind_group(self, slot, place) for place in range(self.groups)]
        if self.groups == 1:
            return bound[0]

        def forward() -> None:
            for group in bound:
                group.forward[0]()

        def backward() -> None:
            for group in bound:
                group.backward[0]()

        return Bound([forward], [backward])

    def finish(self, lanes: Sequence[Lane]) -> None:
        rows, columns, n_in, n_out = self.geometry
        shape = (rows.kernel, columns.kernel, n_in, n_out)
        grad = self.layer.weight.grad.reshape(self.groups, n_out, n_in, *shape[:2])
        for place in range(self.groups):
            total = gather(lanes, (self.layer.weight, place)).reshape(shape)
            np.copyto(grad[place], total.transpose(3, 2, 0, 1))


def _bind_group(convolution: Convolution, slot: Slot, place: int) -> Bound:
    geometry = convolution.geometry
    rows, columns, n_in, n_out = geometry
    x = slot.value(convolution.x)[:, place * n_in : (place + 1) * n_in]
    y = in_three(slot.value(convolution.y))[:, place * n_out : (place + 1) * n_out]
    matrix = convolution.matrices[place].reshape(n_out, -1)
    unfold, u = unfold_calls(x, rows, columns, slot, kept=slot.keeps)
    patches = windows(u, rows)

    def forward() -> None:
        for target, source in unfold:
            np.copyto(target, source)
        np.matmul(matrix, patches, out=y)

    if not slot.learns:
        return Bound([forward], [nothing])
    whole = slot.grad(convolution.y)[:, place * n_out : (place + 1) * n_out]
    grad = whole
    if convolution.groups > 1:      # the rows of a window must follow each other without gaps
        grad = slot.lane.scratch("gradient of a group", whole.shape)
    total = slot.lane.sum_of((convolution.layer.weight, place), (matrix.shape[1], n_out))
    into_total = grad_weight(patches, in_three(grad), slot.lane)
    again = [] if slot.keeps else unfold
    to_x = None
    if convolution.x.learned:
        grad_x = slot.grad(convolution.x)[:, place * n_in : (place + 1) * n_in]
        to_x = convolution.back[place].bind(grad, grad_x, slot.lane)

    def backward() -> None:
        if grad is not whole:
            np.copyto(grad, whole)
        for target, source in again:
            np.copyto(target, source)
        into_total(total.target())
        total.add()
        if to_x is not None:
            to_x()

    return Bound([forward], [backward])


def windows(u: Array, rows: Along) -> Array:
    """(H, F_w C, out_w N) seen as (out_h, F_h F_w C, out_w N): windows that overlap."""
    _, size, length = u.shape
    if rows.kernel == 1:
        return u[:: rows.stride][: rows.places]
    step = u.strides[0] // size     # rows lie without gaps
    shape = (rows.places, rows.kernel * size, length)
    return as_strided(u, shape, (u.strides[0] * rows.stride, step, u.strides[2]), writeable=False)
