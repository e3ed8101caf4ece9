"""Public cases of 03_multilayer_perceptrons: graphs of neurons, layers, and what they weigh."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from course_lib import functional, graph
from course_lib.arrays import Array
from course_lib.checks.cases import Case, Choice, Number, exercise, kill, quiz
from course_lib.checks.graph_answers import (
    is_topological,
    same_count,
    same_kinds,
    same_neighbours,
    same_pass,
)
from course_lib.checks.probes.multilayer_perceptrons import (
    WITH_SKIP,
    count_cases,
    layer_cases,
    order_cases,
    pass_cases,
    random_graph,
    renamed,
)
from course_lib.checks.values import Function
from course_lib.graph import Edge, Neighbours, Weights

TWO_TWO_ONE = ([1, 2, 3, 4, 5], [(1, 3), (1, 4), (2, 3), (2, 4), (3, 5), (4, 5)])
XOR_WEIGHTS = {
    (3, 0): -1.5, (3, 1): 1.0, (3, 2): 1.0,
    (4, 0): -0.5, (4, 1): 1.0, (4, 2): 1.0, (4, 3): -2.0,
}
UNEQUAL_WEIGHTS = {
    (3, 0): -1.5, (3, 1): 1.0, (3, 2): 2.0,
    (4, 0): 0.25, (4, 1): 1.5, (4, 2): -1.0, (4, 3): -2.0,
}
CYCLE = ([1, 2, 3, 4], [(1, 2), (2, 3), (3, 4), (4, 2)])


@exercise(
    reference=graph.pred_succ,
    compare=same_neighbours,
    hints=(
        "Which node does the arrow of the edge (j, i) leave, and which does it reach?",
        "Every node needs an entry in both dictionaries, also a node that no edge mentions.",
        "Start both dictionaries with an empty list of its own for every node. Then one walk over "
        "the edges adds each edge twice: its source to one list, its target to another.",
    ),
)
def pred_succ() -> Iterator[Case]:
    """List the predecessors and the successors of every node"""
    yield Case("the 2-2-1 network", *TWO_TWO_ONE, family="nets in layers", shown=True)
    yield Case("a skip connection", [1, 2, 3], [(1, 2), (2, 3), (1, 3)],
               family="skip connections", shown=True)
    yield Case("node 4 has no edge", [1, 2, 3, 4], [(1, 3), (2, 3)],
               family="nodes without edges", shown=True)
    rng = np.random.default_rng(31)
    yield Case("3-4-2 in layers", *graph.layered([3, 4, 2]), family="nets in layers")
    yield Case("five nodes and a long jump", [1, 2, 3, 4, 5],
               [(1, 2), (2, 3), (3, 4), (4, 5), (1, 5)], family="skip connections")
    yield Case("two nodes without edges", *random_graph(rng, 5, lone=2),
               family="nodes without edges")
    yield Case("no edge at all", [4, 2, 7], [], family="no edge at all")
    yield Case("a chain with odd numbers", *renamed(rng, range(6), [(k, k + 1) for k in range(5)]),
               family="chains")
    for size in (5, 7, 9):
        yield Case(f"{size} nodes with any numbers", *random_graph(rng, size),
                   family="any numbering, edges in any order")


@exercise(
    reference=graph.classify_nodes,
    compare=same_kinds,
    hints=(
        "Two questions about a node are enough: does anything lead in, does anything lead out?",
        "pred_succ answers both questions. Go through the list `nodes`, not through the edges.",
        "Ask for predecessors first: none makes it an input, whatever else holds. Of the others, "
        "those without successors are outputs.",
    ),
)
def classify_nodes() -> Iterator[Case]:
    """Sort the nodes into input, hidden and output neurons"""
    yield Case("the 2-2-1 network", *TWO_TWO_ONE, family="nets in layers", shown=True)
    yield Case("a skip connection and two outputs", [1, 2, 3, 4], [(1, 2), (2, 3), (1, 4)],
               family="skip connections", shown=True)
    yield Case("node 4 has no edge", [1, 2, 3, 4], [(1, 2), (2, 3)],
               family="nodes without edges", shown=True)
    rng = np.random.default_rng(32)
    yield Case("2-3-4-3 in layers", *graph.layered([2, 3, 4, 3]), family="nets in layers")
    yield Case("2-3-2-2-2 under other names", *renamed(rng, *graph.layered([2, 3, 2, 2, 2])),
               family="any numbering, several outputs")
    yield Case("1-2-3-2 under other names", *renamed(rng, *graph.layered([1, 2, 3, 2])),
               family="any numbering, several outputs")
    yield Case("a chain with a jump over everything", [6, 5, 4, 3],
               [(3, 4), (4, 5), (5, 6), (3, 6)], family="skip connections")
    yield Case("no hidden neuron", *graph.layered([3, 2]), family="no hidden neurons")
    yield Case("3-2-2 and two nodes without edges", *renamed(rng, *graph.layered([3, 2, 2]), 2),
               family="nodes without edges")
    yield Case("nothing but nodes", [5, 2], [], family="nodes without edges")
    for size in (6, 8):
        yield Case(f"{size} nodes at random", *random_graph(rng, size, lone=1),
                   family="random graphs")


@exercise(
    reference=graph.topological_order,
    compare=is_topological,
    hints=(
        "Which nodes could you write down first, because they wait for nobody?",
        "Once a node is written down, look at its successors: which of them wait for nobody now?",
        "Count for every node how many predecessors are still missing. Write down the nodes whose "
        "count is zero, lower the counts of their successors, and go on. If nodes are left when "
        "no count is zero, there is a cycle.",
    ),
)
def topological_order() -> Iterator[Case]:
    """Put every node after all of its predecessors"""
    yield Case("the 2-2-1 network", *TWO_TWO_ONE, family="nets in layers", shown=True)
    yield Case("numbered against the arrows", [1, 2, 3], [(3, 1), (1, 2), (3, 2)],
               family="any numbering", shown=True)
    yield Case("a cycle behind node 1", *CYCLE, family="longer cycles", shown=True)
    rng = np.random.default_rng(33)
    yield from order_cases(rng, graphs=12, layers=([3, 2, 4], [2, 3, 2, 1]))


def _forward_graph(
    x: Sequence[float] | Array, inputs: Sequence[int], outputs: Sequence[int],
    order: Sequence[int], pred: Neighbours, w: Weights, f: Callable[[float], float],
) -> tuple[list[float], dict[int, float], dict[int, float]]:
    y, net, a = graph.forward_graph(x, inputs, outputs, order, pred, w, f)
    return y.tolist(), net, a


@exercise(
    reference=_forward_graph,
    compare=same_pass,
    hints=(
        "The algorithm (pseudo-code beside the XOR net) first gives the input neurons their "
        "activations. Which numbers do they take, and from which position of x?",
        "Go through `order`. Input neurons have their activation already; every other neuron has "
        "a net input first and an activation from it.",
        "net_i starts with w[i, 0] and adds w[i, j] * a[j] for every j in pred[i]. Then a_i is "
        "f(net_i). In the end read y from a, in the order of `outputs`.",
    ),
)
def forward_graph() -> Iterator[Case]:
    """Send a pattern through a graph of neurons"""
    pred, _ = graph.pred_succ(*WITH_SKIP)
    xor = ([1, 2], [4], [1, 2, 3, 4], pred, XOR_WEIGHTS)
    yield Case("XOR of 1 and 0", [1.0, 0.0], *xor, Function("step"), family="XOR", shown=True)
    yield Case("XOR of 1 and 1", [1.0, 1.0], *xor, Function("step"), family="XOR", shown=True)
    yield Case("XOR of 0.5 and 0.25, without f", [0.5, 0.25], *xor, Function("identity"),
               family="other activation functions", shown=True)
    yield Case("the inputs in the order 2, 1", [0.5, 0.25], [2, 1], *xor[1:4], UNEQUAL_WEIGHTS,
               Function("identity"), family="inputs in any order", shown=True)
    rng = np.random.default_rng(34)
    yield from pass_cases(rng, layers=[3, 4, 2], wide=[2, 3, 4])


def _layer(x: Array, W: Array, b: Array | None = None, form: str = "Wx+b") -> Array:
    if form not in ("xW+b", "Wx+b", "Wx'"):
        raise ValueError(f'layer knows the forms "xW+b", "Wx+b" and "Wx\'"; got {form!r}.')
    x, weight = np.asarray(x, dtype=float), np.asarray(W, dtype=float)
    if form == "Wx'":
        if b is not None:
            raise ValueError('With "Wx\'" the bias is the last column of W; leave b out.')
        weight, b = weight[:, :-1], weight[:, -1]
    elif form == "xW+b":
        weight = weight.T
    return functional.linear(x, weight, None if b is None else np.asarray(b, dtype=float))


@exercise(
    reference=_layer,
    hints=(
        "In two of the three forms W has one row for each neuron. What is different in the third?",
        "Bring all three forms to one, with W of shape (m, n) and a separate bias. In Wx' the "
        "last column of W is the bias.",
        "For a sample or for rows of samples, x @ W.T + b is the same formula. Compare the shapes "
        "before you multiply, because NumPy refuses some slips and stretches others.",
    ),
)
def layer() -> Iterator[Case]:
    """Compute the net inputs of a fully connected layer in three notations"""
    W = np.array([[1.0, 0.0, -1.0, 2.0], [0.0, 3.0, 1.0, 0.0], [2.0, 1.0, 0.0, -1.0]])
    b = np.array([0.5, -1.0, 0.0])
    x = np.array([1.0, 2.0, 3.0, 4.0])
    yield Case("4 -> 3, written Wx + b", x, W, b, family="one sample", shown=True)
    yield Case("4 -> 3, written xW + b", x, W.T, b, "xW+b", family="one sample", shown=True)
    yield Case("4 -> 3, written Wx'", x, np.column_stack([W, b]), form="Wx'",
               family="bias inside W", shown=True)
    yield Case("a bias of length 1 for three neurons", x, W, b[:1],
               family="shapes that do not fit raise ValueError", shown=True)
    yield from layer_cases(np.random.default_rng(35), 5, 3, 4)


def _count_fc(
    sizes: Sequence[int], bias: bool = True, dtype: str = "float32"
) -> tuple[int, int]:
    count = sum(n * m + (m if bias else 0) for n, m in pairwise(sizes))
    return count, count * np.dtype(dtype).itemsize


@exercise(
    reference=_count_fc,
    compare=same_count,
    hints=(
        "Take two neighbouring layers with n and m neurons: how many lines run between them?",
        "Every neuron except the inputs has one bias weight, so m of them belong to each pair.",
        "Add n * m + m over all pairs of neighbouring layers (without + m if bias is False). "
        "A float32 has 32 bits, and a byte has 8.",
    ),
)
def count_fc() -> Iterator[Case]:
    """Count the parameters of a fully connected net, and their bytes"""
    yield Case("784-300-100-10", [784, 300, 100, 10], family="nets of the decks", shown=True)
    yield Case("3-2 without biases", [3, 2], False, family="without biases", shown=True)
    yield Case("3-4-2 in float64", [3, 4, 2], dtype="float64", family="other dtypes", shown=True)
    yield Case("one layer for 512 x 512 pixels", [512 * 512, 64], family="nets of the decks")
    yield from count_cases(np.random.default_rng(36))


def _number_of_paths(nodes: Sequence[int], edges: Sequence[Edge]) -> dict[int, float]:
    """The activations if every weight and every input is 1, every bias 0, and f the identity."""
    graph_ = graph.MLPGraph(nodes, edges)
    w = {(i, j): 1.0 for j, i in graph_.edges} | {(i, 0): 0.0 for i in graph_.nodes}
    return graph_.forward(np.ones(len(graph_.inputs)), w, lambda net: net)[2]


def _number_of_paths_by_number(nodes: Sequence[int], edges: Sequence[Edge]) -> dict[int, float]:
    pred, _ = graph.pred_succ(nodes, edges)
    a = {i: 1.0 for i in nodes if not pred[i]}
    for i in sorted(nodes):
        if pred[i]:
            a[i] = sum(a.get(j, 0.0) for j in pred[i])
    return a


def _is_a_network(nodes: Any, edges: Any) -> str | None:
    if not isinstance(nodes, (list, tuple)) or not isinstance(edges, (list, tuple)):
        return "return two lists: the nodes, and the edges as pairs (j, i)."
    if not all(isinstance(edge, (list, tuple)) and len(edge) == 2 for edge in edges):
        return "every edge is a pair (j, i) of two nodes."
    graph.topological_order(nodes, edges)  # complains about cycles and unknown nodes
    return None


@kill(
    right=_number_of_paths,
    wrong=_number_of_paths_by_number,
    valid=_is_a_network,
    hints=(
        "In which graphs is the increasing order of the numbers a topological order?",
        "The wrong code needs a neuron that is visited before one of its predecessors.",
        "One edge from a larger number to a smaller one is needed, and its source must not be an "
        "input, since inputs are known from the start.",
    ),
)
def kill_numeric_order() -> None:
    """Find a network that exposes a forward pass in numerical order"""


@quiz(
    a=Choice("Which neurons are the source of no connection?",
             w="input neurons", x="hidden neurons", y="output neurons", z="all of them"),
    b=Choice("Which connection does w_53 belong to?",
             w="from 5 to 3", x="from 3 to 5", y="none, it is a bias"),
    c=Number("How many bias weights does a 2-3-1 network have?"),
    d=Choice("Edges 1 -> 2, 2 -> 3, 2 -> 4, 3 -> 4: which one is a skip connection?",
             w="1 -> 2", x="2 -> 3", y="2 -> 4", z="3 -> 4"),
    e=Choice("Edges 1 -> 2, 2 -> 3, 3 -> 1: is this a multilayer perceptron?",
             w="yes", x="no", y="only with small weights"),
    digests={"a": "201165cdc19b2d71", "b": "766d6398d30827dd", "c": "ce9a46d0a2a1abf9",
             "d": "c2ed866dad929398", "e": "c60b2005b25855bb"},
    wrong={
        ("a", "w"): "Input neurons are where everything starts; they are sources only.",
        ("a", "x"): "A hidden neuron feeds somebody, or nobody would notice it.",
        ("a", "z"): "Then there would be no connections at all.",
        ("b", "w"): "The first index is the target: net_5 is where w_53 is used.",
        ("b", "y"): "A bias has 0 as its second index.",
        ("c", 2): "A bias belongs to a neuron, not to a layer.",
        ("c", 3): "These are the biases of the hidden neurons. The output has one as well.",
        ("c", 6): "Inputs have no net input, so they have no bias.",
        ("c", 9): "These are the connections, 2 * 3 + 3 * 1.",
        ("d", "w"): "Node 2 sits in the layer right behind node 1.",
        ("d", "x"): "Node 3 sits in the layer right behind node 2.",
        ("d", "z"): "Node 4 sits in the layer right behind node 3.",
        ("e", "w"): "Which of the three would you compute first?",
        ("e", "y"): "The order of computing does not depend on the weights.",
    },
)
def quiz_graphs() -> None:
    """Neurons and connections"""


@quiz(
    a=Number("Parameters of one neuron that sees 5 x 5 pixels in three channels?"),
    b=Number("Parameters of 1000 neurons that see 1000 x 1000 pixels in three channels?"),
    c=Choice("Where do the 49,152 surplus parameters on the slide come from?",
             w="a bias for every input", x="the output layer counted twice",
             y="a bias for every hidden neuron", z="a fourth channel"),
    d=Choice("All images shuffled by one fixed permutation, the MLP trained anew: its accuracy",
             w="falls", x="can be just as good", y="rises"),
    e=Choice("What does an MLP not know about the flattened image?",
             w="how bright each pixel is", x="which pixels are neighbours",
             y="how many pixels there are"),
    f=Choice("Why is a digit not read any more after it moved by one pixel?",
             w="it meets weights that learned something else", x="the net gets too many inputs",
             y="the biases move along", z="the sigmoid saturates"),
    digests={"a": "2fe4f12e2b886d43", "b": "c21b60d5f8c08891", "c": "825deaa676febb0a",
             "d": "122d8f7b8ab3d9ce", "e": "cdeee332167c06d2", "f": "30b030691c34be8b"},
    wrong={
        ("a", 75): "These are the weights. A neuron has a bias, too.",
        ("a", 26): "That is one channel; there are three.",
        ("a", 25): "That is one channel, and no bias.",
        ("b", 3_000_000_000): "These are the weights. Each of the 1000 neurons has a bias.",
        ("b", 3_003_001_000): "You gave the inputs a bias.",
        ("b", 1_000_001_000): "That is one channel; there are three.",
        ("c", "x"): "The output layer has only 4096 * 10 + 10 parameters.",
        ("c", "y"): "There are 4096 hidden neurons, and their biases belong there.",
        ("c", "z"): "That would add 128 * 128 * 4096 weights.",
        ("d", "w"): "It falls if you do not train anew. Permute the columns of W as well.",
        ("d", "y"): "Nothing is gained by the new places.",
        ("e", "w"): "The intensities are the inputs.",
        ("e", "y"): "Their number is the length of the vector.",
        ("f", "x"): "The image has the same number of pixels before and after.",
        ("f", "y"): "A bias does not belong to a place in the image.",
        ("f", "z"): "The same digit lets it work at the old place.",
    },
)
def quiz_images() -> None:
    """Counting and flattening"""
