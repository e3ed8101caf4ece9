"""Wrong beliefs about the rectified linear unit."""

import numpy as np


def looks_for_one_largest_number(z):
    """You use np.max(z, 0), which looks along axis 0; np.maximum(z, 0) compares entry by entry.

    The two names differ by three letters, and max(0, z) is what the formula says.
    """
    return np.max(z, 0), np.where(_floats(z) > 0, 1.0, 0.0)


def writes_into_z(z):
    """You set the negative entries of z itself to 0; work on a copy, or use np.maximum.

    The line z[z < 0] = 0 reads like the definition, but the caller's array changes with it.
    """
    da = np.where(np.asarray(z) > 0, 1.0, 0.0)
    z[z < 0] = 0
    return z, da


def turns_negative_numbers_positive(z):
    """You take the absolute value; negative numbers become 0, not positive.

    Both functions have a kink in 0 and no negative values.
    """
    z = _floats(z)
    return np.abs(z), np.sign(z)


def lets_a_tenth_through(z):
    """You return the leaky ReLU; the plain ReLU is exactly 0 on the left, and so is its slope.

    The two stand side by side in every gallery.
    """
    z = _floats(z)
    return np.where(z > 0, z, 0.1 * z), np.where(z > 0, 1.0, 0.1)


def keeps_the_negative_half(z):
    """You take the smaller of z and 0; ReLU keeps the positive half.

    "Rectify" can be read as cutting off either half.
    """
    z = _floats(z)
    return np.minimum(z, 0), (z < 0).astype(float)


def returns_the_output_as_the_slope(z):
    """You return a itself as the derivative; on the right a = z, and the slope of z is 1.

    "It passes what is positive" is true of the output and of the gradient, but not the same thing.
    """
    a = np.maximum(_floats(z), 0)
    return a, a


def has_slope_one_everywhere(z):
    """You return the slope 1 for all z; where ReLU is flat, its slope is 0.

    The right half is what one thinks of, and there it is a straight line.
    """
    z = _floats(z)
    return np.maximum(z, 0), np.ones_like(z)


def returns_the_sign_as_the_slope(z):
    """You return -1 on the left as the derivative; the function is flat there, so it is 0.

    np.sign has the jump in the right place, and one value that is wrong.
    """
    z = _floats(z)
    return np.maximum(z, 0), np.sign(z)


def _floats(z):
    return np.asarray(z, dtype=float)
