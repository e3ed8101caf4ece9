"""Unusual and right ways back through batch norm."""

import numpy as np


def step_by_step(grad_output, x, gamma, eps=1e-5):
    """Through the graph of single operations, as in lecture 05."""
    rows = np.moveaxis(x, 1, -1).reshape(-1, x.shape[1])
    grad = np.moveaxis(grad_output, 1, -1).reshape(-1, x.shape[1])
    n = len(rows)
    centred = rows - rows.mean(axis=0)
    root = np.sqrt((centred**2).mean(axis=0) + eps)
    grad_hat = grad * gamma
    grad_var = (grad_hat * centred).sum(axis=0) * -0.5 * root**-3
    grad_centred = grad_hat / root + 2 / n * centred * grad_var
    grad_rows = grad_centred - grad_centred.mean(axis=0)
    back = np.moveaxis(grad_rows.reshape(np.moveaxis(x, 1, -1).shape), -1, 1)
    return back, (grad * centred / root).sum(axis=0), grad.sum(axis=0)


def through_the_small_gradients(grad_output, x, gamma, eps=1e-5):
    """Writes grad_x with the gradients by gamma and beta, which hold the same sums."""
    axes = tuple(k for k in range(x.ndim) if k != 1)
    shape = [1] * x.ndim
    shape[1] = x.shape[1]
    n = x.size / x.shape[1]
    root = np.sqrt(x.var(axis=axes, keepdims=True) + eps)
    x_hat = (x - x.mean(axis=axes, keepdims=True)) / root
    grad_gamma = np.sum(grad_output * x_hat, axis=axes)
    grad_beta = np.sum(grad_output, axis=axes)
    inner = n * grad_output - grad_beta.reshape(shape) - x_hat * grad_gamma.reshape(shape)
    return gamma.reshape(shape) / (n * root) * inner, grad_gamma, grad_beta


def by_matrices(grad_output, x, gamma, eps=1e-5):
    """Multiplies by the Jacobian of one channel after the other."""
    back, grad_gamma = np.zeros(x.shape), []
    for c in range(x.shape[1]):
        values = x[:, c].ravel()
        n, root = len(values), np.sqrt(values.var() + eps)
        x_hat = (values - values.mean()) / root
        jacobian = (np.eye(n) - 1 / n - np.outer(x_hat, x_hat) / n) / root
        g = grad_output[:, c].ravel()
        back[:, c] = (gamma[c] * jacobian @ g).reshape(x[:, c].shape)
        grad_gamma.append(g @ x_hat)
    return back, np.array(grad_gamma), [grad_output[:, c].sum() for c in range(x.shape[1])]
