"""Who looks at whom: the weights of attention between positions."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from course_lib.arrays import Array
from course_lib.functional import scaled_dot_product_attention
from course_lib.plots.palette import number
from course_lib.widgets import learner
from course_lib.widgets.returned import returned

_MOST_POSITIONS = 256

Attention = Callable[[Array, Array, Array], Any]


@dataclass(frozen=True)
class AttentionWeights:
    """weights (heads, L, S): how much query l takes from key s; every row has the sum 1.

    names: of the S keys (and of the L queries if there are as many). shape: (rows, columns) if
    the keys are the positions of an image, else None. remark: how the learner's function
    compares; problem: why it cannot.
    """

    weights: Array
    names: tuple[str, ...]
    query_names: tuple[str, ...]
    shape: tuple[int, int] | None
    remark: str
    problem: str

    def sentence(self, query: int, head: int = 0) -> str:
        """Where the query looks most, and how widely it looks."""
        row = self.weights[head, query]
        order = np.argsort(-row, kind="stable")[:3]
        seen = ", ".join(f"{self.names[s]} ({100 * row[s]:.1f} %)" for s in order)
        there = row[row > 0]
        spread = float(np.exp(-(there * np.log(there)).sum()))
        return (
            f"{self.query_names[query]} looks at {seen}. Its weights are spread as over "
            f"{number(spread)} of {len(row)} positions with equal weights."
        )


def attention_weights(
    query: Any,
    key: Any = None,
    *,
    is_causal: bool = False,
    scale: float | None = None,
    labels: Sequence[str] | None = None,
    shape: tuple[int, int] | None = None,
    attention: Attention | None = None,
) -> AttentionWeights:
    """softmax(scale Q K^T) between positions, by functional.scaled_dot_product_attention.

    query (L, E) or (heads, L, E); key (S, E) or (heads, S, E), by default the queries
    themselves. is_causal, scale: as in functional. labels: S names of the keys, by default their
    numbers. shape: (rows, columns) of an image whose pixels or patches are the keys, row by row.
    attention: the learner's function of query, key and value for one head, without mask and with
    the usual scale; it is compared with the library's, value the identity. Raises ValueError for
    shapes that do not fit and more than 256 positions, and what the library raises.
    """
    q = _heads("query", query)
    k = q if key is None else _heads("key", key)
    if max(q.shape[1], k.shape[1]) > _MOST_POSITIONS:
        raise ValueError(
            f"Up to {_MOST_POSITIONS} positions can be told apart; got {q.shape[1]} queries and "
            f"{k.shape[1]} keys."
        )
    n_keys = k.shape[1]
    if shape is not None and (len(shape) != 2 or shape[0] * shape[1] != n_keys):
        raise ValueError(f"shape expects rows * columns = {n_keys} keys; got {shape}.")
    if labels is not None and len(labels) != n_keys:
        raise ValueError(f"labels expects {n_keys} names, one for each key; got {len(labels)}.")
    eye = np.broadcast_to(np.eye(n_keys), (len(k), n_keys, n_keys))
    weights = scaled_dot_product_attention(q, k, eye, None, is_causal, scale)
    names = _names(labels, shape, n_keys)
    same = q.shape[1] == n_keys
    queries = names if same else tuple(f"query {place}" for place in range(q.shape[1]))
    remark, problem = _compared(attention, q, k)
    return AttentionWeights(weights, names, queries, shape, remark, problem)


def _heads(name: str, value: Any) -> Array:
    numbers = np.asarray(value, dtype=float)
    if numbers.ndim not in (2, 3) or not numbers.size:
        raise ValueError(
            f"{name} expects shape (positions, features) or (heads, positions, features); got "
            f"shape {numbers.shape}."
        )
    if not np.isfinite(numbers).all():
        raise ValueError(f"{name} expects finite numbers; got nan or infinity among them.")
    return numbers if numbers.ndim == 3 else numbers[np.newaxis]


def _names(
    labels: Sequence[str] | None, shape: tuple[int, int] | None, n_keys: int
) -> tuple[str, ...]:
    if labels is not None:
        return tuple(map(str, labels))
    if shape is not None:
        return tuple(f"row {r}, column {c}" for r, c in np.ndindex(*shape))
    return tuple(f"position {place}" for place in range(n_keys))


def _compared(attention: Attention | None, q: Array, k: Array) -> tuple[str, str]:
    if attention is None:
        return "", ""
    name = learner.name_of(attention)
    size = q.shape[1], k.shape[1]
    value = np.eye(size[1])
    for query, key in zip(q, k, strict=True):
        mine, problem = returned(attention, size, query, key, value)
        if mine is None:
            return "", problem
        right = scaled_dot_product_attention(query, key, value)
        if not np.allclose(mine, right, rtol=1e-6, atol=1e-9):
            unscaled = scaled_dot_product_attention(query, key, value, scale=1.0)
            if np.allclose(mine, unscaled):
                return f"Your {name} forgets to divide by the root of E = {q.shape[2]}.", ""
            place = np.argmax(np.abs(mine - right))
            row, column = np.unravel_index(place, size)
            return (
                f"Your {name} gives query {row} the weight {number(mine[row, column])} on key "
                f"{column}; expected {number(right[row, column])}.", ""
            )
    return f"Your {name} agrees for every query.", ""
