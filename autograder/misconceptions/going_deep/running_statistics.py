"""What people believe about the memory of batch norm."""

import numpy as np


def _batch(x):
    axes = (0, *range(2, x.ndim))
    n = x.size // x.shape[1]
    if n < 2:
        raise ValueError("a single value has no variance")
    return x.mean(axis=axes), x.var(axis=axes), n


def _mixed(old, new, momentum):
    return (1 - momentum) * old + momentum * new


def exchanges_old_and_new(running_mean, running_var, x, momentum=0.1):
    """You keep the share momentum of the old value; it is the share of the batch.

    In gradient descent momentum keeps what was before.
    """
    mean, var, n = _batch(x)
    return (_mixed(running_mean, mean, 1 - momentum),
            _mixed(running_var, var * n / (n - 1), 1 - momentum))


def keeps_the_batchs_variance(running_mean, running_var, x, momentum=0.1):
    """You mix in the variance divided by n; for later use it is divided by n - 1.

    The batch itself was normalised by that one.
    """
    mean, var, _ = _batch(x)
    return _mixed(running_mean, mean, momentum), _mixed(running_var, var, momentum)


def counts_images_only(running_mean, running_var, x, momentum=0.1):
    """You divide by N - 1; a channel has N H W values, all of them count.

    For rows without pixels N is right.
    """
    mean, var, n = _batch(x)
    N = max(len(x), 2)
    return _mixed(running_mean, mean, momentum), _mixed(running_var, var * N / (N - 1), momentum)


def forgets_what_was(running_mean, running_var, x, momentum=0.1):
    """You return the batch's values alone; most of the old ones stays.

    The latest numbers seem to be the best.
    """
    mean, var, n = _batch(x)
    return mean, var * n / (n - 1)


def adds_without_fading(running_mean, running_var, x, momentum=0.1):
    """You add the batch's share and keep all of the old; the old is multiplied by 1 - momentum.

    "Running" sounds like a running sum.
    """
    mean, var, n = _batch(x)
    return running_mean + momentum * mean, running_var + momentum * var * n / (n - 1)


def mixes_standard_deviations(running_mean, running_var, x, momentum=0.1):
    """You mix standard deviations; what is kept is a mean of variances.

    The mix of roots is not the root of the mix.
    """
    mean, var, n = _batch(x)
    mixed = _mixed(np.sqrt(running_var), np.sqrt(var * n / (n - 1)), momentum)
    return _mixed(running_mean, mean, momentum), mixed**2


def stores_standard_deviations(running_mean, running_var, x, momentum=0.1):
    """You mix in a standard deviation; running_var holds variances.

    It is what one divides by.
    """
    mean, var, n = _batch(x)
    return (_mixed(running_mean, mean, momentum),
            _mixed(running_var, np.sqrt(var * n / (n - 1)), momentum))


def moves_the_mean_only(running_mean, running_var, x, momentum=0.1):
    """You leave the variance as it was; both move.

    What is called a running average seems to be about the mean.
    """
    mean, _, _ = _batch(x)
    return _mixed(running_mean, mean, momentum), running_var


def divides_the_mean_by_one_less(running_mean, running_var, x, momentum=0.1):
    """You divide the sum by n - 1 for the mean as well; only the variance is.

    "Unbiased" seems to be good for everything. A mean is so already.
    """
    mean, var, n = _batch(x)
    return (_mixed(running_mean, mean * n / (n - 1), momentum),
            _mixed(running_var, var * n / (n - 1), momentum))


def takes_a_single_value(running_mean, running_var, x, momentum=0.1):
    """You go on with a single value a channel; its variance is 0 / 0, so raise ValueError.

    np.var gives nan and a warning that is easily overlooked.
    """
    axes = (0, *range(2, x.ndim))
    with np.errstate(all="ignore"):
        n = x.size // x.shape[1]
        var = x.var(axis=axes) * (n / (n - 1) if n > 1 else 0)
        return _mixed(running_mean, x.mean(axis=axes), momentum), _mixed(running_var, var, momentum)


def leaves_the_axes_in(running_mean, running_var, x, momentum=0.1):
    """You keep axes of length 1; running statistics have the shape (C,).

    norm_statistics keeps them, and there they are needed.
    """
    mean, var, n = _batch(x)
    shape = (1, -1) + (1,) * (x.ndim - 2)
    return (_mixed(running_mean, mean, momentum).reshape(shape),
            _mixed(running_var, var * n / (n - 1), momentum).reshape(shape))


def always_takes_a_tenth(running_mean, running_var, x, momentum=0.1):
    """You use 0.1 whatever is given; momentum is an argument.

    It hardly ever has another value.
    """
    mean, var, n = _batch(x)
    return _mixed(running_mean, mean, 0.1), _mixed(running_var, var * n / (n - 1), 0.1)


def measures_from_the_running_mean(running_mean, running_var, x, momentum=0.1):
    """You measure distances from the running mean; the batch's variance is about its own mean.

    The running mean is thought to be the better one.
    """
    mean, var, n = _batch(x)
    around = (var + (mean - running_mean) ** 2) * n / (n - 1)
    return _mixed(running_mean, mean, momentum), _mixed(running_var, around, momentum)
