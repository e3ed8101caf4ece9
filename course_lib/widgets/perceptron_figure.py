"""A perceptron in the plane: the line, the side where y = 1, and the points on the wrong side."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch, Polygon

from course_lib.arrays import Array
from course_lib.plots.palette import INK, OKABE_ITO, number
from course_lib.widgets import learner
from course_lib.widgets.page import Page
from course_lib.widgets.plane import Plane, draw_points, frame
from course_lib.widgets.returned import returned

_MOST_NAMED = 6

Perceptron = Callable[[Array, float, Array], Any]


@dataclass(frozen=True)
class PerceptronLineState:
    """What a line does to the points.

    y (N,): step(w_0 + w_1 x_1 + w_2 x_2), 0 on the line itself. wrong (N,): where y is not the
    label. equation, words: the numbers written out. remark: how the learner's perceptron compares
    ("" without one); problem: why it cannot be compared ("" if it can).
    """

    w: Array
    w0: float
    y: Array
    wrong: Array
    equation: str
    words: str
    remark: str
    problem: str


def perceptron_line_state(
    points: Any,
    labels: Any,
    w: Sequence[float] | Array,
    w0: float,
    *,
    perceptron: Perceptron | None = None,
) -> PerceptronLineState:
    """y = step(w_0 + w_1 x_1 + w_2 x_2) for every point, compared with its label.

    points (N, 2), labels (N,) 0 or 1, w (2,), w0 a number. perceptron: the learner's function,
    called with points, w0, w; it must return (N,). Raises ValueError for other shapes, other
    labels and numbers that are not finite; whatever `perceptron` does ends in remark or problem.
    """
    plane = Plane.of(points, labels, most_classes=2)
    normal, bias = weights_of(w, w0)
    y = (plane.points @ normal + bias > 0).astype(int)
    wrong = y != plane.labels
    said = equation(normal, bias), _words(normal, bias, wrong)
    remark, problem = _remark(perceptron, plane.points, bias, normal, y)
    return PerceptronLineState(normal, bias, y, wrong, *said, remark, problem)


def perceptron_line_figure(
    points: Any,
    labels: Any,
    w: Sequence[float] | Array,
    w0: float,
    *,
    perceptron: Perceptron | None = None,
) -> Figure:
    """The picture that PerceptronLine shows; shapes and errors as for perceptron_line_state."""
    state = perceptron_line_state(points, labels, w, w0, perceptron=perceptron)
    plane = Plane.of(points, labels)
    page = Page(7.6, 5.3, [state.equation, state.words, state.remark, state.problem])
    ax = page.axes(0.75, 0.2, 4.5, 4.5)
    frame(ax, plane.square)
    _draw_line(ax, plane.square, state)
    draw_points(ax, plane, state.wrong)
    ax.legend(loc="upper left", bbox_to_anchor=(1.02, 1.0), frameon=False, fontsize=10)
    numbers = zip(("w_0", "w_1", "w_2"), (state.w0, *state.w), strict=True)
    written = "\n".join(f"${name}$ = {number(value)}" for name, value in numbers)
    ax.text(1.07, 0.06, written, transform=ax.transAxes, fontsize=13, color=INK, linespacing=1.6)
    return page.fig


def weights_of(w: Sequence[float] | Array, w0: float) -> tuple[Array, float]:
    """w (2,) and w0 as floats; ValueError if they are anything else."""
    normal, bias = np.asarray(w, dtype=float), np.asarray(w0, dtype=float)
    if normal.shape != (2,) or bias.shape != ():
        raise ValueError(
            "w expects two numbers (w_1, w_2) and w0 one; got shapes "
            f"{normal.shape} and {bias.shape}."
        )
    if not (np.isfinite(normal).all() and np.isfinite(bias)):
        raise ValueError(f"w and w0 expect finite numbers; got {normal.tolist()} and {bias}.")
    return normal, float(bias)


def equation(w: Array, w0: float) -> str:
    """The condition with its numbers: y = 1 where 0.5 + 1 x_1 − 2 x_2 > 0."""
    terms = "".join(
        f" {'+' if value >= 0 else '−'} {number(abs(value))} x_{index}"
        for index, value in enumerate(w, start=1)
    )
    return f"y = 1 where {number(w0)}{terms} > 0, else y = 0."


def _words(w: Array, w0: float, wrong: Array) -> str:
    if not w.any():
        side = "1" if w0 > 0 else "0"
        none = f"Without w_1 and w_2 there is no line: every point gets y = {side}."
        return f"{none} {_tally(wrong)}"
    return _tally(wrong)


def _tally(wrong: Array) -> str:
    if not wrong.any():
        return f"All {len(wrong)} points are on the right side."
    where = np.flatnonzero(wrong)
    named = ", ".join(map(str, where[:_MOST_NAMED]))
    more = " and more" if len(where) > _MOST_NAMED else ""
    verb = "is" if len(where) == 1 else "are"
    which = "number" if len(where) == 1 else "numbers"
    return f"{len(where)} of {len(wrong)} points {verb} on the wrong side: {which} {named}{more}."


def _remark(
    perceptron: Perceptron | None, points: Array, w0: float, w: Array, y: Array
) -> tuple[str, str]:
    """(how it compares, why it cannot be compared)."""
    if perceptron is None:
        return "", ""
    name = learner.name_of(perceptron)
    got, problem = returned(perceptron, y.shape, points, w0, w, finite=False)
    if got is None:
        return "", problem
    differing = np.flatnonzero(got != y)
    if not len(differing):
        return f"Your {name} agrees on every point.", ""
    first = differing[0]
    return (
        f"Your {name} differs at {len(differing)} of {len(y)} points: at point {first} it says "
        f"{number(float(got[first]))}, expected {y[first]}."
    ), ""


def _draw_line(
    ax: Axes, square: tuple[float, float, float, float], state: PerceptronLineState
) -> None:
    region = _half_plane(square, state.w, state.w0)
    if len(region) > 2:
        ax.add_patch(
            Polygon(region, closed=True, color=OKABE_ITO[1], alpha=0.14, lw=0, label="y = 1")
        )
    if not state.w.any():
        return
    middle = np.array([square[0] + square[1], square[2] + square[3]]) / 2
    length = float(np.linalg.norm(state.w))
    foot = middle - state.w * (state.w0 + state.w @ middle) / length**2
    along = np.array([-state.w[1], state.w[0]]) / length
    ax.axline(tuple(foot), tuple(foot + along), color=INK, linewidth=2.2)
    if not (square[0] < foot[0] < square[1] and square[2] < foot[1] < square[3]):
        return
    tip = foot + state.w / length * 0.13 * (square[1] - square[0])
    ends = tuple(foot), tuple(tip)
    arrow = FancyArrowPatch(*ends, arrowstyle="-|>", mutation_scale=16, shrinkA=0, shrinkB=0)
    arrow.set(color=INK, linewidth=2.2, zorder=6)
    ax.add_patch(arrow)
    ax.annotate("w", ends[1], (5, 5), textcoords="offset points", fontsize=12, color=INK)


def _half_plane(square: tuple[float, float, float, float], w: Array, w0: float) -> Array:
    """The corners of that part of the square in which w_0 + w·x > 0, in order."""
    left, right, bottom, top = square
    corners = np.array([(left, bottom), (right, bottom), (right, top), (left, top)])
    heights = corners @ w + w0
    kept: list[Array] = []
    for index, (corner, height) in enumerate(zip(corners, heights, strict=True)):
        after, other = corners[(index + 1) % 4], float(heights[(index + 1) % 4])
        if height > 0:
            kept.append(corner)
        if (height > 0) != (other > 0):
            kept.append(corner + (after - corner) * height / (height - other))
    return np.array(kept)
