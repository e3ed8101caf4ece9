"""Wrong beliefs about the logistic function."""

import numpy as np


def loses_the_minus_in_the_exponent(z):
    """You compute 1 / (1 + e^z), which falls from 1 to 0; the exponent is -z.

    The two curves are mirror images, and at z = 0 they agree.
    """
    a = _logistic(-_floats(z))
    return a, a * (1 - a)


def divides_one_large_number_by_another(z):
    """You divide e^z by 1 + e^z; for z = 1000 both are inf, and inf / inf is nan.

    The formula is right on paper, and for all z up to about 700.
    """
    with np.errstate(all="ignore"):
        a = np.exp(_floats(z)) / (1 + np.exp(_floats(z)))
    return a, a * (1 - a)


def derives_with_large_exponentials(z):
    """You compute the derivative as e^-z / (1 + e^-z)^2; at z = -1000 that is inf / inf.

    It is what the quotient rule gives. a (1 - a) is the same number without an exponential.
    """
    z = _floats(z)
    with np.errstate(all="ignore"):
        return _logistic(z), np.exp(-z) / (1 + np.exp(-z)) ** 2


def derives_by_the_formula_in_z(z):
    """You return z (1 - z) as the derivative; the formula is a (1 - a), with the output a.

    Books write s (1 - s), and the name of the argument is a small thing to overlook.
    """
    z = _floats(z)
    return _logistic(z), z * (1 - z)


def forgets_the_inner_derivative(z):
    """You derive 1/u to -1/u^2 and stop; u = 1 + e^-z has a derivative as well, -e^-z.

    The chain rule ends one step too early. A negative slope of a rising function is the sign.
    """
    a = _logistic(_floats(z))
    return a, -a * a


def takes_the_slope_of_tanh(z):
    """You return 1 - a^2, the derivative of tanh; for the logistic function it is a (1 - a).

    The two functions are relatives, and so are their derivatives.
    """
    a = _logistic(_floats(z))
    return a, 1 - a * a


def derives_with_the_wrong_sign(z):
    """You return a (a - 1), which is negative; the function rises, so its slope is positive.

    The factors of a (1 - a) are remembered, and their order is not.
    """
    a = _logistic(_floats(z))
    return a, a * (a - 1)


def writes_the_fraction_without_brackets(z):
    """You write 1 / 1 + e^-z without brackets, and Python divides first; bracket the denominator.

    On paper the fraction bar is the bracket.
    """
    with np.errstate(all="ignore"):
        a = 1 + np.exp(-_floats(z))
        return a, a * (1 - a)


def draws_straight_lines_instead(z):
    """You use 0, a ramp 1/2 + z/4 and 1; it has the right middle and slope there, and kinks.

    This "hard sigmoid" is what some libraries use to save the exponential.
    """
    ramp = 0.5 + 0.25 * _floats(z)
    return np.clip(ramp, 0, 1), np.where((ramp > 0) & (ramp < 1), 0.25, 0.0)


def _logistic(z):
    return 0.5 * (1 + np.tanh(0.5 * z))


def _floats(z):
    return np.asarray(z, dtype=float)
