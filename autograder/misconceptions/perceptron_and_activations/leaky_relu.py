"""Wrong beliefs about the leaky ReLU."""

import numpy as np


def leaks_on_the_positive_side(z, slope=0.1):
    """You multiply the positive numbers by slope; the leak is on the left, where ReLU is 0.

    "Multiplied by slope" is remembered, and the side is not.
    """
    z = _floats(z)
    return np.where(z > 0, slope * z, z), np.where(z > 0, slope, 1.0)


def ignores_the_argument(z, slope=0.1):
    """You always use 0.1; the caller may ask for another slope.

    The deck's formula has the number in it.
    """
    z = _floats(z)
    return np.where(z > 0, z, 0.1 * z), np.where(z > 0, 1.0, 0.1)


def takes_another_librarys_default(z, slope=0.01):
    """You use 0.01 when no slope is given; here, as in the decks, the default is 0.1.

    PyTorch's default is 0.01, and tutorials copy it.
    """
    z = _floats(z)
    return np.where(z > 0, z, slope * z), np.where(z > 0, 1.0, slope)


def closes_the_leak_on_the_way_back(z, slope=0.1):
    """Your derivative is 0 on the left, as for ReLU; a line of slope `slope` has that derivative.

    The derivative of ReLU is copied, and only the function is changed.
    """
    z = _floats(z)
    return np.where(z > 0, z, slope * z), np.where(z > 0, 1.0, 0.0)


def returns_the_value_as_the_slope(z, slope=0.1):
    """You return slope * z as the derivative on the left; the derivative of slope * z is slope.

    The same np.where is used twice, with the same pieces.
    """
    z = _floats(z)
    return np.where(z > 0, z, slope * z), np.where(z > 0, 1.0, slope * z)


def turns_negative_numbers_positive(z, slope=0.1):
    """You return -slope * z on the left, which is positive; negative numbers stay negative.

    "Let a little of the negative part through" is read as its size.
    """
    z = _floats(z)
    return np.where(z > 0, z, -slope * z), np.where(z > 0, 1.0, -slope)


def fills_an_array_of_whole_numbers(z, slope=0.1):
    """You write slope * z into an array like z; if z holds whole numbers, fractions are cut off.

    An array keeps the type it was made with, here that of z.
    """
    a = np.array(z)
    da = np.ones_like(a)
    da[a <= 0] = slope
    a[a < 0] = slope * a[a < 0]
    return a, da


def returns_slope_itself(z, slope=0.1):
    """You return slope on the left, the same for every z; there the value is slope * z.

    It is the right derivative, and np.where is filled with it twice.
    """
    z = _floats(z)
    return np.where(z > 0, z, slope), np.where(z > 0, 1.0, slope)


def fills_slopes_of_whole_numbers(z, slope=0.1):
    """You fill da into an array like z; if z holds whole numbers, the slope is cut off to 0.

    np.ones_like(z) has the type of z, not only its shape.
    """
    da = np.ones_like(z)
    da[np.asarray(z) < 0] = slope
    return np.where(_floats(z) > 0, z, slope * _floats(z)), da


def shifts_instead_of_scaling(z, slope=0.1):
    """You subtract slope on the left; it is a factor, so the line still goes through 0.

    "A small negative value" is what the leak looks like from afar.
    """
    z = _floats(z)
    return np.where(z > 0, z, -slope), np.where(z > 0, 1.0, 0.0)


def _floats(z):
    return np.asarray(z, dtype=float)
