"""Where training starts: weights drawn so that signals keep their size from layer to layer.

A neuron adds up fan_in products, so its variance is fan_in times that of one product; a weight
reaches fan_out neurons on the way back. Each rule below chooses the variance of a weight from
these two counts. Weights have PyTorch's shapes: (n_out, n_in), (K, C/groups, F_h, F_w).

All take the same keywords, so that a layer can be given any of them: Linear(..., init=xavier).
All raise TypeError or ValueError for settings and shapes that make no weights (see fans).
"""

from collections.abc import Callable
from typing import Any, Literal

import numpy as np
from numpy.typing import DTypeLike

from course_lib.arrays import FLOATS, Array, expect_number, expect_whole

__all__ = [
    "Distribution",
    "Initializer",
    "fans",
    "he",
    "lecun",
    "normal",
    "uniform",
    "xavier",
    "zeros",
]

Initializer = Callable[..., Array]
Distribution = Literal["normal", "uniform"]


def zeros(
    shape: tuple[int, ...],
    *,
    groups: int = 1,
    rng: np.random.Generator | None = None,
    dtype: DTypeLike = np.float64,
) -> Array:
    """All 0: right for biases, useless for weights, whose neurons would stay alike for ever."""
    return np.zeros(_checked_shape(shape), _float_type(dtype))


def normal(
    shape: tuple[int, ...],
    std: float = 0.01,
    *,
    groups: int = 1,
    rng: np.random.Generator,
    dtype: DTypeLike = np.float64,
) -> Array:
    """Normal numbers with mean 0 and standard deviation std, whatever the fan-in."""
    expect_number("std", std, above=0)
    return _drawn(shape, std, "normal", rng, dtype)


def uniform(
    shape: tuple[int, ...],
    bound: float = 0.05,
    *,
    groups: int = 1,
    rng: np.random.Generator,
    dtype: DTypeLike = np.float64,
) -> Array:
    """Numbers spread evenly over (-bound, bound), whatever the fan-in."""
    expect_number("bound", bound, above=0)
    return _drawn(shape, bound / np.sqrt(3), "uniform", rng, dtype)


def lecun(
    shape: tuple[int, ...],
    distribution: Distribution = "normal",
    *,
    groups: int = 1,
    rng: np.random.Generator,
    dtype: DTypeLike = np.float64,
) -> Array:
    """Variance 1 / fan_in: keeps the variance through linear layers; what SELU asks for.

    Source: LeCun et al. 1998, "Efficient BackProp".
    """
    fan_in, _ = fans(shape, groups)
    return _drawn(shape, np.sqrt(1 / fan_in), distribution, rng, dtype)


def xavier(
    shape: tuple[int, ...],
    distribution: Distribution = "normal",
    *,
    groups: int = 1,
    rng: np.random.Generator,
    dtype: DTypeLike = np.float64,
) -> Array:
    """Variance 2 / (fan_in + fan_out): between keeping signals and keeping gradients; for tanh.

    Source: Wuppertal 001:728; Glorot and Bengio 2010.
    """
    fan_in, fan_out = fans(shape, groups)
    return _drawn(shape, np.sqrt(2 / (fan_in + fan_out)), distribution, rng, dtype)


def he(
    shape: tuple[int, ...],
    distribution: Distribution = "normal",
    *,
    groups: int = 1,
    rng: np.random.Generator,
    dtype: DTypeLike = np.float64,
) -> Array:
    """Variance 2 / fan_in: ReLU sets half of its inputs to 0, so the other half counts twice.

    With it the second moment of the activations, the mean of a^2, stays as it is.
    Source: Wuppertal 001:177 and 728; He et al. 2015.
    """
    fan_in, _ = fans(shape, groups)
    return _drawn(shape, np.sqrt(2 / fan_in), distribution, rng, dtype)


def fans(shape: tuple[int, ...], groups: int = 1) -> tuple[int, int]:
    """(fan_in, fan_out): how many inputs a neuron adds up, how many neurons an input reaches.

    shape (n_out, n_in) or (K, C/groups, F, ...): fan_in = C/groups F..., fan_out = K/groups F...
    (at stride 1). Raises ValueError for fewer than two axes, empty ones, and groups that do not
    divide K.
    """
    shape = _checked_shape(shape)
    expect_whole("groups", groups, least=1)
    if len(shape) < 2 or shape[0] % groups:
        raise ValueError(
            f"A fan-in needs a weight of shape (n_out, n_in) or (K, C/groups, F_h, F_w), and "
            f"groups that divide K; got {shape} and groups={groups}. "
            "For a bias take init.zeros."
        )
    n_out, n_in, *kernel = shape
    window = int(np.prod(kernel))
    return n_in * window, n_out // groups * window


def _drawn(
    shape: tuple[int, ...],
    std: float,
    distribution: Distribution,
    rng: np.random.Generator,
    dtype: DTypeLike,
) -> Array:
    """Numbers with mean 0 and standard deviation std; drawn in float64, so dtype changes none."""
    if not isinstance(rng, np.random.Generator):
        raise TypeError(
            f"rng is a random generator; got {rng!r}. Did you mean rng=np.random.default_rng(0)?"
        )
    shape, dtype = _checked_shape(shape), _float_type(dtype)
    if distribution == "normal":
        drawn: Array = rng.standard_normal(shape) * std
    elif distribution == "uniform":
        drawn = rng.uniform(-1, 1, shape) * np.sqrt(3) * std  # (-1, 1) has variance 1/3
    else:
        raise ValueError(f"distribution is 'normal' or 'uniform'; got {distribution!r}.")
    return drawn.astype(dtype)


def _checked_shape(shape: tuple[int, ...]) -> tuple[int, ...]:
    for size in shape:
        expect_whole("A length in shape", size, least=1)
    return tuple(int(size) for size in shape)


def _float_type(dtype: DTypeLike) -> np.dtype[Any]:
    chosen = np.dtype(dtype)
    if chosen.type not in FLOATS:
        raise TypeError(f"dtype is float64 or float32; got {chosen}.")
    return chosen

