"""Functions to descend on: curves over one weight, contour lines over two, and paths on them."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import BoundaryNorm
from matplotlib.figure import Figure

from course_lib.arrays import Array
from course_lib.plots.canvas import figure_of
from course_lib.plots.palette import INK, LINE_STYLES, MARKERS, OKABE_ITO

_LEVELS = 18


def curve(
    f: Callable[[Any], Any],
    span: tuple[float, float],
    paths: Mapping[str, Any] | None = None,
    *,
    xlabel: str = "w",
    ylabel: str = "f(w)",
    title: str | None = None,
    ax: Axes | None = None,
) -> Figure:
    """f over the interval `span`, and paths as points on the curve, joined in their order.

    f is called with one number at a time. paths: {name: points}, points (T,) or (T, 1); what
    lies outside `span` is not drawn. The first point of a path is filled; with
    more than one path there is a legend.
    Raises ValueError for an empty span or points of another shape.
    """
    left, right = _interval("curve", span)
    ax = _axes(ax, 3.4)
    w = np.linspace(left, right, 301)
    height = np.array([float(f(value)) for value in w])
    ax.plot(w, height, color=INK, linewidth=1.5)
    for index, (name, points) in enumerate((paths or {}).items()):
        at = _points("curve", points, 1)[:, 0]
        at = np.where((at >= left) & (at <= right), at, np.nan)
        _draw_path(ax, at, np.array([float(f(value)) for value in at]), index, name)
    room = 0.06 * float(np.ptp(height)) or 1.0
    ax.set_ylim(float(height.min()) - room, float(height.max()) + room)
    return _finish(ax, (left, right), xlabel, ylabel, title, len(paths or {}) > 1)


def contours(
    f: Callable[[Array], Any],
    span: tuple[float, float] | tuple[tuple[float, float], tuple[float, float]],
    paths: Mapping[str, Any] | None = None,
    *,
    xlabel: str = "$w_1$",
    ylabel: str = "$w_2$",
    title: str | None = None,
    ax: Axes | None = None,
) -> Figure:
    """Lines of equal f over two weights, dark where f is low, and paths joined in their order.

    f is called with one array of shape (2,) at a time. span: one interval for both weights, or
    one for each. paths: {name: points (T, 2)}; what lies outside is cut off. The first point of
    a path is filled; with more than one there is a legend. Neighbouring lines enclose equally
    many places, so that flat valleys show.
    Raises ValueError for an empty span or points of another shape.
    """
    both = np.shape(span) == (2, 2)
    across, up = (_interval("contours", side) for side in (span if both else (span, span)))
    ax = _axes(ax, 4.2)
    columns, rows = np.linspace(*across, 71), np.linspace(*up, 71)
    height = np.array([[float(f(np.array([x, y]))) for x in columns] for y in rows])
    levels = np.unique(np.quantile(height, np.linspace(0, 1, _LEVELS)))
    if len(levels) > 1:
        bands = BoundaryNorm(levels, 256)  # a colour of its own for every band
        ax.contourf(columns, rows, height, levels=levels, cmap="cividis", norm=bands)
        ax.contour(columns, rows, height, levels=levels, colors="white", linewidths=0.4)
    for index, (name, points) in enumerate((paths or {}).items()):
        at = _points("contours", points, 2)
        _draw_path(ax, at[:, 0], at[:, 1], index, name)
    ax.set_ylim(*up)
    return _finish(ax, across, xlabel, ylabel, title, len(paths or {}) > 1)


# White edges keep every path apart from the dark and the light parts of the landscape.
_PATH_COLOURS = (OKABE_ITO[1], OKABE_ITO[4], OKABE_ITO[3], OKABE_ITO[2], OKABE_ITO[5])


def _draw_path(ax: Axes, x: Array, y: Array, index: int, name: str) -> None:
    colour = _PATH_COLOURS[index % len(_PATH_COLOURS)]
    marker, style = MARKERS[index % len(MARKERS)], LINE_STYLES[index % len(LINE_STYLES)]
    ax.plot(x, y, color="white", linewidth=3.4, zorder=3)
    ax.plot(
        x, y, color=colour, linestyle=style, marker=marker, markersize=5, linewidth=1.7,
        markerfacecolor="white", markeredgecolor=colour, label=name, zorder=4,
    )
    ax.plot(x[:1], y[:1], marker=marker, markersize=9, color=colour, markeredgecolor="white",
            linestyle="", zorder=5)


def _interval(caller: str, span: Any) -> tuple[float, float]:
    try:
        low, high = (float(end) for end in span)
    except (TypeError, ValueError):
        low, high = 0.0, 0.0
    if not -np.inf < low < high < np.inf:
        raise ValueError(f"{caller} expects span as (low, high) with low < high; got {span}.")
    return low, high


def _points(caller: str, points: Any, dimensions: int) -> Array:
    at = np.asarray(points, dtype=float)
    if at.ndim == 1 and dimensions == 1:
        at = at[:, np.newaxis]
    if at.ndim != 2 or at.shape[1] != dimensions:
        raise ValueError(
            f"{caller} expects every path as points of shape (T, {dimensions}); got {at.shape}."
        )
    return at


def _axes(ax: Axes | None, height: float) -> Axes:
    if ax is None:
        return Figure(figsize=(6.4, height), layout="constrained").add_subplot()
    return ax


def _finish(
    ax: Axes, across: tuple[float, float], xlabel: str, ylabel: str, title: str | None, named: bool
) -> Figure:
    ax.set_xlim(*across)
    ax.set_xlabel(xlabel, fontsize=11)
    ax.set_ylabel(ylabel, fontsize=11)
    ax.tick_params(labelsize=10)
    ax.spines[["top", "right"]].set_visible(False)
    if title is not None:
        ax.set_title(title, fontsize=12)
    if named:
        ax.legend(fontsize=9, framealpha=0.9, handlelength=3)
    return figure_of(ax)
