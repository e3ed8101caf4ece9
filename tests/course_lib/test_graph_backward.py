"""Backpropagation on the graph: by hand, against differences and PyTorch, and its complaints."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_lib import functional as F
from course_lib.graph import MLPGraph, backward, deltas, layered, pred_succ, weight_gradients
from tests.course_lib.graphs import acyclic_graphs
from tests.course_lib.messages import Message, check, unread_raises

# 2-2-2 with connections that skip, and outputs at different depths.
SKIPPING = MLPGraph(
    [1, 2, 3, 4, 5, 6], [(1, 3), (2, 3), (1, 4), (3, 4), (3, 5), (4, 6), (2, 6), (1, 5)]
)


def identity(z: float) -> float:
    return z


def one(z: float) -> float:
    return 1.0


def tanh_prime(z: float) -> float:
    return 1 - math.tanh(z) ** 2


def random_weights(network: MLPGraph, seed: int) -> dict[tuple[int, int], float]:
    rng = np.random.default_rng(seed)
    keys = [(i, j) for i in network.order if network.pred[i] for j in (0, *network.pred[i])]
    return {key: float(rng.normal()) for key in keys}


def error(network, x, targets, w, f) -> float:
    y, _, _ = network.forward(x, w, f)
    return float(((y - targets) ** 2).sum() / 2)


def backpropagated(network, x, targets, w, f, f_prime):
    y, net, a = network.forward(x, w, f)
    return network.backward(y - targets, net, a, w, f_prime)


def test_a_chain_by_hand() -> None:
    """x = 2, net = (3, 10), y = 10, t = 7: delta_3 = 3, delta_2 = 3 * 4."""
    w = {(2, 0): 1, (2, 1): 1, (3, 0): -2, (3, 2): 4}
    network = MLPGraph([1, 2, 3], [(1, 2), (2, 3)])
    gradients, delta = backpropagated(network, [2], [7], w, identity, one)
    assert delta == {2: 12, 3: 3}
    assert gradients == {(2, 0): 12, (2, 1): 24, (3, 0): 3, (3, 2): 9}


def test_the_derivative_is_taken_at_the_summed_input() -> None:
    """f(z) = z^2, so f'(net) = 2 net: net_2 = 3, y = 9, t = 8."""
    w = {(2, 0): 1, (2, 1): 1}
    network = MLPGraph([1, 2], [(1, 2)])
    gradients, delta = backpropagated(network, [2], [8], w, lambda z: z * z, lambda z: 2 * z)
    assert delta == {2: 6}
    assert gradients == {(2, 0): 6, (2, 1): 12}


def test_a_neuron_adds_up_what_all_its_successors_say() -> None:
    edges = [(1, 2), (2, 3), (2, 4)]
    w = {(2, 0): 0, (2, 1): 1, (3, 0): 0, (3, 2): 5, (4, 0): 0, (4, 2): -7}
    network = MLPGraph([1, 2, 3, 4], edges)
    gradients, delta = backpropagated(network, [1], [4, -10], w, identity, one)
    assert delta == {2: 5 * 1 - 7 * 3, 3: 1, 4: 3}
    assert gradients[2, 1] == -16


def test_an_output_may_have_successors() -> None:
    """Then its delta holds both: what the error asks of it and what they do."""
    pred, succ = pred_succ([1, 2, 3], [(1, 2), (2, 3)])
    w = {(2, 0): 0, (2, 1): 1, (3, 0): 0, (3, 2): 10}
    delta = deltas([0.5, 2], [2, 3], [1, 2, 3], succ, {2: 1, 3: 10}, w, one)
    assert delta == {2: 0.5 + 10 * 2, 3: 2}
    assert weight_gradients(delta, pred, {1: 1, 2: 1, 3: 10})[2, 1] == 20.5


def test_the_order_of_the_outputs_is_kept() -> None:
    _, succ = pred_succ([1, 2, 3], [(1, 2), (1, 3)])
    delta = deltas([5, 7], [3, 2], [1, 2, 3], succ, {2: 0, 3: 0}, {}, one)
    assert delta == {3: 5, 2: 7}
    assert list(delta) == [2, 3]


def test_i_n11_a_convolution_as_a_graph_with_shared_weights() -> None:
    """003:309-313: y = 0.45; the shared w adds up the gradients of its three copies."""
    x, w, f = [0, 0.7, 0.2, 0.8], [-1, 1], [1, 0.5, 0]
    hidden = [5, 6, 7]
    edges = [(k + s, h) for k, h in enumerate(hidden, 1) for s in (0, 1)] + [
        (h, 8) for h in hidden
    ]
    network = MLPGraph(range(1, 9), edges)
    weights = {(h, k + s): w[s] for k, h in enumerate(hidden, 1) for s in (0, 1)}
    weights |= {(8, h): f[k] for k, h in enumerate(hidden)}
    weights |= {(i, 0): 0 for i in (*hidden, 8)}
    y, net, a = network.forward(x, weights, identity)
    assert y == pytest.approx([0.45])
    assert [a[h] for h in hidden] == pytest.approx([0.7, -0.5, 0.6])
    assert (y[0] - 1) ** 2 / 2 == pytest.approx(0.15125)
    gradients, delta = network.backward(y - 1, net, a, weights, one)
    grad_w = [sum(gradients[h, k + s] for k, h in enumerate(hidden, 1)) for s in (0, 1)]
    assert grad_w == pytest.approx([-0.1925, -0.44])
    assert [gradients[8, h] for h in hidden] == pytest.approx([-0.385, 0.275, -0.33])
    grad_x = [
        sum(weights[h, j] * delta[h] for h in network.succ[j]) for j in network.inputs
    ]
    assert grad_x == pytest.approx([0.55, -0.275, -0.275, 0.0])


@given(acyclic_graphs(), st.integers(0, 1000))
def test_gradients_equal_finite_differences_on_any_graph(case, seed) -> None:
    network = MLPGraph(*case)
    rng = np.random.default_rng(seed)
    x, targets = rng.normal(size=len(network.inputs)), rng.normal(size=len(network.outputs))
    w = random_weights(network, seed)
    gradients, delta = backpropagated(network, x, targets, w, math.tanh, tanh_prime)
    assert gradients.keys() == w.keys()
    assert set(delta) == set(network.order) - set(network.inputs)
    for key, gradient in gradients.items():
        above, below = ({**w, key: w[key] + step} for step in (1e-6, -1e-6))
        numeric = error(network, x, targets, above, math.tanh) - error(
            network, x, targets, below, math.tanh
        )
        assert gradient == pytest.approx(numeric / 2e-6, rel=1e-6, abs=1e-8)


@given(acyclic_graphs(), st.integers(0, 1000))
def test_every_error_flows_by_itself_and_the_flows_add_up(case, seed) -> None:
    network = MLPGraph(*case)
    rng = np.random.default_rng(seed)
    w = random_weights(network, seed)
    _, net, a = network.forward(rng.normal(size=len(network.inputs)), w, math.tanh)
    one_error, other = rng.normal(size=(2, len(network.outputs)))
    first, _ = network.backward(one_error, net, a, w, tanh_prime)
    second, _ = network.backward(other, net, a, w, tanh_prime)
    both, _ = network.backward(one_error - 3 * other, net, a, w, tanh_prime)
    for key, gradient in both.items():
        assert gradient == pytest.approx(first[key] - 3 * second[key], rel=1e-9, abs=1e-12)


@pytest.mark.may_skip_in_ci(reason="CI installs PyTorch")
@pytest.mark.parametrize("seed", range(3))
def test_gradients_equal_those_of_pytorch(seed) -> None:
    torch = pytest.importorskip("torch")
    rng = np.random.default_rng(seed)
    x, targets = rng.normal(size=2), rng.normal(size=2)
    w = random_weights(SKIPPING, seed)
    gradients, delta = backpropagated(
        SKIPPING, x, targets, w, lambda z: float(F.sigmoid(z)),
        lambda z: float(F.sigmoid_backward(1.0, F.sigmoid(z))),
    )
    tensors = {
        key: torch.tensor(value, dtype=torch.float64, requires_grad=True)
        for key, value in w.items()
    }
    a = dict(zip(SKIPPING.inputs, torch.tensor(x), strict=True))
    net = {}
    for i in SKIPPING.order[2:]:
        net[i] = tensors[i, 0] + sum(tensors[i, j] * a[j] for j in SKIPPING.pred[i])
        net[i].retain_grad()
        a[i] = torch.sigmoid(net[i])
    loss = sum((a[i] - t) ** 2 for i, t in zip(SKIPPING.outputs, targets, strict=True)) / 2
    loss.backward()
    assert gradients == pytest.approx({k: t.grad.item() for k, t in tensors.items()}, rel=1e-9)
    assert delta == pytest.approx({i: z.grad.item() for i, z in net.items()}, rel=1e-9)


def test_the_graph_equals_the_layers() -> None:
    """Deltas and gradients of a 3-4-2 net with w as an array indexed w[target, source]."""
    rng = np.random.default_rng(5)
    network = MLPGraph(*layered([3, 4, 2]))
    w = rng.standard_normal((10, 10))
    x, targets = rng.standard_normal(3), rng.standard_normal(2)
    gradients, _ = backpropagated(network, x, targets, w, math.tanh, tanh_prime)
    hidden = F.tanh(F.linear(x, w[4:8, 1:4], w[4:8, 0]))
    y = F.tanh(F.linear(hidden, w[8:10, 4:8], w[8:10, 0]))
    grad_net = F.tanh_backward(y - targets, y)
    grad_hidden, grad_w2, grad_b2 = F.linear_backward(grad_net, hidden, w[8:10, 4:8])
    _, grad_w1, grad_b1 = F.linear_backward(F.tanh_backward(grad_hidden, hidden), x, w[4:8, 1:4])
    for first, start, weight, bias in ((4, 1, grad_w1, grad_b1), (8, 4, grad_w2, grad_b2)):
        for (row, column), wanted in np.ndenumerate(weight):
            assert gradients[first + row, start + column] == pytest.approx(wanted, rel=1e-12)
        for row, wanted in enumerate(bias):
            assert gradients[first + row, 0] == pytest.approx(wanted, rel=1e-12)


def test_all_numbers_are_plain_floats_and_arguments_stay_as_they_were() -> None:
    w = random_weights(SKIPPING, 0)
    y, net, a = SKIPPING.forward(np.array([1.0, 2.0]), w, math.tanh)
    y.flags.writeable = False
    before = dict(w), dict(net), dict(a), y.copy()
    gradients, delta = SKIPPING.backward(y, net, a, w, tanh_prime)
    assert all(type(value) is float for value in (*gradients.values(), *delta.values()))
    assert (w, net, a) == before[:3]
    np.testing.assert_array_equal(y, before[3])


def test_a_graph_without_edges_has_no_gradients() -> None:
    network = MLPGraph([1, 2], [])
    assert network.backward([], {}, {1: 5.0, 2: 6.0}, {}, one) == ({}, {})


def call(**changes):
    arguments = {
        "grad_y": [1], "outputs": [3], "order": [1, 2, 3],
        "succ": {1: [2], 2: [3], 3: []}, "net": {2: 0.0, 3: 0.0},
        "w": {(2, 1): 1.0, (3, 2): 1.0}, "f_prime": one,
    }
    return deltas(**{**arguments, **changes})


MESSAGES = [
    Message(
        lambda: call(grad_y=[1, 2]), ValueError,
        "deltas expects one number for each of the 1 outputs [3]; got grad_y of shape (2,).",
    ),
    Message(
        lambda: call(grad_y=1.0), ValueError,
        "deltas expects one number for each of the 1 outputs [3]; got grad_y of shape ().",
    ),
    Message(
        lambda: call(outputs=[4]), ValueError,
        "Output 4 is missing in `order`. Pass all nodes.",
    ),
    Message(
        lambda: call(net={2: 0.0, 3: 0.0, 5: 1.0}), ValueError,
        "Neuron 5 is missing in `order`. Pass all nodes.",
    ),
    Message(
        lambda: call(succ={1: [2], 3: []}), ValueError,
        "Neuron 2 is missing in `succ`. Pass all nodes.",
    ),
    Message(
        lambda: call(order=[1, 3, 2]), ValueError,
        "Neuron 2 needs the delta of its successor 3, which comes earlier in `order`, or has no "
        "net. Use topological_order(nodes, edges).",
    ),
    Message(
        lambda: call(w={(2, 1): 1.0, (2, 3): 1.0}), ValueError,
        "deltas misses the weight w[3, 2] of the edge 2 -> 3. (The target comes first.)",
    ),
    Message(
        lambda: weight_gradients({2: 1.0}, {}, {1: 0.0}), ValueError,
        "weight_gradients has a delta for neuron 2, but `pred` lacks it.",
    ),
    Message(
        lambda: weight_gradients({2: 1.0}, {2: [1]}, {2: 0.0}), ValueError,
        "weight_gradients needs the activation of neuron 1 for the edge 1 -> 2, but `a` lacks "
        "it. Did you pass net instead of a?",
    ),
]


@pytest.mark.parametrize("message", MESSAGES, ids=lambda m: m.text[:60])
def test_message(message) -> None:
    check(message)


def test_every_message_is_read() -> None:
    assert unread_raises([backward], MESSAGES) == []
