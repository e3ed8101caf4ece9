"""What people believe about the deformable convolution."""

import numpy as np

from course_lib import images


def _read(image, rows, cols):
    rows, cols = np.broadcast_arrays(np.asarray(rows, float), np.asarray(cols, float))
    return images.interpolate(np.asarray(image, float), cols, rows)


def _grid(weight, offsets):
    r, s, i, j = np.ogrid[tuple(map(slice, (*offsets.shape[:2], *weight.shape)))]
    return r + i, s + j


def _conv(x, weight, offsets):
    rows, cols = _grid(weight, offsets)
    values = _read(x, rows + offsets[..., 0], cols + offsets[..., 1])
    return np.sum(values * weight, axis=(2, 3))


def swaps_down_and_right(x, weight, offsets):
    """You read an offset as (right, down); the first number moves the row.

    x before y is what points are made of. Arrays say row first.
    """
    return _conv(x, weight, offsets[..., ::-1])


def moves_the_other_way(x, weight, offsets):
    """You subtract the offsets; they say where to look, so they are added to the place.

    To move a picture to the right one reads further to the left (lecture 01). Here the reading
    place moves, not the picture.
    """
    return _conv(x, weight, -offsets)


def rounds_the_offsets(x, weight, offsets):
    """You read the nearest pixel; between pixels the value is interpolated.

    Indices must be whole, so round. But then the offsets have no gradient and cannot be learned.
    """
    return _conv(x, weight, np.floor(offsets + 0.5))


def cuts_the_offsets_off(x, weight, offsets):
    """You cut off the fractions of the offsets; between pixels the value is interpolated.

    astype(int) makes an index of anything.
    """
    return _conv(x, weight, np.trunc(offsets))


def moves_the_whole_window(x, weight, offsets):
    """You move the window as a whole, by its first offset; each of its pixels has its own.

    A window that jumps is easier to picture than one that bends.
    """
    return _conv(x, weight, np.broadcast_to(offsets[:, :, :1, :1], offsets.shape))


def uses_the_offsets_of_the_first_place(x, weight, offsets):
    """You use the offsets of place (0, 0) everywhere; each output place has its own.

    A kernel with a fixed bent form is the next step after dilation, but it is not this layer.
    """
    return _conv(x, weight, np.broadcast_to(offsets[:1, :1], offsets.shape))


def takes_the_offsets_for_places(x, weight, offsets):
    """You take the offsets for places in the image; they are added to the regular grid.

    "Where to look" sounds like a place.
    """
    return np.sum(_read(x, offsets[..., 0], offsets[..., 1]) * weight, axis=(2, 3))


def forgets_the_place_in_the_window(x, weight, offsets):
    """You start at (r, s) for all weights; weight[i, j] starts at (r + i, s + j).

    The offsets seem to hold the form of the window, all of it.
    """
    r, s = np.ogrid[: offsets.shape[0], : offsets.shape[1]]
    values = _read(x, r[..., None, None] + offsets[..., 0], s[..., None, None] + offsets[..., 1])
    return np.sum(values * weight, axis=(2, 3))


def repeats_the_border(x, weight, offsets):
    """You stop at the border pixels; outside the image the value is 0.

    On photographs black looks wrong, so clamping seems better.
    """
    rows, cols = _grid(weight, offsets)
    places = ((rows + offsets[..., 0]).clip(0, x.shape[0] - 1),
              (cols + offsets[..., 1]).clip(0, x.shape[1] - 1))
    return np.sum(_read(x, *places) * weight, axis=(2, 3))


def ignores_the_offsets(x, weight, offsets):
    """You do not use the offsets; with them each weight reads elsewhere.

    With offsets of 0 nothing is missing.
    """
    return _conv(x, weight, 0 * offsets)


def reads_at_whole_places(x, weight, offsets):
    """You round the places before you read; between pixels the value is interpolated.

    An image seems to have numbers at whole places only. np.round sends halves to even numbers.
    """
    rows, cols = _grid(weight, offsets)
    values = _read(x, np.round(rows + offsets[..., 0]), np.round(cols + offsets[..., 1]))
    return np.sum(values * weight, axis=(2, 3))


def averages_the_window(x, weight, offsets):
    """You take the mean of the products; a convolution adds them up.

    A blur is a mean, but there the weights already sum to 1.
    """
    return _conv(x, weight, offsets) / weight.size
