"""A border around an image, by each of the five rules, and where its pixels come from."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from course_lib.arrays import Array, expect_whole
from course_lib.images import pad2d
from course_lib.images.padding import MODES
from course_lib.plots.palette import number
from course_lib.widgets import learner
from course_lib.widgets.returned import returned

_LARGEST = 8
_WIDEST = 4

Pad = Callable[[Array, int, str], Any]

WORDS = {
    "zero": "zero: beyond the border there is 0, as most CNNs have it.",
    "wrap": "wrap: the image repeats, so beyond the left border stands its right side.",
    "clamp": "clamp: the pixels at the edge repeat outward.",
    "mirror": "mirror: mirrored at the border, so the edge pixels come twice in a row.",
    "reflect": "reflect: mirrored at the edge pixels, which therefore come once.",
}


@dataclass(frozen=True)
class Padded:
    """image (H, W) and padded (H + 2P, W + 2P), its border by `mode`.

    rows (H + 2P,), columns (W + 2P,): which row and column of the image is seen at each place
    (-1: none). words: the rule. remark: how the learner's function compares; problem: why it
    cannot.
    """

    image: Array
    mode: str
    padding: int
    padded: Array
    rows: Array
    columns: Array
    words: str
    remark: str
    problem: str


def padded_image(
    image: Any, padding: int = 2, mode: str = "zero", *, pad: Pad | None = None
) -> Padded:
    """The image with a border of `padding` pixels, as images.pad2d makes it.

    image (H, W), sides up to 8; padding from 0 to 4; mode: zero, wrap, clamp, mirror or reflect.
    pad: the learner's function, called with image, padding, mode. Raises ValueError for other
    shapes, paddings and modes, TypeError for a padding that is not whole.
    """
    pixels = _pixels("image", image, 2)
    expect_whole("padding", padding, least=0)
    if padding > _WIDEST:
        raise ValueError(f"padding expects at most {_WIDEST} pixels here; got {padding}.")
    padded = pad2d(pixels, padding, mode)
    rows, columns = (_sources(length, padding, mode) for length in pixels.shape)
    remark, problem = _compared(pad, pixels, padding, mode, padded)
    seen = padded, rows, columns
    return Padded(pixels, mode, padding, *seen, WORDS[mode], remark, problem)


def padded_rows(row: Any, padding: int = 2) -> dict[str, Array]:
    """For each of the five rules, the row (n,) with `padding` numbers more at both ends."""
    numbers = _pixels("row", row, 1)
    line = numbers[np.newaxis]
    return {mode: pad2d(line, (0, padding), mode)[0] for mode in MODES}


def _sources(length: int, padding: int, mode: str) -> Array:
    """Padding the places themselves, counted from 1, tells where each number comes from."""
    places = np.arange(1.0, length + 1)[np.newaxis]
    return pad2d(places, (0, padding), mode)[0].astype(int) - 1


def _pixels(name: str, values: Any, ndim: int) -> Array:
    numbers = np.asarray(values, dtype=float)
    if numbers.ndim != ndim or not numbers.size or max(numbers.shape) > _LARGEST:
        wanted = "(H, W) with sides" if ndim == 2 else "(n,) with a length"
        raise ValueError(
            f"{name} expects shape {wanted} up to {_LARGEST}, so that its numbers can be read; "
            f"got shape {numbers.shape}."
        )
    if not np.isfinite(numbers).all():
        raise ValueError(f"{name} expects finite numbers; got nan or infinity among them.")
    return numbers


def _compared(
    pad: Pad | None, image: Array, padding: int, mode: str, padded: Array
) -> tuple[str, str]:
    if pad is None:
        return "", ""
    mine, problem = returned(pad, padded.shape, image, padding, mode, finite=False)
    if mine is None:
        return "", problem
    name = learner.name_of(pad)
    wrong = ~np.isclose(mine, padded, rtol=1e-6, atol=1e-9)
    if not wrong.any():
        return f"Your {name} agrees at every pixel.", ""
    for other in MODES:
        if np.allclose(mine, pad2d(image, padding, other)):
            return f"Your {name} makes the border of '{other}' where '{mode}' is asked for.", ""
    row, column = (int(place) for place in np.argwhere(wrong)[0])
    return (
        f"Your {name} differs at {int(wrong.sum())} of {wrong.size} pixels, first at row "
        f"{row - padding}, column {column - padding}: {number(mine[row, column], 4)}; expected "
        f"{number(padded[row, column], 4)}."
    ), ""
