"""Wrong beliefs about half the sum of squared errors."""

import numpy as np


def _fits(Y, T):
    if np.shape(Y) != np.shape(T):
        raise ValueError("Y and T differ in shape.")
    return np.asarray(Y, float) - np.asarray(T, float)


def forgets_the_half(Y, T):
    """You leave out the 1/2; with it E is half as large and the gradient is just Y - T.

    Both forms are in use. Here, as on the slide, the 1/2 belongs to E.
    """
    difference = _fits(Y, T)
    return np.sum(difference**2), 2 * difference


def keeps_the_two_in_the_gradient(Y, T):
    """Your gradient has a factor 2; the 1/2 of E cancels the 2 that comes from the square.

    The rule "two times the difference" is known by heart from losses without the 1/2.
    """
    difference = _fits(Y, T)
    return 0.5 * np.sum(difference**2), 2 * difference


def forgets_the_half_in_E_only(Y, T):
    """Your gradient is right, but E is twice as large; the gradient belongs to E with the 1/2.

    Who writes down the gradient first does not see the 1/2 any more.
    """
    difference = _fits(Y, T)
    return np.sum(difference**2), difference


def takes_the_mean(Y, T):
    """You take means; this E is a sum over all patterns and outputs.

    Most libraries take the mean. Then the value does not depend on how many patterns there are.
    """
    difference = _fits(Y, T)
    return 0.5 * np.mean(difference**2), difference / difference.size


def divides_by_the_number_of_patterns(Y, T):
    """You divide by the number of patterns; this E is a sum.

    A mean over the batch is what later lectures use, and say so.
    """
    difference = _fits(Y, T)
    return 0.5 * np.sum(difference**2) / len(difference), difference / len(difference)


def subtracts_the_output_from_the_target(Y, T):
    """Your gradient is T - Y; E grows with Y, so by Y it is Y - T.

    In E the order does not matter, because of the square. In the gradient it does.
    """
    difference = _fits(Y, T)
    return 0.5 * np.sum(difference**2), -difference


def adds_up_before_squaring(Y, T):
    """You add up the differences of a pattern and square the sum; square each one, then add.

    ||v||^2 looks like "sum, then square". Errors of opposite sign would cancel.
    """
    difference = _fits(Y, T)
    total = difference.sum(axis=-1, keepdims=True)
    return 0.5 * np.sum(total**2), np.broadcast_to(total, difference.shape)


def takes_the_norm_without_squaring(Y, T):
    """You use the length of each difference; the formula has its square.

    The norm is the distance one thinks of, and the little 2 is easily overlooked.
    """
    difference = _fits(Y, T)
    length = np.linalg.norm(difference, axis=-1, keepdims=True)
    return 0.5 * np.sum(length), difference / np.where(length > 0, 2 * length, 1.0)


def returns_one_error_per_pattern(Y, T):
    """You return one e per pattern; E adds them up to a single number.

    e per pattern is what E consists of.
    """
    difference = _fits(Y, T)
    return 0.5 * np.sum(difference**2, axis=-1), difference


def lets_numpy_stretch_the_shapes(Y, T):
    """You subtract whatever fits by NumPy's rules; a column minus a row is a whole matrix.

    (N, 1) minus (N,) runs without a complaint, and gives the differences of all pairs.
    """
    difference = np.asarray(Y, float) - np.asarray(T, float)
    return 0.5 * np.sum(difference**2), difference


def refuses_with_assert(Y, T):
    """You refuse wrong shapes with assert, which raises AssertionError; ValueError is promised.

    Both stop the program. But a caller who waits for ValueError does not catch the other.
    """
    assert np.shape(Y) == np.shape(T)
    return 0.5 * np.sum((np.asarray(Y, float) - T) ** 2), np.asarray(Y, float) - T


def compares_only_the_number_of_rows(Y, T):
    """You compare the number of patterns only; the shapes must be the same as a whole.

    len(Y) == len(T) holds for (N, 1) against (N,) too, and that is the pair that goes wrong.
    """
    if len(Y) != len(T):
        raise ValueError("Y and T have different numbers of patterns.")
    return lets_numpy_stretch_the_shapes(Y, T)
