"""Wrong beliefs about comparing two gradients."""

import numpy as np


def forgets_to_divide(a, b):
    """You return the absolute difference; an error of 0.01 is little beside 100, much beside 0.02.

    "How far apart" sounds like a distance.
    """
    return float(np.max(np.abs(np.subtract(a, b))))


def divides_by_the_sum(a, b):
    """You divide by |a| + |b|; the statement divides by the larger of the two.

    A well-known course does it so, which gives about half of the number here.
    """
    return _worst(a, b, lambda x, y: np.abs(x) + np.abs(y))


def divides_by_the_second(a, b):
    """You divide by |b| alone, so the error changes when a and b change places.

    The second one is taken for the truth; neither of them is.
    """
    return _worst(a, b, lambda x, y: np.abs(y))


def takes_the_mean(a, b):
    """You average over the entries; one wrong entry drowns among many right ones. Take the worst.

    An average is what one usually reports.
    """
    a, b = np.asarray(a, float), np.asarray(b, float)
    scale = np.maximum(np.abs(a), np.abs(b))
    return float(np.mean(np.abs(a - b) / np.where(scale == 0, 1.0, scale)))


def divides_the_largest_by_the_largest(a, b):
    """You divide the largest difference by the largest entry; compare entry by entry.

    One number over one number is simpler, but it hides small entries that are all wrong.
    """
    a, b = np.asarray(a, float), np.asarray(b, float)
    scale = max(np.abs(a).max(), np.abs(b).max())
    return float(np.abs(a - b).max() / (scale or 1.0))


def loses_the_sign_of_the_difference(a, b):
    """You forget the absolute value of the difference, so an entry that is too small counts as 0.

    The largest of signed numbers is the largest surplus, and shortfalls do not count.
    """
    a, b = np.asarray(a, float), np.asarray(b, float)
    scale = np.maximum(np.abs(a), np.abs(b))
    return float(np.max((a - b) / np.where(scale == 0, 1.0, scale)))


def compares_the_sizes_only(a, b):
    """You compare |a| with |b|; a gradient with the opposite sign is as wrong as can be.

    The absolute value belongs round the difference, and slips inside.
    """
    return _worst(np.abs(a), np.abs(b), np.maximum)


def divides_zero_by_zero(a, b):
    """You divide 0 by 0 where both gradients are 0, which gives nan; such an entry counts as 0.

    Entries that are exactly 0 are rare, until a ReLU is in the net.
    """
    a, b = np.asarray(a, float), np.asarray(b, float)
    with np.errstate(invalid="ignore", divide="ignore"):
        return float(np.max(np.abs(a - b) / np.maximum(np.abs(a), np.abs(b))))


def _worst(a, b, scale):
    a, b = np.asarray(a, float), np.asarray(b, float)
    by = scale(a, b)
    return float(np.max(np.abs(a - b) / np.where(by == 0, 1.0, by)))
