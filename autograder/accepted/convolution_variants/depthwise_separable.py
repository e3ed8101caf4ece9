"""Unusual and right ways to write a depthwise separable convolution."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def as_one_ordinary_layer(x, depthwise, pointwise, bias):
    """The full filters pointwise[k, c] * depthwise[c]: without a ReLU between, it is one layer."""
    full = pointwise[:, :, None, None] * depthwise
    windows = sliding_window_view(x, depthwise.shape[1:], axis=(2, 3))
    return np.einsum("nchwij,kcij->nkhw", windows, full) + bias[:, None, None]


def one_image_at_a_time(x, depthwise, pointwise, bias):
    """Loops over images and channels; correlates one channel at a time; gives a list."""
    made = []
    for image in x:
        maps = [np.sum(sliding_window_view(channel, kernel.shape) * kernel, axis=(2, 3))
                for channel, kernel in zip(image, depthwise, strict=True)]
        made.append(np.tensordot(pointwise, np.stack(maps), 1) + bias[:, None, None])
    return made
