"""Reverse-mode automatic differentiation, one number at a time.

Every operation on a `Value` makes a new one that remembers what it was made from and how fast it
changes with each part. `backward` walks this graph once from the result to the inputs: that is
backpropagation, without layers and without a formula for the whole.
Source: Wuppertal 001:80-91, Ingolstadt 003:303-313; Linnainmaa 1970.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

__all__ = ["Number", "Value"]

Number = int | float
_REAL = (int, float, np.integer, np.floating)


class Value:
    """A number that knows what it was computed from, and after `backward` its gradient.

    data: the number. grad: d(result)/d(this), added up over all calls of backward. label: a name
    for drawings. operation: "+", "tanh", ..., or "" for a number that was given. parts: the
    Values it was computed from; slopes: its derivative by each of them.
    Plain numbers may stand on either side of + - * / and **.
    Raises TypeError for anything that is not one real number; ValueError for infinities and NaN,
    so also for a result that is larger than any float.
    """

    # Makes NumPy's numbers leave `np.float64(2) * value` to us.
    __array_ufunc__ = None

    def __init__(self, data: Number, label: str = "") -> None:
        if isinstance(data, bool) or not isinstance(data, _REAL):
            raise TypeError(
                f"Value expects one real number; got {_described(data)}. "
                "Make one Value for each number of an array."
            )
        if not math.isfinite(data):
            raise ValueError(f"Value expects a finite number; got {data}.")
        self.data = float(data)
        self.grad = 0.0
        self.label = label
        self.operation = ""
        self.parts: tuple[Value, ...] = ()
        self.slopes: tuple[float, ...] = ()

    def __repr__(self) -> str:
        name = f", label={self.label!r}" if self.label else ""
        return f"Value({self.data:g}, grad={self.grad:g}{name})"

    def __add__(self, other: Value | Number) -> Value:
        other = _as_value(other)
        return _computed("+", self.data + other.data, (self, 1.0), (other, 1.0))

    def __mul__(self, other: Value | Number) -> Value:
        other = _as_value(other)
        return _computed("*", self.data * other.data, (self, other.data), (other, self.data))

    def __sub__(self, other: Value | Number) -> Value:
        other = _as_value(other)
        return _computed("-", self.data - other.data, (self, 1.0), (other, -1.0))

    def __truediv__(self, other: Value | Number) -> Value:
        other = _as_value(other)
        if other.data == 0:
            raise ValueError(f"Value expects a divisor other than 0; got {self.data:g} / 0.")
        quotient = self.data / other.data
        return _computed("/", quotient, (self, 1 / other.data), (other, -quotient / other.data))

    def __pow__(self, exponent: Value | Number) -> Value:
        """a^b, with the slope b a^(b-1). A Value as exponent needs a positive a (see there)."""
        if isinstance(exponent, Value):
            return _power(self, exponent)
        a, b = self.data, Value(exponent).data
        if (a == 0 and b < 0) or (a < 0 and not b.is_integer()):
            raise ValueError(f"Value has no real number for ({a:g}) ** {b:g}.")
        slope = 0.0 if b == 0 else b * _or_infinity(pow, a, b - 1)
        return _computed(f"** {b:g}", _or_infinity(pow, a, b), (self, slope))

    def __neg__(self) -> Value:
        return _computed("neg", -self.data, (self, -1.0))

    def __radd__(self, other: Number) -> Value:
        return _as_value(other) + self

    def __rmul__(self, other: Number) -> Value:
        return _as_value(other) * self

    def __rsub__(self, other: Number) -> Value:
        return _as_value(other) - self

    def __rtruediv__(self, other: Number) -> Value:
        return _as_value(other) / self

    def __rpow__(self, base: Number) -> Value:
        return _power(_as_value(base), self)

    def tanh(self) -> Value:
        """tanh(a), with the slope 1 - tanh(a)^2."""
        y = math.tanh(self.data)
        return _computed("tanh", y, (self, 1 - y * y))

    def relu(self) -> Value:
        """max(0, a), with the slope 1 for a > 0, else 0; so ReLU'(0) = 0."""
        return _computed("relu", max(0.0, self.data), (self, float(self.data > 0)))

    def exp(self) -> Value:
        """e^a, which is its own slope."""
        y = _or_infinity(math.exp, self.data)
        return _computed("exp", y, (self, y))

    def log(self) -> Value:
        """The natural logarithm, with the slope 1 / a."""
        if self.data <= 0:
            raise ValueError(f"log expects a positive Value; got {self.data:g}.")
        return _computed("log", math.log(self.data), (self, 1 / self.data))

    def history(self) -> list[Value]:
        """All Values this one was computed from, every one after its parts, itself at the end."""
        order: list[Value] = []
        seen = {self}
        waiting = [(self, iter(self.parts))]  # a stack of our own: chains may be deep
        while waiting:
            value, parts = waiting[-1]
            for part in parts:
                if part not in seen:
                    seen.add(part)
                    waiting.append((part, iter(part.parts)))
                    break
            else:
                order.append(value)
                waiting.pop()
        return order

    def backward(self) -> None:
        """Add d(self)/d(v) to v.grad for every v in the history, self included.

        From the result backwards, a value hands its gradient times the slope to each of its
        parts; what is used twice gets both contributions. Call zero_grad to start afresh.
        """
        order = self.history()
        flow = dict.fromkeys(order, 0.0)  # of this call only, so that two calls add up rightly
        flow[self] = 1.0
        for value in reversed(order):
            value.grad += flow[value]
            for part, slope in zip(value.parts, value.slopes, strict=True):
                flow[part] += slope * flow[value]

    def zero_grad(self) -> None:
        """Set grad to 0 in the whole history."""
        for value in self.history():
            value.grad = 0.0


def _as_value(number: Value | Number) -> Value:
    return number if isinstance(number, Value) else Value(number)


def _computed(operation: str, data: float, *by: tuple[Value, float]) -> Value:
    """A Value made by `operation`; by: pairs (part, slope)."""
    if not math.isfinite(data):
        numbers = " and ".join(f"{part.data:g}" for part, _ in by)
        raise ValueError(f"The result of {operation} on {numbers} is larger than any float.")
    value = Value(data)
    value.operation = operation
    value.parts = tuple(part for part, _ in by)
    value.slopes = tuple(slope for _, slope in by)
    return value


def _power(base: Value, exponent: Value) -> Value:
    """a^b, with the slopes b a^(b-1) by a and a^b log a by b."""
    a, b = base.data, exponent.data
    if a <= 0:
        raise ValueError(
            f"A Value as exponent needs a positive base; got ({a:g}) ** Value({b:g}). "
            "Use a plain number as the exponent if it is constant."
        )
    y = _or_infinity(pow, a, b)
    return _computed("**", y, (base, b * y / a), (exponent, y * math.log(a)))


def _or_infinity(function: Callable[..., float], *numbers: float) -> float:
    """function(*numbers), or infinity where Python would raise."""
    try:
        return function(*numbers)
    except (OverflowError, ZeroDivisionError):
        return math.inf


def _described(data: object) -> str:
    shape = getattr(data, "shape", None)
    return repr(data) if shape is None else f"an array of shape {shape}"
