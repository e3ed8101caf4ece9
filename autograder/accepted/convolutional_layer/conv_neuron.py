"""Unusual and right ways to compute one neuron of a convolutional layer."""

import numpy as np


def three_loops_without_padding_the_image(x, weight, bias, row, col, stride=1, padding=0):
    """Skips the pixels that lie outside instead of building a padded image."""
    channels, rows, cols = x.shape
    net = float(bias)
    for c in range(channels):
        for i in range(weight.shape[1]):
            for j in range(weight.shape[2]):
                r, s = row * stride + i - padding, col * stride + j - padding
                if 0 <= r < rows and 0 <= s < cols:
                    net += float(x[c, r, s]) * float(weight[c, i, j])
    return net


def one_dot_product_of_two_vectors(x, weight, bias, row, col, stride=1, padding=0):
    """Flattens window and filter: a dot product of two vectors, as the decks say."""
    padded = np.pad(x, ((0, 0), (padding, padding), (padding, padding)))
    top, left = row * stride, col * stride
    window = padded[:, top : top + weight.shape[1], left : left + weight.shape[2]]
    return window.ravel() @ weight.ravel() + bias


def float32_in_an_array_without_axes(x, weight, bias, row, col, stride=1, padding=0):
    """Computes in float32 and returns a 0-d array."""
    padded = np.pad(x.astype(np.float32), ((0, 0), (padding, padding), (padding, padding)))
    top, left = row * stride, col * stride
    window = padded[:, top : top + weight.shape[1], left : left + weight.shape[2]]
    return np.asarray(np.float32(np.sum(window * weight.astype(np.float32)) + bias))


def cuts_the_filter_where_it_hangs_over(x, weight, bias, row, col, stride=1, padding=0):
    """Leaves the image alone and cuts the part of the filter that lies on it."""
    top, left = row * stride - padding, col * stride - padding
    rows = slice(max(0, -top), max(0, min(weight.shape[1], x.shape[1] - top)))
    cols = slice(max(0, -left), max(0, min(weight.shape[2], x.shape[2] - left)))
    part = weight[:, rows, cols]
    r, c = max(0, top), max(0, left)
    return np.sum(part * x[:, r : r + part.shape[1], c : c + part.shape[2]]) + bias
