"""Wrong beliefs about softmax."""

import numpy as np


def _silently(formula):
    with np.errstate(all="ignore"):
        return formula()


def exponentiates_without_a_shift(Z):
    """You take exp of the scores as they are; beyond 709 that is inf, and inf / inf is nan.

    That is the formula, letter by letter. On small scores it is right.
    """
    return _silently(lambda: np.exp(Z) / np.exp(Z).sum(axis=-1, keepdims=True))


def takes_one_maximum_for_the_whole_batch(Z):
    """You subtract the largest score of the whole batch; each sample needs its own maximum.

    np.max without axis is shorter. A row far below the others is then 0 / 0.
    """
    return exponentiates_without_a_shift(np.asarray(Z, float) - np.max(Z))


def takes_the_maximum_of_each_class(Z):
    """You subtract a maximum per class; within a sample the same number must come off.

    axis=0 looks like "over the classes" to those who think of columns as classes.
    """
    return exponentiates_without_a_shift(np.asarray(Z, float) - np.max(Z, axis=0))


def normalises_over_the_samples(Z):
    """You let each class sum to 1 over the samples; each sample sums to 1 over its classes.

    The axes are swapped. With one sample nothing shows, and a square batch has the right shape.
    """
    Z = np.asarray(Z, float)
    e = np.exp(Z - Z.max(axis=0))
    return e / e.sum(axis=0)


def normalises_the_whole_batch(Z):
    """You divide by the sum over the whole batch; every single sample sums to 1.

    sum() without axis is right for one sample.
    """
    e = _silently(lambda: np.exp(Z - np.max(Z, axis=-1, keepdims=True)))
    return e / e.sum()


def divides_the_scores_by_their_sum(Z):
    """You divide the scores by their sum; exp comes first, so that no share is negative.

    For positive scores that gives shares too, but other ones, and 0 / 0 for scores that cancel.
    """
    return _silently(lambda: np.asarray(Z, float) / np.sum(Z, axis=-1, keepdims=True))


def forgets_to_normalise(Z):
    """You return exp of the shifted scores; divide them by their sum.

    The largest is then 1 and looks like a sure answer.
    """
    return np.exp(Z - np.max(Z, axis=-1, keepdims=True))


def clips_the_scores(Z):
    """You cut off large scores; what they differ by is lost, so subtract the maximum instead.

    Clipping prevents the overflow, but two scores above the limit become equal.
    """
    Z = np.clip(Z, -500, 500)
    return np.exp(Z) / np.exp(Z).sum(axis=-1, keepdims=True)


def subtracts_the_mean(Z):
    """You subtract the mean; a score far above it still overflows, only the maximum is safe.

    Any number may come off without changing the result, so the mean seems as good as any.
    """
    return exponentiates_without_a_shift(Z - np.mean(Z, axis=-1, keepdims=True))


def squares_instead_of_exp(Z):
    """You make the scores positive with a square; softmax uses exp, which keeps their order.

    A square is positive as well, but it makes -3 as likely as 3.
    """
    squares = np.square(np.asarray(Z, float))
    return _silently(lambda: squares / squares.sum(axis=-1, keepdims=True))


def applies_a_sigmoid_to_each_score(Z):
    """You send each score through the logistic function; then they do not sum to 1.

    Both give numbers between 0 and 1. Sigmoids fit independent yes/no questions.
    """
    return 0.5 * (1 + np.tanh(0.5 * np.asarray(Z, float)))


def divides_by_the_largest_score(Z):
    """You divide the scores by the largest one; subtracting leaves softmax as it is, not this.

    Scaling to at most 1 prevents the overflow too. But it changes all differences.
    """
    largest = np.max(np.abs(Z), axis=-1, keepdims=True)
    return exponentiates_without_a_shift(np.asarray(Z) / np.where(largest > 0, largest, 1))
