"""Wrong beliefs about the hyperbolic tangent."""

import numpy as np


def derives_by_the_formula_in_z(z):
    """You return 1 - z^2 as the derivative; the formula is 1 - a^2, with the output a.

    "One minus the square" is easy to remember, and of what is easy to forget.
    """
    z = _floats(z)
    return np.tanh(z), 1 - z * z


def takes_the_slope_of_the_logistic_function(z):
    """You return a (1 - a), the derivative of the logistic function; for tanh it is 1 - a^2.

    The two functions are relatives, and so are their derivatives.
    """
    a = np.tanh(_floats(z))
    return a, a * (1 - a)


def forgets_to_square(z):
    """You return 1 - a as the derivative; it is 1 - a^2, the same for z and -z.

    At z = 0 it gives the right slope, and for positive z the shape looks plausible.
    """
    a = np.tanh(_floats(z))
    return a, 1 - a


def stretches_the_logistic_only_upwards(z):
    """You use 2 f_log(z) - 1; it lies between -1 and 1, but tanh is 2 f_log(2z) - 1.

    Range and shape are right. Only the slope in the middle is half as large.
    """
    a = np.tanh(0.5 * _floats(z))
    return a, 0.5 * (1 - a * a)


def forgets_the_inner_two(z):
    """You derive 2 f_log(2z) - 1 to 2 f_log'(2z); the inner 2z gives another factor 2.

    The outer 2 is remembered, and the chain rule asks for the inner one too.
    """
    a = np.tanh(_floats(z))
    return a, 0.5 * (1 - a * a)


def divides_one_large_number_by_another(z):
    """You divide (e^z - e^-z) by (e^z + e^-z); for z = 1000 that is inf / inf, nan.

    It is the definition, and for all z up to about 700 it works.
    """
    z = _floats(z)
    with np.errstate(all="ignore"):
        a = (np.exp(z) - np.exp(-z)) / (np.exp(z) + np.exp(-z))
    return a, 1 - a * a


def derives_with_the_wrong_sign(z):
    """You return a^2 - 1, which is negative; tanh rises everywhere, so its slope is positive.

    Both squares and both ones are there, in the wrong order.
    """
    a = np.tanh(_floats(z))
    return a, a * a - 1


def _floats(z):
    return np.asarray(z, dtype=float)
