"""Unusual but right forward passes."""

import numpy as np


def recursion_from_the_outputs(x, inputs, outputs, order, pred, w, f):
    """Asks backwards for what it needs and remembers it; `order` is used for the rest only."""
    a, net = {}, {}

    def activation(i):
        if i not in a:
            if i in inputs:
                a[i] = x[list(inputs).index(i)]
            else:
                net[i] = w[i, 0] + sum(w[i, j] * activation(j) for j in pred[i])
                a[i] = f(net[i])
        return a[i]

    y = tuple(activation(i) for i in outputs)
    for i in order:
        activation(i)
    return y, net, a


def dot_products(x, inputs, outputs, order, pred, w, f):
    """One dot product for each neuron with the bias as the weight of a constant 1."""
    a = dict(zip(inputs, np.asarray(x, float)))
    net = {}
    for i in (node for node in order if node not in a):
        sources = [1.0] + [a[j] for j in pred[i]]
        weights = [w[i, j] for j in [0, *pred[i]]]
        net[i] = np.dot(weights, sources)
        a[i] = f(net[i])
    return np.array([a[i] for i in outputs]), net, a


def bias_as_a_neuron_that_is_always_one(x, inputs, outputs, order, pred, w, f):
    """Neuron 0 has the activation 1 during the pass; a list [y, net, a] as the result."""
    a = {0: 1.0}
    a.update((i, float(value)) for i, value in zip(inputs, x))
    net = {}
    for i in order:
        if i in a:
            continue
        net[i] = 0.0
        for j in [*pred[i], 0]:
            net[i] += w[i, j] * a[j]
        a[i] = f(net[i])
    del a[0]
    return [[a[i] for i in outputs], net, a]
