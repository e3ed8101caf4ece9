"""Wrong beliefs about the derivatives of single operations."""

import math


def gives_each_factor_its_own_value(operation, a, b=None):
    """You give a * b the slopes a and b; the slope by a is what a is multiplied by.

    Each factor "has" its value, so its slope seems to be that value.
    """
    return _table(operation, a, b, {"*": lambda: [a, b]})


def gives_products_the_slopes_of_sums(operation, a, b=None):
    """You give a * b the slopes 1 and 1; how fast a product grows depends on the other factor.

    For a sum it is right, and "both just pass through" sounds general.
    """
    return _table(operation, a, b, {"*": lambda: [1.0, 1.0]})


def loses_the_minus_of_a_difference(operation, a, b=None):
    """You give a - b the slopes 1 and 1; if b grows, the result falls.

    A difference is treated like a sum.
    """
    return _table(operation, a, b, {"-": lambda: [1.0, 1.0]})


def loses_the_minus_of_a_quotient(operation, a, b=None):
    """You forget the minus in the slope by b; a larger divisor gives a smaller quotient.

    The square in a / b^2 is remembered, the sign of the rule is not.
    """
    return _table(operation, a, b, {"/": lambda: [1 / b, a / b**2]})


def forgets_the_square_of_the_divisor(operation, a, b=None):
    """You divide by b once; the slope of a / b by b is -a / b^2.

    1 / b is the slope by a, and the other one looks as if it should be like it.
    """
    return _table(operation, a, b, {"/": lambda: [1 / b, -a / b]})


def puts_the_number_itself_into_the_slope_of_tanh(operation, a, b=None):
    """You compute 1 - a^2; the formula 1 - y^2 holds for the result y = tanh(a).

    Code often remembers y only and calls it a.
    """
    return _table(operation, a, b, {"tanh": lambda: [1 - a * a]})


def forgets_the_square_in_the_slope_of_tanh(operation, a, b=None):
    """You compute 1 - tanh(a); the slope is 1 - tanh(a)^2, also for negative a.

    At 0 both are 1, and for large a both are 0.
    """
    return _table(operation, a, b, {"tanh": lambda: [1 - math.tanh(a)]})


def takes_relu_for_its_own_slope(operation, a, b=None):
    """You return relu(a) as its slope; where it lets a pass, it rises by 1 for 1.

    The value is at hand, and for negative a it is even right.
    """
    return _table(operation, a, b, {"relu": lambda: [max(0.0, a)]})


def lets_the_gradient_pass_a_closed_relu(operation, a, b=None):
    """You give relu the slope 1 everywhere; for negative a it is flat, so 0.

    One thinks of the part of the curve that one likes to draw.
    """
    return _table(operation, a, b, {"relu": lambda: [1.0]})


def _table(operation, a, b, wrong):
    right = {
        "+": lambda: (a + b, [1.0, 1.0]),
        "-": lambda: (a - b, [1.0, -1.0]),
        "*": lambda: (a * b, [b, a]),
        "/": lambda: (a / b, [1 / b, -a / b**2]),
        "tanh": lambda: (math.tanh(a), [1 - math.tanh(a) ** 2]),
        "relu": lambda: (max(0.0, a), [float(a > 0)]),
    }
    result, slopes = right[operation]()
    return result, wrong[operation]() if operation in wrong else slopes
