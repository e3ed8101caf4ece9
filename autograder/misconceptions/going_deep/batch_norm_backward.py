"""What people believe about the way back through batch norm."""

import numpy as np


def _parts(x, eps, ddof=0):
    axes = (0, *range(2, x.ndim))
    mean = x.mean(axis=axes, keepdims=True)
    root = np.sqrt(x.var(axis=axes, keepdims=True, ddof=ddof) + eps)
    return axes, (x - mean) / root, root


def _wide(gamma, x):
    return np.reshape(gamma, (1, -1) + (1,) * (x.ndim - 2))


def _small(grad, x_hat, axes):
    return (grad * x_hat).sum(axis=axes), grad.sum(axis=axes)


def holds_the_statistics_fixed(grad_output, x, gamma, eps=1e-5):
    """You treat mean and variance as constants; in training both depend on x.

    In use they are constants.
    """
    axes, x_hat, root = _parts(x, eps)
    return _wide(gamma, x) * grad_output / root, *_small(grad_output, x_hat, axes)


def holds_the_variance_fixed(grad_output, x, gamma, eps=1e-5):
    """You follow the mean, but not the variance; it depends on x, too.

    The distances from the mean add up to 0, so nothing seems to go that way.
    """
    axes, x_hat, root = _parts(x, eps)
    u = _wide(gamma, x) * grad_output
    return (u - u.mean(axis=axes, keepdims=True)) / root, *_small(grad_output, x_hat, axes)


def holds_the_mean_fixed(grad_output, x, gamma, eps=1e-5):
    """You follow the variance, but not the mean; every value moves it.

    One of N values seems to move the mean by next to nothing.
    """
    axes, x_hat, root = _parts(x, eps)
    u = _wide(gamma, x) * grad_output
    along = (u * x_hat).mean(axis=axes, keepdims=True)
    return (u - x_hat * along) / root, *_small(grad_output, x_hat, axes)


def leaves_gamma_out(grad_output, x, gamma, eps=1e-5):
    """You leave gamma out of the gradient by x; what comes back passes it first.

    gamma seems to matter for its own gradient only.
    """
    axes, x_hat, root = _parts(x, eps)
    u = grad_output
    along = (u * x_hat).mean(axis=axes, keepdims=True)
    grad_x = (u - u.mean(axis=axes, keepdims=True) - x_hat * along) / root
    return grad_x, *_small(grad_output, x_hat, axes)


def forgets_to_divide(grad_output, x, gamma, eps=1e-5):
    """You do not divide by sqrt(var + eps) at the end; x_hat changes the less, the wider x is.

    The means are the hard part, and after them one stops.
    """
    axes, x_hat, _ = _parts(x, eps)
    u = _wide(gamma, x) * grad_output
    along = (u * x_hat).mean(axis=axes, keepdims=True)
    grad_x = u - u.mean(axis=axes, keepdims=True) - x_hat * along
    return grad_x, *_small(grad_output, x_hat, axes)


def averages_the_small_gradients(grad_output, x, gamma, eps=1e-5):
    """You average the gradients by gamma and beta; every value adds its part.

    In grad_x the same sums appear as means.
    """
    axes, x_hat, root = _parts(x, eps)
    u = _wide(gamma, x) * grad_output
    along = (u * x_hat).mean(axis=axes, keepdims=True)
    grad_x = (u - u.mean(axis=axes, keepdims=True) - x_hat * along) / root
    return grad_x, (grad_output * x_hat).mean(axis=axes), grad_output.mean(axis=axes)


def multiplies_gamma_by_x(grad_output, x, gamma, eps=1e-5):
    """You multiply by x for gamma's gradient; gamma meets the normalised x_hat.

    The weights of a linear layer meet x.
    """
    axes, x_hat, root = _parts(x, eps)
    u = _wide(gamma, x) * grad_output
    along = (u * x_hat).mean(axis=axes, keepdims=True)
    grad_x = (u - u.mean(axis=axes, keepdims=True) - x_hat * along) / root
    return grad_x, *_small(grad_output, x, axes)


def puts_gamma_into_its_own_gradient(grad_output, x, gamma, eps=1e-5):
    """You scale by gamma before the gradients by gamma and beta; they see grad_output itself.

    grad_x needs gamma * grad_output, and it stands ready.
    """
    axes, x_hat, root = _parts(x, eps)
    u = _wide(gamma, x) * grad_output
    along = (u * x_hat).mean(axis=axes, keepdims=True)
    grad_x = (u - u.mean(axis=axes, keepdims=True) - x_hat * along) / root
    return grad_x, *_small(u, x_hat, axes)


def sums_instead_of_means(grad_output, x, gamma, eps=1e-5):
    """You take sums for the two means; each value has one part in n of the mean.

    The gradients by gamma and beta are sums.
    """
    axes, x_hat, root = _parts(x, eps)
    u = _wide(gamma, x) * grad_output
    along = (u * x_hat).sum(axis=axes, keepdims=True)
    grad_x = (u - u.sum(axis=axes, keepdims=True) - x_hat * along) / root
    return grad_x, *_small(grad_output, x_hat, axes)


def averages_over_images_only(grad_output, x, gamma, eps=1e-5):
    """You divide the sums by N; a channel has N H W values.

    For rows without pixels N is right.
    """
    axes, x_hat, root = _parts(x, eps)
    u, N = _wide(gamma, x) * grad_output, len(x)
    along = (u * x_hat).sum(axis=axes, keepdims=True) / N
    grad_x = (u - u.sum(axis=axes, keepdims=True) / N - x_hat * along) / root
    return grad_x, *_small(grad_output, x_hat, axes)


def keeps_every_pixel_apart(grad_output, x, gamma, eps=1e-5):
    """You take means over axis 0 only; all pixels of a channel share mean and variance.

    For rows without pixels axis 0 is all there is.
    """
    root = np.sqrt(x.var(axis=0, keepdims=True) + eps)
    x_hat = (x - x.mean(axis=0, keepdims=True)) / root
    u = _wide(gamma, x) * grad_output
    along = (u * x_hat).mean(axis=0, keepdims=True)
    grad_x = (u - u.mean(axis=0, keepdims=True) - x_hat * along) / root
    return grad_x, *_small(grad_output, x_hat, (0, *range(2, x.ndim)))


def divides_the_variance_by_one_less(grad_output, x, gamma, eps=1e-5):
    """You divide the squares by n - 1; a batch is normalised by their mean, divided by n.

    The running variance is divided so.
    """
    axes, x_hat, root = _parts(x, eps, ddof=1)
    u = _wide(gamma, x) * grad_output
    along = (u * x_hat).mean(axis=axes, keepdims=True)
    grad_x = (u - u.mean(axis=axes, keepdims=True) - x_hat * along) / root
    return grad_x, *_small(grad_output, x_hat, axes)


def leaves_eps_out(grad_output, x, gamma, eps=1e-5):
    """You leave eps out; the way back uses the same sqrt(var + eps) as the way forward.

    0.00001 seems to be nothing.
    """
    axes, x_hat, root = _parts(x, 0.0)
    u = _wide(gamma, x) * grad_output
    along = (u * x_hat).mean(axis=axes, keepdims=True)
    grad_x = (u - u.mean(axis=axes, keepdims=True) - x_hat * along) / root
    return grad_x, *_small(grad_output, x_hat, axes)


def leaves_x_hat_out_of_the_third_part(grad_output, x, gamma, eps=1e-5):
    """You subtract the mean of u x_hat alone; in the third part x_hat stands before it as well.

    The second part is a mean alone, and x_hat is under the bar already.
    """
    axes, x_hat, root = _parts(x, eps)
    u = _wide(gamma, x) * grad_output
    grad_x = u - u.mean(axis=axes, keepdims=True) - (u * x_hat).mean(axis=axes, keepdims=True)
    return grad_x / root, *_small(grad_output, x_hat, axes)
