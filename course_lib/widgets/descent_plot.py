"""A descent as a picture: the curve or the contours, the path on it, and f step by step."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from course_lib.arrays import Array
from course_lib.plots.palette import BLUE, INK, VERMILION, number
from course_lib.widgets.descent_records import DescentPath, Function, descent_path, value_of
from course_lib.widgets.page import Page

_CURVE_POINTS = 201
_GRID = 65
_LEVELS = 14
_ROOM = 1.3

Bounds = Sequence[tuple[float, float]]


def descent_figure(
    f: Function,
    gradient: Function,
    start: Any,
    learning_rate: float,
    momentum: float = 0.0,
    steps: int = 30,
    *,
    bounds: Bounds | None = None,
) -> Figure:
    """The picture that DescentExplorer shows: the path over f, and f(w) after each step.

    bounds: the part of the plane to show, [(low, high)] for each dimension; by default a square
    around 0 that holds the start and the lowest point of the path. The other arguments, and
    what is raised for them: as for descent_path; ValueError for bounds that do not fit.
    """
    path = descent_path(f, gradient, start, learning_rate, momentum, steps)
    window = bounds_of(bounds, path, start)
    shape = np.shape(start)
    settings = f"learning rate {number(learning_rate)}, momentum {number(momentum)}"
    page = Page(10.4, 4.8, [f"{settings}: {path.words}", path.problem])
    picture = page.axes(0.75, 0.4, 4.6 if shape == (2,) else 5.2, 3.8)
    (_draw_contours if shape == (2,) else _draw_curve)(picture, f, path, window, shape)
    beside = page.axes(6.9, 0.4, 3.3, 3.8)
    _draw_values(beside, path)
    return page.fig


def bounds_of(bounds: Bounds | None, path: DescentPath, start: Any) -> list[tuple[float, float]]:
    """(low, high) for each dimension; ValueError for bounds that do not fit the start."""
    dimensions = np.size(start)
    if bounds is None:
        places = [np.ravel(np.asarray(start, dtype=float))]
        if len(path.points):
            best = path.points[int(np.nanargmin(np.nan_to_num(path.values, nan=np.inf)))]
            places.append(best)
        half = _ROOM * max(1.0, float(np.abs(places).max()))
        return [(-half, half)] * dimensions
    window = np.asarray(bounds, dtype=float)
    if window.shape != (dimensions, 2) or not (window[:, 0] < window[:, 1]).all():
        raise ValueError(
            f"bounds expects (low, high) for each of the {dimensions} dimensions of start, low "
            f"below high; got {bounds}."
        )
    return [(float(low), float(high)) for low, high in window]


def curve(f: Function, bounds: tuple[float, float], shape: tuple[int, ...]) -> tuple[Array, Array]:
    """x (M,) and f at x, nan where f gave no number."""
    x = np.linspace(*bounds, _CURVE_POINTS)
    return x, np.array([value_of(f, np.full(shape, value))[0] for value in x])


def surface(f: Function, bounds: Sequence[tuple[float, float]]) -> tuple[Array, Array, Array]:
    """x (M,), y (M,) and f at every pair, (M, M) with one row for each y."""
    x, y = (np.linspace(low, high, _GRID) for low, high in bounds)
    return x, y, np.array([[value_of(f, np.array([a, b]))[0] for a in x] for b in y])


def levels_of(heights: Array) -> Array:
    """Heights for contour lines, closer together at the bottom: valleys are what matters."""
    finite = heights[np.isfinite(heights)]
    if not finite.size or finite.min() == finite.max():
        return np.array([])
    low, high = float(finite.min()), float(np.quantile(finite, 0.97))
    levels: Array = low + (high - low) * (np.arange(1, _LEVELS + 1) / _LEVELS) ** 2
    return levels


def _draw_curve(
    ax: Axes, f: Function, path: DescentPath, bounds: Bounds, shape: tuple[int, ...]
) -> None:
    x, y = curve(f, bounds[0], shape)
    ax.plot(x, y, color=BLUE, linewidth=2)
    finite = y[np.isfinite(y)]
    if finite.size:
        spare = 0.08 * max(float(np.ptp(finite)), 1e-9)
        ax.set_ylim(finite.min() - spare, finite.max() + spare)
    _draw_path(ax, path.points[:, 0], path.values)
    ax.set_xlim(*bounds[0])
    ax.set_xlabel("w", fontsize=11)
    ax.set_title("f(w)", fontsize=11)
    ax.spines[["top", "right"]].set_visible(False)


def _draw_contours(
    ax: Axes, f: Function, path: DescentPath, bounds: Bounds, shape: tuple[int, ...]
) -> None:
    x, y, heights = surface(f, bounds)
    levels = levels_of(heights)
    if levels.size:
        masked = np.ma.masked_invalid(heights)
        ax.contour(x, y, masked, levels=levels, cmap="viridis", linewidths=1.2)
    _draw_path(ax, *path.points.T.reshape(2, -1))
    ax.set_xlim(*bounds[0])
    ax.set_ylim(*bounds[1])
    ax.set_xlabel("$w_1$", fontsize=11)
    ax.set_ylabel("$w_2$", fontsize=11, rotation=0, labelpad=10)
    ax.set_title("contours of f, dark = low", fontsize=11)


def _draw_path(ax: Axes, x: Array, y: Array) -> None:
    ax.plot(x, y, color=VERMILION, linewidth=1.4, marker="o", markersize=4.5, zorder=4)
    if len(x):
        for at, marker, size, label in ((0, "s", 80, "start"), (-1, "*", 220, "last step")):
            dot = ax.scatter(x[at], y[at], s=size, marker=marker, label=label)
            dot.set(facecolor=VERMILION, edgecolor=INK, zorder=5)
        ax.legend(loc="upper right", fontsize=9, framealpha=0.9)


def _draw_values(ax: Axes, path: DescentPath) -> None:
    ax.plot(path.values, color=VERMILION, marker="o", markersize=4.5, linewidth=1.4)
    finite = path.values[np.isfinite(path.values)]
    if finite.size and finite.min() > 0 and finite.max() > 100 * finite.min():
        ax.set_yscale("log")
    ax.set_xlabel("step", fontsize=11)
    ax.set_title("f after each step", fontsize=11)
    ax.xaxis.set_major_locator(MaxNLocator(integer=True))
    ax.grid(True, color="#dddddd", linewidth=0.6)
    ax.spines[["top", "right"]].set_visible(False)
