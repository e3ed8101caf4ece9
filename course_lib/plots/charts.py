"""Bars and curves that are read without colour: numbers, hatches, markers, line styles."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from course_lib.arrays import Array
from course_lib.plots.canvas import figure_of
from course_lib.plots.palette import HATCHES, INK, LINE_STYLES, MARKERS, OKABE_ITO

_MOST_SERIES = len(OKABE_ITO)


def bars(
    labels: Sequence[str],
    values: Any,
    *,
    log: bool = False,
    units: str = "",
    title: str | None = None,
    ax: Axes | None = None,
) -> Figure:
    """Horizontal bars from top to bottom in the order given, each with its number.

    values: one number per label, or {series: one number per label} (grouped, hatched bars).
    log: logarithmic axis; then every value must be positive.
    units: what is counted; written along the axis.
    Raises ValueError if labels and values do not match.
    """
    series = _series(values, "bars")
    for name, row in series.items():
        _check_bars(labels, name, row, log)
    fig, ax = _axes(ax, height=0.6 + 0.32 * len(labels) * len(series) + 0.16 * len(labels))
    thickness = 0.8 / len(series)
    longest = max(float(np.max(row)) for row in series.values())
    for index, (name, row) in enumerate(series.items()):
        places = np.arange(len(labels)) - 0.4 + thickness * (index + 0.5)
        drawn = ax.barh(
            places,
            row,
            height=thickness * 0.9,
            color=OKABE_ITO[index],
            hatch=HATCHES[index],
            edgecolor="white",
            label=name,
        )
        ax.bar_label(drawn, labels=[_written(value) for value in row], fontsize=10, color=INK)
    if log:
        ax.set_xscale("log")
        # Room for the numbers at the ends; on a logarithmic axis that is a factor.
        shortest = min(float(np.min(row)) for row in series.values())
        left = 10.0 ** np.floor(np.log10(shortest / 1.5))
        ax.set_xlim(left, longest * (longest / left) ** 0.25)
    else:
        ax.margins(x=0.2)
    ax.set_yticks(np.arange(len(labels)), labels)
    ax.invert_yaxis()
    _finish(ax, xlabel=units + (" (logarithmic axis)" if log else ""), ylabel="", title=title)
    if isinstance(values, Mapping):
        ax.legend(frameon=False, fontsize=10)
    return fig


def lines(
    x: Any,
    series: Any,
    *,
    xlabel: str = "",
    ylabel: str = "",
    title: str | None = None,
    log: bool = False,
    ax: Axes | None = None,
) -> Figure:
    """Curves over a common x; each has its own colour, line style and marker.

    series: {name: y} or one y, each of the length of x. log: logarithmic y axis.
    Raises ValueError if a curve is not as long as x.
    """
    points = np.asarray(x)
    curves = _series(series, "lines")
    fig, ax = _axes(ax, height=3.6)
    for index, (name, y) in enumerate(curves.items()):
        if y.shape != points.shape or points.ndim != 1:
            raise ValueError(
                f"lines expects x and every curve as 1-D arrays of one length; got x of shape "
                f"{points.shape} and {name or 'y'} of shape {y.shape}."
            )
        ax.plot(
            points,
            y,
            color=OKABE_ITO[index],
            linestyle=LINE_STYLES[index],
            marker=MARKERS[index],
            # About a dozen markers a curve, not on the same places for every curve.
            markevery=(index * len(points) // 40, max(1, len(points) // 12)),
            label=name,
        )
    if log:
        ax.set_yscale("log")
    if np.issubdtype(points.dtype, np.integer):
        ax.xaxis.set_major_locator(MaxNLocator(integer=True))
    _finish(ax, xlabel=xlabel, ylabel=ylabel, title=title)
    ax.grid(True, color="#dddddd", linewidth=0.6)
    if isinstance(series, Mapping):
        ax.legend(frameon=False, fontsize=10, handlelength=3)
    return fig


def _written(value: float) -> str:
    """Counts of parameters run to hundreds of millions, and every digit of them is meant."""
    return f" {value:,.0f}" if float(value).is_integer() else f" {value:,.6g}"


def _series(values: Any, caller: str) -> dict[str, Array]:
    named = dict(values) if isinstance(values, Mapping) else {"": values}
    if not 1 <= len(named) <= _MOST_SERIES:
        raise ValueError(
            f"{caller} can tell 1 to {_MOST_SERIES} series apart; got {len(named)}. "
            "Split them over several figures."
        )
    return {str(name): np.asarray(row) for name, row in named.items()}


def _check_bars(labels: Sequence[str], name: str, row: Array, log: bool) -> None:
    if row.shape != (len(labels),) or not len(labels):
        raise ValueError(
            f"bars expects one value per label; got {len(labels)} labels and "
            f"{name or 'values'} of shape {row.shape}."
        )
    if log and np.min(row) <= 0:
        raise ValueError(
            f"bars with log=True expects positive values; got {np.min(row)}. Use log=False."
        )


def _axes(ax: Axes | None, *, height: float) -> tuple[Figure, Axes]:
    if ax is None:
        fig = Figure(figsize=(6.4, height), layout="constrained")
        return fig, fig.add_subplot()
    return figure_of(ax), ax


def _finish(ax: Axes, *, xlabel: str, ylabel: str, title: str | None) -> None:
    ax.set_xlabel(xlabel, fontsize=11)
    ax.set_ylabel(ylabel, fontsize=11)
    ax.tick_params(labelsize=10)
    ax.spines[["top", "right"]].set_visible(False)
    if title is not None:
        ax.set_title(title, fontsize=12)
