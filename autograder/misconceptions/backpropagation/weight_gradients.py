"""Wrong beliefs about the gradient of a single weight."""


def forgets_the_biases(delta, pred, a):
    """You leave the biases out; every neuron that has a delta has a bias w[i, 0] to learn.

    0 is in no list of predecessors, so a loop over pred never meets it.
    """
    return {(i, j): delta[i] * a[j] for i in delta for j in pred[i]}


def multiplies_the_bias_by_the_activation(delta, pred, a):
    """You multiply the gradient of a bias by an activation; a bias starts at a constant 1.

    All other gradients are a product with an activation.
    """
    return _all(delta, pred, lambda i, j: delta[i] * a[j], lambda i: delta[i] * a[i])


def uses_the_activation_at_the_end(delta, pred, a):
    """You multiply by a[i] where the connection ends; the weight w_ij is multiplied by a[j].

    Both ends have an activation, and delta_i a_i look as if they belonged together.
    """
    return _all(delta, pred, lambda i, j: delta[i] * a[i], lambda i: delta[i])


def uses_the_delta_where_the_connection_starts(delta, pred, a):
    """You use delta[j] of the source; w_ij acts on net_i, so delta[i] of the target counts.

    Backward, source and target seem to have changed their roles.
    """
    return _all(delta, pred, lambda i, j: delta.get(j, 0.0) * a[i], lambda i: delta[i])


def names_the_source_first(delta, pred, a):
    """You use (j, i) as the key; weights and their gradients name the target first, (i, j).

    The connection is written j -> i.
    """
    return _all(delta, pred, lambda i, j: delta[i] * a[j], lambda i: delta[i], turned=True)


def returns_the_step_instead_of_the_gradient(delta, pred, a):
    """You return minus the gradient; the minus belongs to the update, w - lr * gradient.

    What one wants in the end is a step downwards.
    """
    return _all(delta, pred, lambda i, j: -delta[i] * a[j], lambda i: -delta[i])


def leaves_out_the_weights_of_the_inputs(delta, pred, a):
    """You skip connections that come from input neurons; their weights are learned as well.

    Inputs have no delta, so they seem to take no part in learning.
    """
    made = {(i, 0): delta[i] for i in delta}
    return made | {(i, j): delta[i] * a[j] for i in delta for j in pred[i] if j in delta}


def leaves_out_the_activation(delta, pred, a):
    """You give every weight the delta of its neuron; multiply by the activation it is fed with.

    "delta is the gradient" is true for the bias only.
    """
    return _all(delta, pred, lambda i, j: delta[i], lambda i: delta[i])


def _all(delta, pred, weight, bias, turned=False):
    made = {}
    for i in delta:
        made[i, 0] = bias(i)
        for j in pred[i]:
            made[(j, i) if turned else (i, j)] = weight(i, j)
    return made
