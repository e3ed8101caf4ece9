"""What people believe about normalising by given statistics."""

import numpy as np


def _per_channel(values, x):
    return np.reshape(values, (1, -1) + (1,) * (x.ndim - 2))


def _affine(x_hat, gamma, beta):
    return _per_channel(gamma, x_hat) * x_hat + _per_channel(beta, x_hat)


def puts_eps_outside_the_root(x, mean, var, gamma, beta, eps=1e-5):
    """You add eps behind the root; it stands inside: sqrt(var + eps).

    It keeps the division from failing at either place.
    """
    with np.errstate(all="ignore"):
        return _affine((x - mean) / (np.sqrt(var) + eps), gamma, beta)


def leaves_eps_out(x, mean, var, gamma, beta, eps=1e-5):
    """You leave eps out; it counts where the variance is small, and eps may be large.

    0.00001 seems to be nothing.
    """
    with np.errstate(all="ignore"):
        return _affine((x - mean) / np.sqrt(var), gamma, beta)


def uses_its_own_eps(x, mean, var, gamma, beta, eps=1e-5):
    """You use 0.00001 whatever is given; eps is an argument.

    It hardly ever has another value.
    """
    return _affine((x - mean) / np.sqrt(var + 1e-5), gamma, beta)


def divides_by_the_variance(x, mean, var, gamma, beta, eps=1e-5):
    """You divide by the variance; the unit of distance is its root.

    "Variance 1" sounds like dividing by the variance.
    """
    return _affine((x - mean) / (var + eps), gamma, beta)


def takes_var_for_a_deviation(x, mean, var, gamma, beta, eps=1e-5):
    """You square var first; it is a variance already.

    Statistics are often given as mean and standard deviation.
    """
    return _affine((x - mean) / np.sqrt(var**2 + eps), gamma, beta)


def computes_its_own_statistics(x, mean, var, gamma, beta, eps=1e-5):
    """You work out mean and variance of x anew; normalise by the ones that are given.

    In training they are the same. In use they are not.
    """
    axes = tuple(k for k in range(x.ndim) if np.shape(mean)[k] == 1)
    own_mean = x.mean(axis=axes, keepdims=True)
    own_var = x.var(axis=axes, keepdims=True)
    return _affine((x - own_mean) / np.sqrt(own_var + eps), gamma, beta)


def lays_gamma_along_the_last_axis(x, mean, var, gamma, beta, eps=1e-5):
    """You let NumPy lay gamma and beta along the last axis; they belong to the channels, axis 1.

    With rows, or with as many columns as channels, nothing complains.
    """
    return gamma * ((x - mean) / np.sqrt(var + eps)) + beta


def forgets_beta(x, mean, var, gamma, beta, eps=1e-5):
    """You leave beta out; it is added at the end, channel by channel.

    The mean was to become 0.
    """
    return _affine((x - mean) / np.sqrt(var + eps), gamma, np.zeros_like(beta))


def forgets_gamma(x, mean, var, gamma, beta, eps=1e-5):
    """You leave gamma out; it scales each channel.

    The variance was to become 1.
    """
    return _affine((x - mean) / np.sqrt(var + eps), np.ones_like(gamma), beta)


def forgets_both(x, mean, var, gamma, beta, eps=1e-5):
    """You stop after normalising; gamma scales and beta shifts what comes out.

    "Normalise" seems to be all there is to do.
    """
    return (x - mean) / np.sqrt(var + eps)


def shifts_before_it_scales(x, mean, var, gamma, beta, eps=1e-5):
    """You add beta and then multiply; gamma scales first, beta is added behind.

    The mean is taken away first, so a shift seems to come first again.
    """
    x_hat = (x - mean) / np.sqrt(var + eps)
    return _per_channel(gamma, x) * (x_hat + _per_channel(beta, x))


def exchanges_gamma_and_beta(x, mean, var, gamma, beta, eps=1e-5):
    """You scale by beta and shift by gamma; it is the other way round.

    Nobody remembers which letter is which.
    """
    return _affine((x - mean) / np.sqrt(var + eps), beta, gamma)


def forgets_the_mean(x, mean, var, gamma, beta, eps=1e-5):
    """You divide without taking the mean away; normalised values lie around 0.

    beta shifts anyway.
    """
    return _affine(x / np.sqrt(var + eps), gamma, beta)


def always_averages_channels(x, mean, var, gamma, beta, eps=1e-5):
    """You work out each channel's mean and variance; normalise by the ones that are given.

    The section is about batch norm.
    """
    axes = (0, *range(2, x.ndim))
    root = np.sqrt(x.var(axis=axes, keepdims=True) + eps)
    return _affine((x - x.mean(axis=axes, keepdims=True)) / root, gamma, beta)


def shapes_gamma_like_the_mean(x, mean, var, gamma, beta, eps=1e-5):
    """You give gamma the shape of mean; it has one number a channel, whatever mean is like.

    In batch norm both are (1, C, 1, 1).
    """
    x_hat = (x - mean) / np.sqrt(var + eps)
    return np.reshape(gamma, np.shape(mean)) * x_hat + np.reshape(beta, np.shape(mean))
