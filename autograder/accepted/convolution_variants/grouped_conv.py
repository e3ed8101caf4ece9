"""Unusual and right ways to write a grouped convolution."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def _check(x, weight, groups):
    if x.shape[1] % groups or len(weight) % groups or x.shape[1] // groups != weight.shape[1]:
        raise ValueError("groups do not fit")


def one_einsum_for_all_groups(x, weight, bias, groups):
    """The groups are an axis of their own, so that no loop is left."""
    _check(x, weight, groups)
    windows = sliding_window_view(x, weight.shape[2:], axis=(2, 3))
    split = windows.reshape(len(x), groups, -1, *windows.shape[2:])
    filters = weight.reshape(groups, -1, *weight.shape[1:])
    maps = np.einsum("ngchwij,gkcij->ngkhw", split, filters)
    return maps.reshape(len(x), len(weight), *maps.shape[3:]) + bias[:, None, None]


def a_full_layer_with_zeros(x, weight, bias, groups):
    """An ordinary layer whose filters hold 0 for the channels of other groups."""
    _check(x, weight, groups)
    depth, per_group = weight.shape[1], len(weight) // groups
    full = np.zeros((len(weight), x.shape[1], *weight.shape[2:]))
    for k in range(len(weight)):
        first = k // per_group * depth
        full[k, first : first + depth] = weight[k]
    windows = sliding_window_view(x, weight.shape[2:], axis=(2, 3))
    return np.tensordot(windows, full, ((1, 4, 5), (1, 2, 3))).transpose(0, 3, 1, 2) + (
        bias[:, None, None])


def filter_by_filter(x, weight, bias, groups):
    """Every filter finds its own channels; maps are appended to a list."""
    if x.shape[1] % groups or len(weight) % groups:
        raise ValueError("groups do not fit")
    depth = x.shape[1] // groups
    if depth != weight.shape[1]:
        raise ValueError("another depth")
    maps = []
    for k, one in enumerate(weight):
        group = k * groups // len(weight)
        windows = sliding_window_view(x[:, group * depth : (group + 1) * depth], one.shape[1:],
                                      axis=(2, 3))
        maps.append((windows * one[:, None, None]).sum(axis=(1, 4, 5)) + bias[k])
    return np.stack(maps, axis=1)
