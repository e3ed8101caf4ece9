"""Wrong beliefs about a perceptron."""

import numpy as np


def fires_on_the_border(X, w0, w):
    """You let a net input of exactly 0 fire; the step function is 1 only where z > 0.

    Both conventions are in use, and other books write z >= 0. The deck says z > 0, else 0.
    """
    return (_net(X, w0, w) >= 0).astype(float)


def forgets_the_bias(X, w0, w):
    """You compare the weighted sum with 0 and leave w0 out; the line then runs through the origin.

    In the picture of a neuron the bias often has no arrow of its own.
    """
    return (_net(X, 0.0, w) > 0).astype(float)


def takes_the_bias_as_a_threshold(X, w0, w):
    """You fire where the weighted sum is larger than w0; the bias is added, so it must exceed -w0.

    A neuron "fires above its threshold" is how the story is told. The bias is minus the threshold.
    """
    return (_net(X, 0.0, w) > w0).astype(float)


def adds_the_bias_to_every_product(X, w0, w):
    """You add w0 to each product, so it counts D times; it belongs to the sum, once.

    NumPy adds a number to every entry of an array without asking.
    """
    return ((np.asarray(X) * w + w0).sum(axis=1) > 0).astype(float)


def answers_minus_one_and_one(X, w0, w):
    """You return -1 and 1; this neuron answers 0 and 1.

    np.sign looks like a step function, and some books do use -1 and 1.
    """
    return np.where(_net(X, w0, w) > 0, 1.0, -1.0)


def returns_the_net_input(X, w0, w):
    """You return the net input; the step function still has to turn it into 0 or 1.

    The sum is the part with the formulas in it, and it feels finished there.
    """
    return _net(X, w0, w)


def answers_softly(X, w0, w):
    """You return the logistic function of the net input; a perceptron has a hard step.

    The smooth neuron comes right after the perceptron, and drawings of both look alike.
    """
    return 0.5 * (1.0 + np.tanh(0.5 * _net(X, w0, w)))


def drops_a_batch_of_one(X, w0, w):
    """You squeeze the result; one point is still a batch, and its result has shape (1,).

    squeeze() tidies up all axes of length one, also the ones that mean something.
    """
    return np.squeeze((_net(X, w0, w) > 0).astype(float))


def lets_every_input_decide_alone(X, w0, w):
    """You test each product by itself; first all products are added up, then one step decides.

    "If one input is strong enough, the neuron fires" holds for OR, the usual first example.
    """
    return (np.asarray(X) * w + w0 > 0).any(axis=1).astype(float)


def _net(X, w0, w):
    return np.asarray(X, dtype=float) @ np.asarray(w, dtype=float) + w0
