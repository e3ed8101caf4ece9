"""Callables that exercises take as inputs, known by name on both sides of the boundary.

A case writes `Function("relu")` or `Function("conv2d_layer", weight, bias, stride=2)`. The name
picks a factory here, the arguments are plain values, and `build` makes the callable. So a
function can be an input without ever being sent; and so can a random generator or a network,
which every call gets fresh.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from course_lib import functional, models
from course_lib.arrays import Array
from course_lib.checks.values import Function
from course_lib.layers import Conv2d, Flatten, Linear, MaxPool2d, Parameter, ReLU, Sequential

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


def _bowl_gradient(hessian: Array, lowest: Array) -> Callable[[Any], Any]:
    """The gradient H (w - c) of 1/2 (w - c)^T H (w - c); w of shape (D,) or (D, columns)."""
    return lambda w: hessian @ (np.asarray(w) - lowest)


def _cosh_gradient(lowest: Any = 0.0) -> Callable[[Any], Any]:
    """The gradient sinh(w - c) of the sum of cosh(w - c): beyond 710 it is infinite."""

    def gradient(w: Any) -> Any:
        with np.errstate(over="ignore"):
            return np.sinh(np.asarray(w) - lowest)

    return gradient


def _double_well_gradient() -> Callable[[Any], Any]:
    """The gradient w^3 - w of the sum of (w^2 - 1)^2 / 4: valleys at -1 and 1, a summit at 0."""
    return lambda w: np.asarray(w) ** 3 - w


def _derivative(name: str) -> Callable[[Any], Any]:
    """The derivative of an activation function by its net input; 0 at the kink of ReLU."""
    rules: dict[str, Callable[[Array], Array]] = {
        "identity": np.ones_like,
        "relu": lambda z: (z > 0).astype(np.float64),
        "sigmoid": lambda z: 0.25 * (1.0 - np.tanh(0.5 * z) ** 2),
        "square": lambda z: 2.0 * z,
        "tanh": lambda z: 1.0 - np.tanh(z) ** 2,
    }
    return _elementwise(rules[name])()


def _layer_error(x: Array, t: Array) -> Callable[[Any], float]:
    """e(W) = 1/2 sum of (tanh(x W^T) - t)^2: the error of a layer as a function of its weights."""
    return lambda w: float(0.5 * np.sum((np.tanh(x @ np.asarray(w).T) - t) ** 2))


def _polynomial(
    linear: Any, square: Any = 0.0, cube: Any = 0.0, together: float = 0.0
) -> Callable[[Any], float]:
    """f(w) = sum of (linear w + square w^2 + cube w^3) + together (sum of w)^2.

    w has the shape of `linear`; `together` makes each slope depend on all entries.
    """

    def f(w: Any) -> float:
        w = np.asarray(w)
        if w.shape != np.shape(linear):
            raise ValueError(f"f expects an array of shape {np.shape(linear)}; got {w.shape}.")
        alone = linear * w + square * w * w + cube * w**3
        return float(np.sum(alone) + together * np.sum(w) ** 2)

    return f


def _affine(slope: float = 1.0, offset: float = 0.0) -> Callable[[Any], Any]:
    return lambda z: slope * z + offset


def _cnn(shape: tuple[int, int, int], filters: int, classes: int, seed: int) -> Sequential:
    """A 3 x 3 convolution, ReLU, pairs pooled, one dense layer, for images of the shape."""
    rng, (channels, height, width) = np.random.default_rng(seed), shape
    inputs = filters * ((height - 2) // 2) * ((width - 2) // 2)
    return Sequential(
        Conv2d(channels, filters, 3, rng=rng), ReLU(), MaxPool2d(2), Flatten(),
        Linear(inputs, classes, rng=rng),
    )


def _linear_net(weight: Array) -> Sequential:
    """Scores (N, K) of images (N, C, H, W) by a network with backward: weight (K, C H W)."""
    fc = Linear(weight.shape[1], weight.shape[0], bias=False, rng=np.random.default_rng(0))
    fc.weight.data[...] = weight
    return Sequential(Flatten(), fc)


def _linear_scores(weight: Array) -> Callable[[Any], Any]:
    """Scores (N, K) of images (N, C, H, W): every pixel has its own weight in (K, C H W)."""
    return lambda x: np.asarray(x).reshape(len(x), -1) @ weight.T


def _max_pool_layer(kernel_size: int, stride: int, padding: int = 0) -> Callable[[Any], Any]:
    """Maxima of windows; a stride that does not fit is rounded down."""
    return lambda x: functional.max_pool2d(
        np.asarray(x), kernel_size, stride, padding, rounding="floor"
    )


def _mlp(sizes: Sequence[int], seed: int) -> Sequential:
    return models.mlp(sizes, rng=np.random.default_rng(seed), dtype=np.float64)


def _sgd(lr: float, momentum: float = 0.0) -> Callable[[Sequence[Parameter]], None]:
    """update(parameters): one step by their gradients, velocities kept from call to call."""
    velocities: dict[int, Array] = {}

    def update(parameters: Sequence[Parameter]) -> None:
        for place, parameter in enumerate(parameters):
            before = velocities.get(place, np.zeros_like(parameter.data))
            velocities[place] = momentum * before + parameter.grad
            parameter.data -= lr * velocities[place]

    return update


NAMED_FUNCTIONS: dict[str, Callable[..., Any]] = {
    "affine": _affine,
    "bowl_gradient": _bowl_gradient,
    "cnn": _cnn,
    "conv2d_layer": _conv2d_layer,
    "cosh_gradient": _cosh_gradient,
    "dense_layer": _dense_layer,
    "derivative": _derivative,
    "double_well_gradient": _double_well_gradient,
    "generator": np.random.default_rng,
    "identity": lambda: lambda z: z,
    "layer_error": _layer_error,
    "linear_net": _linear_net,
    "linear_scores": _linear_scores,
    "max_pool_layer": _max_pool_layer,
    "mlp": _mlp,
    "polynomial": _polynomial,
    "relu": _elementwise(lambda z: np.maximum(z, 0.0)),
    "sgd": _sgd,
    "sigmoid": _elementwise(lambda z: 0.5 * (1.0 + np.tanh(0.5 * z))),
    "square": _elementwise(lambda z: z * z),
    "step": _elementwise(lambda z: (z > 0).astype(np.float64)),
    "tanh": _elementwise(np.tanh),
    "wrapped_conv2d_layer": _wrapped_conv2d_layer,
}


def build(function: Function) -> Any:
    """What a `Function` names, made anew. Raises ValueError for a name that nobody registered."""
    if function.name not in NAMED_FUNCTIONS:
        known = ", ".join(sorted(NAMED_FUNCTIONS))
        raise ValueError(f"no function is registered as {function.name!r}; known are {known}")
    made = NAMED_FUNCTIONS[function.name](*function.args, **function.kwargs)
    if hasattr(made, "__dict__"):  # a random generator has no room for a name
        made.__name__ = function.name
    return made
