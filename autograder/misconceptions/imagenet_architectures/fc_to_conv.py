"""What people believe about a fully connected layer as a convolution."""

import numpy as np


def _fits(weight, shape):
    if weight.shape[1] != int(np.prod(shape)):
        raise ValueError("the images have another number of pixels")


def reads_the_channels_last(weight, bias, shape):
    """You take the channels as the last axis of the flattened image; here they are the first.

    TensorFlow's images are H x W x C, and flattening them mixes the channels.
    """
    _fits(weight, shape)
    C, H, W = shape
    return weight.reshape(len(weight), H, W, C).transpose(0, 3, 1, 2), bias


def flips_the_filters(weight, bias, shape):
    """You turn the filters by 180 degrees; the layer slides filters as they are.

    Convolution in lecture 07 flips.
    """
    _fits(weight, shape)
    return weight.reshape(len(weight), *shape)[:, :, ::-1, ::-1], bias


def reads_columns_first(weight, bias, shape):
    """You read an image column by column; flattening goes row by row.

    Mathematicians count x before y, and some languages store columns together.
    """
    _fits(weight, shape)
    C, H, W = shape
    return weight.reshape(len(weight), C, W, H).transpose(0, 1, 3, 2), bias


def reads_the_units_last(weight, bias, shape):
    """You take a column of weight for a unit; here each row is a unit.

    Some write x W with one column for each unit.
    """
    _fits(weight, shape)
    return weight.T.reshape(len(weight), *shape), bias


def reads_the_array_backwards(weight, bias, shape):
    """You let the first index run fastest; NumPy's flattening lets the last one run fastest.

    order="F" does it, and so does MATLAB.
    """
    _fits(weight, shape)
    return np.stack([row.reshape(shape, order="F") for row in weight]), bias


def shares_the_bias_among_the_pixels(weight, bias, shape):
    """You divide the bias among the pixels; a filter adds it once for each place.

    There is one place, and the sum over the window comes before.
    """
    _fits(weight, shape)
    return weight.reshape(len(weight), *shape), bias / (shape[1] * shape[2])


def averages_over_the_window(weight, bias, shape):
    """You divide the weights by the number of pixels; the layer sums, it does not average.

    A large window otherwise seems to give large numbers.
    """
    _fits(weight, shape)
    return weight.reshape(len(weight), *shape) / (shape[1] * shape[2]), bias


def leaves_the_bias_out(weight, bias, shape):
    """You give the filters back without the bias; it belongs to the layer, so return it, too.

    It does not change, so it seems not worth a word.
    """
    _fits(weight, shape)
    return weight.reshape(len(weight), *shape)


def lets_the_number_of_units_give_way(weight, bias, shape):
    """You let reshape choose the number of filters; it is the number of units, or an error.

    With -1 in the place of K, NumPy makes two filters of one unit without a word.
    """
    return weight.reshape(-1, *shape), bias


def puts_the_channels_in_front(weight, bias, shape):
    """You return (C, K, H, W); filters come first: (K, C, H, W).

    Images are (N, C, H, W), and K is thought of as what comes out at the end.
    """
    _fits(weight, shape)
    return weight.reshape(len(weight), *shape).swapaxes(0, 1), bias


def cuts_off_what_is_too_much(weight, bias, shape):
    """You drop the columns that do not fit; a row of another length is an error, a ValueError.

    The result has the shape that was asked for.
    """
    C, H, W = shape
    return weight[:, : C * H * W].reshape(len(weight), C, H, W), bias
