"""The multilayer perceptron as a drawing: neurons, arrows, weights and what has been computed."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Circle, FancyArrowPatch, Patch, Rectangle, RegularPolygon
from matplotlib.path import Path

from course_lib.arrays import Array
from course_lib.graph import Edge
from course_lib.plots.canvas import figure_of
from course_lib.plots.graph_layout import Layout, between, kind_of, label_places, place
from course_lib.plots.palette import FAINT, INK, VERMILION, number

# Kind -> fill and the marker that the legend shows for the shape.
_KINDS = {"input": ("#CFE6F3", "s"), "hidden": ("#F2F2F2", "o"), "output": ("#CDEBE0", "h")}
_MARKED = "#FFF3C4"
_LEGEND = 0.4  # inches kept free beneath the graph

Value = float | tuple[float | None, float | None]


def draw_graph(
    nodes: Iterable[int],
    edges: Iterable[Edge],
    *,
    w: Any = None,
    values: Mapping[int, Value] | None = None,
    highlight: Any = None,
    layers: Sequence[Sequence[int]] | None = None,
    title: str | None = None,
    ax: Axes | None = None,
) -> Figure:
    """The graph of an MLP: inputs (squares) left, hidden (circles), outputs (hexagons) right.

    nodes, edges: as everywhere, (j, i) means j -> i; connections that skip a column are curved.
    w: anything that answers w[i, j] (target first). Numbers are written as "w_31 = 0.5", strings
        as they are; w[i, 0] stands under neuron i. What is missing is not drawn.
    values: node -> a_i or node -> (net_i, a_i); None in the pair is left out.
    highlight: a node, an edge (j, i), or a list or set of nodes and edges, drawn thick.
    layers: the nodes of each column; without it the longest path decides.
    Raises ValueError for edges that make no MLP; a graph with a cycle needs `layers`.
    """
    nodes, edges = list(nodes), [(j, i) for j, i in edges]
    kinds = kind_of(nodes, edges)
    layout = place(nodes, edges, layers, gap=(1.7, 1.15) if w is None else (2.4, 1.45))
    fig, ax, scale = _canvas(layout, ax)
    marked_nodes, marked_edges = _marked(highlight)
    fine = scale * (0.6 if len(edges) > 30 else 1.0)
    for edge, control in layout.arrows.items():
        gap = layout.radius * (1.25 if marked_nodes & set(edge) else 1.06)
        ax.add_patch(_arrow(between(control, gap), fine, edge in marked_edges))
    for node, at in layout.positions.items():
        _draw_node(ax, layout, kinds[node], at, node in marked_nodes, scale)
        _write_node(ax, layout, at, node, (values or {}).get(node), scale)
    if w is not None:
        taken = _write_biases(ax, layout, w, scale)
        _write_weights(ax, layout, w, scale, taken)
    ax.legend(
        handles=_legend(set(kinds.values())),
        loc="lower center",
        bbox_to_anchor=(0.5, 0.0),
        ncols=3,
        frameon=False,
        fontsize=max(8.0, 10 * scale),
    )
    if title is not None:
        ax.set_title(title, fontsize=12)
    return fig


def _canvas(layout: Layout, ax: Axes | None) -> tuple[Figure, Axes, float]:
    """Figure, axes in inches, and how many real inches one inch of the layout gets."""
    left, right, bottom, top = layout.extent
    bottom -= _LEGEND
    width, height = right - left, top - bottom
    if ax is None:
        fig = Figure(figsize=(max(width, 3.0), height))
        ax = fig.add_axes((0.0, 0.0, 1.0, 1.0))
        scale = 1.0
    else:
        fig = figure_of(ax)
        box = ax.get_position()
        inches = box.width * fig.get_figwidth(), box.height * fig.get_figheight()
        scale = min(1.0, inches[0] / width, inches[1] / height)
    ax.set_xlim(left, right)
    ax.set_ylim(bottom, top)
    ax.set_aspect("equal")
    ax.axis("off")
    return fig, ax, scale


def _marked(highlight: Any) -> tuple[set[int], set[Edge]]:
    if highlight is None:
        return set(), set()
    single = isinstance(highlight, tuple) or not isinstance(highlight, Iterable)
    items = [highlight] if single else list(highlight)
    nodes = {item for item in items if not isinstance(item, tuple)}
    return nodes, {(item[0], item[1]) for item in items if isinstance(item, tuple)}


def _arrow(control: Array, scale: float, marked: bool) -> FancyArrowPatch:
    return FancyArrowPatch(
        path=Path([tuple(point) for point in control], [Path.MOVETO, Path.CURVE3, Path.CURVE3]),
        arrowstyle="-|>",
        mutation_scale=14 * scale,
        linewidth=3.2 if marked else 1.1 * scale,
        color=VERMILION if marked else INK,
        zorder=2 if marked else 1,
    )


def _shape(kind: str, at: Array, radius: float, **style: Any) -> Patch:
    x, y = float(at[0]), float(at[1])
    if kind == "input":
        side = 1.8 * radius
        return Rectangle((x - side / 2, y - side / 2), side, side, **style)
    if kind == "output":
        return RegularPolygon((x, y), 6, radius=1.08 * radius, **style)
    return Circle((x, y), radius, **style)


def _draw_node(ax: Axes, layout: Layout, kind: str, at: Array, marked: bool, scale: float) -> None:
    fill = _MARKED if marked else _KINDS[kind][0]
    style = {"facecolor": fill, "edgecolor": INK, "linewidth": 1.4 * scale, "zorder": 3}
    ax.add_patch(_shape(kind, at, layout.radius, **style))
    if marked:
        # A second, thick outline: seen without colour as well.
        ring = {"fill": False, "edgecolor": VERMILION, "linewidth": 3.5 * scale, "zorder": 3}
        ax.add_patch(_shape(kind, at, 1.17 * layout.radius, **ring))


def _write_node(
    ax: Axes, layout: Layout, at: Array, node: int, value: Value | None, scale: float
) -> None:
    net, a = value if isinstance(value, tuple) else (None, value)
    below = [f"net={number(net)}"] if net is not None else []
    below += [f"a={number(a)}"] if a is not None else []
    points = 72 * layout.radius * scale
    text: dict[str, Any] = {"ha": "center", "va": "center", "color": INK, "zorder": 4}
    lift = 0.2 * len(below) * layout.radius
    ax.text(at[0], at[1] + lift, str(node), fontsize=0.44 * points, fontweight="bold", **text)
    for line, words in enumerate(below):
        down = (0.36 * line + 0.14) * layout.radius
        ax.text(at[0], at[1] - down, words, fontsize=0.26 * points, **text)


def _write_weights(
    ax: Axes, layout: Layout, w: Any, scale: float, taken: Sequence[tuple[Array, Array]]
) -> None:
    labels = {}
    for j, i in layout.arrows:
        label = _weight_label(w, i, j)
        if label is not None:
            labels[j, i] = label
    # A character of the 9-point font is about 0.078 inches wide, and the index mark-up has 4 less.
    sizes = {edge: (0.078 * len(_seen(label)) + 0.06, 0.2) for edge, label in labels.items()}
    for edge, (x, y) in label_places(layout, sizes, taken).items():
        ax.text(
            x,
            y,
            labels[edge],
            fontsize=max(7.0, 9 * scale),
            ha="center",
            va="center",
            color=INK,
            zorder=2.5,
            bbox={"boxstyle": "round,pad=0.12", "facecolor": "white", "edgecolor": "none"},
        )


def _write_biases(ax: Axes, layout: Layout, w: Any, scale: float) -> list[tuple[Array, Array]]:
    """Bias labels under their neurons; returns the boxes they fill."""
    targets = {i for _, i in layout.arrows}
    boxes = []
    for node, at in layout.positions.items():
        label = _weight_label(w, node, 0) if node in targets else None
        if label is not None:
            down = 1.34 * layout.radius
            ax.text(
                at[0],
                at[1] - down,
                label,
                fontsize=max(7.0, 9 * scale),
                ha="center",
                va="top",
                color=FAINT,
                zorder=4,
            )
            boxes.append((at - np.array([0.0, down + 0.08]), np.array([0.4, 0.1])))
    return boxes


def _weight_label(w: Any, i: int, j: int) -> str | None:
    try:
        value = w[i, j]
    except (KeyError, IndexError):
        return None
    if isinstance(value, str):
        return value
    index = f"{i}{j}" if i < 10 and j < 10 else f"{i},{j}"
    return f"$w_{{{index}}}$ = {number(value)}"


def _seen(label: str) -> str:
    return label.translate(str.maketrans("", "", "$_{}"))


def _legend(present: set[str]) -> list[Line2D]:
    return [
        Line2D(
            [],
            [],
            linestyle="none",
            marker=marker,
            markersize=10,
            markerfacecolor=fill,
            markeredgecolor=INK,
            label=kind,
        )
        for kind, (fill, marker) in _KINDS.items()
        if kind in present
    ]
