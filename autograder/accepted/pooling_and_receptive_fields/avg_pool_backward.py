"""Unusual and right ways back through average pooling."""

import numpy as np


def pixel_by_pixel(grad_y, x, F, S):
    """Asks for every pixel in which windows it lies; nested lists as the result."""
    places = grad_y.shape[2:]
    grad_x = np.zeros(x.shape)
    for n, c, r, s in np.ndindex(*x.shape):
        grad_x[n, c, r, s] = sum(
            grad_y[n, c, i, j] / F**2
            for i in range(places[0]) for j in range(places[1])
            if i * S <= r < i * S + F and j * S <= s < j * S + F
        )
    return grad_x.tolist()


def two_matrices(grad_y, x, F, S):
    """The mean is R x C^T, so the way back is R^T g C."""
    matrices = []
    for n_in, n_out in zip(x.shape[2:], grad_y.shape[2:], strict=True):
        first = S * np.arange(n_out)[:, None]
        inside = (np.arange(n_in) >= first) & (np.arange(n_in) < first + F)
        matrices.append(inside / F)
    return np.einsum("ir,ncij,js->ncrs", matrices[0], grad_y, matrices[1])


def copies_shifted(grad_y, x, F, S):
    """F times F strided copies of the gradient, added up; float32 inside."""
    grad_x = np.zeros(x.shape)
    rows, columns = (S * (n - 1) + 1 for n in grad_y.shape[2:])
    for i in range(F):
        for j in range(F):
            grad_x[:, :, i : i + rows : S, j : j + columns : S] += grad_y
    return grad_x / (F * F)
