"""Callables that exercises take as inputs, known by name on both sides of the boundary.

A case writes `Function("relu")` or `Function("conv2d_layer", weight, bias, stride=2)`. The name
picks a factory here, the arguments are plain values, and `build` makes the callable. So a
function can be an input without ever being sent.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from course_lib import functional
from course_lib.arrays import Array
from course_lib.checks.values import Function

__all__ = ["NAMED_FUNCTIONS", "build"]


def _elementwise(function: Callable[[Array], Array]) -> Callable[[], Callable[[Any], Any]]:
    """Floats in, float out; arrays in, array out: exercises use both."""

    def factory() -> Callable[[Any], Any]:
        def apply(z: Any) -> Any:
            result = function(np.asarray(z, dtype=np.float64))
            return float(result) if np.ndim(z) == 0 else result

        return apply

    return factory


def _conv2d_layer(weight: Array, bias: Array | None = None, **options: Any) -> Callable[..., Any]:
    return lambda x: functional.conv2d(np.asarray(x), weight, bias, **options)


def _wrapped_conv2d_layer(weight: Array, bias: Array | None = None) -> Callable[..., Any]:
    """Stride 1, borders wrapped around: the image has no edge, so nothing is lost there."""
    rows, cols = weight.shape[-2:]
    before = (rows - 1) // 2, (cols - 1) // 2
    pads = [(0, 0), (0, 0), (before[0], rows - 1 - before[0]), (before[1], cols - 1 - before[1])]
    return lambda x: functional.conv2d(np.pad(np.asarray(x), pads, mode="wrap"), weight, bias)


def _dense_layer(weight: Array, bias: Array | None = None) -> Callable[..., Any]:
    """All pixels to all outputs, the result in the shape of the image."""

    def apply(x: Array) -> Array:
        flat = np.asarray(x).reshape(len(x), -1) @ weight.T
        return (flat if bias is None else flat + bias).reshape(np.shape(x))

    return apply


def _affine(slope: float = 1.0, offset: float = 0.0) -> Callable[[Any], Any]:
    return lambda z: slope * z + offset


NAMED_FUNCTIONS: dict[str, Callable[..., Callable[..., Any]]] = {
    "affine": _affine,
    "conv2d_layer": _conv2d_layer,
    "dense_layer": _dense_layer,
    "identity": lambda: lambda z: z,
    "relu": _elementwise(lambda z: np.maximum(z, 0.0)),
    "sigmoid": _elementwise(lambda z: 0.5 * (1.0 + np.tanh(0.5 * z))),
    "square": _elementwise(lambda z: z * z),
    "step": _elementwise(lambda z: (z > 0).astype(np.float64)),
    "tanh": _elementwise(np.tanh),
    "wrapped_conv2d_layer": _wrapped_conv2d_layer,
}


def build(function: Function) -> Callable[..., Any]:
    """The callable that a `Function` names. Raises ValueError for a name that nobody registered."""
    if function.name not in NAMED_FUNCTIONS:
        known = ", ".join(sorted(NAMED_FUNCTIONS))
        raise ValueError(f"no function is registered as {function.name!r}; known are {known}")
    made = NAMED_FUNCTIONS[function.name](*function.args, **function.kwargs)
    made.__name__ = function.name
    return made
