"""Wrong beliefs about going back through a fully connected layer."""

import numpy as np


def ignores_what_comes_from_behind(grad_a, net, x, weight, f_prime):
    """You ignore grad_a, as if it were all ones; the layers behind decide how much each a counts.

    A gradient check that sums up all outputs has exactly this upstream, and is content.
    """
    return _three(f_prime(net), x, weight)


def forgets_the_slope_of_the_activation(grad_a, net, x, weight, f_prime):
    """You treat grad_a as if it were the gradient by net; multiply by f'(net) first.

    The three matrix products are what one remembers of this layer.
    """
    return _three(grad_a, x, weight)


def takes_the_slope_at_the_error(grad_a, net, x, weight, f_prime):
    """You evaluate f' at grad_a; f' belongs to net and is multiplied with grad_a.

    Forward, f is applied to what arrives, so one applies f' to what arrives backward.
    """
    return _three(f_prime(grad_a), x, weight)


def passes_the_error_down_without_the_slope(grad_a, net, x, weight, f_prime):
    """You use grad_a for grad_x and the delta for the weights; both need the delta.

    f' is seen as part of the update, not of the way down.
    """
    _, grad_weight, grad_bias = _three(grad_a * f_prime(net), x, weight)
    return grad_a @ weight, grad_weight, grad_bias


def averages_over_the_batch(grad_a, net, x, weight, f_prime):
    """You divide by the number of samples; if a mean is wanted, it is in grad_a already.

    Losses are often means, and then one divides a second time.
    """
    grad_x, grad_weight, grad_bias = _three(grad_a * f_prime(net), x, weight)
    return grad_x, grad_weight / len(x), grad_bias / len(x)


def averages_the_bias_only(grad_a, net, x, weight, f_prime):
    """You take the mean of the deltas for the bias; it is their sum, as for the weights.

    The product for the weights adds up by itself, for the bias one has to choose.
    """
    grad_x, grad_weight, grad_bias = _three(grad_a * f_prime(net), x, weight)
    return grad_x, grad_weight, grad_bias / len(x)


def adds_up_all_biases(grad_a, net, x, weight, f_prime):
    """You add up the deltas of all neurons; every neuron has a bias of its own.

    np.sum without an axis adds up everything, and a single number fits any bias later.
    """
    grad_x, grad_weight, grad_bias = _three(grad_a * f_prime(net), x, weight)
    return grad_x, grad_weight, grad_bias.sum()


def keeps_one_bias_gradient_a_sample(grad_a, net, x, weight, f_prime):
    """You return the deltas as the gradient of the bias; add them up over the samples.

    dE/db = delta stands in the books, for one sample.
    """
    delta = grad_a * f_prime(net)
    return delta @ weight, delta.T @ x, delta


def transposes_the_gradient_of_the_weights(grad_a, net, x, weight, f_prime):
    """You compute x^T delta, which is (n, m); the gradient has the shape (m, n) of weight.

    In books with x W + b it is right, and with as many inputs as neurons nobody notices.
    """
    delta = grad_a * f_prime(net)
    return delta @ weight, x.T @ delta, delta.sum(axis=0)


def multiplies_by_the_transposed_weights(grad_a, net, x, weight, f_prime):
    """You multiply by weight^T on the way back; forward it was weight^T, so backward it is weight.

    "Backward means transposed" is right for W a, and this layer computes x W^T.
    """
    delta = grad_a * f_prime(net)
    return delta @ weight.T, delta.T @ x, delta.sum(axis=0)


def _three(delta, x, weight):
    return delta @ weight, delta.T @ x, np.sum(delta, axis=0)
