"""Volumes W x H x D as boxes: what a convolution layer reads and writes."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch, Polygon

from course_lib.arrays import Array
from course_lib.plots.canvas import figure_of
from course_lib.plots.palette import INK, VERMILION

Shape = tuple[int, int, int]  # W, H, D
_LARGEST = 1.5  # inches of the largest side
_DEEPEST = 2.5
_SLANT = np.array([0.55, 0.4])  # where one inch of depth goes: right and up
_GAP = 1.3
_COLUMN = 9.4  # inches of a notebook's column: what is wider is shown smaller, its words too
_LARGEST_WORDS = 1.6


@dataclass(frozen=True)
class _Box:
    """A box in oblique view, in inches: left edge, middle of the front, sides."""

    left: float
    centre: float
    width: float
    height: float
    depth: float

    @property
    def right(self) -> float:
        return float(self.left + self.width + self.depth * _SLANT[0])

    @property
    def top(self) -> float:
        return float(self.centre + self.height / 2 + self.depth * _SLANT[1])

    @property
    def front(self) -> Array:
        """Bottom left, bottom right, top right, top left; shape (4, 2)."""
        low, high = self.centre - self.height / 2, self.centre + self.height / 2
        near, far = self.left, self.left + self.width
        return np.array([[near, low], [far, low], [far, high], [near, high]])

    def part(self, x: float, y: float, width: float, height: float) -> "_Box":
        """The piece through the full depth; fractions of the front, from its top left corner."""
        return _Box(
            self.left + x * self.width,
            self.centre + (0.5 - y - height / 2) * self.height,
            width * self.width,
            height * self.height,
            self.depth,
        )


def draw_volume(
    shapes: Sequence[Shape],
    *,
    labels: Sequence[str] | None = None,
    steps: Sequence[str] | None = None,
    window: tuple[int, int] | None = None,
    title: str | None = None,
    ax: Axes | None = None,
) -> Figure:
    """A row of boxes, one per volume, joined by arrows; each says its W x H x D.

    shapes: (W, H, D) as in the decks, D = channels: an array x in the order (N, D, H, W) has the
        volume (x.shape[3], x.shape[2], x.shape[1]).
    labels: a name under each box. steps: what each arrow does, one less than boxes.
    window: (F_w, F_h), drawn in the first box through its full depth, with the one cell of the
        second box that it feeds.
    Sides are drawn by their square root: 224 and 7 both fit, and larger stays larger.
    Raises ValueError for sides below 1 and for lists of the wrong length.
    """
    _check(shapes, labels, steps, window)
    boxes = _boxes(shapes)
    top = max(box.top for box in boxes)
    bottom = -max(box.height for box in boxes) / 2
    size = _size_of_words(boxes[-1].right) if ax is None else 1.0
    fig, ax = _canvas(ax, boxes[-1].right, bottom, top)
    for index, box in enumerate(boxes):
        _draw(ax, box)
        words = " \N{MULTIPLICATION SIGN} ".join(map(str, shapes[index]))
        name = f"\n{labels[index]}" if labels is not None else ""
        middle = (box.left + box.right) / 2
        ax.text(middle, bottom - 0.1, words + name, ha="center", va="top", fontsize=11 * size)
    if window is not None:
        _draw_window(ax, boxes, shapes, window)
    # The lines of a window stand for the first arrow.
    for before, after in list(pairwise(boxes))[int(window is not None) :]:
        _arrow(ax, before, after)
    for index, words in enumerate(steps or ()):
        middle = (boxes[index].right + boxes[index + 1].left) / 2
        ax.text(middle, top + 0.08, words, ha="center", va="bottom", fontsize=10 * size)
    if title is not None:
        ax.set_title(title, fontsize=12)
    return fig


def _check(
    shapes: Sequence[Shape],
    labels: Sequence[str] | None,
    steps: Sequence[str] | None,
    window: tuple[int, int] | None,
) -> None:
    if not len(shapes) or any(np.shape(shape) != (3,) or min(shape) < 1 for shape in shapes):
        raise ValueError(
            "draw_volume expects a list of volumes (W, H, D) with sides of at least 1; "
            f"got {list(shapes)}. Did you mean draw_volume([(32, 32, 3)])?"
        )
    for name, words, wanted in (("labels", labels, 0), ("steps", steps, 1)):
        if words is not None and len(words) != len(shapes) - wanted:
            raise ValueError(
                f"draw_volume expects {len(shapes) - wanted} {name} for {len(shapes)} volumes; "
                f"got {len(words)}."
            )
    if window is not None and (window[0] > shapes[0][0] or window[1] > shapes[0][1]):
        raise ValueError(
            f"draw_volume expects a window that fits into the first volume {shapes[0]}; "
            f"got {window}."
        )


def _boxes(shapes: Sequence[Shape]) -> list[_Box]:
    unit = _LARGEST / sqrt(max(max(w, h) for w, h, _ in shapes))
    boxes: list[_Box] = []
    left = 0.0
    for w, h, d in shapes:
        box = _Box(left, 0.0, unit * sqrt(w), unit * sqrt(h), min(unit * sqrt(d), _DEEPEST))
        boxes.append(box)
        left = box.right + _GAP
    return boxes


def _size_of_words(right: float) -> float:
    """How much larger than usual words are written, so that they can be read in the column."""
    return min(max(right / _COLUMN, 1.0), _LARGEST_WORDS)


def _canvas(ax: Axes | None, right: float, bottom: float, top: float) -> tuple[Figure, Axes]:
    if ax is None:
        fig = Figure(figsize=(right + 0.8, top - bottom + 1.0))
        ax = fig.add_axes((0, 0, 1, 1))
    else:
        fig = figure_of(ax)
    ax.set_xlim(-0.4, right + 0.4)
    ax.set_ylim(bottom - 0.6, top + 0.4)
    ax.set_aspect("equal")
    ax.axis("off")
    return fig, ax


def _draw(ax: Axes, box: _Box, *, marked: bool = False) -> None:
    front = box.front
    back = front + box.depth * _SLANT
    colour = VERMILION if marked else INK
    fills = ("#FFF3C4", "#FFF3C4", "#FFE9A0") if marked else ("#E3EEF5", "#F6FAFC", "#C9DCE8")
    faces = (
        front,
        np.array([front[3], front[2], back[2], back[3]]),
        np.array([front[1], front[2], back[2], back[1]]),
    )
    for corners, fill in zip(faces, fills, strict=True):
        width = 2.0 if marked else 1.2
        ax.add_patch(Polygon(corners, facecolor=fill, edgecolor=colour, linewidth=width))


def _draw_window(
    ax: Axes, boxes: Sequence[_Box], shapes: Sequence[Shape], window: tuple[int, int]
) -> None:
    """The window in the first box, the cell it feeds in the second, and lines between them."""
    share = window[0] / shapes[0][0], window[1] / shapes[0][1]
    piece = boxes[0].part((1 - share[0]) * 0.6, (1 - share[1]) * 0.4, *share)
    _draw(ax, piece, marked=True)
    if len(boxes) == 1:
        return
    sides = 1 / shapes[1][0], 1 / shapes[1][1]
    cell = boxes[1].part((1 - sides[0]) * 0.6, (1 - sides[1]) * 0.4, *sides).front
    ax.add_patch(Polygon(cell, facecolor="#FFE9A0", edgecolor=VERMILION, linewidth=2.0))
    back = piece.front + piece.depth * _SLANT
    for start, end in ((back[2], cell[3]), (back[1], cell[0])):
        ax.plot(*zip(start, end, strict=True), color=VERMILION, linewidth=1.2, linestyle="--")


def _arrow(ax: Axes, before: _Box, after: _Box) -> None:
    ends = (before.right + 0.12, 0.0), (after.left - 0.12, 0.0)
    ax.add_patch(FancyArrowPatch(*ends, arrowstyle="-|>", mutation_scale=16, color=INK))
