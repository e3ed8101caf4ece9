"""Wrong slopes, lengths and directions."""

import numpy as np

_X = np.array([[-1.0, 0, 1], [-2, 0, 2], [-1, 0, 1]])


def _slopes(image, kernel=_X):
    windows = np.lib.stride_tricks.sliding_window_view(np.asarray(image, float), (3, 3))
    return np.einsum("rcij,ij->rc", windows, kernel), np.einsum("rcij,ji->rc", windows, kernel)


def _all(gx, gy):
    return gx, gy, np.hypot(gx, gy), np.arctan2(gy, gx)


def swaps_the_two_slopes(image):
    """You have gx and gy exchanged; gx is large where it gets brighter to the right.

    sobel_x finds upright edges, and upright sounds like y.
    """
    gx, gy = _slopes(image)
    return _all(gy, gx)


def convolves_instead(image):
    """You turn the kernels round, so both slopes change their sign and every arrow turns round.

    The slide writes I * G with the sign of a convolution. The magnitude is the same.
    """
    return _all(*_slopes(image, _X[::-1, ::-1]))


def knows_half_of_the_angles(image):
    """You take the arctan of gy / gx; it never points to the left. arctan2 knows both signs.

    tan(angle) = gy / gx is right, but two opposite arrows have the same quotient.
    """
    gx, gy = _slopes(image)
    return gx, gy, np.hypot(gx, gy), np.arctan(gy / np.where(gx == 0, 1e-12, gx))


def divides_by_a_flat_slope(image):
    """You take the arctan of gy / gx; it never points to the left, and 0 / 0 is no number.

    tan(angle) = gy / gx is right, but two opposite arrows have the same quotient.
    """
    gx, gy = _slopes(image)
    with np.errstate(divide="ignore", invalid="ignore"):
        return gx, gy, np.hypot(gx, gy), np.arctan(gy / gx)


def arguments_of_arctan2_swapped(image):
    """You call arctan2(gx, gy); the slope along y comes first.

    Everywhere else x comes first.
    """
    gx, gy = _slopes(image)
    return gx, gy, np.hypot(gx, gy), np.arctan2(gx, gy)


def angles_in_degrees(image):
    """Your angles are in degrees; radians are asked for, where a full turn is 2 pi.

    A right angle is 90 for most people.
    """
    gx, gy = _slopes(image)
    return gx, gy, np.hypot(gx, gy), np.degrees(np.arctan2(gy, gx))


def y_upwards(image):
    """Your angles turn the other way; rows count downwards, so gy > 0 points down.

    In mathematics y goes up and angles turn to the left.
    """
    gx, gy = _slopes(image)
    return gx, gy, np.hypot(gx, gy), np.arctan2(-gy, gx)


def direction_of_the_edge(image):
    """Your angle goes along the edge; asked is for the direction in which it gets brighter.

    The direction of an edge is the direction in which one would draw it.
    """
    gx, gy = _slopes(image)
    return gx, gy, np.hypot(gx, gy), np.arctan2(gy, gx) + np.pi / 2


def magnitude_as_a_sum(image):
    """You add up |gx| and |gy|; the length of an arrow is the root of the sum of squares.

    It is a common short cut, and right for straight edges.
    """
    gx, gy = _slopes(image)
    return gx, gy, np.abs(gx) + np.abs(gy), np.arctan2(gy, gx)


def magnitude_of_the_sum(image):
    """You take |gx + gy|; slopes of opposite signs then cancel.

    Adding the two pictures first and taking the size then seems natural.
    """
    gx, gy = _slopes(image)
    return gx, gy, np.abs(gx + gy), np.arctan2(gy, gx)


def forgets_the_root(image):
    """Your magnitude is gx^2 + gy^2; the root is missing.

    It is as large where the edges are, and the picture looks much the same.
    """
    gx, gy = _slopes(image)
    return gx, gy, gx**2 + gy**2, np.arctan2(gy, gx)


def magnitude_is_the_larger(image):
    """You take the larger of |gx| and |gy|; the length of an arrow has both in it.

    On straight edges one of them is 0.
    """
    gx, gy = _slopes(image)
    return gx, gy, np.maximum(np.abs(gx), np.abs(gy)), np.arctan2(gy, gx)


def slopes_without_a_sign(image):
    """You take absolute values of gx and gy; the sign says to which side it gets brighter.

    Edges are shown bright whatever their direction.
    """
    gx, gy = _slopes(image)
    return _all(np.abs(gx), np.abs(gy))


def keeps_the_size(image):
    """You pad, so the results are as large as the image; here only whole windows count.

    In the viewer the filtered photograph is as large as the photograph.
    """
    return _all(*_slopes(np.pad(np.asarray(image, float), 1)))


def divides_by_eight(image):
    """You divide by 8 to get the slope per pixel; the kernels are used as they are.

    A ramp with slope 1 answers 8, so this is a sensible unit. The task has another.
    """
    gx, gy = _slopes(image)
    return _all(gx / 8, gy / 8)


def smooths_with_ones(image):
    """Your kernels have 1, 1, 1 where Sobel's have 1, 2, 1; the middle row counts twice.

    With three ones it is the kernel of Prewitt.
    """
    return _all(*_slopes(image, np.sign(_X)))
