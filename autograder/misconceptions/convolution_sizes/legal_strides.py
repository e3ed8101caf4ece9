"""What people believe about strides that fit."""


def _way(n_in, kernel_size, padding):
    way = n_in - kernel_size + 2 * padding
    if way < 0:
        raise ValueError("the window is larger than the padded input")
    return way


def _divisors(number, most=None):
    return [stride for stride in range(1, (most or number) + 1) if number % stride == 0] or [1]


def stops_at_the_window(n_in, kernel_size, padding=0):
    """You stop at strides as long as the window; longer ones leave gaps, and are legal.

    A stride that jumps over pixels seems to be a mistake. Here it only has to fit.
    """
    return _divisors(_way(n_in, kernel_size, padding), most=kernel_size)


def leaves_the_longest_out(n_in, kernel_size, padding=0):
    """You leave out the stride that takes the window to the end in one step; it fits as well.

    range(1, n) ends before n, and half the way seems to be the longest sensible step.
    """
    way = _way(n_in, kernel_size, padding)
    return [stride for stride in range(1, way) if way % stride == 0] or [1]


def does_without_padding(n_in, kernel_size, padding=0):
    """You leave the padding out; the window moves over the border as well.

    One thinks that the border cannot change which strides fit.
    """
    _way(n_in, kernel_size, padding)
    return _divisors(abs(n_in - kernel_size))


def pads_one_side_only(n_in, kernel_size, padding=0):
    """You add the padding once; it is put on both sides, so the row grows by 2P.

    "A padding of 1" sounds like one pixel in all.
    """
    _way(n_in, kernel_size, padding)
    return _divisors(abs(n_in - kernel_size + padding))


def divides_the_image(n_in, kernel_size, padding=0):
    """You look for divisors of the image; the stride must divide the way of the window.

    For windows as long as the stride, laid side by side, that is the same question.
    """
    _way(n_in, kernel_size, padding)
    return _divisors(n_in + 2 * padding)


def divides_the_positions(n_in, kernel_size, padding=0):
    """You divide the number of positions; the steps between them count, one less.

    At stride 1 there are n_in - F + 1 positions, and this number is at hand.
    """
    return _divisors(_way(n_in, kernel_size, padding) + 1)


def takes_all_that_are_short_enough(n_in, kernel_size, padding=0):
    """You list every stride that allows one step; the last window must also end at the border.

    A library takes them all, and rounds.
    """
    return list(range(1, _way(n_in, kernel_size, padding) + 1)) or [1]


def finds_none_for_one_place(n_in, kernel_size, padding=0):
    """You return an empty list where the window has one place; the statement asks for [1] there.

    A loop from 1 up to a way of 0 never runs.
    """
    way = _way(n_in, kernel_size, padding)
    return [stride for stride in range(1, way + 1) if way % stride == 0]


def never_refuses(n_in, kernel_size, padding=0):
    """You return strides for a window that is too large; raise a ValueError there.

    The loop then just finds nothing, and nothing goes wrong visibly.
    """
    way = n_in - kernel_size + 2 * padding
    return [stride for stride in range(1, way + 1) if way % stride == 0] or [1]


def divides_the_bare_image(n_in, kernel_size, padding=0):
    """You look for divisors of n_in; the stride must divide the way, n_in - F + 2P.

    Window and padding seem to have no say in how the image is divided.
    """
    _way(n_in, kernel_size, padding)
    return _divisors(n_in)
