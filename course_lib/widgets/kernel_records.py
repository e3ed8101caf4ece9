"""A kernel on a photograph: the filtered image, what the kernel's sum says, a spreadsheet of it."""

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from course_lib.arrays import Array
from course_lib.images import correlate, kernel
from course_lib.plots.palette import number
from course_lib.widgets import learner
from course_lib.widgets.returned import returned

_LARGEST_SIDE = 512
_GREY = np.array([0.299, 0.587, 0.114])  # ITU-R BT.601

Filter = Callable[[Array, Array], Any]


@dataclass(frozen=True)
class Filtered:
    """image (H, W), kernel (F, F) with an odd F, and y (H, W), zeros beyond the border.

    signed: whether the kernel's numbers add up to 0, so that y lies around 0. words: what the sum
    means. remark: how the learner's function compares; problem: why it cannot.
    """

    image: Array
    kernel: Array
    y: Array
    signed: bool
    words: str
    remark: str
    problem: str


def named_kernels() -> dict[str, list[list[float]]]:
    """The kernels to choose from, by name, as lists of rows."""
    identity = np.zeros((3, 3))
    identity[1, 1] = 1
    found = {"identity": identity}
    for name in ("box", "gaussian", "sharpen", "edge", "laplacian", "sobel_x", "sobel_y"):
        found[name] = kernel(name)
    found["box 5 x 5"], found["gaussian 5 x 5"] = kernel("box", 5), kernel("gaussian", 5)
    return {name: numbers.tolist() for name, numbers in found.items()}


def filtered(image: Any, weights: Any, *, convolve: Filter | None = None) -> Filtered:
    """y[r, c] = sum of image[r + i, c + j] kernel[i, j], the kernel's middle on the pixel.

    image: (H, W), (1, H, W) or (3, H, W), made grey. weights: a name of named_kernels, or (F, F)
    numbers, F 1, 3, 5 or 7. convolve: the learner's function of image and kernel; it must return
    (H, W) too, or its inner part (H - F + 1, W - F + 1). Raises ValueError for other shapes.
    """
    grey, used = _grey(image), _kernel(weights)
    y = correlate(grey, used, "same")
    total, size = float(used.sum()), float(np.abs(used).sum())
    signed = bool(abs(total) <= 1e-9 * size) and size > 0
    remark, problem = _compared(convolve, grey, used, y)
    return Filtered(grey, used, y, signed, _words(total, signed), remark, problem)


def kernel_csv(
    image: Any, weights: Any, *, side: int = 12, formulas: bool = True, separator: str = ","
) -> str:
    """The spreadsheet task: a corner of the image, the kernel, the result, as text of a CSV file.

    side: rows and columns of the corner. formulas: the result as sums of products that follow
    when a number is changed (plain + and *, so that they work in every language); else numbers.
    separator: "," or ";", as the spreadsheet program wants it. Source: Ingolstadt 003:188-196.
    Raises ValueError as filtered does, and for a side that the kernel does not fit into.
    """
    grey, used = _grey(image), _kernel(weights)
    corner = np.round(255 * grey[:side, :side])
    size = len(used)
    if min(corner.shape) < size:
        raise ValueError(
            f"side expects at least the kernel's {size} rows; got {min(corner.shape)}."
        )
    below = len(corner) + 2  # "image", its rows, "kernel"
    result = correlate(corner, used, "valid")
    rows: list[list[Any]] = [["image, 0 to 255"], *corner.astype(int).tolist(), ["kernel"]]
    rows += [*used.tolist(), ["result (the kernel as it is written, only where it fits)"]]
    for r, values in enumerate(result):
        cells = (_formula(r, c, size, below) for c in range(len(values)))
        rows.append(list(cells) if formulas else [float(value) for value in values])
    text = io.StringIO()
    csv.writer(text, delimiter=separator, lineterminator="\n").writerows(rows)
    return text.getvalue()


def _formula(row: int, column: int, size: int, below: int) -> str:
    terms = [
        f"{_letter(column + j)}{row + i + 2}*${_letter(j)}${below + i + 1}"
        for i in range(size) for j in range(size)
    ]
    return "=" + "+".join(terms)


def _letter(column: int) -> str:
    """A, B, ... Z, AA: the names of columns in a spreadsheet."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def _grey(image: Any) -> Array:
    picture = np.asarray(image, dtype=float)
    if picture.ndim == 3 and picture.shape[0] == 3:
        picture = np.tensordot(_GREY, picture, axes=1)
    if picture.ndim == 3 and picture.shape[0] == 1:
        picture = picture[0]
    if picture.ndim != 2 or not picture.size or max(picture.shape) > _LARGEST_SIDE:
        raise ValueError(
            "image expects shape (H, W), (1, H, W) or (3, H, W) with sides up to "
            f"{_LARGEST_SIDE}; got shape {np.shape(image)}."
        )
    if not np.isfinite(picture).all():
        raise ValueError("image expects finite numbers; got nan or infinity among them.")
    return picture


def _kernel(weights: Any) -> Array:
    if isinstance(weights, str):
        known = named_kernels()
        if weights not in known:
            raise ValueError(f"kernel expects one of {', '.join(known)}; got {weights!r}.")
        weights = known[weights]
    used = np.asarray(weights, dtype=float)
    if used.ndim != 2 or used.shape[0] != used.shape[1] or used.shape[0] not in (1, 3, 5, 7):
        raise ValueError(
            f"kernel expects shape (F, F) with F 1, 3, 5 or 7; got shape {used.shape}."
        )
    if not np.isfinite(used).all():
        raise ValueError("kernel expects finite numbers; got nan or infinity among them.")
    return used


def _words(total: float, signed: bool) -> str:
    if signed:
        return (
            "The kernel's numbers add up to 0: where the image is flat, nothing is left. "
            "Purple is above 0, orange below."
        )
    if abs(total - 1) < 1e-6:
        return "The kernel's numbers add up to 1: the brightness stays."
    change = "brighter" if total > 1 else "negative" if total < 0 else "darker"
    return f"The kernel's numbers add up to {number(total)}: the image gets {change}."


def _compared(convolve: Filter | None, image: Array, used: Array, y: Array) -> tuple[str, str]:
    if convolve is None:
        return "", ""
    mine, problem = returned(convolve, ("rows", "columns"), image, used, finite=False)
    if mine is None:
        return "", problem
    edge = len(used) // 2
    inner = y[edge : len(y) - edge, edge : y.shape[1] - edge]
    expected = inner if mine.shape == inner.shape else y
    name = learner.name_of(convolve)
    if mine.shape != expected.shape:
        return "", (
            f"Your {name} must return shape {y.shape}, or {inner.shape} without the border; "
            f"got {mine.shape}."
        )
    wrong = ~np.isclose(mine, expected, rtol=1e-6, atol=1e-9)
    if not wrong.any():
        return f"Your {name} agrees at every pixel.", ""
    mode = "same" if mine.shape == y.shape else "valid"
    if np.allclose(mine, correlate(image, used[::-1, ::-1], mode)):
        return f"Your {name} flips the kernel: a true convolution, not a correlation.", ""
    return f"Your {name} differs at {int(wrong.sum())} of {wrong.size} pixels.", ""
