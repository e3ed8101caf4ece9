"""Attention: every query looks at all keys and takes a weighted mean of their values."""

import numpy as np

from course_lib.arrays import Array, expect_number, expect_shape, float_array
from course_lib.functional.softmax import softmax, softmax_backward


def scaled_dot_product_attention(
    query: Array,
    key: Array,
    value: Array,
    attn_mask: Array | None = None,
    is_causal: bool = False,
    scale: float | None = None,
) -> Array:
    """y = softmax(scale Q K^T) V, the softmax over the keys; scale = 1 / sqrt(E) by default.

    query (..., L, E), key (..., S, E), value (..., S, D): L queries and S keys of E features,
    with the same leading axes. attn_mask (L, S) or (..., L, S), bool: True where a query may
    look. is_causal: query l may look at the keys up to l only. Returns y (..., L, D). With
    value=np.eye(S) those are the weights themselves, (..., L, S).
    Raises TypeError for arrays that are not float, and a mask that is not bool; ValueError for
    shapes that do not fit, and a query that may look at no key.
    Source: Bonn 004:718-720; Vaswani et al. 2017, equation 1.
    """
    function = "scaled_dot_product_attention"
    query, key, value, scale = _prepared(function, query, key, value, scale)
    y: Array = _weights(function, query, key, attn_mask, is_causal, scale) @ value
    return y


def scaled_dot_product_attention_backward(
    grad_output: Array,
    query: Array,
    key: Array,
    value: Array,
    attn_mask: Array | None = None,
    is_causal: bool = False,
    scale: float | None = None,
) -> tuple[Array, Array, Array]:
    """Gradients by query, key and value: a product, a softmax and a product, backwards.

    grad_output (..., L, D); the others as for scaled_dot_product_attention.
    """
    function = "scaled_dot_product_attention_backward"
    query, key, value, scale = _prepared(function, query, key, value, scale)
    grad_output = float_array(function, "grad_output", grad_output)
    expect_shape(function, "grad_output", grad_output, (*query.shape[:-1], value.shape[-1]))
    weights = _weights(function, query, key, attn_mask, is_causal, scale)
    grad_scores = softmax_backward(grad_output @ value.swapaxes(-1, -2), weights) * scale
    grad_key = grad_scores.swapaxes(-1, -2) @ query
    return grad_scores @ key, grad_key, weights.swapaxes(-1, -2) @ grad_output


def _weights(
    function: str,
    query: Array,
    key: Array,
    attn_mask: Array | None,
    is_causal: bool,
    scale: float,
) -> Array:
    """How much each query takes from each key: (..., L, S), every row with sum 1."""
    scores = query @ key.swapaxes(-1, -2) * scale
    allowed = _allowed(function, scores.shape, attn_mask, is_causal)
    if not allowed.any(axis=-1).all():
        raise ValueError(
            f"{function}: some query may look at no key. Let every row of attn_mask have a True."
        )
    return softmax(np.where(allowed, scores, -np.inf))


def _allowed(
    function: str, shape: tuple[int, ...], attn_mask: Array | None, is_causal: bool
) -> Array:
    """Where a query may look, as bool; of a shape that broadcasts to (..., L, S)."""
    allowed = np.ones(shape[-2:], dtype=bool)
    if is_causal:
        allowed = np.tril(allowed)
    if attn_mask is None:
        return allowed
    attn_mask = np.asarray(attn_mask)
    if attn_mask.dtype != bool:
        raise TypeError(
            f"{function} expects attn_mask of bool, True where a query may look; got "
            f"{attn_mask.dtype}."
        )
    legal = [shape[-2:], shape] if len(shape) > 2 else [shape]
    if attn_mask.shape not in legal:
        raise ValueError(
            f"{function} expects attn_mask of shape {' or '.join(map(str, legal))}; got "
            f"{attn_mask.shape}."
        )
    return allowed & attn_mask


def _prepared(
    function: str, query: Array, key: Array, value: Array, scale: float | None
) -> tuple[Array, Array, Array, float]:
    query = float_array(function, "query", query)
    key, value = float_array(function, "key", key), float_array(function, "value", value)
    if query.ndim < 2:
        raise ValueError(f"{function} expects query of shape (..., L, E); got {query.shape}.")
    *leading, _, features = query.shape
    expect_shape(function, "key", key, (*leading, "S", features))
    expect_shape(function, "value", value, (*leading, key.shape[-2], "D"))
    if 0 in key.shape[-2:]:
        raise ValueError(
            f"{function} needs at least one key of at least one feature; got key of shape "
            f"{key.shape}."
        )
    if scale is None:
        return query, key, value, features**-0.5
    expect_number("scale", scale)
    return query, key, value, float(scale)
