"""Wrong ways to turn a kernel."""

import numpy as np


def _slid(image, kernel):
    windows = np.lib.stride_tricks.sliding_window_view(
        np.asarray(image, float), np.shape(kernel)
    )
    return np.einsum("rcij,ij->rc", windows, kernel)


def forgets_the_flip(image, kernel):
    """You do not turn the kernel; without the flip it is a cross-correlation.

    The libraries of deep learning call that a convolution.
    """
    return _slid(image, kernel)


def turns_the_rows_only(image, kernel):
    """You turn the kernel upside down only; both axes are reversed.

    kernel[::-1] is how one turns a row of numbers. On an image it takes one axis.
    """
    return _slid(image, kernel[::-1])


def turns_the_columns_only(image, kernel):
    """You mirror the kernel left to right only; both axes are reversed.

    A reflection is what a mirror on the wall does.
    """
    return _slid(image, kernel[:, ::-1])


def transposes_instead(image, kernel):
    """You transpose the kernel; turn it by half a turn instead: both axes reversed.

    .T is the best-known way to flip a matrix, over its diagonal.
    """
    return _slid(image, np.ascontiguousarray(kernel.T))


def turns_by_a_quarter(image, kernel):
    """You turn the kernel by a quarter turn; it takes half a turn.

    np.rot90 is what one finds first.
    """
    return _slid(image, np.ascontiguousarray(np.rot90(kernel)))


def changes_the_sign(image, kernel):
    """You change the sign of the kernel; the flip changes the order of its numbers.

    With [-1, 1] the two are the same, and that is the example everybody sees.
    """
    return _slid(image, -kernel)


def turns_both(image, kernel):
    """You turn the image and the kernel; only the kernel is turned, else the result is turned too.

    Two flips seem thorough.
    """
    return _slid(image[::-1, ::-1], kernel[::-1, ::-1])


def turns_the_image(image, kernel):
    """You turn the image, and not the kernel; the result is then upside down.

    f(t - tau) g(tau) gives the same sums, so either may be reflected. The order changes.
    """
    return _slid(image[::-1, ::-1], kernel)


def keeps_the_size(image, kernel):
    """You pad so that the result is as large as the image; here only whole windows count.

    In the viewer the filtered photograph is as large as the photograph.
    """
    high, wide = kernel.shape
    border = (((high - 1) // 2, high // 2), ((wide - 1) // 2, wide // 2))
    return _slid(np.pad(np.asarray(image, float), border), kernel[::-1, ::-1])


def counts_from_0_of_the_formula(image, kernel):
    """You start at place (0, 0) of the formula; the whole kernel fits from (F_h - 1, F_w - 1) on.

    With r - i the kernel reaches up and to the left of its place.
    """
    high, wide = kernel.shape
    rows, columns = image.shape[0] - high + 1, image.shape[1] - wide + 1
    padded = np.pad(np.asarray(image, float), ((high - 1, 0), (wide - 1, 0)))
    return _slid(padded, kernel[::-1, ::-1])[:rows, :columns]


def reads_above_the_image(image, kernel):
    """You read image[r - i, c - j] below 0, which Python takes from the other end.

    The formula is copied literally, and a negative index raises no error.
    """
    high, wide = kernel.shape
    rows, columns = image.shape[0] - high + 1, image.shape[1] - wide + 1
    pixels = np.asarray(image, float)
    wrapped = np.pad(pixels, ((high - 1, 0), (wide - 1, 0)), mode="wrap")
    return _slid(wrapped, kernel[::-1, ::-1])[:rows, :columns]
