"""Wrong beliefs about dropout on the way forward."""

import numpy as np


def forgets_the_scaling(x, p, training, rng):
    """You do not divide by 1 - p; then the mean of y is smaller in training than later.

    The picture of switched-off neurons shows no factor.
    """
    mask = _mask(x, p, training, rng)
    return x * mask, mask


def divides_by_p(x, p, training, rng):
    """You divide by p; p is the share that is dropped, and 1 - p is kept.

    In the first papers p was the probability to keep a neuron. At p = 0.5 both are the same.
    """
    mask = _mask(x, p, training, rng)
    return (x * mask / p if training and p > 0 else x * 1.0), mask


def keeps_with_probability_p(x, p, training, rng):
    """You keep entries with probability p; p is the probability to drop one.

    In the first papers it was the other way round.
    """
    _check(p)
    mask = rng.random(x.shape) < p if training else np.ones(x.shape, dtype=bool)
    return (x * mask / p if training and p > 0 else x * mask), mask


def drops_when_tested(x, p, training, rng):
    """You drop entries even if training is False; a trained net answers with all its neurons.

    An argument that is never read raises no error.
    """
    mask = _mask(x, p, True, rng)
    return x * mask / (1 - p), mask


def scales_when_tested(x, p, training, rng):
    """You also divide by 1 - p when not training; nothing was dropped there.

    The division stands after the question about training instead of inside.
    """
    mask = _mask(x, p, training, rng)
    return x * mask / (1 - p), mask


def scales_down_when_tested(x, p, training, rng):
    """You multiply by 1 - p when not training; here the division in training sees to the mean.

    The first papers did it that way. Both keep the mean; only one of them can be done.
    """
    mask = _mask(x, p, training, rng)
    return (x * mask if training else x * (1 - p)), mask


def drops_whole_columns(x, p, training, rng):
    """You draw one mask for the whole batch; every entry should be drawn by itself.

    A neuron is a column of the batch, and "a neuron is dropped" sounds like the whole column.
    """
    _check(p)
    shape = x.shape[1:] if x.ndim > 1 else x.shape
    keep = rng.random(shape) >= p if training else np.ones(shape, dtype=bool)
    mask = np.broadcast_to(keep, x.shape).copy()
    return x * mask / (1 - p if training else 1), mask


def draws_normal_numbers(x, p, training, rng):
    """You compare normal random numbers with p; draw them evenly from 0 to 1 with rng.random.

    randn and rand differ by one letter.
    """
    _check(p)
    mask = rng.normal(size=x.shape) >= p if training else np.ones(x.shape, dtype=bool)
    return x * mask / (1 - p if training else 1), mask


def returns_the_scaled_mask(x, p, training, rng):
    """You return the mask divided by 1 - p; True and False are asked for.

    It saves a division on the way back, if both ways agree on it.
    """
    mask = _mask(x, p, training, rng) / (1 - p if training else 1)
    return x * mask, mask


def _check(p):
    if not 0 <= p < 1:
        raise ValueError("p lies between 0 and 1, 1 excluded")


def _mask(x, p, training, rng):
    _check(p)
    return rng.random(x.shape) >= p if training else np.ones(x.shape, dtype=bool)
