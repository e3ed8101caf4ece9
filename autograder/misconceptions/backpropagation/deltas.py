"""Wrong beliefs about sending the error back through a graph of neurons."""


def forgets_the_slope_of_the_activation(grad_y, outputs, order, succ, net, w, f_prime):
    """You leave out f'(net_i); what arrives at a neuron passes through its activation function.

    Weights are what is learned, so they seem to be all that the error meets on its way.
    """
    return _back(grad_y, outputs, order, succ, net, w, lambda i, s: s)


def spares_the_outputs_the_slope(grad_y, outputs, order, succ, net, w, f_prime):
    """You take grad_y as the delta of the outputs; they have an activation function, too.

    With softmax and cross-entropy delta is y - t indeed; the slope cancels there. Not here.
    """
    return _back(grad_y, outputs, order, succ, net, w,
                 lambda i, s: s if i in outputs else f_prime(net[i]) * s)


def takes_the_slope_at_the_error(grad_y, outputs, order, succ, net, w, f_prime):
    """You evaluate f' at what arrives from behind; it belongs to net_i, and is multiplied.

    Forward, f is applied to what arrives, so one applies f' to what arrives backward.
    """
    return _back(grad_y, outputs, order, succ, net, w, lambda i, s: f_prime(s))


def takes_the_slope_of_the_successor(grad_y, outputs, order, succ, net, w, f_prime):
    """You multiply by f'(net_k) of the successors; their slope is in delta_k already, f'(net_i)
    is missing.

    In the formula net and delta of two neurons stand close together.
    """
    share, delta = dict(zip(outputs, grad_y)), {}
    for i in reversed(order):
        if i in net:
            s = sum(w[k, i] * delta[k] * f_prime(net[k]) for k in succ[i])
            delta[i] = f_prime(net[i]) * share[i] if i in share else s
    return delta


def hears_the_last_successor_only(grad_y, outputs, order, succ, net, w, f_prime):
    """You overwrite what one successor says by what the next one says; add it all up.

    In a chain every neuron has one successor, and = and += are the same.
    """
    return _back(grad_y, outputs, order, succ, net, w, lambda i, s: f_prime(net[i]) * s,
                 join=lambda parts: parts[-1])


def averages_over_the_successors(grad_y, outputs, order, succ, net, w, f_prime):
    """You take the mean over the successors; a neuron with more of them has more influence.

    "Its share of the blame" sounds like an average.
    """
    return _back(grad_y, outputs, order, succ, net, w, lambda i, s: f_prime(net[i]) * s,
                 join=lambda parts: sum(parts) / len(parts))


def forgets_the_weights_on_the_way_back(grad_y, outputs, order, succ, net, w, f_prime):
    """You add the deltas of the successors without the weights w[k, i] that lie between.

    The error is said to "flow back", as if every pipe were equally wide.
    """
    return _back(grad_y, outputs, order, succ, net, w, lambda i, s: f_prime(net[i]) * s,
                 weight=lambda k, i: 1.0)


def reads_the_weights_backwards(grad_y, outputs, order, succ, net, w, f_prime):
    """You look up w[i, k] for the way back; the weight of i -> k keeps its name w[k, i].

    Backward everything is turned round, so the index is turned round, too.
    """
    return _back(grad_y, outputs, order, succ, net, w, lambda i, s: f_prime(net[i]) * s,
                 weight=lambda k, i: w[i, k])


def walks_forward(grad_y, outputs, order, succ, net, w, f_prime):
    """You go through `order` from the front; a delta needs those of its successors first.

    It worked for the forward pass. What is not known yet silently counts as 0 here.
    """
    return _back(grad_y, outputs, list(reversed(order)), succ, net, w,
                 lambda i, s: f_prime(net[i]) * s)


def stops_at_an_output(grad_y, outputs, order, succ, net, w, f_prime):
    """You give an output its own error and no more; if it has successors, they add to it.

    In nets in layers no output feeds anybody.
    """
    share, delta = dict(zip(outputs, grad_y)), {}
    for i in reversed(order):
        if i in net:
            s = share[i] if i in share else sum(w[k, i] * delta[k] for k in succ[i])
            delta[i] = f_prime(net[i]) * s
    return delta


def gives_every_output_the_error_one(grad_y, outputs, order, succ, net, w, f_prime):
    """You start with 1 at every output; grad_y says how much the error grows with each of them.

    Many examples differentiate y itself, and there the start is 1.
    """
    ones = [1.0] * len(outputs)
    return _back(ones, outputs, order, succ, net, w, lambda i, s: f_prime(net[i]) * s)


def hands_out_grad_y_by_number(grad_y, outputs, order, succ, net, w, f_prime):
    """You hand out grad_y by increasing node number; it follows the list `outputs` as it is given.

    Harmless as long as the caller names the outputs in increasing order.
    """
    return _back(grad_y, sorted(outputs), order, succ, net, w, lambda i, s: f_prime(net[i]) * s)


def _back(grad_y, outputs, order, succ, net, w, finish, join=sum, weight=None):
    share, delta = dict(zip(outputs, grad_y)), {}
    weight = weight or (lambda k, i: w[k, i])
    for i in reversed(order):
        if i in net:
            parts = [weight(k, i) * delta.get(k, 0.0) for k in succ[i]]
            delta[i] = finish(i, share.get(i, 0.0) + (join(parts) if parts else 0.0))
    return delta
