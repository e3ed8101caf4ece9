"""The computational graph of a number: what it was made from, and how the gradient came back."""

from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from course_lib.arrays import Array
from course_lib.autodiff import Value
from course_lib.graph import Edge
from course_lib.plots.graph_layout import Layout, between, label_places, place
from course_lib.plots.graph_shapes import (
    FILLS,
    arrow_patch,
    canvas_for,
    draw_legend,
    label_size,
    node_shape,
    write_on_arrow,
)
from course_lib.plots.palette import INK, number

_MOST_VALUES = 40
_SIGNS = {"*": "\N{MULTIPLICATION SIGN}", "-": "\N{MINUS SIGN}", "neg": "\N{MINUS SIGN}"}
_WORDS = {"input": "given", "hidden": "computed", "output": "result"}


def draw_computation(
    value: Value, *, slopes: bool = False, title: str | None = None, ax: Axes | None = None
) -> Figure:
    """How a Value was computed: given numbers (squares), operations (circles), result (hexagon).

    Each shape holds its operation or label, its number and, after backward, its gradient g.
    slopes: write on each arrow the derivative of its head by its tail; what is used twice by
        one operation has one arrow with the sum.
    Raises ValueError for more than 40 values.
    """
    history = value.history()
    if len(history) > _MOST_VALUES:
        raise ValueError(
            f"draw_computation can draw up to {_MOST_VALUES} values; got one that was computed "
            f"from {len(history) - 1}. Draw a part of it."
        )
    name = {part: node for node, part in enumerate(history, start=1)}
    arrows: dict[Edge, float] = {}
    for result in history:
        for part, slope in zip(result.parts, result.slopes, strict=True):
            edge = name[part], name[result]
            arrows[edge] = arrows.get(edge, 0.0) + slope
    kinds = {name[part]: "hidden" if part.parts else "input" for part in history}
    if value.parts:
        kinds[name[value]] = "output"
    layout = place(list(kinds), list(arrows), _columns(history, name), gap=(1.6, 1.3))
    fig, ax, scale = canvas_for(layout, ax)
    for control in layout.arrows.values():
        ax.add_patch(arrow_patch(between(control, 1.06 * layout.radius), scale, marked=False))
    with_gradients = any(part.grad for part in history)
    for part, node in name.items():
        at = layout.positions[node]
        style = {"facecolor": FILLS[kinds[node]], "edgecolor": INK, "zorder": 3}
        ax.add_patch(node_shape(kinds[node], at, layout.radius, linewidth=1.4 * scale, **style))
        _write(ax, layout, at, _lines(part, with_gradients), scale)
    if slopes:
        labels = {edge: number(slope) for edge, slope in arrows.items()}
        sizes = {edge: label_size(label) for edge, label in labels.items()}
        for edge, at in label_places(layout, sizes, []).items():
            write_on_arrow(ax, at, labels[edge], scale)
    draw_legend(ax, {kind: _WORDS[kind] for kind in FILLS if kind in kinds.values()}, scale)
    if title is not None:
        ax.set_title(title, fontsize=12)
    return fig


def _columns(history: Sequence[Value], name: dict[Value, int]) -> list[list[int]]:
    """Every operation right of all its parts, every given number just left of its first use."""
    depth: dict[Value, int] = {}
    for value in history:
        depth[value] = 1 + max((depth[part] for part in value.parts), default=-1)
    used_at: dict[Value, int] = {}
    for value in history:
        for part in value.parts:
            used_at[part] = min(depth[value], used_at.get(part, depth[value]))
    at = {value: depth[value] if value.parts else used_at.get(value, 1) - 1 for value in history}
    return [[name[v] for v in history if at[v] == column] for column in range(max(at.values()) + 1)]


def _lines(value: Value, with_gradient: bool) -> list[str]:
    """The words of one node: its operation or label, its number, its gradient."""
    data = number(value.data)
    if value.operation:
        head = _SIGNS.get(value.operation, value.operation)
        lines = [head, f"{value.label}={data}" if value.label else data]
    else:
        lines = [value.label, data] if value.label else [data]
    return [*lines, f"g={number(value.grad)}"] if with_gradient else lines


def _write(ax: Axes, layout: Layout, at: Array, lines: Sequence[str], scale: float) -> None:
    head, *below = lines
    points = 72 * layout.radius * scale
    lift = 0.2 * len(below) * layout.radius
    text: dict[str, Any] = {"ha": "center", "va": "center", "color": INK, "zorder": 4}
    size = min(0.44, 1.8 / len(head)) * points  # long names get smaller letters
    ax.text(at[0], at[1] + lift, head, fontsize=size, fontweight="bold", **text)
    for line, words in enumerate(below):
        down = (0.4 * line + 0.14) * layout.radius
        ax.text(at[0], at[1] - down, words, fontsize=max(7.0 * scale, 0.28 * points), **text)
