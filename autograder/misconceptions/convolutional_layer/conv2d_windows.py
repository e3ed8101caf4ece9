"""What goes wrong when the loops of a convolutional layer become array operations."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def _pad(x, padding, mode="constant"):
    return np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)), mode=mode)


def _windows(x, weight, stride, padding):
    windows = sliding_window_view(_pad(x, padding), weight.shape[2:], axis=(2, 3))
    return windows[:, :, ::stride, ::stride]


def _maps(windows, weight):
    return np.einsum("ncrsij,kcij->nkrs", windows, weight)


def _maps_by_tensordot(windows, weight):
    return np.tensordot(windows, weight, axes=((1, 4, 5), (1, 2, 3))).transpose(0, 3, 1, 2)


def flips_the_kernel(x, weight, bias, stride=1, padding=0):
    """You turn the filters by 180 degrees; the layer is a cross-correlation and does not flip.

    Ready-made convolutions (scipy.signal, the Fourier transform) flip, this layer does not.
    """
    flipped = weight[:, :, ::-1, ::-1]
    return _maps(_windows(x, weight, stride, padding), flipped) + bias[:, None, None]


def forgets_the_bias(x, weight, bias, stride=1, padding=0):
    """You leave out the bias; map k gets bias[k] added everywhere.

    The dot products are the work; the bias is one more line, and it is easily lost.
    """
    return _maps(_windows(x, weight, stride, padding), weight)


def lets_the_bias_run_along_the_columns(x, weight, bias, stride=1, padding=0):
    """You add a bias of shape (K,); NumPy lines it up with the columns, so make it (K, 1, 1).

    Broadcasting starts at the last axis. With one filter it cannot go wrong, and with as many
    columns as filters it goes wrong without an error.
    """
    return _maps(_windows(x, weight, stride, padding), weight) + bias


def leaves_the_filters_last(x, weight, bias, stride=1, padding=0):
    """You leave the K filters on the last axis; their place is the second, (N, K, rows, columns).

    tensordot puts the remaining axes of its first argument first, then those of the second.
    """
    out = np.tensordot(_windows(x, weight, stride, padding), weight, axes=((1, 4, 5), (1, 2, 3)))
    return out + bias


def reshapes_where_axes_must_move(x, weight, bias, stride=1, padding=0):
    """You reshape to the right shape; reshape never moves axes, transpose does.

    The shape comes out right, so everything downstream runs. The numbers are shuffled.
    """
    out = np.tensordot(_windows(x, weight, stride, padding), weight, axes=((1, 4, 5), (1, 2, 3)))
    images, rows, cols, filters = out.shape
    return out.reshape(images, filters, rows, cols) + bias[:, None, None]


def ignores_the_padding(x, weight, bias, stride=1, padding=0):
    """You leave out the padding; lay `padding` rows and columns of zeros around each image first.

    sliding_window_view has no argument for it, so it takes a line of its own.
    """
    return _maps(_windows(x, weight, stride, 0), weight) + bias[:, None, None]


def ignores_the_stride(x, weight, bias, stride=1, padding=0):
    """You keep all windows; the stride keeps every S-th one, down and across.

    sliding_window_view always moves by one pixel, and the examples have stride 1.
    """
    return _maps(_windows(x, weight, 1, padding), weight) + bias[:, None, None]


def strides_over_images_and_channels(x, weight, bias, stride=1, padding=0):
    """You apply the stride to axes 0 and 1, images and channels; the places are axes 2 and 3.

    [::stride, ::stride] is right for an array of two axes.
    """
    windows = _windows(x, weight, 1, padding)[::stride, ::stride]
    return _maps(windows, weight) + bias[:, None, None]


def strides_inside_the_windows(x, weight, bias, stride=1, padding=0):
    """You apply the stride to the last two axes, inside the windows; the places are axes 2 and 3.

    [..., ::stride, ::stride] is right for an image, whose last two axes are its rows and columns.
    """
    windows = _windows(x, weight, 1, padding)[..., ::stride, ::stride]
    return _maps(windows, weight) + bias[:, None, None]


def strides_other_axes_than_the_places(x, weight, bias, stride=1, padding=0):
    """You apply the stride to other axes than the places; of the six axes the places are 2 and 3.

    Too far in front or behind: tensordot then stops in the same words, einsum in others.
    """
    windows = _windows(x, weight, 1, padding)[::stride, ::stride]
    return _maps_by_tensordot(windows, weight) + bias[:, None, None]


def swaps_the_axes_of_the_filters(x, weight, bias, stride=1, padding=0):
    """You pair the rows of the windows with the columns of the filters; axis 4 belongs to F_h.

    Four letters in a row, and with a square filter of equal halves nobody sees the swap.
    """
    windows = _windows(x, weight, stride, padding)
    return np.einsum("ncrsij,kcji->nkrs", windows, weight) + bias[:, None, None]


def swaps_the_axes_of_the_filters_in_tensordot(x, weight, bias, stride=1, padding=0):
    """You pair axis 4 of the windows with axis 3 of the filters; rows belong to rows, axis 2.

    The same with tensordot, which stops with another error than einsum.
    """
    windows = _windows(x, weight, stride, padding)
    out = np.tensordot(windows, weight, axes=((1, 4, 5), (1, 3, 2)))
    return out.transpose(0, 3, 1, 2) + bias[:, None, None]


def thins_out_the_image_first(x, weight, bias, stride=1, padding=0):
    """You keep every S-th pixel of the image; the stride keeps every S-th window.

    Both shrink the picture by about S. But inside a window the pixels stay neighbours.
    """
    thinned = _pad(x, padding)[:, :, ::stride, ::stride]
    windows = sliding_window_view(thinned, weight.shape[2:], axis=(2, 3))
    return _maps(windows, weight) + bias[:, None, None]


def strides_down_only(x, weight, bias, stride=1, padding=0):
    """You thin out the rows of windows but not their columns; the stride holds for both.

    windows[:, :, ::stride] is complete to the eye: the fourth axis is simply not written.
    """
    windows = sliding_window_view(_pad(x, padding), weight.shape[2:], axis=(2, 3))
    return _maps(windows[:, :, ::stride], weight) + bias[:, None, None]


def pads_every_axis(x, weight, bias, stride=1, padding=0):
    """You pad all four axes; only rows and columns get zeros, images and channels do not.

    np.pad(x, padding) with a single number means every axis and both of its ends.
    """
    windows = sliding_window_view(np.pad(x, padding), weight.shape[2:], axis=(2, 3))
    return _maps(windows[:, :, ::stride, ::stride], weight) + bias[:, None, None]


def pads_with_the_edge(x, weight, bias, stride=1, padding=0):
    """You repeat the border pixels; this layer pads with zeros.

    np.pad has many modes, and "edge" looks best on photographs.
    """
    windows = sliding_window_view(_pad(x, padding, "edge"), weight.shape[2:], axis=(2, 3))
    return _maps(windows[:, :, ::stride, ::stride], weight) + bias[:, None, None]


def uses_only_the_first_channel(x, weight, bias, stride=1, padding=0):
    """You use only channel 0; sum over the channel axis as well as over the window.

    The windows have six axes, and one that is not named in the sum is soon indexed away.
    """
    windows = _windows(x, weight, stride, padding)
    return _maps(windows[:, :1], weight[:, :1]) + bias[:, None, None]


def averages_over_the_channels(x, weight, bias, stride=1, padding=0):
    """You take the mean over the channels; a dot product is a sum over all its axes.

    mean(axis=1) and sum(axis=1) give the same shape.
    """
    windows = _windows(x, weight, stride, padding)
    return _maps(windows, weight) / x.shape[1] + bias[:, None, None]
