"""What people believe about depthwise separable convolution."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def _deep(x, depthwise):
    windows = sliding_window_view(x, depthwise.shape[1:], axis=(2, 3))
    return np.einsum("nchwij,cij->nchw", windows, depthwise)


def _mix(maps, pointwise):
    return np.einsum("nchw,kc->nkhw", maps, pointwise)


def _column(bias):
    return np.asarray(bias)[:, None, None]


def stops_after_the_first_half(x, depthwise, pointwise, bias):
    """You return the C filtered channels; the 1 x 1 convolution has still to mix them.

    Depthwise convolution alone is a layer too, and its name is nearly the same.
    """
    return _deep(x, depthwise)


def forgets_the_bias(x, depthwise, pointwise, bias):
    """You leave out the bias; it is added once, at the very end.

    A layer made of two layers leaves it unclear whose the bias is.
    """
    return _mix(_deep(x, depthwise), pointwise)


def adds_the_bias_between_the_halves(x, depthwise, pointwise, bias):
    """You add a bias to the filtered channels as well; here only the end has one.

    Libraries give both halves a bias by default.
    """
    between = np.resize(bias, x.shape[1])
    return _mix(_deep(x, depthwise) + _column(between), pointwise) + _column(bias)


def puts_a_relu_between(x, depthwise, pointwise, bias):
    """You put a ReLU between the halves; here nothing stands between them.

    MobileNet has one there. Without it the two are a single linear layer.
    """
    return _mix(np.maximum(0, _deep(x, depthwise)), pointwise) + _column(bias)


def puts_a_relu_behind(x, depthwise, pointwise, bias):
    """You cut off negative values at the end; the activation is a layer of its own.

    Decks draw convolution and ReLU as one block.
    """
    return np.maximum(0, _mix(_deep(x, depthwise), pointwise) + _column(bias))


def uses_one_filter_for_all_channels(x, depthwise, pointwise, bias):
    """You filter every channel with depthwise[0]; channel c has a filter of its own.

    Sharing weights is what convolution is about, but it shares over places, not channels.
    """
    same = np.broadcast_to(depthwise[:1], depthwise.shape)
    return _mix(_deep(x, same), pointwise) + _column(bias)


def adds_the_channels_before_mixing(x, depthwise, pointwise, bias):
    """You add the filtered channels up before the 1 x 1 convolution; it needs all C of them.

    That is what an ordinary filter does with its channels.
    """
    added = np.broadcast_to(_deep(x, depthwise).sum(axis=1, keepdims=True),
                            _deep(x, depthwise).shape)
    return _mix(added, pointwise) + _column(bias)


def flips_the_filters(x, depthwise, pointwise, bias):
    """You turn the filters by 180 degrees; the layer does not flip.

    Convolution in lecture 07 flips.
    """
    return _mix(_deep(x, depthwise[:, ::-1, ::-1]), pointwise) + _column(bias)


def transposes_the_mixing(x, depthwise, pointwise, bias):
    """You use pointwise[c, k]; the target comes first, pointwise[k, c].

    As many filters as channels hide it: the shapes fit then.
    """
    return np.einsum("nchw,ck->nkhw", _deep(x, depthwise), pointwise) + _column(bias)
