"""Wrong beliefs about the exponential linear unit."""

import numpy as np


def forgets_the_minus_one(z, alpha=1.0):
    """You return alpha e^z on the left; without the -1 the function jumps at z = 0.

    The derivative is alpha e^z, and the two are easily mixed up.
    """
    left, z = _left(z), _floats(z)
    return np.where(z > 0, z, alpha * left), np.where(z > 0, 1.0, alpha * left)


def multiplies_the_exponential_only(z, alpha=1.0):
    """You return alpha e^z - 1; alpha multiplies the whole bracket, e^z - 1.

    Without the bracket the formula looks almost the same. For alpha = 1 it is.
    """
    left, z = _left(z), _floats(z)
    return np.where(z > 0, z, alpha * left - 1), np.where(z > 0, 1.0, alpha * left)


def puts_alpha_into_the_exponent(z, alpha=1.0):
    """You return e^(alpha z) - 1; alpha stands in front and sets the value far on the left, -alpha.

    Parameters of exponential functions usually sit in the exponent.
    """
    z = _floats(z)
    left = np.exp(alpha * np.minimum(z, 0))
    return np.where(z > 0, z, left - 1), np.where(z > 0, 1.0, alpha * left)


def ignores_the_argument(z, alpha=1.0):
    """You always use alpha = 1; the caller may ask for another one.

    Many pictures show alpha = 1 and do not mention it.
    """
    left, z = _left(z), _floats(z)
    return np.where(z > 0, z, left - 1), np.where(z > 0, 1.0, left)


def returns_the_value_as_the_slope(z, alpha=1.0):
    """Your derivative on the left is alpha (e^z - 1), the value; the -1 is gone after deriving.

    The same np.where is used twice, with the same pieces.
    """
    left, z = _left(z), _floats(z)
    a = np.where(z > 0, z, alpha * (left - 1))
    return a, np.where(z > 0, 1.0, alpha * (left - 1))


def loses_alpha_in_the_derivative(z, alpha=1.0):
    """Your derivative on the left is e^z; the factor alpha stays.

    Constants vanish when one derives, but only those that are added.
    """
    left, z = _left(z), _floats(z)
    return np.where(z > 0, z, alpha * (left - 1)), np.where(z > 0, 1.0, left)


def takes_the_slope_of_relu(z, alpha=1.0):
    """Your derivative is 0 on the left, as for ReLU; the curve is not flat there.

    The right half is that of ReLU, so the derivative is copied as a whole.
    """
    left, z = _left(z), _floats(z)
    return np.where(z > 0, z, alpha * (left - 1)), np.where(z > 0, 1.0, 0.0)


def multiplies_the_other_piece_by_zero(z, alpha=1.0):
    """You add (z < 0) * (e^z - 1); for z = 1000 that is 0 * inf, which is nan. Choose, or cap z.

    Multiplying by True and False chooses a piece, as long as the other piece is a number.
    """
    z = _floats(z)
    with np.errstate(all="ignore"):
        a = (z > 0) * z + (z <= 0) * alpha * (np.exp(z) - 1)
        return a, (z > 0) + (z <= 0) * alpha * np.exp(z)


def _left(z):
    return np.exp(np.minimum(_floats(z), 0))


def _floats(z):
    return np.asarray(z, dtype=float)
