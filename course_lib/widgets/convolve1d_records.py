"""Convolution of two rows of numbers: flip the kernel, slide it, multiply, add."""

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from course_lib.arrays import Array
from course_lib.images import convolve1d
from course_lib.plots.palette import number
from course_lib.widgets import learner
from course_lib.widgets.returned import returned

_MOST = 40

Mode = Literal["full", "same", "valid"]


@dataclass(frozen=True)
class Convolve1DStep:
    """One place of the kernel; the first step only flips it.

    t: the place in the full result (None while flipping); first: that of y[0]. kernel: as it
    lies under x, left to right; left: the column of x under its first number (below 0: beside
    x). y: as far as it is known, nan elsewhere. words, sentence: what happens, the arithmetic.
    remark: how the learner's function compares; problem: why it cannot.
    """

    t: int | None
    first: int
    kernel: Array
    left: int
    products: Array
    y: Array
    words: str
    sentence: str
    remark: str
    problem: str


def convolve1d_steps(
    x: Any, kernel: Any, mode: Mode = "full", *, flip: bool = True, convolve: Any = None
) -> list[Convolve1DStep]:
    """y[t] = sum over s of x[t - s] k[s], place by place; x is 0 beside its ends.

    x (n,), kernel (F,), both up to 40 numbers. mode: as for images.convolve1d. flip=False slides
    the kernel as it is written (cross-correlation). convolve: the learner's function, called with
    x, kernel, mode. Raises ValueError for other shapes, numbers that are not finite and an
    unknown mode.
    """
    signal, weights = _row("x", x), _row("kernel", kernel)
    sliding = weights[::-1] if flip else weights
    y = convolve1d(signal, sliding[::-1], mode)
    # convolve1d has read mode; this is where in the full result the kept part begins.
    first = {"full": 0, "same": (len(weights) - 1) // 2, "valid": len(weights) - 1}[mode]
    mine, problem = None, ""
    if convolve is not None:
        mine, problem = returned(convolve, y.shape, signal, weights, mode, finite=False)
    walk = _Walk(signal, weights, sliding, y, first, mine, problem)
    return [walk.beginning(flip), *(walk.at(place) for place in range(len(y)))]


def _row(name: str, values: Any) -> Array:
    row = np.asarray(values, dtype=float)
    if row.ndim != 1 or not 1 <= row.size <= _MOST:
        raise ValueError(
            f"{name} expects one row of 1 to {_MOST} numbers; got shape {row.shape}."
        )
    if not np.isfinite(row).all():
        raise ValueError(f"{name} expects finite numbers; got nan or infinity among them.")
    return row


@dataclass(frozen=True)
class _Walk:
    x: Array
    written: Array
    sliding: Array
    y: Array
    first: int
    mine: Array | None
    problem: str

    def beginning(self, flip: bool) -> Convolve1DStep:
        row, turned = (", ".join(number(v, 4) for v in k) for k in (self.written, self.sliding))
        words = (
            f"The kernel {row} is flipped: {turned}. Then it slides from left to right."
            if flip else f"The kernel {row} slides as it is written: cross-correlation."
        )
        nothing = np.full(self.y.shape, np.nan)
        left = self.first - len(self.written) + 1
        blank = np.full(self.sliding.shape, np.nan)
        under = self.sliding, left, blank, nothing
        return Convolve1DStep(None, self.first, *under, words, "", "", self.problem)

    def at(self, place: int) -> Convolve1DStep:
        t = place + self.first
        left = t - len(self.sliding) + 1
        columns = left + np.arange(len(self.sliding))
        inside = (columns >= 0) & (columns < len(self.x))
        under = np.where(inside, self.x[np.clip(columns, 0, len(self.x) - 1)], 0.0)
        products = np.where(inside, under * self.sliding, np.nan)
        filled = np.where(np.arange(len(self.y)) <= place, self.y, np.nan)
        terms = [
            f"{_signed(a)}*{_signed(k)}"
            for a, k, there in zip(under, self.sliding, inside, strict=True) if there
        ]
        beside = int((~inside).sum())
        words = f"Place {place} of {len(self.y) - 1}."
        if beside:
            lie = "number of the kernel lies" if beside == 1 else "numbers of the kernel lie"
            words += f" {beside} {lie} beside x, where zeros are."
        total = number(self.y[place], 4)
        sentence = f"y[{place}] = {' + '.join(terms) or '0'} = {total}"
        remark = ""
        if self.mine is not None:
            remark = learner.comparison(self.mine[place], float(self.y[place]), f"y[{place}]")
        seen = t, self.first, self.sliding, left, products, filled
        return Convolve1DStep(*seen, words, sentence, remark, self.problem)


def _signed(value: float) -> str:
    text = number(value, 4)
    return f"({text})" if value < 0 else text
