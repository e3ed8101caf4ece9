"""What people believe about squashing a vector."""

import numpy as np


def _length(s):
    return np.sqrt((s**2).sum(axis=-1, keepdims=True))


def measures_all_vectors_at_once(s):
    """You take one length for the whole array; every vector along the last axis has its own.

    np.linalg.norm without an axis does that.
    """
    r = np.sqrt((s**2).sum())
    return s * r / (1 + r**2)


def measures_along_the_first_axis(s):
    """You measure along the first axis; vectors lie along the last one.

    With one vector there is no difference.
    """
    r = np.sqrt((s**2).sum(axis=0, keepdims=True))
    return s * r / (1 + r**2)


def divides_by_zero(s):
    """You divide by the length of a vector of zeros; it has none, and stays as it is.

    The formula divides by |s|. Nearly all vectors have a length.
    """
    r = _length(s)
    with np.errstate(invalid="ignore", divide="ignore"):
        return r**2 / (1 + r**2) * s / r


def makes_unit_vectors(s):
    """You give every vector the length 1; the new length tells how long the old one was.

    Keeping the direction is half of the task.
    """
    r = _length(s)
    return s / np.where(r > 0, r, 1)


def forgets_the_squares(s):
    """Your lengths become r / (1 + r); it is r^2 / (1 + r^2).

    It runs from 0 to 1 as well.
    """
    return s / (1 + _length(s))


def forgets_to_divide_by_the_length(s):
    """You multiply s by r^2 / (1 + r^2); that is the new length, so s / r comes before.

    Long vectors then stay nearly as long as they are.
    """
    r = _length(s)
    return s * r**2 / (1 + r**2)


def divides_by_one_plus_the_square(s):
    """You leave the square of the length out above the line; so long vectors become short ones.

    The largest length is then 1/2, at r = 1.
    """
    return s / (1 + _length(s) ** 2)


def squashes_every_entry(s):
    """You squash each entry by itself; it is the length that is squashed, the direction stays.

    So do sigmoid and tanh.
    """
    return s * np.abs(s) / (1 + s**2)


def adds_the_entries_up(s):
    """You take the sum of the absolute entries for the length; it is the root of the squares.

    That is a norm, too.
    """
    r = np.abs(s).sum(axis=-1, keepdims=True)
    return r**2 / (1 + r**2) * s / np.where(r > 0, r, 1)


def forgets_the_root(s):
    """You take the sum of the squares for the length; its root is the length.

    In |s|^2 the root is gone, but not in |s|.
    """
    r = (s**2).sum(axis=-1, keepdims=True)
    return r**2 / (1 + r**2) * s / np.where(r > 0, r, 1)


def takes_the_largest_entry(s):
    """You take the largest entry for the length; all entries count.

    For long vectors with one large entry that is close.
    """
    r = np.abs(s).max(axis=-1, keepdims=True)
    return r**2 / (1 + r**2) * s / np.where(r > 0, r, 1)


def squashes_by_tanh(s):
    """You squash the length by tanh; here it is r^2 / (1 + r^2).

    It runs from 0 to 1 as well.
    """
    r = _length(s)
    return np.tanh(r) * s / np.where(r > 0, r, 1)


def returns_the_lengths(s):
    """You return the new lengths; asked for are the vectors.

    The length is what says whether something is there.
    """
    r = _length(s)[..., 0]
    return r**2 / (1 + r**2)


def drops_the_signs(s):
    """You lose the signs; a direction has them.

    The square of an entry has no sign, and its root has none either.
    """
    r = _length(s)
    return np.abs(s) * r / (1 + r**2)
