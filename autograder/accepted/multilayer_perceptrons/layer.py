"""Unusual but right fully connected layers."""

import numpy as np


def loops_over_samples_and_neurons(x, W, b=None, form="Wx+b"):
    """Plain loops and lists, no matrix product."""
    rows = np.atleast_2d(x)
    if form == "Wx'":
        if b is not None:
            raise ValueError("Wx' carries its bias inside W")
        W, b = W[:, :-1], W[:, -1]
    elif form == "xW+b":
        W = np.transpose(W)
    elif form != "Wx+b":
        raise ValueError(f"unknown form {form}")
    m, n = W.shape
    if rows.shape[1] != n:
        raise ValueError(f"expected {n} features, got {rows.shape[1]}")
    if b is not None and np.shape(b) != (m,):
        raise ValueError(f"expected a bias of shape ({m},)")
    result = [
        [sum(row[j] * W[i, j] for j in range(n)) + (0 if b is None else b[i]) for i in range(m)]
        for row in rows
    ]
    return result if np.ndim(x) == 2 else result[0]


def everything_as_an_augmented_matrix(x, W, b=None, form="Wx+b"):
    """Turns all forms into Wx' and appends a 1 to every sample."""
    x = np.asarray(x)
    if form not in {"xW+b", "Wx+b", "Wx'"}:
        raise ValueError("unknown form")
    if form != "Wx'":
        W = W.T if form == "xW+b" else W
        b = np.zeros(len(W)) if b is None else b
        if np.ndim(b) != 1:
            raise ValueError("b must be a vector")
        W = np.column_stack([W, b])  # raises ValueError for a length that does not fit
    elif b is not None:
        raise ValueError("b given twice")
    ones = np.ones((*x.shape[:-1], 1))
    return np.concatenate([x, ones], axis=-1) @ W.T


def einsum_with_a_table_of_subscripts(x, W, b=None, form="Wx+b"):
    """einsum, with asserts turned into ValueError, and x untouched by any transpose."""
    subscripts = {"xW+b": "...n,nm->...m", "Wx+b": "...n,mn->...m", "Wx'": "...n,mn->...m"}
    if form not in subscripts:
        raise ValueError("unknown form")
    if form == "Wx'":
        if b is not None:
            raise ValueError("b given twice")
        W, b = W[:, :-1], W[:, -1]
    net = np.einsum(subscripts[form], x, W)
    if b is not None and b.shape != net.shape[-1:]:
        raise ValueError("wrong bias")
    return net if b is None else net + b
