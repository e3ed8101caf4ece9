"""What people believe about the statistics of normalisations."""

import numpy as np


def _axes(x, kind):
    pixels = tuple(range(2, x.ndim))
    return {"batch": (0, *pixels), "layer": (1, *pixels), "instance": pixels}[kind]


def _both(x, axes):
    return x.mean(axis=axes, keepdims=True), x.var(axis=axes, keepdims=True)


def divides_by_one_less(x, kind):
    """You divide the squares by one less than their number; here it is their mean.

    Statistics books estimate a variance so, and the running variance does it, too.
    """
    axes = _axes(x, kind)
    return x.mean(axis=axes, keepdims=True), x.var(axis=axes, keepdims=True, ddof=1)


def returns_standard_deviations(x, kind):
    """You return standard deviations; asked for are variances, without the root.

    It is what one divides by in the end.
    """
    mean, var = _both(x, _axes(x, kind))
    return mean, np.sqrt(var)


def takes_the_mean_square(x, kind):
    """You average the squares as they are; the variance is about distances from the mean.

    With mean 0 it is the same.
    """
    mean, _ = _both(x, _axes(x, kind))
    return mean, (x**2).mean(axis=_axes(x, kind), keepdims=True)


def takes_mean_distances(x, kind):
    """You average distances; the variance is the mean of their squares.

    It is called the spread, and distances are a spread.
    """
    mean, _ = _both(x, _axes(x, kind))
    return mean, np.abs(x - mean).mean(axis=_axes(x, kind), keepdims=True)


def drops_the_axes(x, kind):
    """You drop the axes you averaged over; keep them with length 1, so that x - mean works.

    It is what np.mean does if nothing else is said.
    """
    axes = _axes(x, kind)
    return x.mean(axis=axes), x.var(axis=axes)


def exchanges_batch_and_layer(x, kind):
    """You exchange "batch" and "layer"; batch norm averages over the batch, not over channels.

    "Batch norm" can be heard as one mean for each member of the batch.
    """
    other = {"batch": "layer", "layer": "batch"}.get(kind, kind)
    return _both(x, _axes(x, other))


def keeps_every_pixel_apart(x, kind):
    """You average "batch" over axis 0 only; all pixels of a channel share one mean.

    For rows without pixels axis 0 is all there is.
    """
    return _both(x, (0,) if kind == "batch" else _axes(x, kind))


def leaves_layer_norm_its_channels(x, kind):
    """You average "layer" over rows and columns only; all channels of an image share one mean.

    Each channel is often called a layer of the volume.
    """
    if kind == "layer" and x.ndim > 2:
        return _both(x, tuple(range(2, x.ndim)))
    return _both(x, _axes(x, kind))


def layer_norm_of_each_pixel(x, kind):
    """You average "layer" over the channels of each pixel; rows and columns belong to it, too.

    In networks for text, where layer norm comes from, axis 1 is all there is.
    """
    return _both(x, (1,) if kind == "layer" else _axes(x, kind))


def one_mean_for_everything(x, kind):
    """You average over the whole array; only values with the same number in the figure share.

    x.mean() without axes does it.
    """
    return _both(x, tuple(range(x.ndim)))


def averages_instances_over_the_batch(x, kind):
    """You treat "instance" like "batch"; each map of each image has its own mean.

    An instance is thought of as a kind of object, found in many images.
    """
    return _both(x, _axes(x, "batch" if kind == "instance" else kind))


def spread_of_the_means(x, kind):
    """You take the variance of the map means; it is the variance of all the values.

    The mean of means is the mean, so the same seems to hold for variances.
    """
    mean, var = _both(x, _axes(x, kind))
    if x.ndim == 2 or kind == "instance":
        return mean, var
    maps = x.mean(axis=tuple(range(2, x.ndim)), keepdims=True)
    return mean, maps.var(axis=0 if kind == "batch" else 1, keepdims=True)


def thinks_of_images_only(x, kind):
    """You name the axes of images; rows (N, C) have two axes, so ask x.ndim.

    All figures show images.
    """
    axes = {"batch": (0, 2, 3), "layer": (1, 2, 3), "instance": (2, 3)}[kind]
    return x.mean(axis=axes, keepdims=True), x.var(axis=axes, keepdims=True)
