"""What people believe about one neuron of a convolutional layer."""

import numpy as np


def _window(x, weight, row, col, stride=1, padding=0, mode="constant"):
    padded = np.pad(x, ((0, 0), (padding, padding), (padding, padding)), mode=mode)
    top, left = row * stride, col * stride
    return padded[:, top : top + weight.shape[1], left : left + weight.shape[2]]


def _overhanging(x, weight, row, col, stride, padding):
    top, left = row * stride - padding, col * stride - padding
    return x[:, top : top + weight.shape[1], left : left + weight.shape[2]]


def flips_the_kernel(x, weight, bias, row, col, stride=1, padding=0):
    """You turn the filter by 180 degrees first; the layer lays it on the image as it is.

    Lecture 07 defines convolution with a flip, and the layer is called convolutional. What the
    layer computes is a cross-correlation: the name stayed, the flip did not.
    """
    return np.sum(_window(x, weight, row, col, stride, padding) * weight[:, ::-1, ::-1]) + bias


def forgets_the_bias(x, weight, bias, row, col, stride=1, padding=0):
    """You leave out the bias; it is added once to the sum of the products.

    The pictures of a sliding window show products and a sum, rarely the bias. Tests with a bias
    of zero do not notice.
    """
    return np.sum(_window(x, weight, row, col, stride, padding) * weight)


def adds_the_bias_for_every_channel(x, weight, bias, row, col, stride=1, padding=0):
    """You add the bias once per channel; a neuron has one bias, however deep its filter is.

    A neuron looks like one small neuron per channel, each with a bias, whose results are added.
    """
    products = _window(x, weight, row, col, stride, padding) * weight
    return sum(np.sum(channel) + bias for channel in products)


def ignores_the_stride(x, weight, bias, row, col, stride=1, padding=0):
    """You put the window at (row, col); neighbouring outputs look at windows `stride` pixels apart.

    With stride 1 the output position and the window's corner are the same pair of numbers, so
    the two are easily taken for the same thing.
    """
    return np.sum(_window(x, weight, row, col, 1, padding) * weight) + bias


def strides_down_only(x, weight, bias, row, col, stride=1, padding=0):
    """You multiply the row by the stride but not the column; the window jumps in both directions.

    The first line is written with care, the second is copied from it and only half changed.
    """
    padded = np.pad(x, ((0, 0), (padding, padding), (padding, padding)))
    top = row * stride
    window = padded[:, top : top + weight.shape[1], col : col + weight.shape[2]]
    return np.sum(window * weight) + bias


def swaps_rows_and_columns(x, weight, bias, row, col, stride=1, padding=0):
    """You use `row` across and `col` down; the first index counts rows, from the top.

    In a drawing one says x before y, and x runs to the right. An array is indexed [row, column].
    """
    return np.sum(_window(x, weight, col, row, stride, padding) * weight) + bias


def uses_only_the_first_channel(x, weight, bias, row, col, stride=1, padding=0):
    """You use only the first channel; the sum runs over all channels of the filter.

    In a flat drawing of a sliding window the depth cannot be seen.
    """
    return np.sum(_window(x, weight, row, col, stride, padding)[0] * weight[0]) + bias


def averages_the_channels(x, weight, bias, row, col, stride=1, padding=0):
    """You average over the channels; the products of all channels are added.

    A colour picture becomes a gray one by averaging its channels, and this seems to be the same.
    """
    products = _window(x, weight, row, col, stride, padding) * weight
    return np.sum(np.mean(products, axis=0)) + bias


def takes_the_mean_of_the_products(x, weight, bias, row, col, stride=1, padding=0):
    """You take the mean of the products; a dot product is their sum.

    The box filter is introduced as an average, but there the 1/9 stands in the filter itself.
    """
    return np.mean(_window(x, weight, row, col, stride, padding) * weight) + bias


def pads_with_the_edge(x, weight, bias, row, col, stride=1, padding=0):
    """You continue the image with its border pixels; the padding of this layer is zeros.

    Lecture 07 shows four ways to continue an image, and this one often looks best on photographs.
    """
    return np.sum(_window(x, weight, row, col, stride, padding, "edge") * weight) + bias


def ignores_the_padding(x, weight, bias, row, col, stride=1, padding=0):
    """You leave out the padding; `padding` rows and columns of zeros stand around the image.

    The examples by hand have no padding, and where the window lies inside nothing is missed.
    """
    return np.sum(_window(x, weight, row, col, stride) * weight) + bias


def takes_the_padding_off_the_corner_only(x, weight, bias, row, col, stride=1, padding=0):
    """You subtract the padding but lay no zeros around the image; negative indices do not do that.

    The formula says rS - P and 0 outside. In an array index -1 is the last row, so the slice is
    empty where the window hangs over.
    """
    return np.sum(_overhanging(x, weight, row, col, stride, padding) * weight) + bias


def takes_the_padding_off_the_corner_only_filter_first(
    x, weight, bias, row, col, stride=1, padding=0
):
    """You subtract the padding, but there is no border of zeros: lay it around the image first.

    The same with the factors the other way round, which NumPy refuses in other words.
    """
    return np.sum(weight * _overhanging(x, weight, row, col, stride, padding)) + bias


def lets_negative_indices_count_from_the_end(x, weight, bias, row, col, stride=1, padding=0):
    """You read x at index -1 where the window hangs over; that is the last row, not a zero.

    With loops over the weights nothing stops: Python has an answer to every small negative index.
    """
    _, height, width = weight.shape
    rows = np.arange(height)[:, None] + row * stride - padding
    cols = np.arange(width) + col * stride - padding
    return np.sum(x[:, rows, cols] * weight) + bias


def multiplies_the_padding_by_the_stride(x, weight, bias, row, col, stride=1, padding=0):
    """You take off the padding before the stride; the corner is row * stride - padding.

    (row - padding) * stride looks just as natural, and is the same number when the stride is 1.
    """
    border = stride * padding
    padded = np.pad(x, ((0, 0), (border, border), (border, border)))
    top, left = row * stride, col * stride
    window = padded[:, top : top + weight.shape[1], left : left + weight.shape[2]]
    return np.sum(window * weight) + bias


def applies_a_relu(x, weight, bias, row, col, stride=1, padding=0):
    """You cut off negative results; the task asks for the net input, before any activation.

    In a whole network a ReLU follows almost always, so it is taken for a part of the layer.
    """
    return max(0.0, np.sum(_window(x, weight, row, col, stride, padding) * weight) + bias)
