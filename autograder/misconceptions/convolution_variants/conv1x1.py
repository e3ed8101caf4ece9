"""What people believe about the 1 x 1 convolution."""

import numpy as np


def _mix(x, weight):
    return np.einsum("nchw,kc->nkhw", x, weight)


def _column(bias):
    return np.asarray(bias)[:, None, None]


def forgets_the_bias(x, weight, bias):
    """You leave out the bias; each of the K filters has one, added at every pixel.

    The mixing is the interesting part, and with biases of 0 nothing is missing.
    """
    return _mix(x, weight)


def transposes_the_weights(x, weight, bias):
    """You use weight[c, k]; the target comes first, weight[k, c].

    As many filters as channels hide it: the shapes fit then.
    """
    return np.einsum("nchw,ck->nkhw", x, weight) + _column(bias)


def averages_the_channels(x, weight, bias):
    """You divide by the number of channels; an inner product adds them up.

    A mixture sounds like a mean, and colour to grey is one.
    """
    return _mix(x, weight) / x.shape[1] + _column(bias)


def adds_the_bias_for_every_channel(x, weight, bias):
    """You add the bias for every channel; it is added once for each number that comes out.

    In a loop over channels the line with the bias slips one level too deep.
    """
    return _mix(x, weight) + _column(bias) * x.shape[1]


def mixes_pixels_with_channels(x, weight, bias):
    """You reshape (N, C, H, W) to rows of C numbers; first move the channels to the end.

    reshape(-1, C) gives the right shape, and so no error. It cuts the numbers in memory order,
    where neighbours are pixels of one channel.
    """
    images, channels, rows, cols = x.shape
    flat = np.ascontiguousarray(x).reshape(-1, channels) @ weight.T + bias
    return flat.reshape(images, rows, cols, -1).transpose(0, 3, 1, 2)


def reads_the_result_in_the_wrong_order(x, weight, bias):
    """You reshape (N, H, W, K) into (N, K, H, W); the axes have to be moved, not renamed.

    The product is right. A reshape afterwards only counts the numbers.
    """
    images, _, rows, cols = x.shape
    mixed = np.moveaxis(_mix(x, weight) + _column(bias), 1, -1)
    return np.ascontiguousarray(mixed).reshape(images, len(weight), rows, cols)


def puts_the_channels_last(x, weight, bias):
    """You give (N, H, W, K); here the channels come second: (N, K, H, W).

    Keras and picture files keep them last, and a matrix product over channels likes them there.
    """
    return np.moveaxis(_mix(x, weight) + _column(bias), 1, -1)


def gives_every_filter_the_first_bias(x, weight, bias):
    """You add bias[0] to every map; filter k has its own, bias[k].

    The first example has one filter.
    """
    return _mix(x, weight) + bias[0]


def returns_only_the_first_image(x, weight, bias):
    """You return the maps of x[0] only; all N images are wanted.

    A picture is one picture, and the axis for the batch looks like a formality.
    """
    return _mix(x[:1], weight) + _column(bias)


def weighs_each_channel_alone(x, weight, bias):
    """You scale channels and add none of them up; each filter sums over all channels.

    A 1 x 1 window holds one number, so it seems to be one multiplication. It holds C numbers.
    """
    scaled = x * np.diagonal(weight)[:, None, None] if weight.shape[0] == weight.shape[1] else (
        x[:, : len(weight)] * weight[: x.shape[1], 0][:, None, None])
    return scaled + _column(bias)[: scaled.shape[1]]


def applies_a_relu(x, weight, bias):
    """You cut off negative values; the layer gives net inputs, the activation comes after it.

    In Network in Network a ReLU follows every 1 x 1 layer.
    """
    return np.maximum(0.0, _mix(x, weight) + _column(bias))


def reshapes_there_and_back(x, weight, bias):
    """You reshape to rows of C numbers and back; both times the channels have to be moved.

    Two reshapes give the right shape, and so no error. Numbers of one channel are taken for the
    channels of one pixel.
    """
    images, channels, rows, cols = x.shape
    flat = np.ascontiguousarray(x).reshape(-1, channels) @ weight.T + bias
    return flat.reshape(images, len(weight), rows, cols)
