"""Is the backward pass the derivative of the forward pass? Ask finite differences.

One random direction v and one random upstream gradient g are enough to tell, whatever the size:
the change of <g, f(x)> along v must be <v, f_backward(g, x)>. Element by element takes two
forward passes for every number, and shows where the mistake is.

`compare_gradients` asks another question: of all the gradients on the way back, which is the
first that is wrong? What is wrong later is often only wrong because of it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from course_lib.arrays import Array

__all__ = [
    "STEP",
    "ComparedGradient",
    "GradientCheck",
    "GradientComparison",
    "check_gradient",
    "compare_gradients",
]

STEP = 1e-6


@dataclass(frozen=True)
class GradientCheck:
    """What a check found: `relative_error`, the largest over the arguments, and `ok`.

    argument is the position of the worst argument; analytic and numeric are its two derivatives
    along the random direction. worst_entry is named after an element by element check only.
    """

    relative_error: float
    tolerance: float
    argument: int
    analytic: float
    numeric: float
    worst_entry: str | None = None

    @property
    def ok(self) -> bool:
        """Whether the two derivatives agree to the tolerance (and are numbers at all)."""
        return self.relative_error <= self.tolerance

    def __str__(self) -> str:
        verdict = "The gradients agree" if self.ok else "The gradients differ"
        text = (
            f"{verdict}: relative error {self.relative_error:.1e} (tolerance "
            f"{self.tolerance:.0e}) by argument {self.argument}; backward says "
            f"{self.analytic:.9g}, finite differences say {self.numeric:.9g}."
        )
        return text if self.worst_entry is None else f"{text} Worst entry: {self.worst_entry}."


def check_gradient(
    f: Callable[..., Any],
    f_backward: Callable[..., Any],
    args: Sequence[Any],
    *,
    rng: np.random.Generator,
    wrt: Sequence[int] | None = None,
    tolerance: float = 1e-6,
    show: bool = False,
) -> GradientCheck:
    """Compare <v, f_backward(g, *args)> with the central difference of <g, f(*args)> along v.

    f(*args) returns an array y. f_backward(g, *args), with g of the shape of y, returns one
    gradient for each argument in `wrt` (positions; by default every array among args), in that
    order: a tuple, or the array itself if it is one. The error of an argument is relative to the
    usual size of <v, gradient>, and the worst argument counts. show=True prints a table, element
    by element, and names the worst entry.

    Raises TypeError if an argument to be changed is not float64, since float32 has 7 digits
    and the step changes the seventh; ValueError if the number of gradients or a shape is wrong.
    """
    positions = _positions(args, wrt)
    y = np.asarray(f(*args))
    g = rng.standard_normal(y.shape)
    gradients = _gradients(f_backward(g, *args), args, positions)

    def change(position: int, direction: Array) -> float:
        """The derivative of <g, f> when args[position] moves along `direction`."""
        moved = list(args)
        moved[position] = args[position] + STEP * direction
        above = np.sum(g * f(*moved))
        moved[position] = args[position] - STEP * direction
        return float((above - np.sum(g * f(*moved))) / (2 * STEP))

    results = []
    for position, gradient in zip(positions, gradients, strict=True):
        v = rng.standard_normal(gradient.shape)
        analytic, numeric = float(np.sum(v * gradient)), change(position, v)
        # The usual size of <v, gradient>; the actual one may be near 0 by chance.
        usual = float(np.linalg.norm(v) * np.linalg.norm(gradient)) / max(v.size, 1) ** 0.5
        error = _relative(analytic - numeric, usual, numeric)
        results.append(GradientCheck(error, tolerance, position, analytic, numeric))
    # A gradient that is not a number is worse than any number.
    worst = max(results, key=lambda r: np.inf if np.isnan(r.relative_error) else r.relative_error)
    if not show:
        return worst
    entry = _print_table(positions, gradients, change)
    return GradientCheck(
        worst.relative_error, tolerance, worst.argument, worst.analytic, worst.numeric, entry
    )


@dataclass(frozen=True)
class ComparedGradient:
    """One gradient beside its reference.

    difference: the largest |mine - reference| over all entries; infinite where the two cannot
    be subtracted. exact: equal to the last bit. ok: equal within the tolerance. problem: why
    they cannot be compared ("" if they can).
    """

    name: str
    exact: bool
    ok: bool
    difference: float
    problem: str = ""


@dataclass(frozen=True)
class GradientComparison:
    """All rows of a comparison, in the order of the backward pass; print it for a table."""

    rows: tuple[ComparedGradient, ...]

    @property
    def ok(self) -> bool:
        """Whether all gradients agree to the tolerance."""
        return all(row.ok for row in self.rows)

    @property
    def first_wrong(self) -> str | None:
        """The name of the first gradient that is wrong, where the search begins; None if all
        are right."""
        return next((row.name for row in self.rows if not row.ok), None)

    def __str__(self) -> str:
        width = max([len("gradient"), *(len(row.name) for row in self.rows)])
        lines = [f"{'gradient':{width}}  {'exact':>5}  {'agrees':>6}  largest difference"]
        for row in self.rows:
            exact, ok = ("yes" if held else "no" for held in (row.exact, row.ok))
            what = row.problem or f"{row.difference:.1e}"
            mark = "  <- first wrong" if row.name == self.first_wrong else ""
            lines.append(f"{row.name:{width}}  {exact:>5}  {ok:>6}  {what}{mark}")
        return "\n".join(lines)


def compare_gradients(
    mine: Mapping[Any, Any], reference: Mapping[Any, Any], *, tolerance: float = 1e-6
) -> GradientComparison:
    """max |mine - reference| for every name of `reference`, in its order.

    mine, reference: name -> number or array. Write `reference` in the order of the backward
    pass: the first wrong row is then the place of the mistake, and later ones may only follow
    from it. A row is ok if no entry is off by more than tolerance times the largest entry of
    the reference (the tolerance itself where that is 0). A name that `mine` lacks, and a gradient
    of another shape, is wrong.
    Raises ValueError for a name that `reference` does not have.
    """
    extra = [name for name in mine if name not in reference]
    if extra:
        known = ", ".join(map(str, reference))
        raise ValueError(
            f"compare_gradients knows no gradient called {extra[0]!r}; the reference has {known}."
        )
    return GradientComparison(
        tuple(
            _compared(str(name), mine.get(name), np.asarray(wanted), tolerance)
            for name, wanted in reference.items()
        )
    )


def _compared(name: str, mine: Any, wanted: Array, tolerance: float) -> ComparedGradient:
    if mine is None:
        return ComparedGradient(name, False, False, np.inf, "missing")
    got = np.asarray(mine)
    if got.shape != wanted.shape:
        problem = f"shape {got.shape} instead of {wanted.shape}"
        return ComparedGradient(name, False, False, np.inf, problem)
    difference = float(np.max(np.abs(got - wanted), initial=0.0))
    largest = float(np.max(np.abs(wanted), initial=0.0))
    ok = difference <= tolerance * (largest or 1.0)
    return ComparedGradient(name, bool(np.array_equal(got, wanted)), ok, difference)


def _positions(args: Sequence[Any], wrt: Sequence[int] | None) -> list[int]:
    if wrt is None:
        wrt = [k for k, argument in enumerate(args) if isinstance(argument, np.ndarray)]
    if len(wrt) == 0:
        raise ValueError("check_gradient has nothing to change: no array among the arguments.")
    for position in wrt:
        kind = getattr(args[position], "dtype", type(args[position]).__name__)
        if kind in (np.float64, "float"):
            continue
        reason = (
            "a step of 1e-6 drowns in its 7 digits"
            if kind == np.float32
            else "it has no room for a step of 1e-6"
        )
        raise TypeError(
            f"check_gradient expects argument {position} in float64; got {kind}, and {reason}. "
            "Use .astype(np.float64), or leave the argument out of wrt."
        )
    return list(wrt)


def _gradients(returned: Any, args: Sequence[Any], positions: list[int]) -> list[Array]:
    gradients = list(returned) if isinstance(returned, tuple | list) else [returned]
    if len(gradients) != len(positions):
        raise ValueError(
            f"f_backward should return {len(positions)} gradients, by the arguments {positions}; "
            f"it returned {len(gradients)}. Say which ones with wrt=..."
        )
    for position, gradient in zip(positions, gradients, strict=True):
        wanted, got = np.shape(args[position]), np.shape(gradient)
        if wanted != got:
            advice = " Is it transposed?" if wanted == got[::-1] else ""
            raise ValueError(
                f"The gradient by argument {position} should have its shape {wanted}; "
                f"got {got}.{advice}"
            )
    return [np.asarray(gradient) for gradient in gradients]


def _relative(difference: float, *scales: float) -> float:
    """|difference| over the largest scale; 0 if all are 0."""
    scale = max(map(abs, scales))
    return 0.0 if difference == 0 else abs(difference) / max(scale, np.finfo(np.float64).tiny)


def _print_table(
    positions: list[int], gradients: list[Array], change: Callable[[int, Array], float]
) -> str:
    """One row for every number; returns the name of the worst entry."""
    rows: list[tuple[float, str, float, float]] = []
    for position, gradient in zip(positions, gradients, strict=True):
        typical = float(np.linalg.norm(gradient)) / max(gradient.size, 1) ** 0.5
        for index in np.ndindex(gradient.shape):
            direction = np.zeros(gradient.shape)
            direction[index] = 1.0
            analytic, numeric = float(gradient[index]), change(position, direction)
            error = _relative(analytic - numeric, analytic, numeric, typical)
            rows.append((error, f"args[{position}]{list(index) or ''}", analytic, numeric))
    worst = max(range(len(rows)), key=lambda k: np.inf if np.isnan(rows[k][0]) else rows[k][0])
    width = max(len(name) for _, name, _, _ in rows)
    print(f"{'entry':{width}}  {'backward':>14}  {'differences':>14}  {'relative error':>14}")
    for k, (error, name, analytic, numeric) in enumerate(rows):
        mark = "  <- worst" if k == worst else ""
        print(f"{name:{width}}  {analytic:14.6g}  {numeric:14.6g}  {error:14.1e}{mark}")
    return rows[worst][1]
