"""What people believe about which pixels the windows see."""

import numpy as np


def _padded_visits(n_in, kernel_size, stride, padding):
    """Counts on the padded row, as many windows as fit."""
    counts = np.zeros(n_in + 2 * padding, dtype=int)
    for start in range(0, len(counts) - kernel_size + 1, stride):
        counts[start:start + kernel_size] += 1
    return counts


def sees_all_pixels_alike(n_in, kernel_size, stride=1, padding=0):
    """You say that each pixel is seen F times; at the ends fewer windows reach it.

    In the middle, at stride 1, it is so.
    """
    return np.full(n_in, kernel_size)


def counts_the_border_too(n_in, kernel_size, stride=1, padding=0):
    """You count the padding as well; the answer has one number for each pixel of the image.

    The count is made on the padded row, and its ends are easily left on.
    """
    return _padded_visits(n_in, kernel_size, stride, padding)


def cuts_the_border_off_behind_only(n_in, kernel_size, stride=1, padding=0):
    """You take the first n_in numbers of the padded row; the image begins after P of them.

    The length is right then, and so nobody complains.
    """
    return _padded_visits(n_in, kernel_size, stride, padding)[:n_in]


def loses_everything_without_padding(n_in, kernel_size, stride=1, padding=0):
    """You cut with [P:-P]; for P = 0 that is an empty slice, so nothing is left.

    -0 is 0, and a slice up to 0 ends before it begins.
    """
    return _padded_visits(n_in, kernel_size, stride, padding)[padding:-padding]


def does_without_padding(n_in, kernel_size, stride=1, padding=0):
    """You leave the padding out; windows over the border see pixels of the image, too.

    The border holds zeros, so a window on it seems to see nothing.
    """
    return _padded_visits(n_in, kernel_size, stride, 0)


def takes_every_position(n_in, kernel_size, stride=1, padding=0):
    """You leave the stride out; with stride S there is a window at every S-th position only.

    With stride 1 there is no difference.
    """
    counts = _padded_visits(n_in, kernel_size, 1, padding)
    return counts[padding:padding + n_in]


def loses_the_last_window(n_in, kernel_size, stride=1, padding=0):
    """You stop one window early; a window may begin at n_in + 2P - F, too.

    range() ends before its second number.
    """
    counts = np.zeros(n_in + 2 * padding, dtype=int)
    for start in range(0, len(counts) - kernel_size, stride):
        counts[start:start + kernel_size] += 1
    return counts[padding:padding + n_in]


def lets_windows_hang_over(n_in, kernel_size, stride=1, padding=0):
    """You also count windows that hang over the end; only those that fit in are counted.

    A loop over all starts does not notice where a window ends.
    """
    counts = np.zeros(n_in + 2 * padding, dtype=int)
    for start in range(0, len(counts), stride):
        counts[start:start + kernel_size] += 1
    return counts[padding:padding + n_in]


def counts_the_first_pixel_only(n_in, kernel_size, stride=1, padding=0):
    """You count where windows begin; each window sees F pixels from there on.

    One place, one number of the output: the window seems to be a single point.
    """
    counts = np.zeros(n_in + 2 * padding, dtype=int)
    counts[0:len(counts) - kernel_size + 1:stride] = 1
    return counts[padding:padding + n_in]
