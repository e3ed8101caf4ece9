"""What people believe about the way back through a residual unit."""

import numpy as np


def _forward(x, w1, w2, w_s):
    net = x @ w1.T
    a = np.maximum(net, 0)
    residual = a @ w2.T
    return net, a, residual, residual + (x if w_s is None else x @ w_s.T)


def _back(grad, x, w1, w2, w_s, net, a, *, inner=None, way=1.0, through=1.0, w_s_grad=None):
    """The right way back, with places where a belief can put in something else."""
    inside = (grad @ w2) * ((net > 0) if inner is None else inner)
    around = grad if w_s_grad is None else w_s_grad
    grad_x = through * (inside @ w1) + way * (around if w_s is None else around @ w_s)
    return grad_x, inside.T @ x, grad.T @ a, None if w_s is None else around.T @ x


def forgets_the_way_around(grad_output, x, w1, w2, w_s=None):
    """You send the gradient back through R only; it also comes back around.

    The way around has no layer, so nothing seems to happen there.
    """
    net, a, _, total = _forward(x, w1, w2, w_s)
    return _back(grad_output * (total > 0), x, w1, w2, w_s, net, a, way=0.0)


def goes_around_only(grad_output, x, w1, w2, w_s=None):
    """You send the gradient by x around only; R depends on x as well.

    "The gradient flows through the shortcut" is said so often.
    """
    net, a, _, total = _forward(x, w1, w2, w_s)
    return _back(grad_output * (total > 0), x, w1, w2, w_s, net, a, through=0.0)


def shares_between_the_ways(grad_output, x, w1, w2, w_s=None):
    """You give half of the gradient to each way; at a sum both ways get all of it.

    A fork seems to divide what flows.
    """
    net, a, _, total = _forward(x, w1, w2, w_s)
    return _back(grad_output * (total > 0) / 2, x, w1, w2, w_s, net, a)


def forgets_the_outer_relu(grad_output, x, w1, w2, w_s=None):
    """You leave out the ReLU behind the sum; where the sum was below 0 nothing comes back.

    The picture of a shortcut shows a free road.
    """
    net, a, _, _ = _forward(x, w1, w2, w_s)
    return _back(grad_output, x, w1, w2, w_s, net, a)


def forgets_the_inner_relu(grad_output, x, w1, w2, w_s=None):
    """You leave out the ReLU inside R; where net was below 0 nothing goes on to w1.

    One ReLU was thought of already.
    """
    net, a, _, total = _forward(x, w1, w2, w_s)
    return _back(grad_output * (total > 0), x, w1, w2, w_s, net, a, inner=1.0)


def looks_at_r_only(grad_output, x, w1, w2, w_s=None):
    """You take the signs of R(x) for the outer ReLU; it saw the sum.

    In a plain network they are the same.
    """
    net, a, residual, _ = _forward(x, w1, w2, w_s)
    return _back(grad_output * (residual > 0), x, w1, w2, w_s, net, a)


def lets_the_way_around_pass_the_relu(grad_output, x, w1, w2, w_s=None):
    """You let the way around skip the outer ReLU; it stands behind the sum, on both ways.

    "Around" is taken to lead around everything.
    """
    net, a, _, total = _forward(x, w1, w2, w_s)
    return _back(grad_output * (total > 0), x, w1, w2, w_s, net, a, w_s_grad=grad_output)


def switches_by_the_gradient(grad_output, x, w1, w2, w_s=None):
    """You apply ReLU to the gradient; what counts are the signs on the way forward.

    "Backward through ReLU" sounds like ReLU of what comes back.
    """
    net, a, _, _ = _forward(x, w1, w2, w_s)
    grad = np.maximum(grad_output, 0)
    return _back(grad, x, w1, w2, w_s, net, a, inner=(grad @ w2) > 0)


def averages_over_the_batch(grad_output, x, w1, w2, w_s=None):
    """You divide the gradients of the weights by N; every sample adds its part.

    A loss that is a mean has its 1/N in grad_output already.
    """
    net, a, _, total = _forward(x, w1, w2, w_s)
    grad_x, *others = _back(grad_output * (total > 0), x, w1, w2, w_s, net, a)
    return grad_x, *(None if grad is None else grad / len(x) for grad in others)


def multiplies_w2_by_net(grad_output, x, w1, w2, w_s=None):
    """You multiply by net for the gradient of w2; w2 meets what ReLU let through.

    net stands ready for the signs.
    """
    net, a, _, total = _forward(x, w1, w2, w_s)
    grad = grad_output * (total > 0)
    grad_x, grad_w1, _, grad_w_s = _back(grad, x, w1, w2, w_s, net, a)
    return grad_x, grad_w1, grad.T @ net, grad_w_s


def turns_the_weights_gradients(grad_output, x, w1, w2, w_s=None):
    """You return the gradients of the weights turned round; they have the shapes of the weights.

    x.T @ grad is as common as grad.T @ x, for weights (in, out).
    """
    net, a, _, total = _forward(x, w1, w2, w_s)
    grad_x, *others = _back(grad_output * (total > 0), x, w1, w2, w_s, net, a)
    return grad_x, *(None if grad is None else grad.T for grad in others)


def adds_x_past_the_layer(grad_output, x, w1, w2, w_s=None):
    """You let the gradient come around unchanged; a layer on that way turns it by its weights.

    Without a layer it does come around unchanged.
    """
    net, a, _, total = _forward(x, w1, w2, w_s)
    grad = grad_output * (total > 0)
    grad_x, grad_w1, grad_w2, grad_w_s = _back(grad, x, w1, w2, w_s, net, a, way=0.0)
    return grad_x + grad, grad_w1, grad_w2, grad_w_s
