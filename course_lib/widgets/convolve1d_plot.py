"""One place of a 1-D convolution as a picture: x, the kernel under it, the products, y."""

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from course_lib.arrays import Array
from course_lib.plots.palette import FAINT, INK, VERMILION, number
from course_lib.widgets.convolve1d_records import Convolve1DStep, Mode, convolve1d_steps
from course_lib.widgets.graph_figure import chosen
from course_lib.widgets.page import Page

_WIDTH = 10.0
_LEFT = 1.2
_LARGEST = 0.62
_KERNEL, _RESULT, _PLAIN = "#FFF3C4", "#CDEBE0", "#CFE6F3"


def convolve1d_figure(
    x: Any,
    kernel: Any,
    mode: Mode = "full",
    step: int = -1,
    *,
    flip: bool = True,
    convolve: Any = None,
) -> Figure:
    """The picture that Convolve1D shows at `step` (0 = the flip, -1 = the last place).

    The other arguments are those of convolve1d_steps. Raises ValueError as convolve1d_steps
    does, and for a step that does not exist.
    """
    steps = convolve1d_steps(x, kernel, mode, flip=flip, convolve=convolve)
    record = chosen(steps, step)
    texts = [record.words, record.sentence, record.remark, record.problem]
    return draw_convolve1d_step(np.asarray(x, float), record, texts)


def draw_convolve1d_step(x: Array, step: Convolve1DStep, texts: list[str]) -> Figure:
    """Four rows of cells above each other, the kernel where it lies."""
    beside = len(step.kernel) - 1
    cell = min(_LARGEST, (_WIDTH - _LEFT - 0.2) / (len(x) + 2 * beside))
    page = Page(_WIDTH, 5.2 * _LARGEST + 0.1, texts)
    ax = page.axes(0, 0, _WIDTH, 5.2 * _LARGEST)
    ax.set_xlim(-beside - _LEFT / cell, (_WIDTH - _LEFT) / cell - beside)
    ax.set_ylim(5.2, 0)
    ax.axis("off")
    size = min(11.0, 20 * cell)
    rows = [
        ("x", x, 0, 0.2, _PLAIN), ("kernel", step.kernel, step.left, 1.4, _KERNEL),
        ("products", step.products, step.left, 2.5, "white"),
        ("y", step.y, step.first, 3.9, _RESULT),
    ]
    for name, values, left, top, color in rows:
        ax.text(-beside - 0.15, top + 0.5, name, ha="right", va="center", fontsize=11, color=INK)
        for column, value in enumerate(values, start=left):
            _cell(ax, column, top, value, color, size)
    for column in [*range(-beside, 0), *range(len(x), len(x) + beside)]:
        ax.text(column + 0.5, 0.7, "0", ha="center", va="center", fontsize=size, color=FAINT)
    if step.t is not None:
        for left, top, width in ((step.left, 0.2, len(step.kernel)), (step.t, 3.9, 1)):
            box = Rectangle((left, top), width, 1, fill=False, edgecolor=VERMILION, linewidth=3)
            ax.add_patch(box)
    return page.fig


def _cell(ax: Axes, column: int, top: float, value: float, color: str, size: float) -> None:
    ax.add_patch(Rectangle((column, top), 1, 1, facecolor=color, edgecolor="#9a9a9a"))
    if not np.isnan(value):
        text = ax.text(column + 0.5, top + 0.5, number(value), fontsize=size, color=INK)
        text.set(ha="center", va="center")
