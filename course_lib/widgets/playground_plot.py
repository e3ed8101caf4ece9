"""A network over the plane as a picture: the classes, the boundary, the weights as lines."""

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from course_lib.arrays import Array
from course_lib.plots.palette import BLUE, INK, OKABE_ITO, VERMILION, number
from course_lib.widgets.page import Page
from course_lib.widgets.plane import Plane, draw_points, frame
from course_lib.widgets.playground_records import Decisions, decisions

_STRONGEST = 0.45  # how much of a class's colour its surest places get
_THICKEST = 5.0


def playground_figure(network: Any, points: Any, labels: Any) -> Figure:
    """Left the classes that the network gives to the plane, right its weights as lines.

    The surer the network, the stronger the colour; a black line lies between the classes, rings
    mark points of another class. Lines are thick for large weights, blue and solid above 0,
    vermilion and dashed below. Arguments and errors: as for decisions.
    """
    answer = decisions(network, points, labels)
    return draw_playground(answer, Plane.of(points, labels))


def draw_playground(answer: Decisions, plane: Plane) -> Figure:
    """The two pictures and the words."""
    width = 11.0 if answer.matrices else 7.2
    page = Page(width, 5.2, [answer.problem, answer.words])
    ax = page.axes(0.75, 0.2, 4.4, 4.4)
    frame(ax, plane.square)
    if answer.chances is not None:
        ax.imshow(_colours(answer.chances), origin="lower", extent=plane.square, zorder=0)
        _draw_boundary(ax, plane, answer.chances)
    draw_points(ax, plane, answer.wrong)
    ax.set_aspect("equal")
    ax.legend(loc="upper left", bbox_to_anchor=(1.02, 1.0), frameon=False, fontsize=10)
    if answer.matrices:
        _draw_network(page.axes(6.9, 0.2, 3.9, 4.6), answer.matrices)
    return page.fig


def _colours(chances: Array) -> Array:
    """(R, R, 3): white where the network cannot tell, the winner's colour where it is sure."""
    n_classes = chances.shape[-1]
    palette = np.array([to_rgb(color) for color in OKABE_ITO[:n_classes]])
    winner = chances.argmax(axis=-1)
    least = 1 / n_classes
    sure = _STRONGEST * (chances.max(axis=-1) - least) / (1 - least)
    return np.asarray(1 - sure[..., np.newaxis] * (1 - palette[winner % len(palette)]))


def _draw_boundary(ax: Axes, plane: Plane, chances: Array) -> None:
    left, right, bottom, top = plane.square
    x, y = np.linspace(left, right, len(chances)), np.linspace(bottom, top, len(chances))
    for k in range(chances.shape[-1]):
        others = np.delete(chances, k, axis=-1).max(axis=-1)
        lead = chances[..., k] - others
        if lead.min() < 0 < lead.max():
            ax.contour(x, y, lead, levels=[0.0], colors=INK, linewidths=1.6)


def _draw_network(ax: Axes, matrices: list[Array]) -> None:
    sizes = [matrices[0].shape[1], *(len(matrix) for matrix in matrices)]
    heights = [np.arange(size)[::-1] - (size - 1) / 2 for size in sizes]
    most = max(float(np.abs(matrix).max()) for matrix in matrices) or 1.0
    for column, matrix in enumerate(matrices):
        for (i, j), weight in np.ndenumerate(matrix):
            places = [heights[column][j], heights[column + 1][i]]
            [line] = ax.plot([column, column + 1], places)
            line.set_color(BLUE if weight > 0 else VERMILION)
            line.set(linewidth=0.3 + _THICKEST * abs(weight) / most, zorder=1)
            line.set_linestyle("-" if weight > 0 else (0, (2.5, 1.2)))
    for column, places in enumerate(heights):
        size = min(520.0, 3600.0 / max(map(len, heights)))
        dots = ax.scatter([column] * len(places), places, s=size, zorder=2)
        dots.set(facecolor="white", edgecolor=INK, linewidth=1.5)
    for name, height in zip(("$x_1$", "$x_2$"), heights[0], strict=False):
        ax.text(0, height, name, ha="center", va="center", fontsize=11, color=INK)
    for index, height in enumerate(heights[-1]):
        ax.text(len(sizes) - 1, height, str(index), ha="center", va="center", fontsize=10)
    ax.axis("off")
    ax.margins(0.1, 0.12)
    handles = [
        Line2D([], [], color=BLUE, linewidth=3, label="weight above 0"),
        Line2D([], [], color=VERMILION, linewidth=3, linestyle=(0, (2.5, 1.2)), label="below 0"),
    ]
    legend = ax.legend(handles=handles, ncols=2, frameon=False, fontsize=10, loc="upper center")
    legend.set_bbox_to_anchor((0.5, 0.03))
    legend.set_title(f"thickest line: {number(most)}")
