"""Numbers in cells on a Page: what the figures of several widgets draw."""

from collections.abc import Iterable

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import Normalize
from matplotlib.patches import Rectangle

from course_lib.arrays import Array
from course_lib.plots.images import write_numbers
from course_lib.plots.palette import BLUE, FAINT, GREEN, INK, VERMILION, number
from course_lib.widgets.page import Page

Box = tuple[float, float, float, float]

_FRAMES = ((VERMILION, "-"), (BLUE, "--"), (GREEN, ":"))


def draw_cells(
    page: Page,
    title: str,
    values: Array,
    left: float,
    top: float,
    cell: float,
    *,
    cmap: str = "gray",
    scale: Normalize | None = None,
    beyond: Array | None = None,
    numbers: bool = True,
) -> Axes:
    """values (rows, columns) as cells of `cell` inches, nan empty.

    beyond: true where a cell belongs to a border; such cells are hatched. The title stands above.
    """
    rows, columns = values.shape
    ax = page.axes(left, top, cell * columns, cell * rows)
    shown = values if beyond is None else np.where(beyond, np.nan, values)
    scale = scale or whole_range(values)
    ax.imshow(shown, cmap=cmap, norm=scale, interpolation="nearest", aspect="auto")
    ax.set_xticks(np.arange(columns + 1) - 0.5, [])
    ax.set_yticks(np.arange(rows + 1) - 0.5, [])
    ax.grid(True, color="#9a9a9a", linewidth=0.5)
    ax.tick_params(length=0)
    if title:
        ax.set_title(title, fontsize=11)
    if numbers:
        write_numbers(ax, shown, cmap, scale, skip_nan=True)
    for row, column in np.argwhere(beyond) if beyond is not None else ():
        box = Rectangle((column - 0.5, row - 0.5), 1, 1, facecolor="#F4F4F4", edgecolor="#BBBBBB")
        box.set(linewidth=0, hatch="///")
        ax.add_patch(box)
        if numbers:
            size = min(12.0, 0.42 * cell * 72)
            text = ax.text(column, row, number(values[row, column]), fontsize=size, color=INK)
            text.set(ha="center", va="center")
    return ax


def frame(ax: Axes, boxes: Iterable[Box], kind: int = 0) -> None:
    """Frames around boxes (row, column, rows, columns), in one of three colours and dashes."""
    color, dash = _FRAMES[kind]
    for row, column, rows, columns in boxes:
        box = Rectangle((column - 0.5, row - 0.5), columns, rows, fill=False, edgecolor=color)
        box.set(linewidth=3, linestyle=dash, zorder=4, clip_on=False)
        ax.add_patch(box)


def beside(page: Page, words: str, right: float, middle: float, *, faint: bool = False) -> None:
    """Words that end `right` inches from the left edge, `middle` inches below the upper one."""
    fig = page.fig
    place = right / fig.get_figwidth(), 1 - middle / fig.get_figheight()
    text = fig.text(*place, words, fontsize=11, color=FAINT if faint else INK)
    text.set(ha="right", va="center")


def whole_range(values: Array) -> Normalize:
    """From the least number to the largest, nan left out; never empty."""
    there = values[np.isfinite(values)]
    low = float(there.min()) if there.size else 0.0
    high = float(there.max()) if there.size else 1.0
    return Normalize(low, high if high > low else low + 1)


def centred(values: Array) -> Normalize:
    """The same distance to both sides of 0, for colours that diverge there."""
    most = max(float(np.abs(values[np.isfinite(values)]).max(initial=0.0)), 1e-9)
    return Normalize(-most, most)
