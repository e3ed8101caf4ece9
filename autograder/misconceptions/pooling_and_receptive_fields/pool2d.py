"""What people believe about pooling."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def _places(n_in, size, stride):
    if size > n_in or (n_in - size) % stride:
        raise ValueError("the windows do not fit")
    return (n_in - size) // stride + 1


def _windows(x, size, stride):
    for n_in in x.shape[2:]:
        _places(n_in, size, stride)
    return sliding_window_view(x, (size, size), axis=(2, 3))[:, :, ::stride, ::stride]


def _summary(windows, kind, p, axis=(4, 5)):
    if kind == "max":
        return windows.max(axis=axis)
    if kind == "avg":
        return windows.mean(axis=axis)
    p = 2 if kind == "l2" else p
    return np.sum(np.abs(windows) ** p, axis=axis) ** (1 / p)


def takes_the_root_of_the_mean(x, F, S, kind, p=2):
    """You divide by the number of pixels before the root; L2 and L_p pooling take the plain sum.

    A root mean square is common elsewhere, and the average pool beside it divides as well.
    """
    windows = _windows(x, F, S)
    if kind in ("max", "avg"):
        return _summary(windows, kind, p)
    p = 2 if kind == "l2" else p
    return np.mean(np.abs(windows) ** p, axis=(4, 5)) ** (1 / p)


def forgets_the_root(x, F, S, kind, p=2):
    """You add up the powers but take no root; the p-th root belongs to L2 and L_p pooling.

    Where only the order of the results matters the root changes nothing.
    """
    y = _summary(_windows(x, F, S), kind, p)
    return y if kind in ("max", "avg") else y ** (2 if kind == "l2" else p)


def keeps_the_signs_in_the_powers(x, F, S, kind, p=2):
    """You take powers of the pixels themselves; L_p pooling takes them of their absolute values.

    For p = 2 the square hides the difference.
    """
    windows = _windows(x, F, S)
    if kind in ("max", "avg"):
        return _summary(windows, kind, p)
    p = 2 if kind == "l2" else p
    with np.errstate(invalid="ignore"):
        return np.sum(windows**p, axis=(4, 5)) ** (1 / p)


def uses_p_in_l2_pooling(x, F, S, kind, p=2):
    """You use p for kind "l2" too; L2 pooling is p = 2, whatever p says.

    With the default both are the same.
    """
    return _summary(_windows(x, F, S), "lp" if kind == "l2" else kind, p)


def starts_the_maximum_at_zero(x, F, S, kind, p=2):
    """You start the search for the maximum at 0; a window of negative pixels has a negative one.

    Behind a ReLU nothing is negative, and there it is right.
    """
    y = _summary(_windows(x, F, S), kind, p)
    return np.maximum(y, 0) if kind == "max" else y


def takes_the_largest_in_size(x, F, S, kind, p=2):
    """You take the pixel farthest from 0; max pooling takes the largest number, signs included.

    "The strongest activation" sounds like the strongest of either sign.
    """
    windows = _windows(x, F, S)
    if kind != "max":
        return _summary(windows, kind, p)
    flat = windows.reshape(*windows.shape[:4], -1)
    strongest = np.abs(flat).argmax(axis=4)[..., np.newaxis]
    return np.take_along_axis(flat, strongest, axis=4)[..., 0]


def puts_windows_side_by_side(x, F, S, kind, p=2):
    """You put the windows side by side; neighbours are S pixels apart, and S may differ from F.

    In practice F and S are nearly always the same.
    """
    size = x.shape[2] // F * F, x.shape[3] // F * F
    return _summary(_windows(x[:, :, : size[0], : size[1]], F, F), kind, p)


def moves_the_window_by_one(x, F, S, kind, p=2):
    """You make a result of the right size, but window (i, j) begins at (i, j) instead of (iS, jS).

    With stride 1 the place in the result and the corner in the image are the same numbers.
    """
    rows, columns = (_places(n_in, F, S) for n_in in x.shape[2:])
    windows = sliding_window_view(x, (F, F), axis=(2, 3))[:, :, :rows, :columns]
    return _summary(windows, kind, p)


def pools_over_the_channels(x, F, S, kind, p=2):
    """You pool over the channels too; every channel is pooled by itself, and their number stays.

    A convolution sums over channels, and pooling is drawn like one.
    """
    return _summary(_windows(x, F, S), kind, p, axis=(1, 4, 5))[:, np.newaxis]


def divides_the_sum_by_the_side(x, F, S, kind, p=2):
    """You divide the sum by F; a window has F times F pixels.

    F is called the size of the window.
    """
    y = _summary(_windows(x, F, S), kind, p)
    return y * F if kind == "avg" else y


def divides_the_sum_by_the_stride(x, F, S, kind, p=2):
    """You divide the sum by S S; a window has F times F pixels, whatever the stride.

    With F = S, as usual, both are the same.
    """
    y = _summary(_windows(x, F, S), kind, p)
    return y * F**2 / S**2 if kind == "avg" else y


def takes_a_square_root_for_every_p(x, F, S, kind, p=2):
    """You take the square root for every p; the powers are p-th ones, so the root is the p-th.

    For p = 2, tried first, it is right.
    """
    y = _summary(_windows(x, F, S), kind, p)
    return y ** (p / 2) if kind == "lp" else y


def rounds_the_size_down(x, F, S, kind, p=2):
    """You leave out the pixels that remain at the end; windows that do not fit are a ValueError.

    Whole-number division never complains, and most libraries do the same.
    """
    windows = sliding_window_view(x, (F, F), axis=(2, 3))
    return _summary(windows[:, :, ::S, ::S], kind, p)


def takes_the_image_for_a_square(x, F, S, kind, p=2):
    """You use the number of rows for the columns too; the image need not be a square.

    The examples by hand are squares.
    """
    places = _places(x.shape[2], F, S)
    y = np.zeros((*x.shape[:2], places, places))
    for i, j in np.ndindex(places, places):
        window = x[:, :, i * S : i * S + F, j * S : j * S + F]
        y[:, :, i, j] = _summary(window, kind, p, axis=(2, 3)) if window.size else 0
    return y
