"""The MLP as a graph: the relations of its nodes, the order, the forward pass, the complaints."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from course_lib import functional as F
from course_lib import graph
from course_lib.graph import (
    MLPGraph,
    classify_nodes,
    forward_graph,
    layered,
    pred_succ,
    topological_order,
)
from tests.course_lib.graphs import acyclic_graphs
from tests.course_lib.messages import Message, check, unread_raises

MODULES = [graph.structure, graph.weights, graph.forward, graph.network]

# 2-2-1 with a connection from input 1 straight to the output, which skips the hidden layer.
NODES = [1, 2, 3, 4, 5]
EDGES = [(4, 5), (2, 4), (1, 3), (1, 5), (3, 5), (1, 4), (2, 3)]


def test_pred_and_succ_of_a_small_network() -> None:
    pred, succ = pred_succ(NODES, EDGES)
    assert pred == {1: [], 2: [], 3: [1, 2], 4: [1, 2], 5: [1, 3, 4]}
    assert succ == {1: [3, 4, 5], 2: [3, 4], 3: [5], 4: [5], 5: []}


@given(acyclic_graphs())
def test_pred_and_succ_are_the_edges_read_both_ways(case) -> None:
    nodes, edges = case
    pred, succ = pred_succ(nodes, edges)
    assert set(pred) == set(succ) == set(nodes)
    assert sorted((j, i) for i in pred for j in pred[i]) == sorted(edges)
    assert sorted((j, i) for j in succ for i in succ[j]) == sorted(edges)
    assert all(around == sorted(around) for around in (*pred.values(), *succ.values()))


def test_kinds_of_nodes() -> None:
    kinds = classify_nodes(NODES, EDGES)
    assert kinds == {"input": [1, 2], "hidden": [3, 4], "output": [5]}
    assert list(kinds) == ["input", "hidden", "output"]


def test_an_isolated_node_counts_as_an_input() -> None:
    kinds = classify_nodes([3, 1, 2], [(3, 1)])
    assert kinds == {"input": [2, 3], "hidden": [], "output": [1]}
    assert topological_order([3, 1, 2], [(3, 1)]) == [2, 3, 1]


@given(acyclic_graphs())
def test_every_node_is_of_one_kind(case) -> None:
    nodes, edges = case
    kinds = classify_nodes(nodes, edges)
    assert sorted(kinds["input"] + kinds["hidden"] + kinds["output"]) == sorted(nodes)
    sources, targets = {j for j, _ in edges}, {i for _, i in edges}
    assert set(kinds["input"]).isdisjoint(targets)
    assert set(kinds["hidden"]) == sources & targets
    assert set(kinds["output"]) == targets - sources


@given(acyclic_graphs())
def test_in_the_order_every_node_follows_its_predecessors(case) -> None:
    nodes, edges = case
    order = topological_order(nodes, edges)
    assert sorted(order) == sorted(nodes)
    assert all(order.index(j) < order.index(i) for j, i in edges)


def test_of_several_free_nodes_the_smallest_comes_first() -> None:
    assert topological_order([5, 4, 3, 2, 1], EDGES) == [1, 2, 3, 4, 5]
    assert topological_order([9, 1, 5], [(9, 1)]) == [5, 9, 1]


@given(acyclic_graphs(), st.data())
def test_the_error_names_a_real_cycle(case, data) -> None:
    nodes, edges = case
    assume(edges)
    pairs = [(j, i) for j in nodes for i in nodes if j != i and (j, i) not in edges]
    edges += data.draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []
    try:
        topological_order(nodes, edges)
    except ValueError as error:
        named = [int(node) for node in str(error).split("cycle ")[1].split(",")[0].split(" -> ")]
        assert len(named) > 2 and named[0] == named[-1] == min(named)
        assert len(set(named)) == len(named) - 1
        assert all(edge in edges for edge in pairwise(named))


def test_layered_numbers_the_neurons_layer_by_layer() -> None:
    nodes, edges = layered([2, 2, 1])
    assert nodes == [1, 2, 3, 4, 5]
    assert edges == [(1, 3), (1, 4), (2, 3), (2, 4), (3, 5), (4, 5)]
    assert layered([3]) == ([1, 2, 3], [])


@pytest.mark.parametrize(
    ("row", "sizes", "count"),
    [
        ("R-n01", (784, 300), 235_500),
        ("R-n02", (300, 100), 30_100),
        ("R-n03", (100, 10), 1_010),
        ("R-n04", (784, 300, 100, 10), 266_610),
    ],
)
def test_edges_and_biases_are_the_parameters(row, sizes, count) -> None:
    nodes, edges = layered(sizes)
    assert len(edges) + len(nodes) - sizes[0] == count


# XOR with step neurons: OR, AND, then OR without AND.
XOR = {
    (3, 0): -0.5, (3, 1): 1, (3, 2): 1,
    (4, 0): -1.5, (4, 1): 1, (4, 2): 1,
    (5, 0): -0.5, (5, 3): 1, (5, 4): -1,
}


@pytest.mark.parametrize(("x", "y"), [((0, 0), 0), ((0, 1), 1), ((1, 0), 1), ((1, 1), 0)])
def test_forward_computes_xor(x, y) -> None:
    answer, net, a = MLPGraph(*layered([2, 2, 1])).forward(x, XOR, F.step)
    assert answer.shape == (1,) and answer[0] == y
    assert set(net) == {3, 4, 5}
    assert set(a) == {1, 2, 3, 4, 5}
    assert (a[1], a[2], a[5]) == (*x, y)
    assert net[3] == sum(x) - 0.5


def test_forward_by_hand_with_a_skip_connection() -> None:
    """net_3 = 1 + 2*3 = 7 and net_4 = -1 + 4*3 + 5*7 = 46, with the identity."""
    edges = [(1, 3), (3, 4), (1, 4), (2, 4)]
    w = {(3, 0): 1, (3, 1): 2, (4, 0): -1, (4, 1): 4, (4, 3): 5, (4, 2): -0.5}
    network = MLPGraph([1, 2, 3, 4], edges)
    y, net, a = network.forward([3, 8], w, lambda z: z)
    assert net == {3: 7, 4: -1 + 4 * 3 + 5 * 7 - 4}
    assert y.tolist() == [42]
    assert a == {1: 3, 2: 8, 3: 7, 4: 42}


def test_the_orders_of_inputs_and_outputs_are_kept() -> None:
    pred, _ = pred_succ([1, 2, 3, 4], [(1, 3), (2, 4)])
    w = {(3, 0): 0, (3, 1): 1, (4, 0): 0, (4, 2): 1}
    y, _, a = forward_graph([10, 20], [2, 1], [4, 3], [1, 2, 3, 4], pred, w, lambda z: z)
    assert a[2] == 10 and a[1] == 20
    assert y.tolist() == [10, 20]


@pytest.mark.parametrize("sizes", [(2, 3, 1), (3, 5, 4, 2), (4, 1)])
@pytest.mark.parametrize("f", [F.sigmoid, F.tanh, F.relu])
def test_the_graph_equals_the_layers(sizes, f) -> None:
    """The same net as matrices, w as an array indexed w[target, source]."""
    rng = np.random.default_rng(3)
    nodes, edges = layered(sizes)
    w = rng.standard_normal((len(nodes) + 1, len(nodes) + 1))
    x = rng.standard_normal(sizes[0])
    y, net, a = MLPGraph(nodes, edges).forward(x, w, f)
    activation, first = x, 1
    for before, after in pairwise(sizes):
        source = slice(first, first + before)
        target = slice(first + before, first + before + after)
        layer_net = F.linear(activation, w[target, source], w[target, 0])
        np.testing.assert_allclose([net[i] for i in nodes[target.start - 1 : target.stop - 1]],
                                   layer_net, rtol=1e-12)
        activation, first = f(layer_net), first + before
    np.testing.assert_allclose(y, activation, rtol=1e-12)
    assert all(type(value) is float for value in (*net.values(), *a.values()))


def test_what_the_graph_knows_of_itself() -> None:
    network = MLPGraph([5, 1, 2, 3, 4], EDGES)
    assert network.nodes == [5, 1, 2, 3, 4] and network.edges == EDGES
    assert (network.inputs, network.hidden, network.outputs) == ([1, 2], [3, 4], [5])
    assert network.order == [1, 2, 3, 4, 5]
    assert network.depth == {1: 0, 2: 0, 3: 1, 4: 1, 5: 2}
    assert network.skip_edges == [(1, 5)]
    assert (network.pred, network.succ) == pred_succ(NODES, EDGES)


@given(acyclic_graphs())
def test_depth_rises_along_every_edge(case) -> None:
    network = MLPGraph(*case)
    for node in network.nodes:
        before = [network.depth[j] for j in network.pred[node]]
        assert network.depth[node] == max(before, default=-1) + 1


def test_arguments_stay_as_they_were() -> None:
    nodes, edges, w = list(NODES), list(EDGES), {**XOR, (5, 1): 2.0}
    network = MLPGraph(nodes, edges)
    network.forward([1, 0], w, F.sigmoid)
    assert (nodes, edges, w) == (NODES, EDGES, {**XOR, (5, 1): 2.0})


def forward(**changes):
    arguments = {
        "x": [1, 0], "inputs": [1, 2], "outputs": [5], "order": [1, 2, 3, 4, 5],
        "pred": pred_succ(*layered([2, 2, 1]))[0], "w": XOR, "f": F.step,
    }
    return forward_graph(**{**arguments, **changes})


MESSAGES = [
    Message(
        lambda: topological_order([1, 2, 3, 4, 5], [(1, 2), (2, 5), (5, 3), (3, 2), (3, 4)]),
        ValueError,
        "The edges contain the cycle 2 -> 5 -> 3 -> 2, so no order exists. "
        "Remove one of its edges.",
    ),
    Message(
        lambda: MLPGraph([7, 2], [(7, 2), (2, 7)]), ValueError,
        "The edges contain the cycle 2 -> 7 -> 2, so no order exists. Remove one of its edges.",
    ),
    Message(
        lambda: pred_succ([1, 2], [(1, 2), (2, 9)]), ValueError,
        "Edge (2, 9) touches node 9, which is not among the nodes [1, 2]. "
        "Add the node or correct the edge.",
    ),
    Message(
        lambda: classify_nodes([1, 2], [(1, 2), (1, 2)]), ValueError,
        "Edge (1, 2) is written twice. Write every edge once.",
    ),
    Message(
        lambda: topological_order([1, 2], [(2, 2)]), ValueError,
        "Edge (2, 2) is a self loop: a neuron cannot feed itself.",
    ),
    Message(
        lambda: pred_succ([0, 1], []), ValueError,
        "Nodes are numbered from 1 (0 is kept for the bias); got 0.",
    ),
    Message(
        lambda: pred_succ([1, 2, 1], []), ValueError,
        "Node 1 is named twice. Name every node once.",
    ),
    Message(
        lambda: pred_succ([1, "h1"], []), TypeError, "A node is a whole number; got 'h1'.",
    ),
    Message(
        lambda: forward(x=[1, 0, 1]), ValueError,
        "forward_graph expects one number for each of the 2 inputs [1, 2]; got x of shape (3,).",
    ),
    Message(
        lambda: forward(w={**XOR, (5, 0): 1, (3, 1): 1} | {(9, 9): 0}, order=[1, 2, 5, 3, 4]),
        ValueError,
        "Neuron 5 needs the activation of 3, which comes later in `order` or not at all. "
        "Use topological_order(nodes, edges).",
    ),
    Message(
        lambda: forward(order=[1, 2, 3, 4, 5, 6]), ValueError,
        "Neuron 6 stands in `order` and is no input, but `pred` lacks it.",
    ),
    Message(
        lambda: forward(outputs=[6]), ValueError,
        "Output 6 is in neither `inputs` nor `order`.",
    ),
    Message(
        lambda: forward(w={key: value for key, value in XOR.items() if key != (4, 0)}),
        ValueError,
        "forward_graph misses the bias w[4, 0]. (The target comes first.)",
    ),
    Message(
        lambda: forward(w={(j, i): value for (i, j), value in XOR.items()}), ValueError,
        "forward_graph misses the bias w[3, 0]. (The target comes first.)",
    ),
    Message(
        lambda: forward(w=np.ones((6, 4))), ValueError,
        "forward_graph misses the weight w[5, 4] of the edge 4 -> 5. (The target comes first.)",
    ),
    Message(
        lambda: layered([2, 0, 1]), ValueError,
        "layered expects at least one layer, each of at least one neuron; got [2, 0, 1].",
    ),
    Message(
        lambda: layered([]), ValueError,
        "layered expects at least one layer, each of at least one neuron; got [].",
    ),
]


@pytest.mark.parametrize("message", MESSAGES, ids=lambda m: m.text[:60])
def test_message(message) -> None:
    check(message)


def test_every_message_is_read() -> None:
    assert unread_raises(MODULES, MESSAGES) == []
