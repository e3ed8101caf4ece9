"""The weights and gradients inside any network, the library's or the learner's own."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from course_lib.arrays import Array

_WEIGHTS = ("weight", "weights", "W", "w", "_weight", "_W")
_DEEPEST = 6


@dataclass(frozen=True)
class WeightPart:
    """One array of weights (of two axes or more): its name, its values, its gradient or None."""

    name: str
    weight: Array
    grad: Array | None


def weight_parts(network: Any) -> list[WeightPart]:
    """Every array of weights in the network, in the order of definition; each one once.

    Found are parameters (an object with `data` and `grad`) and plain arrays called weight,
    weights, W or w, in attributes, lists, tuples and dicts and in what lies there; a gradient of
    a plain array W is looked for as grad_W, W_grad or dW. Biases and scales (one axis) are left
    out. A network that keeps its weights elsewhere has none here: [].
    """
    found: dict[int, WeightPart] = {}
    for part, key in _walk(network, "", _DEEPEST, set()):
        found.setdefault(key, part)
    return list(found.values())


def gradient_flow(network: Any) -> dict[str, float]:
    """Root of the mean square of each layer's gradient by its weights, by the layer's name."""
    return {
        part.name: float(np.sqrt(np.mean(np.square(part.grad, dtype=float))))
        for part in weight_parts(network)
        if part.grad is not None and part.grad.size
    }


def layer_matrices(network: Any, n_in: int) -> list[Array]:
    """The weights as a chain of matrices (out, in) from n_in inputs on; [] if they are no chain.

    A matrix that fits only the other way round, (in, out), is transposed.
    """
    chain: list[Array] = []
    for part in weight_parts(network):
        matrix = np.asarray(part.weight, dtype=float)
        if matrix.ndim != 2:
            return []
        if matrix.shape[1] != n_in:
            matrix = matrix.T
        if matrix.shape[1] != n_in:
            return []
        chain.append(matrix)
        n_in = len(matrix)
    return chain


def _walk(
    value: Any, name: str, depth: int, seen: set[int]
) -> Iterator[tuple[WeightPart, int]]:
    if depth < 0 or id(value) in seen or isinstance(value, str | bytes | int | float | np.ndarray):
        return
    seen.add(id(value))
    for key, inner in _entries(value):
        where = ".".join(filter(None, (name, key)))
        data = getattr(inner, "data", None)
        if isinstance(data, np.ndarray) and hasattr(inner, "grad"):
            if data.ndim >= 2:
                yield WeightPart(_short(where), data, _array(inner.grad)), id(inner)
        elif isinstance(inner, np.ndarray):
            if key in _WEIGHTS and inner.ndim >= 2:
                yield WeightPart(_short(where), inner, _gradient(value, key)), id(inner)
        elif not callable(inner) or hasattr(inner, "forward"):
            yield from _walk(inner, where, depth - 1, seen)


def _entries(value: Any) -> list[tuple[str, Any]]:
    if isinstance(value, dict):
        return [(str(key), entry) for key, entry in value.items()]
    if isinstance(value, list | tuple):
        return [(str(place), entry) for place, entry in enumerate(value)]
    return list(getattr(value, "__dict__", {}).items())


def _gradient(owner: Any, key: str) -> Array | None:
    entries = dict(_entries(owner))
    for name in (f"grad_{key}", f"{key}_grad", f"d{key}"):
        if isinstance(entries.get(name), np.ndarray):
            return _array(entries[name])
    return None


def _array(value: Any) -> Array | None:
    return value if isinstance(value, np.ndarray) else None


def _short(name: str) -> str:
    """ "fc1.weight" is the layer fc1; private attributes in between are nobody's business."""
    parts = [part for part in name.split(".") if not part.startswith("_")]
    if len(parts) > 1 and parts[-1] in _WEIGHTS:
        parts = parts[:-1]
    return ".".join(parts) or name
