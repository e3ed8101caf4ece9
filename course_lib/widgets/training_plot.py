"""Loss, accuracy and the flow of gradients as curves."""

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator, PercentFormatter

from course_lib.arrays import Array
from course_lib.plots.palette import LINE_STYLES, MARKERS, OKABE_ITO
from course_lib.widgets.page import Page
from course_lib.widgets.training_log import Curves, calmed, curves_of

_WIDTH, _HEIGHT = 3.6, 3.2


def live_training_figure(history: Any) -> Figure:
    """What LiveTraining shows: loss, accuracy, and the size of each layer's gradient.

    history: the `record` of LiveTraining, a training.History, a list of the Steps that
    training.train gave, or a dict name -> numbers. What is not there is not drawn. Raises
    TypeError for anything else, ValueError if there is nothing in it.
    """
    return draw_training(curves_of(history))


def draw_training(curves: Curves) -> Figure:
    """Up to three panels side by side, the words beneath."""
    panels = [(curves.losses, "loss"), (curves.accuracies, "accuracy")]
    panels.append((curves.flow, "gradient of each layer (root mean square)"))
    drawn = [(rows, title) for rows, title in panels if rows]
    page = Page(0.4 + (_WIDTH + 0.7) * len(drawn), _HEIGHT + 1.0, [curves.words])
    for place, (rows, title) in enumerate(drawn):
        ax = page.axes(0.8 + (_WIDTH + 0.7) * place, 0.4, _WIDTH - 0.1, _HEIGHT)
        ax.set_title(title, fontsize=11)
        ax.set_xlabel(curves.xlabel, fontsize=11)
        _draw(ax, rows, pale=rows is not curves.flow, steps=curves.xlabel == "step")
        if title == "accuracy":
            ax.set_ylim(0, 1.02)
            ax.yaxis.set_major_formatter(PercentFormatter(1.0))
        elif _spans_a_decade(rows):
            ax.set_yscale("log")
    return page.fig


def _spans_a_decade(rows: dict[str, tuple[Array, Array]]) -> bool:
    numbers = np.concatenate([y for _, y in rows.values()])
    return bool(numbers.min() > 0 and numbers.max() > 10 * numbers.min())


def _draw(ax: Axes, rows: dict[str, tuple[Array, Array]], *, pale: bool, steps: bool) -> None:
    for index, (name, (x, y)) in enumerate(rows.items()):
        color = OKABE_ITO[index % len(OKABE_ITO)]
        calm = calmed(name, y) if steps else y
        if pale and (calm != y).any():
            ax.plot(x, y, color=color, alpha=0.25, linewidth=0.8)
        [line] = ax.plot(x, calm, color=color, linewidth=2, label=name)
        line.set_linestyle(LINE_STYLES[index % len(LINE_STYLES)])
        line.set_marker(MARKERS[index % len(MARKERS)])
        line.set_markevery((index * len(x) // 40, max(1, len(x) // 8)))
    ax.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=6))
    ax.tick_params(labelsize=10)
    ax.grid(True, color="#dddddd", linewidth=0.6)
    ax.spines[["top", "right"]].set_visible(False)
    ax.legend(frameon=False, fontsize=9, handlelength=3)
