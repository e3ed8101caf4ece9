"""Unusual and right ways to turn a fully connected layer into filters."""

import numpy as np


def one_weight_at_a_time(weight, bias, shape):
    """Finds the place of every weight by division with remainder; returns a list."""
    C, H, W = shape
    if weight.shape[1] != C * H * W:
        raise ValueError("does not fit")
    filters = np.zeros((len(weight), C, H, W))
    for k in range(len(weight)):
        for place in range(C * H * W):
            channel, rest = divmod(place, H * W)
            filters[k, channel, rest // W, rest % W] = weight[k, place]
    return [filters, np.array(bias)]


def each_channel_by_itself(weight, bias, shape):
    """Cuts each row into channels first, then each channel into rows."""
    C, H, W = shape
    assert_fits = weight.shape[1] - C * H * W
    if assert_fits != 0:
        raise ValueError("does not fit")
    channels = [part.reshape(-1, H, W) for part in np.split(weight, C, axis=1)]
    return np.stack(channels, axis=1), bias


def through_unravel_index(weight, bias, shape):
    """NumPy says to which place of the image each number belongs."""
    filters = np.zeros((len(weight), *shape), dtype=weight.dtype)
    if filters[0].size != weight.shape[1]:
        raise ValueError("does not fit")
    filters[(slice(None), *np.unravel_index(np.arange(weight.shape[1]), shape))] = weight
    return filters, bias
