"""What people believe about global average pooling."""

import numpy as np


def sums_instead_of_averaging(x, weight, bias):
    """You add the pixels up; the average divides by their number, so that no size matters.

    On one pixel it is the same.
    """
    return x.sum(axis=(2, 3)) @ weight.T + bias


def takes_the_largest(x, weight, bias):
    """You take the largest pixel of each map; here it is the average.

    The pools inside the network are maximum pools.
    """
    return x.max(axis=(2, 3)) @ weight.T + bias


def averages_over_the_channels(x, weight, bias):
    """You average over the channels, and read on along a row; each channel keeps its own mean.

    "Global" sounds like everything.
    """
    means = x.mean(axis=1).reshape(len(x), -1)
    return np.stack([np.resize(row, weight.shape[1]) for row in means]) @ weight.T + bias


def averages_over_the_images(x, weight, bias):
    """You average over the images as well; each image keeps its own answer.

    With one image there is no difference.
    """
    return np.tile(x.mean(axis=(0, 2, 3)) @ weight.T + bias, (len(x), 1))


def forgets_the_bias(x, weight, bias):
    """You leave the bias out; it is added to the score of its class.

    Averages over many numbers seem to need no shift.
    """
    return x.mean(axis=(2, 3)) @ weight.T


def averages_over_rows_only(x, weight, bias):
    """You average over one axis and take the first of what is left; a map has two axes.

    axis=2 are the rows, axis=3 the columns.
    """
    return x.mean(axis=2)[:, :, 0] @ weight.T + bias


def cuts_off_what_is_negative(x, weight, bias):
    """You put a ReLU behind the average; the average goes into the linear layer as it is.

    Between two layers there usually is one.
    """
    return np.maximum(x.mean(axis=(2, 3)), 0) @ weight.T + bias


def returns_probabilities(x, weight, bias):
    """You go on to probabilities; asked for are the scores before the softmax.

    A classifier ends with a softmax, and the loss contains it already.
    """
    scores = x.mean(axis=(2, 3)) @ weight.T + bias
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def divides_by_the_channels(x, weight, bias):
    """You divide by all pixels of all channels; each map is averaged by itself.

    x[0].size counts the channels, too.
    """
    return x.sum(axis=(2, 3)) / x[0].size @ weight.T + bias


def takes_the_pixel_in_the_middle(x, weight, bias):
    """You take the pixel in the middle; the average needs all of them.

    "One number for each map" can be had by looking at one place.
    """
    middle = x[:, :, x.shape[2] // 2, x.shape[3] // 2]
    return middle @ weight.T + bias


def takes_the_weights_as_they_stand(x, weight, bias):
    """You multiply by weight as it stands; it is (K, C), one row a class, so it has to be turned.

    With as many classes as channels NumPy does not complain.
    """
    return x.mean(axis=(2, 3)) @ weight + bias


def cuts_off_negative_scores(x, weight, bias):
    """You put a ReLU behind the scores; they may be negative, and the softmax comes later.

    Most layers of the network end with one.
    """
    return np.maximum(x.mean(axis=(2, 3)) @ weight.T + bias, 0)


def averages_over_columns_only(x, weight, bias):
    """You average along the rows and take the first of them; a map has two axes.

    axis=3 alone leaves a column of means.
    """
    return x.mean(axis=3)[:, :, 0] @ weight.T + bias


def takes_maps_as_square(x, weight, bias):
    """You divide by the height twice; a map has H times W pixels.

    For square maps it is the same.
    """
    return x.sum(axis=(2, 3)) / x.shape[2] ** 2 @ weight.T + bias
