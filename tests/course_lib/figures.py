"""What a test can read from a figure: its words, and whether they can be read by people."""

from __future__ import annotations

from itertools import combinations
from math import isclose

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text


def texts(fig: Figure) -> list[str]:
    """Every text that is drawn, in the order of drawing."""
    return [text.get_text() for text in drawn_texts(fig)]


def drawn_texts(fig: Figure) -> list[Text]:
    FigureCanvasAgg(fig).draw()
    undrawn = {
        text
        for ax in fig.axes
        if not ax.axison
        for axis in (ax.xaxis, ax.yaxis)
        for text in axis.findobj(Text)
    }
    # matplotlib keeps labels for ticks outside the picture, and draws none of them.
    for axis in (axis for ax in fig.axes for axis in (ax.xaxis, ax.yaxis)):
        low, high = sorted(axis.get_view_interval())
        for tick in [*axis.get_major_ticks(), *axis.get_minor_ticks()]:
            at = tick.get_loc()
            if not (low <= at <= high or isclose(at, low) or isclose(at, high)):
                undrawn.update(tick.findobj(Text))
    return [
        text
        for text in fig.findobj(Text)
        if text.get_text().strip() and text.get_visible() and text.get_window_extent().width > 0
        and text not in undrawn
    ]


def colliding_texts(fig: Figure) -> list[tuple[str, str]]:
    """Pairs of texts that cover each other by more than a hair."""
    boxes = [
        (text.get_text(), text.get_window_extent().padded(-1.0)) for text in drawn_texts(fig)
    ]
    return [
        (one, other)
        for (one, first), (other, second) in combinations(boxes, 2)
        if first.overlaps(second)
    ]


def smallest_font(fig: Figure) -> float:
    return min(text.get_fontsize() for text in drawn_texts(fig))
