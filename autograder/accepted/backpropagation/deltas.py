"""Unusual but right ways to send the error back."""


def hands_out_instead_of_asking(grad_y, outputs, order, succ, net, w, f_prime):
    """Every neuron gives to its predecessors, found by turning succ round."""
    pred = {}
    for j in succ:
        for i in succ[j]:
            pred.setdefault(i, []).append(j)
    felt = dict.fromkeys(order, 0.0)
    for i, g in zip(outputs, grad_y):
        felt[i] += g
    delta = {}
    for i in list(order)[::-1]:
        if i in net:
            delta[i] = felt[i] * f_prime(net[i])
            for j in pred[i]:
                felt[j] += delta[i] * w[i, j]
    return delta


def recursion_with_a_memory(grad_y, outputs, order, succ, net, w, f_prime):
    """Asks the successors recursively and never looks at `order`."""
    known = {}

    def delta(i):
        if i not in known:
            own = sum(g for o, g in zip(outputs, grad_y) if o == i)
            felt = own + sum(w[k, i] * delta(k) for k in succ[i])
            known[i] = f_prime(net[i]) * felt
        return known[i]

    return {i: delta(i) for i in net}


def a_few_sweeps_until_nothing_changes(grad_y, outputs, order, succ, net, w, f_prime):
    """Repeats the formula for all neurons as often as there are neurons."""
    own = {i: float(g) for i, g in zip(outputs, grad_y)}
    delta = {i: 0.0 for i in net}
    for _ in net:
        delta = {
            i: f_prime(net[i]) * (own.get(i, 0) + sum(w[k, i] * delta[k] for k in succ[i]))
            for i in net
        }
    return delta
