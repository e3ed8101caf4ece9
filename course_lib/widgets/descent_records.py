"""Gradient descent with the learner's own f and gradient: the path, and what it means in words."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from course_lib.arrays import Array, expect_number, expect_whole
from course_lib.plots.palette import number
from course_lib.widgets.returned import returned

_FAR = 1e12
_ARRIVED = 1e-2  # of the first gradient's length
_MOST_STEPS = 1000

Function = Callable[[Any], Any]
Status = Literal["converged", "diverged", "oscillates", "on the way", "stands still", "problem"]


@dataclass(frozen=True)
class DescentPath:
    """Where the descent went, in D = 1 or 2 dimensions, and what became of it.

    points (T + 1, D), the start first; values (T + 1,) of f; slopes (T + 1, D), the gradients.
    T may be smaller than asked for: a path ends where it leaves the numbers. turns: how many
    steps turn back by more than 90 degrees. words: status and turns as sentences. problem: what
    kept f or gradient from being used ("" if nothing); then points hold what came before.
    """

    points: Array
    values: Array
    slopes: Array
    status: Status
    turns: int
    words: str
    problem: str

    @property
    def zig_zags(self) -> bool:
        """Whether more than half of the steps turn back."""
        return self.turns > (len(self.points) - 2) / 2 > 0


def descent_path(
    f: Function,
    gradient: Function,
    start: Any,
    learning_rate: float,
    momentum: float = 0.0,
    steps: int = 30,
) -> DescentPath:
    """v = momentum v + gradient(w), w = w - learning_rate v, from w = start and v = 0.

    start: a number, or one or two numbers as an array; f and gradient are called with the same
    kind. f returns a number, gradient as many as start has. A value that is not finite is
    divergence; any other trouble in the learner's functions ends in `problem`.
    Raises ValueError for a start of another shape or not finite, a learning rate not above 0, a
    momentum outside [0, 1) and steps outside 1 to 1000; TypeError if they are no numbers.
    """
    w = start_of(start)
    expect_number("learning_rate", learning_rate, above=0)
    expect_number("momentum", momentum, least=0, below=1)
    expect_whole("steps", steps, least=1)
    if steps > _MOST_STEPS:
        raise ValueError(f"steps expects at most {_MOST_STEPS}; got {steps}.")
    walk = _Walk(f, gradient)
    velocity = np.zeros_like(w)
    with np.errstate(all="ignore"):  # divergence is an answer, not a warning
        while walk.visit(w) and len(walk.points) <= steps:
            velocity = momentum * velocity + walk.slopes[-1]
            w = w - learning_rate * velocity
        return walk.path()


def start_of(start: Any) -> Array:
    """start as floats of shape (), (1,) or (2,); ValueError for anything else."""
    w = np.asarray(start, dtype=float)
    if w.shape not in ((), (1,), (2,)):
        raise ValueError(
            f"start expects one number, or an array of one or two; got shape {w.shape}."
        )
    if not np.isfinite(w).all():
        raise ValueError(f"start expects finite numbers; got {start}.")
    return w


def value_of(f: Function, w: Array) -> tuple[float, str]:
    """(f(w), "") or (nan, why there is none); a point of shape () is passed as a number."""
    return _single(f, w, ())


def _single(f: Function, w: Array, shape: tuple[int, ...]) -> tuple[Any, str]:
    """What f returned for w, in `shape`; one number may come in brackets."""
    unwrapped = f
    if np.prod(shape, dtype=int) == 1:

        def unwrapped(point: Any) -> Any:
            result = f(point)
            bracketed = np.ndim(result) > len(shape) and np.size(result) == 1
            return np.reshape(result, shape) if bracketed or np.isscalar(result) else result

        unwrapped.__name__ = getattr(f, "__name__", type(f).__name__)
    numbers, problem = returned(unwrapped, shape, w[()], finite=False)
    return (np.full(shape, np.nan) if numbers is None else numbers), problem


class _Walk:
    """What was seen on the way so far."""

    def __init__(self, f: Function, gradient: Function) -> None:
        self.f, self.gradient = f, gradient
        self.points: list[Array] = []
        self.values: list[float] = []
        self.slopes: list[Array] = []
        self.dimensions = 0
        self.problem = ""
        self.left = False

    def visit(self, w: Array) -> bool:
        """Note the point; False if the walk ends before it."""
        self.dimensions = w.size
        value, problem = value_of(self.f, w)
        slope, other = _single(self.gradient, w, w.shape)
        self.problem = problem or other
        everything = np.concatenate([np.ravel(part) for part in (w, value, slope)])
        self.left = not (np.abs(everything) < _FAR).all()
        if self.problem or (self.left and self.points):
            return False
        self.points.append(w)
        self.values.append(float(value))
        self.slopes.append(slope)
        return not self.left

    def path(self) -> DescentPath:
        points = np.array(self.points).reshape(-1, self.dimensions)
        slopes = np.array(self.slopes).reshape(points.shape)
        values = np.array(self.values)
        moves = np.diff(points, axis=0)
        turns = int(((moves[1:] * moves[:-1]).sum(axis=1) < 0).sum())
        status = self._status(values, slopes, turns)
        path = DescentPath(points, values, slopes, status, turns, "", self.problem)
        return DescentPath(points, values, slopes, status, turns, _words(path), self.problem)

    def _status(self, values: Array, slopes: Array, turns: int) -> Status:
        if self.problem:
            return "problem"
        lengths = np.linalg.norm(slopes, axis=1)
        if self.left or values[-1] > values[0] + 1e-9 * abs(values[0]):
            return "diverged"
        if lengths[0] == 0:
            return "stands still"
        if lengths[-1] <= _ARRIVED * lengths[0]:
            return "converged"
        still = abs(values[-1] - values[0]) <= 1e-9 * max(1.0, abs(values[0]))
        return "oscillates" if turns and still else "on the way"


def _words(path: DescentPath) -> str:
    if path.status == "problem":
        return "The path ends where the function gave no number."
    steps = len(path.points) - 1
    low, high = number(path.values[0]), number(path.values[-1])
    if path.status == "stands still":
        return "The gradient is 0 at the start, so nothing moves: a minimum, a maximum or a saddle."
    if path.status == "oscillates":
        return (
            f"It jumps from side to side and comes no lower: f is {high} after {steps} steps as "
            "at the start. Make the learning rate smaller."
        )
    if path.status == "diverged" and not steps:
        return f"f is {low} at the start or its gradient is too large; choose another start."
    if path.status == "diverged":
        back = ", from side to side of the valley" if path.zig_zags else ""
        return (
            f"It diverges: f grows from {low} to {high} in {steps} steps{back}. Make the learning "
            "rate smaller."
        )
    if path.status == "converged":
        said = f"It arrives: f falls from {low} to {high} in {steps} steps."
    else:
        said = f"It has not arrived after {steps} steps: f went from {low} to {high}."
    if path.zig_zags:
        return (
            f"{said} It zig-zags: {path.turns} of {steps - 1} steps turn back by more than 90 "
            "degrees."
        )
    slow = path.status == "on the way" and not path.turns
    return f"{said} It creeps: a larger learning rate would be quicker." if slow else said
