"""Unusual but right ways back through a layer."""

import numpy as np


def einsum_for_everything(grad_a, net, x, weight, f_prime):
    """einsum without a single transpose; a list as the result."""
    delta = np.einsum("Nm,Nm->Nm", grad_a, f_prime(net))
    return [
        np.einsum("Nm,mn->Nn", delta, weight),
        np.einsum("Nm,Nn->mn", delta, x),
        np.einsum("Nm->m", delta),
    ]


def sample_by_sample(grad_a, net, x, weight, f_prime):
    """One sample after the other, outer products added up."""
    grad_x, grad_weight = np.zeros(x.shape), np.zeros(weight.shape)
    grad_bias = np.zeros(len(weight))
    for k in range(len(x)):
        delta = f_prime(net[k]) * grad_a[k]
        grad_x[k] = weight.T @ delta
        grad_weight += np.outer(delta, x[k])
        grad_bias += delta
    return grad_x, grad_weight, grad_bias


def the_bias_as_a_column_of_ones(grad_a, net, x, weight, f_prime):
    """One product gives the gradients of weights and biases together."""
    delta = np.multiply(f_prime(net), grad_a)
    both = delta.T @ np.column_stack([x, np.ones(len(x))])
    return np.dot(delta, weight), both[:, :-1], both[:, -1]
