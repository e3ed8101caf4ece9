"""Steps in rows of boxes with arrows, marked by who made them: people or data."""

from collections.abc import Collection, Mapping, Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch

from course_lib.plots.palette import FAINT, INK

_WIDTH, _GAP, _HEIGHT = 1.75, 0.4, 0.62
_LIGHT = "#CDE6F7"  # black text is read well on it


def draw_flow(
    rows: Mapping[str, Sequence[str]],
    *,
    learned: Collection[tuple[str, int]] = (),
    title: str | None = None,
) -> Figure:
    """One row of boxes for every entry, from left to right, with arrows between them.

    rows: {name: texts of its boxes}; a text may have line breaks.
    learned: the boxes (name, place counted from 0) that learn from data: shaded, with a thick
    border, and "learned" written beneath.
    Raises ValueError for no row, a row without boxes, and a box in `learned` that is not there.
    """
    if not rows:
        raise ValueError("draw_flow expects at least one row of boxes; got none.")
    for name, texts in rows.items():
        if not texts:
            raise ValueError(f"draw_flow expects at least one box in every row; {name!r} has none.")
    for name, place in learned:
        if not (name in rows and 0 <= place < len(rows[name])):
            raise ValueError(f"draw_flow was told that ({name!r}, {place}) is learned; there is no "
                             "such box. Places count from 0.")
    longest = max(map(len, rows.values()))
    right = longest * (_WIDTH + _GAP) - _GAP
    fig = Figure(figsize=(min(10.0, 1.1 * right), 1.25 * len(rows)), layout="constrained")
    ax = fig.add_subplot()
    for row, (name, texts) in enumerate(rows.items()):
        y = -1.45 * row
        ax.text(0, y + 0.42, name, fontsize=11, color=INK, fontweight="bold", va="bottom")
        for place, text in enumerate(texts):
            _box(ax, place * (_WIDTH + _GAP), y, text, learns=(name, place) in learned)
            if place:
                _arrow(ax, place * (_WIDTH + _GAP), y)
    ax.set(xlim=(-0.1, right + 0.1), ylim=(-1.45 * (len(rows) - 1) - 0.75, 0.8))
    ax.axis("off")
    if title is not None:
        ax.set_title(title, fontsize=12)
    return fig


def _box(ax: Axes, x: float, y: float, text: str, *, learns: bool) -> None:
    corner = (x + 0.06, y - _HEIGHT / 2 + 0.06)
    ax.add_patch(FancyBboxPatch(
        corner, _WIDTH - 0.12, _HEIGHT - 0.12, boxstyle="round,pad=0.06", edgecolor=INK,
        facecolor=_LIGHT if learns else "white", linewidth=2.4 if learns else 1.0,
    ))
    if learns:
        ax.text(x + _WIDTH / 2, y - 0.42, "learned", ha="center", va="top", fontsize=9.5, color=INK)
    ax.text(x + _WIDTH / 2, y, text, ha="center", va="center", fontsize=10, color=INK)


def _arrow(ax: Axes, x: float, y: float) -> None:
    ax.add_patch(FancyArrowPatch((x - _GAP, y), (x, y), arrowstyle="-|>", mutation_scale=12,
                                 color=FAINT, shrinkA=1, shrinkB=1))
