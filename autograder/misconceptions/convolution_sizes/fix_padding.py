"""What people believe about borders that make a stride fit."""


def _halved(total):
    return total // 2, total - total // 2


def pads_both_sides_alike(n_in, kernel_size, stride):
    """You look for the same border on both sides; the sides may differ, and less may be enough.

    In most layers padding is one number. With stride 2 it never helps.
    """
    for padding in range(max(n_in, kernel_size) * stride):
        way = n_in + 2 * padding - kernel_size
        if way >= 0 and way % stride == 0:
            return padding, padding
    raise ValueError("no padding helps")


def puts_the_odd_pixel_before(n_in, kernel_size, stride):
    """You put the odd pixel before the image; the statement wants it after.

    Either would do. One of them has to be agreed on.
    """
    total = max(kernel_size - n_in, (kernel_size - n_in) % stride)
    return total - total // 2, total // 2


def puts_everything_after(n_in, kernel_size, stride):
    """You put all pixels after the image; divide them evenly, only an odd one goes after.

    The pixels are missing at the end, so one adds them at the end.
    """
    return 0, max(kernel_size - n_in, (kernel_size - n_in) % stride)


def adds_what_is_left_over(n_in, kernel_size, stride):
    """You add as many pixels as are left over; add as many as are MISSING for another step.

    With stride 2 both are 1. Two pixels left over at stride 3 need one more, not two.
    """
    missing = kernel_size - n_in
    return _halved(missing if missing > 0 else (n_in - kernel_size) % stride)


def adds_a_whole_stride_if_it_fits(n_in, kernel_size, stride):
    """You add S pixels where the stride fits already; nothing is missing there.

    S minus the remainder is right for every remainder but 0.
    """
    missing = kernel_size - n_in
    return _halved(missing if missing > 0 else stride - (n_in - kernel_size) % stride)


def makes_the_image_a_multiple_of_the_stride(n_in, kernel_size, stride):
    """You make the image divisible by the stride; the way of the window must be divisible.

    That is right for windows as long as the stride.
    """
    return _halved(max(kernel_size - n_in, -n_in % stride))


def keeps_the_size(n_in, kernel_size, stride):
    """You add F - 1 pixels, as for "same"; that keeps the size at stride 1 and mends no stride.

    It is the padding one knows best.
    """
    return _halved(kernel_size - 1)


def makes_no_room_for_the_window(n_in, kernel_size, stride):
    """You look at the remainder only; a window larger than the image needs room as well.

    The remainder of a negative number hides that the window does not fit in.
    """
    return _halved((kernel_size - n_in) % stride)


def takes_the_way_without_its_sign(n_in, kernel_size, stride):
    """You use |n_in - F|; if the window is larger than the image, that many pixels are missing.

    A negative way looks like a mistake, and abs() takes it away.
    """
    return _halved(-abs(n_in - kernel_size) % stride)


def makes_the_bare_image_a_multiple_of_the_stride(n_in, kernel_size, stride):
    """You make the image divisible by the stride; the way of the window, n_in - F, must be.

    The window is left out altogether, even where it is larger than the image.
    """
    return _halved(-n_in % stride)
