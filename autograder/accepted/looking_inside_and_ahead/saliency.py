"""Unusual and right ways to the gradient of a score by the pixels."""

import numpy as np


def a_row_of_the_identity(net, x, k):
    """The upstream gradient is a row of the identity matrix."""
    classes = np.shape(net.forward(x[None]))[1]
    (gradient,) = net.backward(np.eye(classes)[k : k + 1])
    return np.maximum(gradient.max(axis=0), -gradient.min(axis=0))


def pixel_by_pixel_maximum(net, x, k):
    """Runs a batch of two equal images and takes the second one's gradient; loops over pixels."""
    scores = net.forward(np.stack([x, x]))
    upstream = np.zeros(scores.shape)
    upstream[1, k] = 1.0
    gradient = net.backward(upstream)[1]
    _, height, width = gradient.shape
    return [[max(abs(float(g)) for g in gradient[:, r, c]) for c in range(width)]
            for r in range(height)]
