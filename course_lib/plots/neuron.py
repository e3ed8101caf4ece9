"""One artificial neuron and its parts: inputs, weights, bias, sum, activation, output."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle, FancyArrowPatch, Rectangle

from course_lib.plots.palette import BLUE, FAINT, GREEN, INK, ORANGE, VERMILION, number

_MOST_INPUTS = 6
_REACH = 4.0  # the small curve shows f(z) for z from -4 to 4


def draw_neuron(
    f: Callable[[Any], Any],
    x: Sequence[float] | None = None,
    w: Sequence[float] | None = None,
    w0: float | None = None,
    *,
    inputs: int = 3,
    name: str = "f",
    title: str | None = None,
) -> Figure:
    """x_1 ... x_D times w_1 ... w_D, plus w_0, through f, gives y; each part with its name.

    f: the activation, called with an array; its curve is drawn in its box, with `name` above.
    x, w (D,) and w0: numbers to be written beside the letters, and the sum and y with them; all
    three or none. inputs: how many inputs to draw when there are no numbers.
    Raises ValueError for numbers that do not go together and for more than 6 inputs.
    Source: RWTH 000:87, 000:110.
    """
    if not _go_together(x, w, w0):
        raise ValueError(
            "draw_neuron expects x and w of one length together with w0, or none of the three; "
            f"got x {x}, w {w} and w0 {w0}."
        )
    count = inputs if x is None else len(x)
    if not 1 <= count <= _MOST_INPUTS:
        raise ValueError(f"draw_neuron can draw 1 to {_MOST_INPUTS} inputs; got {count}.")
    fig = Figure(figsize=(8.6, 1.5 + 0.75 * count), layout="constrained")
    ax = fig.add_subplot()
    ax.set(xlim=(-0.9, 9.1), ylim=(-count / 2 - 0.9, count / 2 + 0.75), aspect="equal")
    ax.axis("off")
    net = None if x is None or w is None or w0 is None else float(np.dot(x, w) + w0)
    rows = (count - 1) / 2 - np.arange(count)
    for k, row in enumerate(rows):
        value = "" if x is None else f"\n{number(x[k])}"
        _dot(ax, 0.0, row, f"$x_{k + 1}${value}", BLUE)
        weight = "" if w is None else f" = {number(w[k])}"
        _arrow(ax, (0.36, row), (3.05, 0.12 * row))
        _text(ax, 1.3, row * 0.66 + 0.21, f"$w_{k + 1}${weight}")
    bottom = -count / 2 - 0.35
    _dot(ax, 2.2, bottom, "1", FAINT)
    _arrow(ax, (2.48, bottom + 0.23), (3.2, -0.32))
    _text(ax, 3.0, bottom + 0.05, "$w_0$" + ("" if w0 is None else f" = {number(w0)}"), "left")
    _dot(ax, 3.45, 0.0, r"$\Sigma$", ORANGE, size=20)
    _arrow(ax, (3.83, 0.0), (5.34, 0.0))
    _text(ax, 4.6, 0.2, "net" + ("" if net is None else f" = {number(net)}"))
    _curve(ax, f, net)
    _text(ax, 6.05, 0.85, name)
    _arrow(ax, (6.75, 0.0), (8.16, 0.0))
    y = "" if net is None else f"\n{number(float(np.asarray(f(np.array([net])))[0]))}"
    _dot(ax, 8.55, 0.0, f"$y${y}", GREEN)
    top = count / 2 + 0.45
    for place, word in ((0.0, "inputs"), (1.55, "weights"), (3.45, "sum"), (6.05, "activation"),
                        (8.55, "output")):
        _text(ax, place, max(top, 1.3), word, color=FAINT)
    _text(ax, 2.2, bottom - 0.58, "bias", color=FAINT)
    ax.set_ylim(bottom - 0.85, max(top, 1.3) + 0.45)
    if title is not None:
        ax.set_title(title, fontsize=12)
    return fig


def _go_together(
    x: Sequence[float] | None, w: Sequence[float] | None, w0: float | None
) -> bool:
    if x is None or w is None or w0 is None:
        return x is None and w is None and w0 is None
    return len(x) == len(w)


def _dot(ax: Axes, x: float, y: float, text: str, color: str, size: int = 11) -> None:
    ax.add_patch(Circle((x, y), 0.36, facecolor="white", edgecolor=color, linewidth=2, zorder=3))
    ax.text(x, y, text, ha="center", va="center", fontsize=size, color=INK, zorder=4,
            linespacing=0.95)


def _arrow(ax: Axes, start: tuple[float, float], end: tuple[float, float]) -> None:
    ax.add_patch(
        FancyArrowPatch(start, end, arrowstyle="-|>", mutation_scale=13, shrinkA=0, shrinkB=0,
                        color=INK, linewidth=1.2)
    )


def _text(ax: Axes, x: float, y: float, text: str, ha: Any = "center", color: str = INK) -> None:
    ax.text(x, y, text, ha=ha, va="center", fontsize=11, color=color)


def _curve(ax: Axes, f: Callable[[Any], Any], net: float | None) -> None:
    """The curve of f in its box: 1.4 wide and high, f from -1.1 to 1.1."""
    ax.add_patch(
        Rectangle((5.37, -0.68), 1.36, 1.36, facecolor="white", edgecolor=VERMILION, linewidth=2)
    )
    z = np.linspace(-_REACH, _REACH, 201)
    a = np.asarray(f(z), dtype=float)
    inside = np.abs(a) <= 1.1
    ax.plot([5.45, 6.65], [0, 0], color=FAINT, linewidth=0.6)
    ax.plot([6.05, 6.05], [-0.6, 0.6], color=FAINT, linewidth=0.6)
    drawn = np.where(inside, 0.55 * a, np.nan)
    drawn[1:][np.abs(np.diff(a)) > 0.5] = np.nan  # the pen is lifted at a jump
    ax.plot(6.05 + 0.15 * z, drawn, color=VERMILION, linewidth=2)
    if net is not None and abs(net) <= _REACH:
        value = float(np.asarray(f(np.array([net])))[0])
        if abs(value) <= 1.1:
            ax.plot(6.05 + 0.15 * net, 0.55 * value, "o", color=INK, markersize=6, zorder=5)
