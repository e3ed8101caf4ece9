"""The gradients of the convolution by row windows.

By the weights: patches times gradients, row by row of the output, and the rows added up.
By x: row h of the laid out gradient is a sum over the rows of the output that saw it, so again
a window of rows, times the filters with their rows in reverse order. Then the columns fold.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.lib.stride_tricks import as_strided

from course_lib.arrays import Array
from course_lib.fast.unfolding import Along, fold
from course_lib.fast.values import Lane

if TYPE_CHECKING:
    from course_lib.fast.convolution import Geometry

AT_ONCE = 1 << 16
"""So many numbers of partial sums are made at once; they should stay in the nearest cache."""


def grad_weight(patches: Array, grad: Array, lane: Lane) -> Callable[[Array], None]:
    """A function that writes the sum over rows h of patches[h] grad[h]^T, (F F C, K).

    patches (out_h, F F C, out_w n), grad (out_h, K, out_w n). This order of the factors is much
    the faster one of the two.
    """
    height, size, n_out = len(patches), patches.shape[1], grad.shape[1]
    turned = grad.transpose(0, 2, 1)
    if height == 1:
        return lambda total: _product(patches[0], turned[0], total)
    step = min(height, max(1, AT_ONCE // (size * n_out)))
    parts = lane.scratch("parts of a gradient", (step, size, n_out))
    more = lane.scratch("rows of a gradient", (size, n_out))
    chunks = [
        (patches[h : h + step], turned[h : h + step], parts[: min(step, height - h)])
        for h in range(0, height, step)
    ]

    def write(total: Array) -> None:
        for place, (left, right, out) in enumerate(chunks):
            if step == 1:
                np.matmul(left[0], right[0], out=total if place == 0 else more)
            else:
                np.matmul(left, right, out=out)
                np.add.reduce(out, axis=0, out=total if place == 0 else more)
            if place:
                np.add(total, more, out=total)

    return write


def _product(left: Array, right: Array, out: Array) -> None:
    np.matmul(left, right, out=out)


class Rows(NamedTuple):
    """Rows of x that see equally many rows of the output: x rows, output rows, filter rows."""

    x: slice
    first_output: int
    filters: tuple[int, ...]    # one row of the filters for each row of the output, in its order
    length: int


def rows_alike(rows: Along) -> list[Rows]:
    """All rows of x, in runs whose filter rows are the same and whose outputs move on by one."""
    seen: dict[int, tuple[int, tuple[int, ...]]] = {}
    for h in range(rows.image):
        padded = h + rows.before
        first = max(0, -((rows.kernel - 1 - padded) // rows.stride))
        last = min(rows.places - 1, padded // rows.stride)
        outputs = range(first, last + 1)
        seen[h] = first, tuple(padded - rows.stride * o for o in outputs)
    runs: list[Rows] = []
    for phase in range(rows.stride):
        for h in range(phase, rows.image, rows.stride):
            first, filters = seen[h]
            last_run = runs[-1] if runs else None
            goes_on = (
                last_run is not None
                and last_run.filters == filters
                and last_run.first_output + last_run.length == first
                and last_run.x.start + last_run.length * rows.stride == h
            )
            if goes_on and last_run is not None:
                length = last_run.length + 1
                runs[-1] = last_run._replace(
                    length=length, x=slice(last_run.x.start, h + 1, rows.stride)
                )
            else:
                runs.append(Rows(slice(h, h + 1, rows.stride), first, filters, 1))
    return runs


class GradX:
    """The gradient by x. `prepare` turns the filters once a batch; `bind` makes the calls."""

    def __init__(self, geometry: Geometry, dtype: Any) -> None:
        rows, columns, n_in, n_out = geometry
        self.geometry, self.runs = geometry, rows_alike(rows)
        kinds = sorted({run.filters for run in self.runs if run.filters})
        self.turned = {
            filters: np.empty((columns.kernel, n_in, len(filters), n_out), dtype)
            for filters in kinds
        }

    def prepare(self, weight: Array) -> None:
        """weight (K, C, F_h, F_w) -> for each kind of row (F_w C, rows K)."""
        for filters, matrix in self.turned.items():
            np.copyto(matrix, weight[:, :, list(filters)].transpose(3, 1, 2, 0))

    def bind(self, grad: Array, grad_x: Array, lane: Lane) -> Callable[[], None]:
        """A function that writes grad_x (H, C, W, n), given grad (out_h, K, out_w, n)."""
        _, columns, n_in, n_out = self.geometry
        height, _, _, n = grad_x.shape
        length = columns.places * n
        plain = columns.is_plain
        size = columns.kernel * n_in
        shape = (height, size, length)
        u = grad_x.reshape(shape) if plain else lane.scratch("patches back", shape)
        products = []
        empty = [u[run.x] for run in self.runs if not run.filters]
        for run in self.runs:
            if run.filters:
                matrix = self.turned[run.filters].reshape(size, len(run.filters) * n_out)
                products.append((matrix, _windows(grad, run, length), u[run.x]))
        wide = u.reshape(height, columns.kernel, n_in, columns.places, n)

        def to_x() -> None:
            for unseen in empty:
                unseen[...] = 0
            for matrix, window, out in products:
                np.matmul(matrix, window, out=out)
            if not plain:
                fold(wide, grad_x, columns)

        return to_x


def _windows(grad: Array, run: Rows, length: int) -> Array:
    """(out_h, K, out_w, n) seen as (count, rows K, out_w n), beginning where the run begins."""
    begin = grad[run.first_output :]
    n_out, n_rows = grad.shape[1], len(run.filters)
    if n_rows == 1:
        return begin.reshape(len(begin), n_out, length)[: run.length]
    shape = (run.length, n_rows * n_out, length)
    strides = (grad.strides[0], grad.strides[1], grad.strides[3])
    return as_strided(begin, shape, strides, writeable=False)
