"""Who is connected to whom: predecessors, successors, kinds of neurons, an order.

Nodes are positive whole numbers; 0 is kept for the bias. An edge (j, i) means j -> i. Nothing
asks for layers, so a connection may skip as many as it likes. Source: RWTH 000:176-197.
"""

from collections.abc import Iterable, Sequence
from heapq import heapify, heappop, heappush
from itertools import pairwise

import numpy as np

Edge = tuple[int, int]
Neighbours = dict[int, list[int]]


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
