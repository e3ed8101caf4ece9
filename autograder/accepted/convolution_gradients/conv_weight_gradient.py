"""Unusual but right gradients by the filters."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def place_by_place(grad_output, x, kernel_size, stride=1, padding=0):
    """One patch after the other, without columns."""
    f_h, f_w = kernel_size
    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    grad = np.zeros((grad_output.shape[1], x.shape[1], f_h, f_w))
    for r in range(grad_output.shape[2]):
        for s in range(grad_output.shape[3]):
            top, left = r * stride, s * stride
            patch = padded[:, :, top : top + f_h, left : left + f_w]
            grad += np.tensordot(grad_output[:, :, r, s], patch, axes=(0, 0))
    return grad


def windows_and_einsum(grad_output, x, kernel_size, stride=1, padding=0):
    """All windows at once, one einsum."""
    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    windows = sliding_window_view(padded, tuple(kernel_size), axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride]
    return np.einsum("ncrsij,nkrs->kcij", windows, grad_output)


def weight_by_weight(grad_output, x, kernel_size, stride=1, padding=0):
    """Each weight sees a shifted, thinned-out copy of the image."""
    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    rows, cols = grad_output.shape[2:]
    grad = np.zeros((grad_output.shape[1], x.shape[1], *kernel_size))
    for i, j in np.ndindex(*kernel_size):
        seen = padded[:, :, i : i + stride * rows : stride, j : j + stride * cols : stride]
        grad[:, :, i, j] = np.einsum("nkrs,ncrs->kc", grad_output, seen)
    return grad
