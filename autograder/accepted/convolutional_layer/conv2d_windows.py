"""Unusual and right ways to write a convolutional layer without loops over positions."""

import numpy as np
from numpy.lib.stride_tricks import as_strided, sliding_window_view


def _pad(x, padding):
    return np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))


def one_einsum(x, weight, bias, stride=1, padding=0):
    """All in one einsum over the six axes of the windows."""
    windows = sliding_window_view(_pad(x, padding), weight.shape[2:], axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride]
    return np.einsum("ncrsij,kcij->nkrs", windows, weight) + np.reshape(bias, (1, -1, 1, 1))


def strides_by_hand(x, weight, bias, stride=1, padding=0):
    """as_strided with its own byte steps instead of sliding_window_view."""
    padded = np.ascontiguousarray(_pad(x, padding))
    images, channels, rows, cols = padded.shape
    tall, wide = weight.shape[2:]
    n_rows, n_cols = (rows - tall) // stride + 1, (cols - wide) // stride + 1
    per_image, per_channel, down, right = padded.strides
    windows = as_strided(
        padded,
        (images, n_rows, n_cols, channels, tall, wide),
        (per_image, stride * down, stride * right, per_channel, down, right),
        writeable=False,
    )
    patches = windows.reshape(images, n_rows * n_cols, -1)
    out = weight.reshape(len(weight), -1) @ patches.transpose(0, 2, 1) + bias[:, None]
    return out.reshape(images, len(weight), n_rows, n_cols)


def a_sum_over_a_broadcast_product(x, weight, bias, stride=1, padding=0):
    """Multiplies all windows by all filters in an array of seven axes, then sums."""
    windows = sliding_window_view(_pad(x, padding), weight.shape[2:], axis=(-2, -1))
    windows = windows[:, None, :, ::stride, ::stride]
    products = windows * weight[None, :, :, None, None]
    return products.sum(axis=(2, 5, 6)) + bias[None, :, None, None]


def all_places_then_every_second(x, weight, bias, stride=1, padding=0):
    """Computes with stride 1 and throws away what the stride skips."""
    padded = _pad(x, padding)
    n_rows, n_cols = (n - f + 1 for n, f in zip(padded.shape[2:], weight.shape[2:], strict=True))
    full = np.zeros((len(x), len(weight), n_rows, n_cols))
    for u, v in np.ndindex(*weight.shape[2:]):
        moved = padded[:, :, u : u + n_rows, v : v + n_cols]
        full += np.einsum("ncrs,kc->nkrs", moved, weight[:, :, u, v])
    return full[:, :, ::stride, ::stride] + bias[:, None, None]
