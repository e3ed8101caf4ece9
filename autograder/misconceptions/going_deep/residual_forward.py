"""What people believe about a residual unit."""

import numpy as np


def _around(x, g):
    return x if g is None else g(x)


def _fit(first, second):
    if np.shape(first) != np.shape(second):
        raise ValueError("the two ways make different shapes")
    return first, second


def forgets_the_way_around(x, R, g=None, h=None):
    """You pass on R(x) alone; x goes around and is added.

    That is the plain network.
    """
    y = R(x)
    return y if h is None else h(y)


def subtracts_what_goes_around(x, R, g=None, h=None):
    """You take x away; the sum is R(x) + x. The difference is what R has to *learn*.

    Wuppertal's slide writes H(x) = F(x) - x for the residual.
    """
    y, around = _fit(R(x), _around(x, g))
    return y - around if h is None else h(y - around)


def activates_before_the_sum(x, R, g=None, h=None):
    """You apply h to R(x) and add then; h sees the sum.

    In a plain network the activation stands right behind the layer.
    """
    y, around = _fit(R(x), _around(x, g))
    return (y if h is None else h(y)) + around


def activates_both_ways(x, R, g=None, h=None):
    """You apply h to each way and add then; h sees the sum.

    For a linear h it would be the same.
    """
    y, around = _fit(R(x), _around(x, g))
    return y + around if h is None else h(y) + h(around)


def forgets_the_activation(x, R, g=None, h=None):
    """You leave h out; it comes behind the sum.

    R holds activations of its own.
    """
    y, around = _fit(R(x), _around(x, g))
    return y + around


def lets_x_pass_by_g(x, R, g=None, h=None):
    """You add x itself; on the way around stands g, if there is one.

    "Identity shortcut" is the usual case.
    """
    y, around = _fit(R(x), x)
    return y + around if h is None else h(y + around)


def runs_g_before_r(x, R, g=None, h=None):
    """You send x through g first, for both ways; R sees x itself.

    A layer that makes the shape fit seems to belong to the front.
    """
    x = _around(x, g)
    y, around = _fit(R(x), x)
    return y + around if h is None else h(y + around)


def lets_numpy_stretch(x, R, g=None, h=None):
    """You leave it to NumPy whether the shapes fit; it stretches one channel over all.

    A wrong shape usually makes NumPy complain.
    """
    y = R(x) + _around(x, g)
    return y if h is None else h(y)


def joins_the_channels(x, R, g=None, h=None):
    """You put both ways one behind the other; they are added.

    Inception modules and DenseNets join, ResNets add.
    """
    y = np.concatenate([R(x), _around(x, g)], axis=1)
    return y if h is None else h(y)


def adds_into_x(x, R, g=None, h=None):
    """You add into the array that R returned; it may be x itself, and x must not change.

    += saves memory, and R usually makes a new array.
    """
    y, around = _fit(R(x), _around(x, g))
    y += around
    return y if h is None else h(y)


def takes_the_mean(x, R, g=None, h=None):
    """You halve the sum; the two ways are added.

    Otherwise numbers grow from unit to unit, which is true, and why there are norms in R.
    """
    y, around = _fit(R(x), _around(x, g))
    mean = (y + around) / 2
    return mean if h is None else h(mean)


def always_ends_in_relu(x, R, g=None, h=None):
    """You put a ReLU behind every sum; only h stands there, and None means nothing.

    ResNets of 2015 have a ReLU there.
    """
    y, around = _fit(R(x), _around(x, g))
    return np.maximum(y + around, 0) if h is None else h(y + around)


def runs_g_behind_r(x, R, g=None, h=None):
    """You send R(x) through g; g goes around R and sees x itself.

    Layers usually stand one behind the other.
    """
    inside = R(x)
    y, around = _fit(inside, x if g is None else g(inside))
    return y + around if h is None else h(y + around)
