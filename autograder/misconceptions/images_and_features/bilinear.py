"""Wrong beliefs about grey values between pixels."""

import numpy as np


def takes_the_nearest_pixel(image, x, y, fill=0.0):
    """You take the nearest pixel; the bilinear value mixes the four around the point.

    It is a method too, the simplest one, and leaves staircases.
    """
    return _at(image, np.floor(y + 0.5), np.floor(x + 0.5), fill)


def averages_four_pixels(image, x, y, fill=0.0):
    """You average the four pixels with equal weights; the nearer ones count more.

    "The mean of the neighbours" is right half way between them only.
    """
    return _mixed(image, np.floor(x), np.floor(y), 0.5, 0.5, fill)


def exchanges_x_and_y(image, x, y, fill=0.0):
    """You read x as the row; x counts columns, so it is image[y, x].

    Points are written (x, y), arrays are indexed [row, column].
    """
    top, left = np.floor(x), np.floor(y)
    return _mixed(image, left, top, y - left, x - top, fill)


def gives_the_far_pixel_the_weight(image, x, y, fill=0.0):
    """You weigh each pixel by its distance; the nearer a pixel, the larger its weight.

    p is the distance from the left column, so it is the weight of the right one.
    """
    left, top = np.floor(x), np.floor(y)
    return _mixed(image, left, top, 1 - (x - left), 1 - (y - top), fill)


def cuts_off_below_zero(image, x, y, fill=0.0):
    """You cut off the fraction with int; -0.5 becomes 0 instead of -1. Use np.floor.

    For points inside the image both are the same.
    """
    left, top = np.trunc(x), np.trunc(y)
    return _mixed(image, left, top, x - left, y - top, fill)


def repeats_the_border(image, x, y, fill=0.0):
    """You repeat the pixels at the border; all around the image lies fill.

    That is another useful rule (lecture 08a), and np.clip makes it easy.
    """
    rows, columns = image.shape
    x, y = np.clip(x, 0, columns - 1), np.clip(y, 0, rows - 1)
    left, top = np.floor(x), np.floor(y)
    return _mixed(image, left, top, x - left, y - top, fill)


def fills_whenever_a_neighbour_is_missing(image, x, y, fill=0.0):
    """You answer fill as soon as a point leaves the grid; within a pixel of it both are mixed.

    Several libraries do so. Then the border of a moved picture is hard, not soft.
    """
    rows, columns = image.shape
    left, top = np.floor(x), np.floor(y)
    value = _mixed(image, left, top, x - left, y - top, fill)
    outside = (x < 0) | (y < 0) | (x > columns - 1) | (y > rows - 1)
    return np.where(outside, fill, value)


def starts_again_on_the_other_side(image, x, y, fill=0.0):
    """You let the image begin anew at its border; all around it lies fill.

    In Python index -1 is the last entry, so nothing complains on the left and on top.
    """
    rows, columns = image.shape
    left, top = np.floor(x), np.floor(y)
    p, q = x - left, y - top

    def at(row, column):
        return image[(row % rows).astype(int), (column % columns).astype(int)]

    upper = (1 - p) * at(top, left) + p * at(top, left + 1)
    lower = (1 - p) * at(top + 1, left) + p * at(top + 1, left + 1)
    return (1 - q) * upper + q * lower


def always_fills_with_black(image, x, y, fill=0.0):
    """You surround the image by 0 whatever fill says.

    0 is its default, and with the default the two agree.
    """
    left, top = np.floor(x), np.floor(y)
    return _mixed(image, left, top, x - left, y - top, 0.0)


def mixes_left_and_right_only(image, x, y, fill=0.0):
    """You mix left and right but not up and down; the fraction of y counts as well.

    One of the two directions is what the sketch on a line shows.
    """
    left, top = np.floor(x), np.floor(y)
    return _mixed(image, left, top, x - left, 0.0, fill)


def _mixed(image, left, top, p, q, fill):
    upper = (1 - p) * _at(image, top, left, fill) + p * _at(image, top, left + 1, fill)
    lower = (1 - p) * _at(image, top + 1, left, fill) + p * _at(image, top + 1, left + 1, fill)
    return (1 - q) * upper + q * lower


def _at(image, row, column, fill):
    rows, columns = image.shape
    outside = (row < 0) | (row >= rows) | (column < 0) | (column >= columns)
    row, column = np.clip(row, 0, rows - 1).astype(int), np.clip(column, 0, columns - 1).astype(int)
    return np.where(outside, fill, image[row, column])
