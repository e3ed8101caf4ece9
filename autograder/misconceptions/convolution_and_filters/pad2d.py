"""Wrong borders around an image."""

import numpy as np

_NUMPY = {"zero": "constant", "wrap": "wrap", "clamp": "edge", "mirror": "symmetric",
          "reflect": "reflect"}


def _padded(image, rows, columns, mode):
    border = [(0, 0)] * (image.ndim - 2) + [rows, columns]
    return np.pad(image, border, mode=_NUMPY[mode])


def always_pads_with_zeros(image, p, mode="zero"):
    """You pad with zeros whatever the rule; mode says what stands in the border.

    Zeros are the default, and the usual padding of networks.
    """
    return _padded(image, (p, p), (p, p), "zero")


def pads_above_and_left_only(image, p, mode="zero"):
    """You pad above and on the left only; the border goes all around.

    "Padding 1" sounds like one more row and one more column.
    """
    return _padded(image, (p, 0), (p, 0), mode)


def pads_rows_only(image, p, mode="zero"):
    """You put rows above and below, but no columns left and right; the border goes all around.

    One of two almost equal lines was written, the other forgotten.
    """
    return _padded(image, (p, p), (0, 0), mode)


def pads_columns_only(image, p, mode="zero"):
    """You put columns left and right, but no rows above and below; the border goes all around.

    A row of pixels was padded, for every row of the image.
    """
    return _padded(image, (0, 0), (p, p), mode)


def leaves_the_corners_empty(image, p, mode="zero"):
    """You fill the four sides but leave the corners 0; rows and columns both follow the rule.

    A border has four sides, and what belongs into a corner is not obvious.
    """
    padded = _padded(image, (p, p), (p, p), mode).copy()
    rows, columns = padded.shape[-2:]
    outside_rows = (np.arange(rows) < p) | (np.arange(rows) >= rows - p)
    outside_columns = (np.arange(columns) < p) | (np.arange(columns) >= columns - p)
    padded[..., outside_rows[:, None] & outside_columns] = 0
    return padded


def always_pads_by_one(image, p, mode="zero"):
    """Your border is always one pixel wide; p says how wide it is.

    3 x 3 kernels need one pixel, and they are the usual ones.
    """
    return _padded(image, (1, 1), (1, 1), mode)


def pads_the_channels_too(image, p, mode="zero"):
    """You pad all axes; an image of shape (C, H, W) keeps its channels.

    np.pad(image, p) is short and right for a grey image.
    """
    if image.ndim == 3 and mode == "reflect" and p >= image.shape[0]:
        raise ValueError("the channels cannot be reflected as far")
    return np.pad(image, p, mode=_NUMPY[mode])


def takes_the_channels_for_rows(image, p, mode="zero"):
    """You pad the first two axes; rows and columns are the last two.

    image.shape[0] and image.shape[1] are rows and columns, as long as there are no channels.
    """
    border = [(p, p), (p, p)] + [(0, 0)] * (image.ndim - 2)
    return np.pad(image, border, mode=_NUMPY[mode])


def swaps_mirror_and_reflect(image, p, mode="zero"):
    """You have "mirror" and "reflect" the wrong way round; "mirror" repeats the edge pixel.

    np.pad has a mode "reflect" too; its name for the other is "symmetric".
    """
    swapped = {"mirror": "reflect", "reflect": "mirror"}.get(mode, mode)
    return _padded(image, (p, p), (p, p), swapped)


def mirrors_without_repeating(image, p, mode="zero"):
    """Your "mirror" stands on the edge pixel; it stands behind it, so the edge comes twice.

    np.pad calls this one "reflect", and a mirror is a mirror.
    """
    return _padded(image, (p, p), (p, p), "reflect" if mode == "mirror" else mode)


def reflects_with_repeating(image, p, mode="zero"):
    """Your "reflect" repeats the edge pixel; it stands on the edge, which comes once.

    One kind of mirror seems enough.
    """
    return _padded(image, (p, p), (p, p), "mirror" if mode == "reflect" else mode)


def swaps_rows_and_columns(image, p, mode="zero"):
    """You return columns and rows exchanged; the result has the axes of the image.

    The decks write width times height, arrays are indexed row first.
    """
    return np.swapaxes(_padded(image, (p, p), (p, p), mode), -1, -2)


def cannot_do_without_a_border(image, p, mode="zero"):
    """You paste the image into [p:-p]; for p = 0 that slice is empty, so 0 needs care.

    It is right for every p but 0, because -0 is 0: the slice ends before it starts.
    """
    padded = _padded(image, (p, p), (p, p), mode).copy()
    padded[..., p:-p, p:-p] = image
    return padded


def knows_two_axes_only(image, p, mode="zero"):
    """You unpack image.shape into two names; with channels it has three. Take image.shape[-2:].

    rows, columns = image.shape is right for every grey image.
    """
    rows, columns = image.shape
    return _looked_up(image, p, mode, rows, columns, _both)


def _looked_up(image, p, mode, rows, columns, inside):
    high, wide = image.shape[-2:]
    padded = np.zeros((*image.shape[:-2], high + 2 * p, wide + 2 * p))
    for r in range(-p, high + p):
        for c in range(-p, wide + p):
            i, j = _seen(r, rows, mode), _seen(c, columns, mode)
            if inside(i, j):
                padded[..., r + p, c + p] = image[..., i, j]
    return padded


def _seen(k, n, mode):
    if 0 <= k < n:
        return k
    if mode in ("zero", "clamp", "wrap"):
        return {"zero": None, "clamp": 0 if k < 0 else n - 1, "wrap": k % n}[mode]
    repeat = 1 if mode == "mirror" else 0
    return -k - repeat if k < 0 else 2 * n - 2 + repeat - k


def _both(i, j):
    return i is not None and j is not None


def columns_follow_the_height(image, p, mode="zero"):
    """You ask for columns with the number of rows; a column lies in a row of W pixels.

    On square images the two numbers agree.
    """
    high = image.shape[-2]
    return _looked_up(image, p, mode, high, high, _both)


def takes_pixel_0_for_none(image, p, mode="zero"):
    """You test with `if i and j`; pixel 0 counts as false there. Ask `is not None`.

    None counts as false too, so the short test finds it, and row and column 0 with it.
    """
    return _looked_up(image, p, mode, *image.shape[-2:], lambda i, j: i and j)


def puts_none_into_the_index(image, p, mode="zero"):
    """You use None as an index for "zero", which adds an axis; leave those places at 0.

    image[..., None, None] is legal, only the shape of what comes back does not fit.
    """
    return _looked_up(image, p, mode, *image.shape[-2:], lambda i, j: True)
