"""What people believe about the number of places of a window."""


def _way(n_in, kernel_size, padding):
    """How far the window can move; ValueError if it does not fit in."""
    way = n_in - kernel_size + 2 * padding
    if way < 0:
        raise ValueError("the window is larger than the padded input")
    return way


def _divided(way, stride, rounding):
    steps, left = divmod(way, stride)
    if left and rounding == "strict":
        raise ValueError("the stride does not fit")
    return steps + 1 if left and rounding == "ceil" else steps


def forgets_the_plus_one(n_in, kernel_size, stride=1, padding=0, rounding="strict"):
    """You count the steps; the window stands somewhere before the first step, so add 1.

    Whoever counts fence posts by the gaps between them makes the same mistake.
    """
    return _divided(_way(n_in, kernel_size, padding), stride, rounding)


def pads_one_side_only(n_in, kernel_size, stride=1, padding=0, rounding="strict"):
    """You add the padding once; it is put on both sides, so the row grows by 2P.

    "A padding of 1" sounds like one pixel in all.
    """
    return _divided(_way(n_in + padding, kernel_size, 0), stride, rounding) + 1


def rounds_down_always(n_in, kernel_size, stride=1, padding=0, rounding="strict"):
    """You round down in any case; that is "floor" only, "strict" raises and "ceil" rounds up.

    Most libraries do this, and never look at the pixels that are left over.
    """
    return _way(n_in, kernel_size, padding) // stride + 1


def gives_back_a_fraction(n_in, kernel_size, stride=1, padding=0, rounding="strict"):
    """You return 2.33 places; there is no third of a window, so raise a ValueError.

    The formula with / gives a number for every stride.
    """
    way = _way(n_in, kernel_size, padding)
    return way / stride + 1 if rounding == "strict" else _divided(way, stride, rounding) + 1


def lets_a_window_be_too_large(n_in, kernel_size, stride=1, padding=0, rounding="strict"):
    """You return 0 or less places for a window that is too large; raise a ValueError there.

    The formula gives a whole number there too, now and then.
    """
    return _divided(n_in - kernel_size + 2 * padding, stride, rounding) + 1


def takes_every_position(n_in, kernel_size, stride=1, padding=0, rounding="strict"):
    """You leave the stride out; with stride S only every S-th position is a place.

    With stride 1, the most common one, there is no difference.
    """
    way = _way(n_in, kernel_size, padding)
    _divided(way, stride, rounding)     # refuses what does not fit
    return way + 1


def does_without_padding(n_in, kernel_size, stride=1, padding=0, rounding="strict"):
    """You leave the padding out; the window moves over the border as well.

    The border holds no picture, so it seems not to count.
    """
    return _divided(_way(n_in, kernel_size, 0), stride, rounding) + 1


def divides_the_positions_by_the_stride(n_in, kernel_size, stride=1, padding=0, rounding="strict"):
    """You divide the positions by the stride; divide the steps, and then add 1.

    "Stride s makes the output smaller by the factor s" says so, and is nearly right: with stride
    2, five positions give three places and not two.
    """
    way = _way(n_in, kernel_size, padding)
    _divided(way, stride, rounding)
    return (way + 1) // stride


def takes_off_two_half_windows(n_in, kernel_size, stride=1, padding=0, rounding="strict"):
    """You take off half a window at each end, rounded down; take off F - 1 pixels.

    A window has a middle pixel and two halves beside it, if its length is odd. Even ones have
    none.
    """
    way = _way(n_in, kernel_size, padding)
    _divided(way, stride, rounding)
    return (n_in - 2 * (kernel_size // 2) + 2 * padding - 1) // stride + 1


def lays_windows_side_by_side(n_in, kernel_size, stride=1, padding=0, rounding="strict"):
    """You cut the row into pieces of F pixels; windows overlap unless the stride is F.

    That is how a page is cut into tiles.
    """
    way = _way(n_in, kernel_size, padding)
    _divided(way, stride, rounding)
    return (n_in + 2 * padding) // kernel_size


def raises_in_any_case(n_in, kernel_size, stride=1, padding=0, rounding="strict"):
    """You raise an error for pixels left over even with "floor" or "ceil"; these two round.

    An illegal stride is illegal, one thinks. A library that rounds never complains.
    """
    return _divided(_way(n_in, kernel_size, padding), stride, "strict") + 1


def exchanges_floor_and_ceil(n_in, kernel_size, stride=1, padding=0, rounding="strict"):
    """You round up for "floor" and down for "ceil"; floor is down, ceil (the ceiling) is up.

    Two words, two directions, and one gets them the wrong way round.
    """
    other = {"floor": "ceil", "ceil": "floor"}.get(rounding, rounding)
    return _divided(_way(n_in, kernel_size, padding), stride, other) + 1


def adds_a_window_in_any_case(n_in, kernel_size, stride=1, padding=0, rounding="strict"):
    """You add a window for "ceil" even if the stride fits; only pixels left over call for one.

    Rounding down and adding one is the usual way to round up, for numbers that are not whole.
    """
    way = _way(n_in, kernel_size, padding)
    return way // stride + 2 if rounding == "ceil" else _divided(way, stride, rounding) + 1


def raises_nothing(n_in, kernel_size, stride=1, padding=0, rounding="strict"):
    """You use // and stop there; "strict" and windows that are too large call for a ValueError.

    The formula with // in it gives a whole number for everything.
    """
    return (n_in - kernel_size + 2 * padding) // stride + 1


def compares_the_window_with_the_image(n_in, kernel_size, stride=1, padding=0, rounding="strict"):
    """You refuse a window larger than the image; with padding it may fit, compare with n_in + 2P.

    Without padding the two are the same.
    """
    if kernel_size > n_in:
        raise ValueError("the window is larger than the image")
    return _divided(n_in - kernel_size + 2 * padding, stride, rounding) + 1


def rounds_to_the_nearest(n_in, kernel_size, stride=1, padding=0, rounding="strict"):
    """You use round() for "floor", which goes to the nearest whole number; use // instead.

    For less than half a step it is right.
    """
    way = _way(n_in, kernel_size, padding)
    return round(way / stride) + 1 if rounding == "floor" else _divided(way, stride, rounding) + 1
