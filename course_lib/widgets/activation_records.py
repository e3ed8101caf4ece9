"""Activation functions with their derivatives, the learner's beside the library's."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from course_lib import functional as F
from course_lib.arrays import Array
from course_lib.plots.palette import number
from course_lib.widgets import learner
from course_lib.widgets.returned import as_numbers

REACH = 4.0
_STEP = 1e-5  # for derivatives that nobody wrote down

Curve = Callable[[Array], Array]

# name -> (f, derivative). Both take z (M,) and give (M,).
LIBRARY: dict[str, tuple[Curve, Curve]] = {
    "step": (F.step, np.zeros_like),
    "sigmoid": (F.sigmoid, lambda z: F.sigmoid_backward(np.ones_like(z), F.sigmoid(z))),
    "tanh": (F.tanh, lambda z: F.tanh_backward(np.ones_like(z), F.tanh(z))),
    "relu": (F.relu, lambda z: F.relu_backward(np.ones_like(z), z)),
    "leaky_relu": (F.leaky_relu, lambda z: F.leaky_relu_backward(np.ones_like(z), z)),
    "elu": (F.elu, lambda z: F.elu_backward(np.ones_like(z), z)),
    "selu": (F.selu, lambda z: F.selu_backward(np.ones_like(z), z)),
}
# Other names for the same functions, as decks and learners write them.
_ALIASES = {"f_log": "sigmoid", "logistic": "sigmoid", "leaky": "leaky_relu", "f_step": "step"}
# No derivative at 0, so there any convention is right.
_KINKED = ("step", "relu", "leaky_relu", "selu")


@dataclass(frozen=True)
class ActivationCurve:
    """One function over z (M,).

    a, da: the values and the derivatives drawn, (M,), or None if the function gave none.
    reference_a, reference_da: the library's, or None for a function that it does not have.
    written: whether the derivative is the function's own word or was measured. remark: how it
    compares with the library; problem: why it cannot be drawn ("" if it can).
    """

    name: str
    z: Array
    a: Array | None
    da: Array | None
    reference_a: Array | None
    reference_da: Array | None
    written: bool
    remark: str
    problem: str


def activation_curves(
    functions: Mapping[str, Any] | None = None, *, points: int = 161
) -> list[ActivationCurve]:
    """f(z) and f'(z) for z from -4 to 4, for every function.

    functions: name -> f, called with z (M,). f returns a (M,), or a pair (a, da). Instead of f a
    pair of functions (f, derivative) may stand. Where no derivative comes back it is measured,
    (f(z + h) - f(z - h)) / 2h. A function with a name of the library (step, sigmoid or f_log,
    tanh, relu, leaky_relu, elu, selu) is compared with it. Default: those seven.
    Raises ValueError for no function at all; whatever a function does ends in its problem.
    """
    if functions is not None and not functions:
        raise ValueError("functions expects at least one name -> function; got an empty dict.")
    z = np.linspace(-REACH, REACH, points)
    if functions is None:
        return [_library_curve(name, z) for name in LIBRARY]
    return [_curve(name, f, z) for name, f in functions.items()]


def _library_curve(name: str, z: Array) -> ActivationCurve:
    f, derivative = LIBRARY[name]
    return ActivationCurve(name, z, f(z), derivative(z), None, None, True, "", "")


def _curve(name: str, f: Any, z: Array) -> ActivationCurve:
    known = LIBRARY.get(_ALIASES.get(name, name))
    a, da, written, problem = _called(name, f, z)
    if known is None:
        return ActivationCurve(name, z, a, da, None, None, written, "", problem)
    reference_a, reference_da = known[0](z), known[1](z)
    remark = ""
    if a is not None and da is not None:
        remark = _compared(name, z, (a, reference_a), (da, reference_da), written)
    return ActivationCurve(name, z, a, da, reference_a, reference_da, written, remark, problem)


def _called(name: str, f: Any, z: Array) -> tuple[Array | None, Array | None, bool, str]:
    """(a, da, whether da was written down, problem)."""
    derivative = None
    if isinstance(f, tuple | list) and len(f) == 2:
        f, derivative = f
    for function in (f, derivative):
        if function is not None and not callable(function):
            kind = type(function).__name__
            return None, None, False, f"{name} expects a function, or a pair of them; got {kind}."
    result, problem = learner.call(f, z)
    if problem:
        return None, None, False, problem.replace("; this is the library's version", "")
    pair = isinstance(result, tuple) and len(result) == 2
    a, problem = as_numbers(result[0] if pair else result, z.shape, f"Your {name}")
    slope: Any = result[1] if pair else None
    if derivative is not None and not problem:
        slope, problem = learner.call(derivative, z)
    if problem:
        return None, None, False, problem
    if slope is None:
        da, problem = _measured(name, f, z)
        return a, da, False, problem
    da, problem = as_numbers(slope, z.shape, f"The derivative of your {name}")
    return a, da, True, problem


def _measured(name: str, f: Callable[..., Any], z: Array) -> tuple[Array | None, str]:
    sides = []
    for side in (z + _STEP, z - _STEP):
        result, problem = learner.call(f, side)
        values, problem = (None, problem) if problem else as_numbers(result, z.shape, name)
        if values is None:
            return None, problem
        sides.append(values)
    slope = (sides[0] - sides[1]) / (2 * _STEP)
    # Across a jump there is no slope; a line into the sky would only hide the rest.
    return np.where(np.abs(slope) > 1e3, np.nan, slope), ""


def _compared(
    name: str, z: Array, values: tuple[Array, Array], slopes: tuple[Array, Array],
    written: bool,
) -> str:
    wrong = ~np.isclose(*values, rtol=1e-5, atol=1e-7)
    if wrong.any():
        return _difference(f"{name}(z)", z, *values, wrong)
    tolerance = (1e-5, 1e-7) if written else (1e-3, 1e-4)
    wrong = ~np.isclose(*slopes, *tolerance)
    if _ALIASES.get(name, name) in _KINKED:
        wrong &= np.abs(z) > _STEP
    if wrong.any():
        return _difference(f"the derivative of {name}", z, *slopes, wrong)
    return "Agrees with the library."


def _difference(what: str, z: Array, mine: Array, reference: Array, wrong: Array) -> str:
    # Where the two are farthest apart the difference is easiest to see.
    at = int(np.argmax(np.where(wrong, np.abs(mine - reference), -1)))
    return (
        f"Differs: at z = {number(z[at])} {what} is {number(mine[at], 4)}; "
        f"expected {number(reference[at], 4)}."
    )
