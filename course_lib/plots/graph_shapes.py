"""What drawn graphs share: the canvas, shapes by kind of node, arrows, the legend."""

from collections.abc import Mapping
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Circle, FancyArrowPatch, Patch, Rectangle, RegularPolygon
from matplotlib.path import Path

from course_lib.arrays import Array
from course_lib.plots.canvas import figure_of
from course_lib.plots.graph_layout import Layout
from course_lib.plots.palette import INK, VERMILION

FILLS = {"input": "#CFE6F3", "hidden": "#F2F2F2", "output": "#CDEBE0"}
MARKED = "#FFF3C4"
_MARKERS = {"input": "s", "hidden": "o", "output": "h"}  # how the legend shows the shapes
_LEGEND = 0.4  # inches kept free beneath the graph


def canvas_for(layout: Layout, ax: Axes | None) -> tuple[Figure, Axes, float]:
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


def arrow_patch(control: Array, scale: float, marked: bool) -> FancyArrowPatch:
    """An arrow along the curve with these control points; a marked one is thick."""
    return FancyArrowPatch(
        path=Path([tuple(point) for point in control], [Path.MOVETO, Path.CURVE3, Path.CURVE3]),
        arrowstyle="-|>",
        mutation_scale=14 * scale,
        linewidth=3.2 if marked else 1.1 * scale,
        color=VERMILION if marked else INK,
        zorder=2 if marked else 1,
    )


def node_shape(kind: str, at: Array, radius: float, **style: Any) -> Patch:
    """A square for an input, a hexagon for an output, a circle for what lies between."""
    x, y = float(at[0]), float(at[1])
    if kind == "input":
        side = 1.8 * radius
        return Rectangle((x - side / 2, y - side / 2), side, side, **style)
    if kind == "output":
        return RegularPolygon((x, y), 6, radius=1.08 * radius, **style)
    return Circle((x, y), radius, **style)


def write_on_arrow(ax: Axes, at: Array, label: str, scale: float) -> None:
    """A label on a white ground, small enough to stand on an arrow."""
    ax.text(
        at[0],
        at[1],
        label,
        fontsize=max(7.0, 9 * scale),
        ha="center",
        va="center",
        color=INK,
        zorder=2.5,
        bbox={"boxstyle": "round,pad=0.12", "facecolor": "white", "edgecolor": "none"},
    )


def label_size(words: str) -> tuple[float, float]:
    """Width and height of such a label: a character of the 9-point font is about 0.078 inches."""
    return 0.078 * len(words) + 0.06, 0.2


def draw_legend(ax: Axes, words: Mapping[str, str], scale: float) -> None:
    """One entry for each kind in `words`, with its word, beneath the graph."""
    handles = [
        Line2D(
            [],
            [],
            linestyle="none",
            marker=_MARKERS[kind],
            markersize=10,
            markerfacecolor=FILLS[kind],
            markeredgecolor=INK,
            label=word,
        )
        for kind, word in words.items()
    ]
    ax.legend(
        handles=handles,
        loc="lower center",
        bbox_to_anchor=(0.5, 0.0),
        ncols=3,
        frameon=False,
        fontsize=max(8.0, 10 * scale),
    )
