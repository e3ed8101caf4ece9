"""Where the neurons, arrows and labels of a drawn graph go. Lengths in inches, y upwards."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from course_lib.arrays import Array
from course_lib.graph import Edge, MLPGraph, classify_nodes

_TALLEST = 6.5
_WIDEST = 11.0
_BOWS = (0.2, 0.1, 0.3, 0.4, 0.5, 0.65, 0.8)  # height of the control point over the length


@dataclass(frozen=True)
class Layout:
    """positions: node -> (x, y); radius of a node; arrows: edge -> control points (3, 2)."""

    positions: dict[int, Array]
    radius: float
    arrows: dict[Edge, Array]

    @property
    def extent(self) -> tuple[float, float, float, float]:
        """left, right, bottom, top of everything, arrows included."""
        points = np.vstack(
            [*self.positions.values(), *(curve(arrow, 21) for arrow in self.arrows.values())]
        )
        margin = 1.6 * self.radius
        (left, bottom), (right, top) = points.min(axis=0) - margin, points.max(axis=0) + margin
        return float(left), float(right), float(bottom), float(top)


def place(
    nodes: Sequence[int],
    edges: Sequence[Edge],
    layers: Sequence[Sequence[int]] | None,
    *,
    gap: tuple[float, float],
) -> Layout:
    """Nodes in columns, arrows straight where they can be and curved where they must be.

    layers: the columns, or None for columns by longest path (ValueError names a cycle).
    gap: the usual distance from column to column and from row to row.
    """
    columns = _given(nodes, layers) if layers is not None else columns_by_longest_path(nodes, edges)
    most = max(len(column) for column in columns)
    down = min(gap[1], _TALLEST / most)
    # Many rows make steep arrows: then the columns move apart, as far as the page allows.
    across = min(max(gap[0], 0.6 * (most - 1) * down), _WIDEST / len(columns))
    positions = {
        node: np.array([index * across, ((len(column) - 1) / 2 - row) * down])
        for index, column in enumerate(columns)
        for row, node in enumerate(column)
    }
    radius = min(0.46, 0.36 * down, 0.3 * across)
    column_of = {node: index for index, column in enumerate(columns) for node in column}
    arrows = {
        (j, i): _arrow((j, i), positions, radius, skips=column_of[i] - column_of[j] != 1)
        for j, i in edges
    }
    return Layout(positions, radius, arrows)


def columns_by_longest_path(nodes: Iterable[int], edges: Iterable[Edge]) -> list[list[int]]:
    """Inputs first, outputs last, every other neuron as far right as its longest way in."""
    graph = MLPGraph(nodes, edges)
    last = max(graph.depth.values(), default=0)
    depth = graph.depth | dict.fromkeys(graph.outputs, last)
    return [[node for node in sorted(depth) if depth[node] == at] for at in range(last + 1)]


def _given(nodes: Sequence[int], layers: Sequence[Sequence[int]]) -> list[list[int]]:
    columns = [list(column) for column in layers if len(column)]
    if sorted(node for column in columns for node in column) != sorted(nodes):
        raise ValueError(
            f"layers expects every node in exactly one column; got {columns} for the nodes "
            f"{sorted(nodes)}."
        )
    return columns


def _arrow(edge: Edge, positions: Mapping[int, Array], radius: float, *, skips: bool) -> Array:
    """Control points of the flattest curve from j to i that passes no other neuron."""
    start, end = positions[edge[0]], positions[edge[1]]
    normal = np.array([start[1] - end[1], end[0] - start[0]])
    others = [at for node, at in positions.items() if node not in edge]
    # Connections that skip a column bow even if nothing stands in their way: they are special.
    bows = [sign * bow for bow in _BOWS for sign in (1, -1)]
    bows.insert(len(bows) if skips else 0, 0.0)
    best, widest = np.zeros((3, 2)), -1.0
    for bow in bows:
        control = np.array([start, (start + end) / 2 + bow * normal, end])
        room = min((_distance(curve(control, 41), at) for at in others), default=np.inf)
        if room > 1.35 * radius:
            return control
        if room > widest:
            best, widest = control, room
    return best


def curve(control: Array, count: int) -> Array:
    """`count` points of the quadratic Bezier curve with these three control points."""
    t = np.linspace(0.0, 1.0, count)[:, np.newaxis]
    points = (1 - t) ** 2 * control[0] + 2 * t * (1 - t) * control[1] + t**2 * control[2]
    return np.asarray(points)


def between(control: Array, gap: float) -> Array:
    """Control points of the part of the curve that keeps `gap` from both of its ends."""
    points = curve(control, 201)
    outside = (np.hypot(*(points - control[0]).T) >= gap) & (
        np.hypot(*(points - control[2]).T) >= gap
    )
    inside = np.flatnonzero(outside)
    if len(inside) < 2:
        return control
    first, last = inside[0] / 200, inside[-1] / 200
    # A piece of a quadratic curve is one again; its middle control point is the blossom.
    start, end = points[inside[0]], points[inside[-1]]
    middle = (
        (1 - first) * (1 - last) * control[0]
        + (first * (1 - last) + last * (1 - first)) * control[1]
        + first * last * control[2]
    )
    return np.array([start, middle, end])


def label_places(
    layout: Layout,
    sizes: Mapping[Edge, tuple[float, float]],
    taken: Sequence[tuple[Array, Array]],
) -> dict[Edge, Array]:
    """A place on each arrow for a label of this width and height, away from the others.

    taken: (middle, half of the sides) of boxes that are drawn already.
    Greedy: in the order given, each label takes the place that covers least of what is there.
    """
    half_node = np.array([layout.radius, layout.radius])
    taken = [*taken, *((at, half_node) for at in layout.positions.values())]
    places: dict[Edge, Array] = {}
    for edge, size in sizes.items():
        half = np.array(size) / 2
        crossing = [curve(c, 41) for other, c in layout.arrows.items() if other != edge]
        candidates = curve(layout.arrows[edge], 41)[8:33:2]
        costs = [
            sum(_overlap(at, half, *box) for box in taken)
            + 0.02 * sum(int(_inside(points, at, half).any()) for points in crossing)
            + 0.002 * abs(index - 4)
            for index, at in enumerate(candidates)
        ]
        places[edge] = candidates[int(np.argmin(costs))]
        taken.append((places[edge], half))
    return places


def kind_of(nodes: Sequence[int], edges: Sequence[Edge]) -> dict[int, str]:
    """node -> "input", "hidden" or "output"."""
    kinds = classify_nodes(nodes, edges)
    return {node: kind for kind, members in kinds.items() for node in members}


def _overlap(at: Array, half: Array, other: Array, other_half: Array) -> float:
    shared = np.minimum(at + half, other + other_half) - np.maximum(at - half, other - other_half)
    return float(np.prod(np.maximum(shared, 0.0)))


def _inside(points: Array, at: Array, half: Array) -> Array:
    return np.asarray((np.abs(points - at) <= half).all(axis=1))


def _distance(points: Array, at: Array) -> float:
    return float(np.hypot(*(points - at).T).min())
