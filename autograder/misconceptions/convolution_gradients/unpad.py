"""What goes wrong when the padding is cut off."""

import numpy as np


def ends_the_slice_at_minus_padding(x, padding):
    """You end the slice at -padding; for padding 0 that is -0, which is 0, and nothing is left.

    p:-p is right for every padding but 0, and so it stood in half of the published solutions.
    """
    return x[:, :, padding:-padding, padding:-padding]


def cuts_above_and_left_only(x, padding):
    """You cut the first rows and columns only; the padding lies at the end as well.

    Where the image begins is what one thinks of first.
    """
    return x[:, :, padding:, padding:]


def takes_away_the_padding_once(x, padding):
    """You take the padding away once, below and on the right; it lies above and on the left too.

    Padding is one number, so it is subtracted once from the size.
    """
    rows, cols = x.shape[2:]
    return x[:, :, : rows - padding, : cols - padding]


def cuts_images_and_channels(x, padding):
    """You cut the first two axes; the padding lies on rows and columns, axes 2 and 3.

    x[p:-p, p:-p] is right for a single image without channels.
    """
    images, channels = x.shape[:2]
    return x[padding : images - padding, padding : channels - padding]


def cuts_the_rows_only(x, padding):
    """You cut the rows but not the columns; both were padded.

    A third index is written, the fourth is forgotten.
    """
    return x[:, :, padding : x.shape[2] - padding]


def sets_the_border_to_zero(x, padding):
    """You set the border to 0; it has to go, so that x has its size back.

    The padding was zeros, so zeros seem right.
    """
    kept = np.zeros_like(x)
    rows, cols = x.shape[2:]
    inside = np.s_[:, :, padding : rows - padding, padding : cols - padding]
    kept[inside] = x[inside]
    return kept


def cuts_twice_the_padding(x, padding):
    """You cut 2 * padding from every side; on each side lies the padding once.

    The size grew by 2 P, which is P on either side.
    """
    rows, cols = x.shape[2:]
    top, bottom, right = 2 * padding, max(rows - 2 * padding, 0), max(cols - 2 * padding, 0)
    return x[:, :, top:bottom, top:right]


def leaves_everything(x, padding):
    """You return x as it is; rows and columns of padding must go.

    The gradient of the padding is computed anyway, so it is handed on.
    """
    return np.array(x)


def cuts_all_four_axes(x, padding):
    """You cut all four axes; images and channels were not padded.

    One slice is made for every axis of the array.
    """
    return x[tuple(slice(padding, n - padding) for n in x.shape)]


def takes_both_sides_off_the_end(x, padding):
    """You cut padding at the start and 2 * padding at the end; it lies there once on each side.

    The size that is left, 2 P smaller, is taken for the index of the end.
    """
    rows, cols = x.shape[2:]
    return x[:, :, padding : rows - 2 * padding, padding : cols - 2 * padding]
