"""Wrong beliefs about the forward pass through a graph of neurons."""


def forgets_the_bias(x, inputs, outputs, order, pred, w, f):
    """You sum over the predecessors only; every neuron that is no input adds its bias w[i, 0].

    The sum sign is the eye-catcher of the formula, and 0 is in no list of predecessors.
    """
    return _pass(x, inputs, outputs, order, pred, w, f, bias=lambda i: 0.0)


def gives_output_neurons_no_bias(x, inputs, outputs, order, pred, w, f):
    """You leave the bias out at the output neurons; they have one like all neurons with a sum.

    One slide gives a bias to "all hidden neurons". The formula two slides on, and the count of
    weights later, give one to the output neurons as well.
    """
    return _pass(
        x, inputs, outputs, order, pred, w, f, bias=lambda i: 0.0 if i in outputs else w[i, 0]
    )


def subtracts_the_bias(x, inputs, outputs, order, pred, w, f):
    """You subtract w[i, 0]; the bias is added (a threshold would be subtracted).

    A threshold t and a bias b are the same thing with opposite signs: b = -t.
    """
    return _pass(x, inputs, outputs, order, pred, w, f, bias=lambda i: -w[i, 0])


def leaves_the_outputs_linear(x, inputs, outputs, order, pred, w, f):
    """You return net_i at the output neurons; here f is applied to them as well.

    In many libraries the last layer has no activation. In this exercise every neuron but the
    inputs has one.
    """
    a = {i: float(value) for i, value in zip(inputs, x)}
    net = {}
    for i in order:
        if i not in inputs:
            net[i] = w[i, 0] + sum(w[i, j] * a[j] for j in pred[i])
            a[i] = net[i] if i in outputs else f(net[i])
    return [a[i] for i in outputs], net, a


def activates_the_outputs_only(x, inputs, outputs, order, pred, w, f):
    """You apply f to the outputs only; every hidden neuron sends f(net_i) on, too.

    "First all the sums, then the activation function at the end" sounds like a saving.
    """
    a = {i: float(value) for i, value in zip(inputs, x)}
    net = {}
    for i in order:
        if i not in inputs:
            net[i] = w[i, 0] + sum(w[i, j] * a[j] for j in pred[i])
            a[i] = f(net[i]) if i in outputs else net[i]
    return [a[i] for i in outputs], net, a


def squashes_the_inputs(x, inputs, outputs, order, pred, w, f):
    """You apply f to the inputs; an input neuron passes its feature on as it is, a_i = x_i.

    "Every neuron has an activation" is read as "every neuron applies the activation function".
    """
    return _pass([f(float(value)) for value in x], inputs, outputs, order, pred, w, f)


def squashes_before_summing(x, inputs, outputs, order, pred, w, f):
    """You apply f to every product and then add; first the whole sum is formed, then f acts once.

    f of a sum is not the sum of f, unless f is the identity.
    """
    a = {i: float(value) for i, value in zip(inputs, x)}
    net = {}
    for i in order:
        if i not in inputs:
            net[i] = w[i, 0] + sum(w[i, j] * a[j] for j in pred[i])
            a[i] = f(w[i, 0]) + sum(f(w[i, j] * a[j]) for j in pred[i])
    return [a[i] for i in outputs], net, a


def passes_net_on_instead_of_the_activation(x, inputs, outputs, order, pred, w, f):
    """You multiply the weights by net_j; the neighbours see the activation a_j = f(net_j).

    Then all hidden neurons together are one linear function, whatever f is.
    """
    net = {i: float(value) for i, value in zip(inputs, x)}
    for i in order:
        if i not in inputs:
            net[i] = w[i, 0] + sum(w[i, j] * net[j] for j in pred[i])
    a = {i: net[i] if i in inputs else f(net[i]) for i in order}
    return [a[i] for i in outputs], {i: net[i] for i in order if i not in inputs}, a


def goes_by_number(x, inputs, outputs, order, pred, w, f):
    """You go through the neurons by number; a neuron must wait until its predecessors are done.

    The numbers are names. What is not computed yet silently counts as 0 here.
    """
    a = {i: 0.0 for i in order} | {i: float(value) for i, value in zip(inputs, x)}
    net = {}
    for i in sorted(order):
        if i not in inputs:
            net[i] = w[i, 0] + sum(w[i, j] * a[j] for j in pred[i])
            a[i] = f(net[i])
    return [a[i] for i in outputs], net, a


def reads_x_by_node_number(x, inputs, outputs, order, pred, w, f):
    """You take x[i - 1] for input neuron i; x follows the list `inputs`, position by position.

    On the slide a_i is set to x_i, because there the inputs carry the numbers 1, 2, 3 ...
    """
    return _pass([x[i - 1] for i in inputs], inputs, outputs, order, pred, w, f)


def gives_x_to_the_inputs_by_size(x, inputs, outputs, order, pred, w, f):
    """You hand out x by increasing node number; x follows the list `inputs` as it is given.

    Harmless as long as the caller names the inputs in increasing order.
    """
    return _pass(x, sorted(inputs), outputs, order, pred, w, f)


def gives_x_to_the_inputs_in_topological_order(x, inputs, outputs, order, pred, w, f):
    """You hand out x along `order`; x[k] belongs to inputs[k], wherever that stands in `order`.

    One loop over all nodes, with the next number of x for each input it meets, reads well.
    """
    return _pass(x, [i for i in order if i in inputs], outputs, order, pred, w, f)


def returns_net_as_y(x, inputs, outputs, order, pred, w, f):
    """You collect y from net; the output of a neuron is its activation, so y comes from a.

    In nets with a linear last layer the two are the same.
    """
    _, net, a = _pass(x, inputs, outputs, order, pred, w, f)
    return [net[i] for i in outputs], net, a


def returns_a_before_net(x, inputs, outputs, order, pred, w, f):
    """You return (y, a, net); the statement asks for (y, net, a), so swap the last two.

    Two dictionaries over almost the same nodes are easily put in the wrong places.
    """
    y, net, a = _pass(x, inputs, outputs, order, pred, w, f)
    return y, a, net


def sorts_the_outputs(x, inputs, outputs, order, pred, w, f):
    """You list y by increasing node number; y follows the list `outputs` as it is given.

    Harmless as long as the caller names the outputs in increasing order.
    """
    return _pass(x, inputs, sorted(outputs), order, pred, w, f)


def puts_the_source_first(x, inputs, outputs, order, pred, w, f):
    """You look the weight up as w[j, i]; the target comes first: w[i, j] belongs to j -> i.

    The edge is written (j, i), and one expects the weight to be indexed in the same way.
    """
    turned = {(i, j): w[j, i] for i in order for j in pred[i]}
    return _pass(x, inputs, outputs, order, pred, turned, f)


def _pass(x, inputs, outputs, order, pred, w, f, bias=None):
    a = {i: float(value) for i, value in zip(inputs, x)}
    net = {}
    for i in order:
        if i not in inputs:
            net[i] = (w[i, 0] if bias is None else bias(i)) + sum(w[i, j] * a[j] for j in pred[i])
            a[i] = f(net[i])
    return [a[i] for i in outputs], net, a
