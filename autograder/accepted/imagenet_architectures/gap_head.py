"""Unusual and right ways to average maps and classify them."""

import numpy as np


def classifies_every_pixel_first(x, weight, bias):
    """A 1 x 1 convolution at every pixel, and then the average: both are linear."""
    maps = np.einsum("nchw,kc->nkhw", x, weight) + bias[:, None, None]
    return maps.mean(axis=(2, 3))


def a_loop_over_images(x, weight, bias):
    """One image after the other, one map after the other; a list of rows."""
    rows = []
    for image in x:
        means = [channel.sum() / channel.size for channel in image]
        rows.append([float(np.dot(w, means) + b) for w, b in zip(weight, bias, strict=True)])
    return rows


def one_einsum(x, weight, bias):
    """Sums, mixes and divides in one go."""
    return np.einsum("nchw,kc->nk", x, weight) / (x.shape[2] * x.shape[3]) + bias
