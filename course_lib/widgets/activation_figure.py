"""Activation functions side by side: curve and derivative, the learner's over the library's."""

from collections.abc import Mapping
from textwrap import fill
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from course_lib.arrays import Array
from course_lib.plots.palette import BLUE, FAINT, INK, VERMILION
from course_lib.widgets.activation_records import ActivationCurve, activation_curves

_COLUMNS = 4
_LOWEST, _HIGHEST = -2.2, 3.2
_JUMP = 0.5


def activation_gallery_figure(functions: Mapping[str, Any] | None = None) -> Figure:
    """A panel for each function: f solid, f' dashed, the library's as a wide pale band behind.

    functions, errors: as for activation_curves.
    """
    return draw_activations(activation_curves(functions))


def draw_activations(curves: list[ActivationCurve], at: float | None = None) -> Figure:
    """The panels; `at` marks one z in all of them, with the tangent there."""
    columns = min(_COLUMNS, len(curves))
    rows = -(-len(curves) // columns)
    fig = Figure(figsize=(max(2.75 * columns, 4.4), 2.9 * rows + 0.4), layout="constrained")
    for index, curve in enumerate(curves):
        ax = fig.add_subplot(rows, columns, index + 1)
        _draw(ax, curve)
        if at is not None:
            _mark(ax, curve, at)
    handles = [
        Line2D([], [], color=BLUE, linewidth=2.2, label="f(z)"),
        Line2D([], [], color=VERMILION, linewidth=1.8, linestyle="--", label="f '(z)"),
    ]
    if any(curve.reference_a is not None for curve in curves):
        handles.append(Line2D([], [], color=BLUE, alpha=0.25, linewidth=7, label="the library's"))
    fig.legend(handles=handles, loc="outside upper left", ncols=4, frameon=False, fontsize=10)
    return fig


def _draw(ax: Axes, curve: ActivationCurve) -> None:
    ax.set_title(curve.name, fontsize=12)
    ax.set_xlim(curve.z[0], curve.z[-1])
    ax.set_ylim(_LOWEST, _HIGHEST)
    ax.axhline(0, color=FAINT, linewidth=0.7)
    ax.axvline(0, color=FAINT, linewidth=0.7)
    ax.set_xticks([-4, -2, 0, 2, 4])
    ax.set_yticks([-2, -1, 0, 1, 2, 3])
    ax.tick_params(labelsize=9)
    ax.spines[["top", "right"]].set_visible(False)
    under = fill(curve.problem or curve.remark, 34)
    ax.set_xlabel(under or "z", fontsize=9 if under else 10, color=INK)
    if curve.reference_a is not None and curve.reference_da is not None:
        ax.plot(curve.z, lifted(curve.reference_a), color=BLUE, alpha=0.25, linewidth=7)
        ax.plot(curve.z, lifted(curve.reference_da), color=VERMILION, alpha=0.25, linewidth=7)
    if curve.a is None or curve.da is None:
        return
    ax.plot(curve.z, lifted(curve.a), color=BLUE, linewidth=2.2)
    ax.plot(curve.z, lifted(curve.da), color=VERMILION, linewidth=1.8, linestyle="--")


def lifted(values: Array) -> Array:
    """The curve with nan where it jumps: a jump is no slope, so the pen is lifted."""
    curve = values.copy()
    curve[1:][np.abs(np.diff(values)) > _JUMP] = np.nan
    return curve


def _mark(ax: Axes, curve: ActivationCurve, at: float) -> None:
    if curve.a is None or curve.da is None:
        return
    value, slope = np.interp(at, curve.z, curve.a), np.interp(at, curve.z, curve.da)
    if np.isfinite(slope):
        ends = np.array([at - 1, at + 1])
        ax.plot(ends, value + slope * (ends - at), color=INK, linewidth=1.2)
        ax.plot(at, slope, "s", color=VERMILION, markeredgecolor="white", markersize=8)
    ax.plot(at, value, "o", color=BLUE, markeredgecolor="white", markersize=9)
