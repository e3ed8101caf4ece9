"""Wrong beliefs about first and second guesses."""

import numpy as np

from course_lib import functional as F


def names_the_least_likely(logits, k=2):
    """You take the smallest scores; np.argsort sorts upwards.

    The first entries of a sorted list look like the winners.
    """
    return _picked(logits, np.argsort(logits, axis=1, kind="stable")[:, :k])


def turns_the_order_round(logits, k=2):
    """You sort upwards and turn the order round; among equal scores the larger class comes first.

    Without equal scores it is right. Sort the negative scores instead.
    """
    return _picked(logits, np.argsort(logits, axis=1, kind="stable")[:, ::-1][:, :k])


def leaves_the_best_for_the_end(logits, k=2):
    """You return the k best with the first guess last; the largest score comes first.

    The last k of an upward order are the right classes in the wrong order.
    """
    order = np.argsort(-logits, axis=1, kind="stable")[:, :k]
    return _picked(logits, order[:, ::-1])


def takes_the_softmax_of_the_guesses(logits, k=2):
    """You take the softmax over the k guesses only; it runs over all classes.

    The probabilities of the guesses then add up to 1, as if there were no other classes.
    """
    classes = np.argsort(-logits, axis=1, kind="stable")[:, :k]
    return classes, F.softmax(np.take_along_axis(logits, classes, axis=1))


def takes_the_softmax_over_the_batch(logits, k=2):
    """You take the softmax down the columns; it runs over the classes of one sample.

    axis=0 raises no error, and with as many samples as classes not even the shape differs.
    """
    classes = np.argsort(-logits, axis=1, kind="stable")[:, :k]
    return classes, np.take_along_axis(F.softmax(logits.T).T, classes, axis=1)


def returns_the_scores(logits, k=2):
    """You return the scores of the guesses; their probabilities are the softmax of the scores.

    A score of 3 looks like an answer, but means nothing without the other scores.
    """
    classes = np.argsort(-logits, axis=1, kind="stable")[:, :k]
    return classes, np.take_along_axis(logits, classes, axis=1)


def takes_the_exponential_alone(logits, k=2):
    """You divide exp(score) by the sum without shifting; large scores overflow, so use F.softmax.

    The formula as printed. At 710 the exponential is infinite.
    """
    classes = np.argsort(-logits, axis=1, kind="stable")[:, :k]
    with np.errstate(all="ignore"):
        powers = np.exp(logits)
        shares = powers / powers.sum(axis=1, keepdims=True)
    return classes, np.take_along_axis(shares, classes, axis=1)


def always_makes_two_guesses(logits, k=2):
    """You always return two guesses; k says how many are asked for.

    Two is what the demo of the deck shows, and what the default is.
    """
    return _picked(logits, np.argsort(-logits, axis=1, kind="stable")[:, :2])


def makes_one_guess_for_the_batch(logits, k=2):
    """You look for the k largest scores of the whole batch; each sample has guesses of its own.

    Sorting without an axis flattens the array.
    """
    flat = np.argsort(-logits, axis=None, kind="stable")[:k]
    classes = np.tile(flat % logits.shape[1], (len(logits), 1))
    return _picked(logits, classes)


def _picked(logits, classes):
    return classes, np.take_along_axis(F.softmax(logits), classes, axis=1)
