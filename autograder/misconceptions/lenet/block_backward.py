"""What people believe about the way back through a block."""

import numpy as np

from course_lib import functional as F


def _back(grad_output, x, weight, bias, mask=None, pool=None):
    maps = F.conv2d(x, weight, bias)
    pooled = F.max_pool2d(maps, 2)
    slopes = pooled > 0 if mask is None else mask(pooled, grad_output, x)
    route = pool or (lambda grad, maps: F.max_pool2d_backward(grad, maps, 2))
    return list(F.conv2d_backward(route(grad_output * slopes, maps), x, weight))


def forgets_the_relu(grad_output, x, weight, bias):
    """You send everything through; where the pooled number was below 0, ReLU lets nothing back.

    ReLU has no parameters, so nothing seems to be missing.
    """
    return _back(grad_output, x, weight, bias, lambda pooled, *_: 1.0)


def switches_by_the_gradient(grad_output, x, weight, bias):
    """You apply ReLU to the gradient; what counts is the sign of the number that went forward.

    "Backward through ReLU" sounds like ReLU of what comes back.
    """
    return _back(grad_output, x, weight, bias, lambda pooled, grad, _: grad > 0)


def multiplies_by_the_activation(grad_output, x, weight, bias):
    """You multiply by what ReLU gave; its slope is 1 or 0, not its value.

    The gradient of a weight is a product with an activation, and this looks like it.
    """
    return _back(grad_output, x, weight, bias, lambda pooled, *_: np.maximum(pooled, 0))


def forgets_the_bias_on_the_way_forward(grad_output, x, weight, bias):
    """You compute the maps without the bias; it decides which numbers lie above 0.

    No gradient depends on the bias itself, so it seems to play no part.
    """
    return _back(grad_output, x, weight, np.zeros_like(bias))


def shares_among_four(grad_output, x, weight, bias):
    """You share each gradient among the four pixels; the largest one gets all of it.

    That is the way back through average pooling.
    """
    return _back(grad_output, x, weight, bias, None,
                 lambda grad, maps: F.avg_pool2d_backward(grad, maps, 2))


def gives_it_to_all_four(grad_output, x, weight, bias):
    """You give each gradient to all four pixels; only the largest one made the number.

    np.repeat makes the shapes fit.
    """
    return _back(grad_output, x, weight, bias, None,
                 lambda grad, maps: grad.repeat(2, axis=2).repeat(2, axis=3))


def gives_it_to_the_first_pixel(grad_output, x, weight, bias):
    """You send each gradient to the upper left pixel of its window; it belongs to the largest one.

    x[:, :, ::2, ::2] has the shape of the pooled maps.
    """
    def first(grad, maps):
        grad_maps = np.zeros(maps.shape)
        grad_maps[:, :, ::2, ::2] = grad
        return grad_maps
    return _back(grad_output, x, weight, bias, None, first)


def returns_them_in_the_order_of_the_way_back(grad_output, x, weight, bias):
    """You return (grad_bias, grad_weight, grad_x); the order is that of x, weight and bias.

    The bias comes last on the way forward, so its gradient is there first.
    """
    return _back(grad_output, x, weight, bias)[::-1]


def returns_the_parameters_first(grad_output, x, weight, bias):
    """You return (grad_weight, grad_bias, grad_x); the order is that of x, weight and bias.

    What is learned seems to come first.
    """
    grad_x, grad_weight, grad_bias = _back(grad_output, x, weight, bias)
    return [grad_weight, grad_bias, grad_x]


def takes_means_over_the_images(grad_output, x, weight, bias):
    """You divide by the number of images; the gradients of all images add up.

    The loss often is a mean, but grad_output holds its 1/N already.
    """
    grad_x, grad_weight, grad_bias = _back(grad_output, x, weight, bias)
    return [grad_x, grad_weight / len(x), grad_bias / len(x)]


def turns_the_filter(grad_output, x, weight, bias):
    """You use the filter turned by 180 degrees for grad_x where it is turned already.

    "The way back is a convolution with the flipped kernel": the function has done that.
    """
    _, grad_weight, grad_bias = _back(grad_output, x, weight, bias)
    grad_x, _, _ = _flipped(grad_output, x, weight, bias)
    return [grad_x, grad_weight, grad_bias]


def _flipped(grad_output, x, weight, bias):
    maps = F.conv2d(x, weight, bias)
    pooled = F.max_pool2d(maps, 2)
    grad_maps = F.max_pool2d_backward(grad_output * (pooled > 0), maps, 2)
    return F.conv2d_backward(grad_maps, x, weight[:, :, ::-1, ::-1])


def takes_the_bias_gradient_from_above(grad_output, x, weight, bias):
    """You add up grad_output for the biases; the biases stand in front of pool and ReLU.

    In lecture 09 the gradient of the maps was given, and it had that name.
    """
    grad_x, grad_weight, _ = _back(grad_output, x, weight, bias)
    return [grad_x, grad_weight, grad_output.sum(axis=(0, 2, 3))]


def has_one_bias_for_all_filters(grad_output, x, weight, bias):
    """You add up the gradients of all filters; every filter has a bias of its own.

    A sum over everything is a number, and a bias is a number.
    """
    grad_x, grad_weight, grad_bias = _back(grad_output, x, weight, bias)
    return [grad_x, grad_weight, np.full(len(weight), grad_bias.sum()) + (len(weight) == 1)]
