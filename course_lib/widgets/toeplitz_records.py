"""A convolution written as one matrix: which number of the kernel stands where, and why."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from course_lib.arrays import Array
from course_lib.functional import convolution_matrix
from course_lib.plots.palette import number
from course_lib.widgets import learner
from course_lib.widgets.returned import returned

_MOST = 64

Matrix = Callable[[Array, tuple[int, int], int, int], Any]


@dataclass(frozen=True)
class Toeplitz:
    """weight (F_h, F_w) on an image (H, W): y.ravel() = matrix @ x.ravel().

    matrix (out_h out_w, H W). place: of the same shape, which number of weight.ravel() an entry
    is, -1 for the zeros around them. out_size: (out_h, out_w). words: about the whole matrix.
    remark: how the learner's matrix compares; problem: why it cannot.
    """

    weight: Array
    image_size: tuple[int, int]
    stride: int
    padding: int
    out_size: tuple[int, int]
    matrix: Array
    place: Array
    words: str
    remark: str
    problem: str

    def sentence(self, row: int, column: int) -> str:
        """What the entry says, with its pixel of y, its pixel of x, its number of the kernel."""
        y = divmod(row, self.out_size[1])
        x = divmod(column, self.image_size[1])
        start = (
            f"M[{row}, {column}]: row {row} is y[{y[0]}, {y[1]}], column {column} is "
            f"x[{x[0]}, {x[1]}]. "
        )
        place = int(self.place[row, column])
        if place < 0:
            return start + "The kernel does not reach from one to the other, so the entry is 0."
        i, j = divmod(place, self.weight.shape[1])
        return start + f"Between them lies weight[{i}, {j}] = {number(self.weight[i, j], 4)}."


def toeplitz(
    weight: Any, image_size: tuple[int, int] = (4, 4), stride: int = 1, padding: int = 0, *,
    matrix: Matrix | None = None,
) -> Toeplitz:
    """The matrix M of functional.convolution_matrix for one filter and one channel, explained.

    weight (F_h, F_w); image_size, stride, padding: as for convolution_matrix. At most 64 rows and
    columns. matrix: the learner's function of (1, 1, F_h, F_w) weights, image_size, stride and
    padding. Raises ValueError for other shapes, a stride that does not fit, and a matrix too
    large to look at. Source: TUM 002:962-974, Wuppertal 001:257-258 and 367-369.
    """
    kernel = np.asarray(weight, dtype=float)
    if kernel.ndim != 2 or not kernel.size:
        raise ValueError(f"weight expects shape (F_h, F_w); got shape {kernel.shape}.")
    if not np.isfinite(kernel).all():
        raise ValueError("weight expects finite numbers; got nan or infinity among them.")
    settings = image_size, stride, padding
    filters = kernel[np.newaxis, np.newaxis]
    entries = convolution_matrix(filters, *settings)
    if max(entries.shape) > _MOST:
        raise ValueError(
            f"The matrix would have {entries.shape[0]} rows and {entries.shape[1]} columns; up to "
            f"{_MOST} can be read. Use a smaller image_size."
        )
    # The places counted from 1 go through the same function, so that a 0 in the kernel is told
    # from the zeros around it.
    places = np.arange(1.0, kernel.size + 1).reshape(filters.shape)
    place = convolution_matrix(places, *settings).astype(int) - 1
    sizes = [
        (length + 2 * padding - width) // stride + 1
        for length, width in zip(image_size, kernel.shape, strict=True)
    ]
    remark, problem = _compared(matrix, filters, settings, entries)
    return Toeplitz(
        kernel, (int(image_size[0]), int(image_size[1])), stride, padding, (sizes[0], sizes[1]),
        entries, place, _words(kernel, place), remark, problem,
    )


def _words(kernel: Array, place: Array) -> str:
    used = int((place >= 0).sum())
    return (
        f"M has {place.shape[0]} rows, one for each pixel of y, and {place.shape[1]} columns, one "
        f"for each pixel of x. {used} of its {place.size} entries are the {kernel.size} "
        f"{'number' if kernel.size == 1 else 'numbers'} of the kernel again and again; the other "
        f"{place.size - used} are 0, where a pixel is out of reach."
    )


def _compared(
    matrix: Matrix | None, filters: Array, settings: tuple[tuple[int, int], int, int],
    expected: Array,
) -> tuple[str, str]:
    if matrix is None:
        return "", ""
    mine, problem = returned(matrix, ("rows", "columns"), filters, *settings, finite=False)
    if mine is None:
        return "", problem
    name = learner.name_of(matrix)
    if mine.shape != expected.shape:
        turned = " Is it transposed?" if mine.shape == expected.shape[::-1] else ""
        return "", (
            f"Your {name} must return shape {expected.shape}, a row for each pixel of y; got "
            f"{mine.shape}.{turned}"
        )
    wrong = ~np.isclose(mine, expected, rtol=1e-6, atol=1e-9)
    if not wrong.any():
        return f"Your {name} agrees in every entry.", ""
    if np.allclose(mine, convolution_matrix(filters[..., ::-1, ::-1], *settings)):
        return f"Your {name} flips the kernel: a true convolution, not a correlation.", ""
    row, column = (int(place) for place in np.argwhere(wrong)[0])
    return (
        f"Your {name} differs in {int(wrong.sum())} of {wrong.size} entries, first at M[{row}, "
        f"{column}]: {number(mine[row, column], 4)}; expected {number(expected[row, column], 4)}."
    ), ""
