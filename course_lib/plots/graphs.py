"""The multilayer perceptron as a drawing: neurons, arrows, weights and what has been computed."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from course_lib.arrays import Array
from course_lib.graph import Edge
from course_lib.plots.graph_layout import Layout, between, kind_of, label_places, place
from course_lib.plots.graph_shapes import (
    FILLS,
    MARKED,
    arrow_patch,
    canvas_for,
    draw_legend,
    label_size,
    node_shape,
    write_on_arrow,
)
from course_lib.plots.palette import FAINT, INK, VERMILION, number

Value = float | tuple[float | None, ...]


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
    values: node -> a_i, node -> (net_i, a_i) or node -> (net_i, a_i, delta_i); what is None is
        left out.
    highlight: a node, an edge (j, i), or a list or set of nodes and edges, drawn thick.
    layers: the nodes of each column; without it the longest path decides.
    Raises ValueError for edges that make no MLP; a graph with a cycle needs `layers`.
    """
    nodes, edges = list(nodes), [(j, i) for j, i in edges]
    kinds = kind_of(nodes, edges)
    layout = place(nodes, edges, layers, gap=(1.7, 1.15) if w is None else (2.4, 1.45))
    fig, ax, scale = canvas_for(layout, ax)
    marked_nodes, marked_edges = _marked(highlight)
    fine = scale * (0.6 if len(edges) > 30 else 1.0)
    for edge, control in layout.arrows.items():
        gap = layout.radius * (1.25 if marked_nodes & set(edge) else 1.06)
        ax.add_patch(arrow_patch(between(control, gap), fine, edge in marked_edges))
    for node, at in layout.positions.items():
        _draw_node(ax, layout, kinds[node], at, node in marked_nodes, scale)
        _write_node(ax, layout, at, node, (values or {}).get(node), scale)
    if w is not None:
        taken = _write_biases(ax, layout, w, scale)
        _write_weights(ax, layout, w, scale, taken)
    draw_legend(ax, {kind: kind for kind in FILLS if kind in kinds.values()}, scale)
    if title is not None:
        ax.set_title(title, fontsize=12)
    return fig


def _marked(highlight: Any) -> tuple[set[int], set[Edge]]:
    if highlight is None:
        return set(), set()
    single = isinstance(highlight, tuple) or not isinstance(highlight, Iterable)
    items = [highlight] if single else list(highlight)
    nodes = {item for item in items if not isinstance(item, tuple)}
    return nodes, {(item[0], item[1]) for item in items if isinstance(item, tuple)}


def _draw_node(ax: Axes, layout: Layout, kind: str, at: Array, marked: bool, scale: float) -> None:
    fill = MARKED if marked else FILLS[kind]
    style = {"facecolor": fill, "edgecolor": INK, "linewidth": 1.4 * scale, "zorder": 3}
    ax.add_patch(node_shape(kind, at, layout.radius, **style))
    if marked:
        # A second, thick outline: seen without colour as well.
        ring = {"fill": False, "edgecolor": VERMILION, "linewidth": 3.5 * scale, "zorder": 3}
        ax.add_patch(node_shape(kind, at, 1.17 * layout.radius, **ring))


def _write_node(
    ax: Axes, layout: Layout, at: Array, node: int, value: Value | None, scale: float
) -> None:
    net, a, delta = (*value, None)[:3] if isinstance(value, tuple) else (None, value, None)
    named = (("net", net), ("a", a), ("\N{GREEK SMALL LETTER DELTA}", delta))
    below = [f"{name}={number(known)}" for name, known in named if known is not None]
    points = 72 * layout.radius * scale
    text: dict[str, Any] = {"ha": "center", "va": "center", "color": INK, "zorder": 4}
    lift = 0.2 * len(below) * layout.radius
    ax.text(at[0], at[1] + lift, str(node), fontsize=0.44 * points, fontweight="bold", **text)
    # Three lines stand closer and higher, or the last would cross the circle.
    apart, first = (0.36, 0.14) if len(below) < 3 else (0.29, -0.12)
    for line, words in enumerate(below):
        down = (apart * line + first) * layout.radius
        ax.text(at[0], at[1] - down, words, fontsize=0.26 * points, **text)


def _write_weights(
    ax: Axes, layout: Layout, w: Any, scale: float, taken: Sequence[tuple[Array, Array]]
) -> None:
    labels = {}
    for j, i in layout.arrows:
        label = _weight_label(w, i, j)
        if label is not None:
            labels[j, i] = label
    sizes = {edge: label_size(_seen(label)) for edge, label in labels.items()}
    for edge, at in label_places(layout, sizes, taken).items():
        write_on_arrow(ax, at, labels[edge], scale)


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
