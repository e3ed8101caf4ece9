"""The multilayer perceptron as an acyclic graph of neurons.

Nodes are positive whole numbers; 0 is kept for the bias. An edge (j, i) means j -> i. A weight
names its target first, w[i, j], and w[i, 0] is the bias of neuron i. Nothing asks for layers,
so a connection may skip as many as it likes. Source: RWTH 000:176-262.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from heapq import heapify, heappop, heappush
from itertools import pairwise

import numpy as np

from course_lib.arrays import Array

Edge = tuple[int, int]
Neighbours = dict[int, list[int]]
Weights = Mapping[Edge, float] | Array


def pred_succ(nodes: Iterable[int], edges: Iterable[Edge]) -> tuple[Neighbours, Neighbours]:
    """Pred(i) = {j : j -> i} and Succ(i) = {k : i -> k}, each list in increasing order.

    Raises TypeError for a node that is no whole number; ValueError for a node below 1 or named
    twice, and for an edge that is written twice, ends where it began or touches an unknown node.
    """
    nodes = _checked_nodes(nodes)
    edges = _checked_edges(nodes, edges)
    pred: Neighbours = {node: [] for node in nodes}
    succ: Neighbours = {node: [] for node in nodes}
    for j, i in sorted(edges):
        pred[i].append(j)
        succ[j].append(i)
    return pred, succ


def classify_nodes(nodes: Iterable[int], edges: Iterable[Edge]) -> dict[str, list[int]]:
    """{"input": no predecessor, "output": no successor, "hidden": the others}, increasing.

    A node without any edge counts as an input. Raises as pred_succ does.
    """
    pred, succ = pred_succ(nodes, edges)
    kinds: dict[str, list[int]] = {"input": [], "hidden": [], "output": []}
    for node in sorted(pred):
        kind = "input" if not pred[node] else "hidden" if succ[node] else "output"
        kinds[kind].append(node)
    return kinds


def topological_order(nodes: Iterable[int], edges: Iterable[Edge]) -> list[int]:
    """All nodes, every one after its predecessors; of several free ones the smallest first.

    Raises ValueError that names a cycle if there is one ("2 -> 5 -> 3 -> 2"), else as pred_succ.
    """
    pred, succ = pred_succ(nodes, edges)
    waiting_for = {node: len(before) for node, before in pred.items()}
    free = [node for node, count in waiting_for.items() if count == 0]
    heapify(free)
    order: list[int] = []
    while free:
        node = heappop(free)
        order.append(node)
        for follower in succ[node]:
            waiting_for[follower] -= 1
            if waiting_for[follower] == 0:
                heappush(free, follower)
    if len(order) < len(pred):
        cycle = " -> ".join(map(str, _a_cycle(pred, set(pred) - set(order))))
        raise ValueError(
            f"The edges contain the cycle {cycle}, so no order exists. Remove one of its edges."
        )
    return order


def forward_graph(
    x: Sequence[float] | Array,
    inputs: Sequence[int],
    outputs: Sequence[int],
    order: Sequence[int],
    pred: Mapping[int, Sequence[int]],
    w: Weights,
    f: Callable[[float], float],
) -> tuple[Array, dict[int, float], dict[int, float]]:
    """net_i = w_i0 + sum of w_ij a_j over j in Pred(i), and a_i = f(net_i), node by node.

    x: one number for each node of `inputs`, in that order. order: all nodes, topologically.
    w: a dict {(i, j): weight} or an array indexed w[i, j]; f: a function of one number.
    Returns y (the activations of `outputs`, in that order, a 1-D array), net (a dict over all
    nodes but the inputs) and a (a dict over all nodes).
    Raises ValueError if the numbers do not match the inputs, if a node comes before one of its
    predecessors, or if a weight is missing. Source: RWTH 000:203-262.
    """
    if np.shape(x) != (len(inputs),):
        raise ValueError(
            f"forward_graph expects one number for each of the {len(inputs)} inputs "
            f"{list(inputs)}; got x of shape {np.shape(x)}."
        )
    a = {node: float(value) for node, value in zip(inputs, x, strict=True)}
    net: dict[int, float] = {}
    for i in order:
        if i in a:
            continue
        if i not in pred:
            raise ValueError(f"Neuron {i} stands in `order` and is no input, but `pred` lacks it.")
        net[i] = _weight(w, i, 0) + sum(
            _weight(w, i, j) * _activation(a, j, needed_by=i) for j in pred[i]
        )
        a[i] = float(f(net[i]))
    return np.array([_activation(a, i, needed_by=None) for i in outputs]), net, a


def layered(sizes: Sequence[int]) -> tuple[list[int], list[Edge]]:
    """The fully connected MLP with these layer sizes: layered([2, 2, 1]) has 5 nodes, 6 edges.

    Nodes are numbered from 1, layer by layer, from the inputs on.
    Raises ValueError for no layer at all or an empty one.
    """
    if len(sizes) == 0 or any(size < 1 for size in sizes):
        raise ValueError(
            f"layered expects at least one layer, each of at least one neuron; got {list(sizes)}."
        )
    layers: list[range] = []
    first = 1
    for size in sizes:
        layers.append(range(first, first + size))
        first += size
    edges = [(j, i) for before, after in pairwise(layers) for j in before for i in after]
    return list(range(1, first)), edges


class MLPGraph:
    """A checked acyclic graph of neurons, with everything that follows from its edges.

    nodes, edges: as given. pred, succ: dicts of lists. inputs, hidden, outputs: lists in
    increasing order. order: topological. depth: the longest way from an input, for each node.
    skip_edges: the edges that jump over a layer, that is, rise by more than one in depth.
    Raises as topological_order does.
    """

    def __init__(self, nodes: Iterable[int], edges: Iterable[Edge]) -> None:
        self.nodes = list(nodes)
        self.edges = [(j, i) for j, i in edges]
        self.order = topological_order(self.nodes, self.edges)
        self.pred, self.succ = pred_succ(self.nodes, self.edges)
        kinds = classify_nodes(self.nodes, self.edges)
        self.inputs, self.hidden, self.outputs = kinds["input"], kinds["hidden"], kinds["output"]
        self.depth: dict[int, int] = {}
        for node in self.order:
            self.depth[node] = max((self.depth[j] + 1 for j in self.pred[node]), default=0)
        self.skip_edges = [(j, i) for j, i in self.edges if self.depth[i] - self.depth[j] > 1]

    def forward(
        self, x: Sequence[float] | Array, w: Weights, f: Callable[[float], float]
    ) -> tuple[Array, dict[int, float], dict[int, float]]:
        """(y, net, a) of forward_graph, with x and y in the order of `inputs` and `outputs`."""
        return forward_graph(x, self.inputs, self.outputs, self.order, self.pred, w, f)


def _checked_nodes(nodes: Iterable[int]) -> list[int]:
    checked: dict[int, None] = {}
    for node in nodes:
        if isinstance(node, bool) or not isinstance(node, int | np.integer):
            raise TypeError(f"A node is a whole number; got {node!r}.")
        if node < 1:
            raise ValueError(f"Nodes are numbered from 1 (0 is kept for the bias); got {node}.")
        if node in checked:
            raise ValueError(f"Node {node} is named twice. Name every node once.")
        checked[int(node)] = None
    return list(checked)


def _checked_edges(nodes: list[int], edges: Iterable[Edge]) -> set[Edge]:
    known = set(nodes)
    checked: set[Edge] = set()
    for j, i in edges:
        for end in (j, i):
            if end not in known:
                raise ValueError(
                    f"Edge ({j}, {i}) touches node {end}, which is not among the nodes "
                    f"{sorted(known)}. Add the node or correct the edge."
                )
        if i == j:
            raise ValueError(f"Edge ({j}, {i}) is a self loop: a neuron cannot feed itself.")
        if (j, i) in checked:
            raise ValueError(f"Edge ({j}, {i}) is written twice. Write every edge once.")
        checked.add((int(j), int(i)))
    return checked


def _a_cycle(pred: Neighbours, stuck: set[int]) -> list[int]:
    """One cycle among nodes that each have a stuck predecessor, from its smallest node on."""
    walk = [min(stuck)]
    while True:
        before = next(j for j in pred[walk[-1]] if j in stuck)
        if before in walk:
            cycle = walk[walk.index(before) :][::-1]  # we walked against the arrows
            start = cycle.index(min(cycle))
            return [*cycle[start:], *cycle[:start], cycle[start]]
        walk.append(before)


def _weight(w: Weights, i: int, j: int) -> float:
    try:
        return float(w[i, j])
    except (KeyError, IndexError):
        what = f"the bias w[{i}, 0]" if j == 0 else f"the weight w[{i}, {j}] of the edge {j} -> {i}"
        raise ValueError(f"forward_graph misses {what}. (The target comes first.)") from None


def _activation(a: Mapping[int, float], node: int, needed_by: int | None) -> float:
    if node in a:
        return a[node]
    if needed_by is None:
        raise ValueError(f"Output {node} is in neither `inputs` nor `order`.")
    raise ValueError(
        f"Neuron {needed_by} needs the activation of {node}, which comes later in `order` or not "
        "at all. Use topological_order(nodes, edges)."
    )
