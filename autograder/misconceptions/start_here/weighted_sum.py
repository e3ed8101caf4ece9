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


def keeps_only_the_last_product(x, w, b):
    """You overwrite the total in each step of the loop; add to it instead (total += ...).

    `=` and `+=` look alike, and with a single input both give the same.
    """
    total = 0.0
    for i in range(len(x)):
        total = x[i] * w[i]
    return float(total + b)


def subtracts_the_bias(x, w, b):
    """You subtract b; here the bias is added.

    Older texts compare the sum with a threshold and subtract that. A bias is its negative.
    """
    return float(np.dot(x, w) - b)


def does_not_add_up(x, w, b):
    """You return a number for each input; a neuron adds its products up to a single number.

    `x * w` works entry by entry and looks like the product from a mathematics book.
    """
    return x * w + b


def switches_the_neuron_on_already(x, w, b):
    """You apply an activation function as well; only the sum is asked for here.

    In most pictures a neuron is one circle, and the sum and the activation are both inside it.
    """
    return float(1.0 / (1.0 + np.exp(-(np.dot(x, w) + b))))


def multiplies_by_the_bias(x, w, b):
    """You multiply the sum by b; the bias is added to it.

    It happens to those who read the bias as one more weight and forget that its input is 1.
    """
    return float(np.dot(x, w) * b)
