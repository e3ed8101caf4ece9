"""Wrong beliefs about dropout on the way back."""

import numpy as np


def forgets_the_mask(grad_output, mask, p, training):
    """You send the gradient to all entries; those that were dropped had no part in y.

    The division is the part that one remembers.
    """
    return grad_output / (1 - p) if training else grad_output * 1.0


def forgets_the_scaling(grad_output, mask, p, training):
    """You mask the gradient, but do not divide by 1 - p; the forward pass did.

    The chain rule hands back every factor of the way forward.
    """
    return grad_output * mask


def hands_everything_on(grad_output, mask, p, training):
    """You hand the gradient on as it is; dropout has a factor, which is its derivative.

    Dropout has no weights, so it seems to have no gradient either.
    """
    return grad_output * 1.0


def sends_it_to_the_dropped(grad_output, mask, p, training):
    """You send the gradient to the dropped entries; True in the mask means kept.

    In other code the mask says what is removed.
    """
    return grad_output * (~mask) / (1 - p) if training else grad_output * 1.0


def multiplies_by_the_share(grad_output, mask, p, training):
    """You multiply by 1 - p on the way back; the derivative of x / (1 - p) is 1 / (1 - p).

    Backward as the inverse of forward: but it is the derivative, not the inverse.
    """
    return grad_output * mask * (1 - p) if training else grad_output * 1.0


def scales_when_tested(grad_output, mask, p, training):
    """You divide by 1 - p even if training is False; y was x itself there.

    The mask is True everywhere then, so the product looks safe.
    """
    return grad_output * mask / (1 - p)


def draws_a_fresh_mask(grad_output, mask, p, training):
    """You draw a new mask on the way back; the gradient must pass where the numbers passed.

    The formula is the same as forward, and so is the code, random numbers included.
    """
    fresh = np.random.default_rng(0).random(grad_output.shape) >= p
    return grad_output * fresh / (1 - p) if training else grad_output * 1.0


def divides_by_p(grad_output, mask, p, training):
    """You divide by p; what is kept has the probability 1 - p.

    In the first papers p was the probability to keep a neuron.
    """
    return grad_output * mask / p if training else grad_output * 1.0
