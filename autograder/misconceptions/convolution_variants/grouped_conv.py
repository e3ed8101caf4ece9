"""What people believe about grouped convolution."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def _conv(x, weight, bias):
    # optimize=True, as in the notebook's conv2d: it complains in other words without
    windows = sliding_window_view(x, weight.shape[2:], axis=(2, 3))
    maps = np.einsum("nchwij,kcij->nkhw", windows, weight, optimize=True)
    return maps + np.asarray(bias)[:, None, None]


def _check(x, weight, groups):
    if x.shape[1] % groups or len(weight) % groups or x.shape[1] != groups * weight.shape[1]:
        raise ValueError("the groups do not fit")


def _side_by_side(x, weight, bias, groups):
    parts = zip(np.split(x, groups, axis=1), np.split(weight, groups), np.split(bias, groups),
                strict=True)
    return [_conv(*part) for part in parts]


def deals_the_channels_out(x, weight, bias, groups):
    """You deal the channels out like cards, every G-th to a group; a group is a block of them.

    Both ways make G equal groups. Channels 0 to C/G - 1 are the first one.
    """
    _check(x, weight, groups)
    dealt = np.concatenate([x[:, g::groups] for g in range(groups)], axis=1)
    return np.concatenate(_side_by_side(dealt, weight, bias, groups), axis=1)


def deals_the_filters_out(x, weight, bias, groups):
    """You take every G-th filter for a group; a group has K/G filters that stand together.

    With one filter a group there is no difference.
    """
    _check(x, weight, groups)
    maps = [_conv(part, weight[g::groups], bias[g::groups])
            for g, part in enumerate(np.split(x, groups, axis=1))]
    return np.concatenate(maps, axis=1)


def shuffles_the_maps(x, weight, bias, groups):
    """You take one map of each group in turn; all maps of the first group come first.

    Stacking the groups and reshaping in the wrong order does it. ShuffleNet does it on purpose.
    """
    _check(x, weight, groups)
    maps = np.stack(_side_by_side(x, weight, bias, groups), axis=2)
    return maps.reshape(len(x), -1, *maps.shape[3:])


def shows_all_groups_the_first_channels(x, weight, bias, groups):
    """You show the first C/G channels to every filter; group g sees its own block of channels.

    The depth of the filters is right, so the shapes fit, and nothing complains.
    """
    _check(x, weight, groups)
    return _conv(x[:, : weight.shape[1]], weight, bias)


def adds_the_groups_up(x, weight, bias, groups):
    """You add the maps of the groups; they are stacked, one group behind the other.

    An ordinary layer adds over its channels, and a group is a part of the channels.
    """
    _check(x, weight, groups)
    return sum(_side_by_side(x, weight, bias, groups))


def forgets_the_bias(x, weight, bias, groups):
    """You leave out the bias; it is cut into G pieces like the filters.

    With biases of 0 nothing is missing.
    """
    _check(x, weight, groups)
    return np.concatenate(_side_by_side(x, weight, 0 * bias, groups), axis=1)


def gives_every_group_the_first_biases(x, weight, bias, groups):
    """You use the first K/G biases in every group; group g has its own.

    bias[:n] fits each group's maps, so the loop runs.
    """
    _check(x, weight, groups)
    first = np.tile(bias[: len(weight) // groups], groups)
    return np.concatenate(_side_by_side(x, weight, first, groups), axis=1)


def flips_the_filters(x, weight, bias, groups):
    """You turn every filter by 180 degrees; the layer does not flip.

    Convolution in lecture 07 flips.
    """
    _check(x, weight, groups)
    turned = weight[:, :, ::-1, ::-1]
    return np.concatenate(_side_by_side(x, turned, bias, groups), axis=1)


def rounds_the_groups_down(x, weight, bias, groups):
    """You leave channels or filters over when they cannot be divided; that is a ValueError here.

    C // G is a whole number, whatever C and G are.
    """
    channels, filters = x.shape[1] // groups, len(weight) // groups
    if channels != weight.shape[1]:
        raise ValueError("the filters have another depth")
    maps = [_conv(x[:, g * channels : (g + 1) * channels],
                  weight[g * filters : (g + 1) * filters], bias[g * filters : (g + 1) * filters])
            for g in range(groups)]
    return np.concatenate(maps, axis=1)


def trusts_broadcasting_with_the_depth(x, weight, bias, groups):
    """You do not compare the filters' depth with C/G; a depth of 1 is stretched in silence.

    "NumPy will complain" is right for 2 channels against 3 and wrong for 1 against 3.
    """
    if x.shape[1] % groups or len(weight) % groups:
        raise ValueError("the groups do not fit")
    depth = x.shape[1] // groups
    if weight.shape[1] not in (1, depth):
        raise ValueError("the filters have another depth")
    stretched = np.broadcast_to(weight, (len(weight), depth, *weight.shape[2:]))
    return np.concatenate(_side_by_side(x, stretched, bias, groups), axis=1)


def ignores_the_groups(x, weight, bias, groups):
    """You do not use groups, so every filter slides over all channels; it has its own C/G.

    The ordinary layer takes the same three arrays. With filters of depth 1 it even runs: NumPy
    stretches them over all channels without a word.
    """
    return _conv(x, weight, bias)


def cuts_the_channels_like_the_filters(x, weight, bias, groups):
    """You cut the channels by K/G, as the filters; a group has C/G channels and K/G filters.

    One line is written for the filters and used for the channels too. With C = K nothing is wrong.
    """
    _check(x, weight, groups)
    size = len(weight) // groups
    parts = [slice(g * size, (g + 1) * size) for g in range(groups)]
    return np.concatenate([_conv(x[:, part], weight[part], bias[part]) for part in parts], axis=1)
