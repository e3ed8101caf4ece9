"""Wrong beliefs about the gradient of a bias that a whole map shares."""

import numpy as np


def takes_the_mean_over_the_batch(grad_output):
    """You divide by the number of images; if a mean is wanted, it is in grad_output already.

    Losses are often means, and then one divides a second time.
    """
    return grad_output.sum(axis=(0, 2, 3)) / len(grad_output)


def takes_the_mean_over_everything(grad_output):
    """You take the mean; the bias counts at every place, so its gradients add up.

    One bias, one average.
    """
    return grad_output.mean(axis=(0, 2, 3))


def takes_the_mean_over_the_places(grad_output):
    """You take the mean over the places; a bias is added at each of them, so add up.

    The places share one bias, and sharing is taken for averaging.
    """
    return grad_output.mean(axis=(2, 3)).sum(axis=0)


def adds_up_all_filters(grad_output):
    """You add up everything into one number; every filter has a bias of its own.

    np.sum without axes adds up all of them.
    """
    return grad_output.sum()


def keeps_the_images_apart(grad_output):
    """You keep one gradient for every image; all images share the bias, so add up over them.

    One thinks of one image, and the batch comes along.
    """
    return grad_output.sum(axis=(2, 3))


def keeps_the_places_apart(grad_output):
    """You add up over the images only; the places of a map share the bias too.

    In a dense layer the sum over the batch is all there is.
    """
    return grad_output.sum(axis=0)


def keeps_axes_of_length_one(grad_output):
    """You keep axes of length 1; the gradient has the shape of the bias, (K,).

    keepdims=True is needed for the forward pass, to add the bias.
    """
    return grad_output.sum(axis=(0, 2, 3), keepdims=True)


def adds_up_over_the_filters(grad_output):
    """You add up over axis 1, the filters; that is the one that stays.

    With the channels last, axes (0, 1, 2) would be right.
    """
    return grad_output.sum(axis=(1, 2, 3))


def treats_the_channels_as_last(grad_output):
    """You keep the last axis; the filters are on axis 1.

    Other libraries store images as rows, columns, channels.
    """
    return grad_output.sum(axis=(0, 1, 2))


def counts_the_places(grad_output):
    """You count how often a bias is used; each use weighs as much as grad_output says.

    The derivative of y by b is 1, and what comes from behind is forgotten.
    """
    images, filters, rows, cols = grad_output.shape
    return np.full(filters, float(images * rows * cols))


def reshapes_the_images_into_the_filters(grad_output):
    """You reshape (N, K, ...) to (K, ...); reshape never moves axes, so images and filters mix.

    The shape comes out right, and for one image so do the numbers.
    """
    return grad_output.reshape(grad_output.shape[1], -1).sum(axis=1)


def keeps_the_columns_apart(grad_output):
    """You add up over images and rows, but not over columns; all places of a map share the bias.

    One axis of four is forgotten.
    """
    return grad_output.sum(axis=(0, 2))
