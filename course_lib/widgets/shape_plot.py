"""The padded row of an input, the windows under it, and what is left over."""

from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from course_lib.plots.palette import BLUE, INK, OKABE_ITO, VERMILION
from course_lib.widgets.page import Page
from course_lib.widgets.shape_records import Rule, ShapeRule, shape_rule

_WIDTH = 9.6
_LARGEST = 0.5
_LANE = 0.2


def shape_figure(
    n_in: int,
    kernel_size: int,
    stride: int = 1,
    padding: int = 0,
    *,
    channels: int = 1,
    filters: int = 1,
    rule: Rule | None = None,
) -> Figure:
    """The picture that ShapeCalculator shows. Arguments and errors: as for shape_rule."""
    state = shape_rule(
        n_in, kernel_size, stride, padding, channels=channels, filters=filters, rule=rule
    )
    length = n_in + 2 * padding
    cell = min(_LARGEST, (_WIDTH - 0.6) / length)
    lanes = min(-(-kernel_size // stride) + 1, state.places)
    height = 0.45 + _LARGEST + _LANE * lanes + 0.25
    texts = [f"n_out = {state.formula}", state.words, state.remark, state.problem]
    page = Page(_WIDTH, height, texts)
    ax = page.axes(0.3, 0.4, cell * length, _LARGEST + _LANE * lanes + 0.2)
    ax.set_xlim(0, length)
    ax.set_ylim(_LARGEST + _LANE * lanes + 0.2, 0)
    ax.axis("off")
    ax.set_title(f"one row of the input: {n_in} pixels, {padding} of padding on each side",
                 fontsize=11, loc="left")
    _pixels(ax, state, length, cell)
    for place in range(state.places):
        top = _LARGEST + 0.1 + _LANE * (place % lanes)
        box = (place * stride, top), kernel_size, 0.62 * _LANE
        colour = OKABE_ITO[place % 2]
        ax.add_patch(Rectangle(*box, facecolor=colour, edgecolor="white", linewidth=0.5))
    return page.fig


def _pixels(ax: Axes, state: ShapeRule, length: int, cell: float) -> None:
    for column in range(length):
        inside = state.padding <= column < length - state.padding
        box = Rectangle((column, 0), 1, _LARGEST, linewidth=0.5 if cell > 0.05 else 0)
        box.set(facecolor="#CFE6F3" if inside else "#F4F4F4", edgecolor="#9a9a9a")
        ax.add_patch(box)
        if cell >= 0.2:
            words = "x" if inside else "0"
            text = ax.text(column + 0.5, _LARGEST / 2, words, fontsize=10, color=INK)
            text.set(ha="center", va="center")
    if state.left_over:
        lost = Rectangle((length - state.left_over, 0), state.left_over, _LARGEST, fill=False)
        lost.set(edgecolor=VERMILION, hatch="xx", linewidth=2)
        ax.add_patch(lost)
    first = Rectangle((0, 0), state.kernel_size, _LARGEST, fill=False, edgecolor=BLUE)
    first.set(linewidth=2.5, clip_on=False)
    ax.add_patch(first)


def what_is_drawn(state: ShapeRule) -> dict[str, Any]:
    """The numbers from which the browser draws the same."""
    return {
        "n_in": state.n_in, "kernel_size": state.kernel_size, "stride": state.stride,
        "padding": state.padding, "places": state.places, "left_over": state.left_over,
    }
