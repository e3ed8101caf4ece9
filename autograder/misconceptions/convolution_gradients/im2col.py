"""What goes wrong when patches become columns."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def _pad(x, padding, mode="constant"):
    return np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)), mode=mode)


def _windows(x, kernel_size, stride, padding):
    """(N, C, out_h, out_w, F_h, F_w)."""
    windows = sliding_window_view(_pad(x, padding), tuple(kernel_size), axis=(2, 3))
    return windows[:, :, ::stride, ::stride]


def _columns(windows):
    images, channels, rows, cols, f_h, f_w = windows.shape
    return windows.transpose(0, 1, 4, 5, 2, 3).reshape(images, channels * f_h * f_w, rows * cols)


def writes_patches_as_rows(x, kernel_size, stride=1, padding=0):
    """You write every patch as a row; here it is a column, so that weight times columns works.

    Other books do it that way, and then multiply from the other side.
    """
    return _columns(_windows(x, kernel_size, stride, padding)).transpose(0, 2, 1)


def reshapes_where_axes_must_move(x, kernel_size, stride=1, padding=0):
    """You reshape the windows as they are; reshape never moves axes, transpose does.

    The shape comes out right, and the numbers are shuffled.
    """
    windows = _windows(x, kernel_size, stride, padding)
    images, channels, rows, cols, f_h, f_w = windows.shape
    return windows.reshape(images, channels * f_h * f_w, rows * cols)


def puts_the_channels_last(x, kernel_size, stride=1, padding=0):
    """You let the channel run fastest in a column; it comes first, then row, then column.

    With images stored channels last this would be the order.
    """
    windows = _windows(x, kernel_size, stride, padding)
    images, channels, rows, cols, f_h, f_w = windows.shape
    moved = windows.transpose(0, 4, 5, 1, 2, 3)
    return moved.reshape(images, f_h * f_w * channels, rows * cols)


def reads_the_patches_column_by_column(x, kernel_size, stride=1, padding=0):
    """You read a patch column by column; weight.reshape(K, -1) reads row by row.

    Mathematics books stack columns, NumPy stacks rows.
    """
    windows = _windows(x, kernel_size, stride, padding)
    return _columns(windows.swapaxes(4, 5))


def takes_the_places_column_by_column(x, kernel_size, stride=1, padding=0):
    """You go down first from place to place; go right first, row by row.

    The outer loop runs over the columns and the inner one over the rows.
    """
    windows = _windows(x, kernel_size, stride, padding)
    return _columns(windows.swapaxes(2, 3))


def ignores_the_stride(x, kernel_size, stride=1, padding=0):
    """You use every place; with stride S only every S-th, down and across, becomes a column.

    The examples have stride 1.
    """
    return _columns(_windows(x, kernel_size, 1, padding))


def counts_places_with_stride_but_moves_by_one(x, kernel_size, stride=1, padding=0):
    """You make the right number of columns, but move by one pixel; place r begins at row r * S.

    The stride is in the size rule, and there it is seen. In the index it is forgotten.
    """
    every = _windows(x, kernel_size, 1, padding)
    rows, cols = _windows(x, kernel_size, stride, padding).shape[2:4]
    return _columns(every[:, :, :rows, :cols])


def ignores_the_padding(x, kernel_size, stride=1, padding=0):
    """You leave out the padding; first lay `padding` rows and columns of zeros around the image.

    Padding 0 is the default, and one forgets the argument.
    """
    return _columns(_windows(x, kernel_size, stride, 0))


def pads_with_the_edge(x, kernel_size, stride=1, padding=0):
    """You repeat the pixels of the border; the layer pads with zeros.

    np.pad has many modes, and "edge" looks best.
    """
    padded = _pad(x, padding, "edge")
    return _columns(_windows(padded, kernel_size, stride, 0))


def pads_every_axis(x, kernel_size, stride=1, padding=0):
    """You pad all four axes; images and channels get no zeros.

    np.pad(x, padding) with a single number pads every axis.
    """
    return _columns(_windows(np.pad(x, padding), kernel_size, stride, 0))


def adds_up_the_channels(x, kernel_size, stride=1, padding=0):
    """You add up the channels; each channel has rows of its own in the column.

    The sum over the channels belongs to the product with the weights.
    """
    return _columns(_windows(x.sum(axis=1, keepdims=True), kernel_size, stride, padding))


def strides_down_only(x, kernel_size, stride=1, padding=0):
    """You move by the stride down but by one across; it holds for both.

    One of two slices has the step, the other has not.
    """
    return _columns(_windows(x, kernel_size, 1, padding)[:, :, ::stride])


def swaps_the_sides_of_the_kernel(x, kernel_size, stride=1, padding=0):
    """You take kernel_size as (F_w, F_h); rows come first, as in every shape here.

    Width times height is what one says of pictures.
    """
    return _columns(_windows(x, kernel_size[::-1], stride, padding))


def lays_the_images_side_by_side(x, kernel_size, stride=1, padding=0):
    """You lay the columns of all images side by side; each image keeps a matrix of its own.

    One matrix for the whole batch is what fast libraries use.
    """
    return np.concatenate(list(_columns(_windows(x, kernel_size, stride, padding))), axis=1)
