"""Beliefs about what a neuron adds up."""

import numpy as np


def forgets_the_bias(x, w, b):
    """You add up the products but leave out b; the bias belongs to every neuron.

    People see the bias as decoration, because the picture of a neuron often leaves it out.
    """
    return float(np.dot(x, w))


def adds_the_bias_to_every_product(x, w, b):
    """You add b once for each input; a neuron has one bias, added once at the end.

    It happens when the bias slips inside the sum or the loop.
    """
    return float(np.sum(x * w + b))


def multiplies_after_adding(x, w, b):
    """You add up the inputs and the weights first; each input needs its own weight.

    The product of two sums is not the sum of the products.
    """
    return float(np.sum(x) * np.sum(w) + b)


def averages_the_products(x, w, b):
    """You take the mean of the products; a neuron takes their sum.

    The mean feels natural to whoever thinks of weights as importance in a vote.
    """
    return float(np.sum(x * w) / max(len(x), 1) + b)
