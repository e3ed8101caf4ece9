"""Probes for 03_multilayer_perceptrons: the cases that both sides of the boundary draw.

Every generator yields every family on every draw; only numbers and sizes come from `rng`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np

from course_lib import graph
from course_lib.checks.cases import Case
from course_lib.checks.values import Function
from course_lib.graph import Edge

WITH_SKIP = ([1, 2, 3, 4], [(1, 3), (2, 3), (1, 4), (2, 4), (3, 4)])


def random_graph(
    rng: np.random.Generator, size: int, density: float = 0.4, lone: int = 0
) -> tuple[list[int], list[Edge]]:
    """An acyclic graph with random numbers as names, nodes and edges in random order.

    `size` nodes have an edge, `lone` more have none.
    """
    edges = [(a, b) for b in range(size) for a in range(b) if rng.random() < density]
    for b in range(1, size):
        if not any(b in edge for edge in edges):
            edges.append((int(rng.integers(b)), b))
    if not any(0 in edge for edge in edges):
        edges.append((0, size - 1))
    return renamed(rng, range(size), edges, lone)


def renamed(
    rng: np.random.Generator, nodes: Sequence[int], edges: Sequence[Edge], lone: int = 0
) -> tuple[list[int], list[Edge]]:
    """The same graph under random names, everything shuffled, with `lone` more nodes."""
    count = len(nodes) + lone
    names = rng.choice(np.arange(1, 3 * count + 1), count, replace=False).tolist()
    name = dict(zip(nodes, names, strict=False))
    return rng.permutation(names).tolist(), shuffled(rng, [(name[j], name[i]) for j, i in edges])


def shuffled(rng: np.random.Generator, edges: Sequence[Edge]) -> list[Edge]:
    """The same edges in another order."""
    return [edges[k] for k in rng.permutation(len(edges))]


def network(
    rng: np.random.Generator, nodes: Sequence[int], edges: Sequence[Edge], f: str = "sigmoid"
) -> tuple[Any, ...]:
    """Arguments for forward_graph: random x and w; inputs, outputs and order in no special order.

    The topological order is drawn among all that are possible, so inputs may stand anywhere in it.
    Numbers have two decimals, so that a learner can follow a case by hand.
    """
    pred, _ = graph.pred_succ(nodes, edges)
    kinds = graph.classify_nodes(nodes, edges)
    order: list[int] = []
    while len(order) < len(nodes):
        ready = [n for n in nodes if n not in order and all(j in order for j in pred[n])]
        order.append(int(rng.choice(ready)))
    w = {(i, j): round(float(rng.normal()), 2) for i in nodes if pred[i] for j in [0, *pred[i]]}
    inputs = rng.permutation(kinds["input"]).tolist()
    outputs = rng.permutation(kinds["output"]).tolist()
    return rng.normal(size=len(inputs)).round(2), inputs, outputs, order, pred, w, Function(f)


def order_cases(
    rng: np.random.Generator, graphs: int, layers: Iterable[list[int]]
) -> Iterator[Case]:
    """Cases of every family; the sides of the boundary differ in numbers and sizes only."""
    for sizes in layers:
        title = "-".join(map(str, sizes))
        yield Case(f"{title} in layers", *graph.layered(sizes), family="nets in layers")
        yield Case(f"{title} under other names", *renamed(rng, *graph.layered(sizes)),
                   family="any numbering")
    for length in rng.permutation([3, 4, 5, 6])[:3].tolist():
        chain = [(k, k + 1) for k in range(1, length)]
        skips = [*chain, (1, length)]
        nodes = list(range(1, length + 1))
        yield Case(f"a chain of {length} with a skip connection", *renamed(rng, nodes, skips),
                   family="skip connections")
        yield Case(f"a cycle of {length}", *renamed(rng, nodes, [*chain, (length, 1)]),
                   family="longer cycles")
        behind = [*chain, (length, length + 1), (length + 1, 2)]
        yield Case(f"a cycle of {length} behind a node",
                   *renamed(rng, [*nodes, length + 1], behind), family="longer cycles")
    yield Case("two paths that meet", *renamed(rng, *WITH_SKIP), family="skip connections")
    yield Case("two nodes that feed each other", *renamed(rng, [1, 2, 3], [(1, 2), (2, 3), (3, 2)]),
               family="cycles of one or two nodes")
    yield Case("a node that feeds itself", *renamed(rng, [1, 2, 3], [(1, 2), (2, 2), (2, 3)]),
               family="cycles of one or two nodes")
    for lone in (1, 2):
        yield Case(f"with {lone} node(s) without edges", *random_graph(rng, 5, lone=lone),
                   family="nodes without edges")
    yield Case("no edge at all", rng.permutation([2, 3, 5]).tolist(), [],
               family="nodes without edges")
    for k, size in enumerate(rng.integers(4, 11, graphs).tolist(), start=1):
        yield Case(f"random graph {k}, {size} nodes", *random_graph(rng, size),
                   family="random graphs")


def pass_cases(rng: np.random.Generator, layers: list[int], wide: list[int]) -> Iterator[Case]:
    """Cases of every family but XOR; the sides of the boundary differ in numbers and sizes."""
    title = "-".join(map(str, layers))
    yield Case(f"{title} in layers", *network(rng, *graph.layered(layers)), family="nets in layers")
    x, inputs, outputs, *rest = network(rng, *renamed(rng, *graph.layered(wide)))
    yield Case("several outputs, largest first", x, inputs, sorted(outputs, reverse=True), *rest,
               family="several outputs in any order")
    yield Case("several outputs", x, inputs, sorted(outputs, reverse=True)[1:], *rest,
               family="several outputs in any order")
    x, inputs, *rest = network(rng, *renamed(rng, *graph.layered([3, 2, 1])))
    yield Case("inputs in another order", x, sorted(inputs, reverse=True), *rest,
               family="inputs in any order")
    yield Case("inputs in another order, x a list", x.tolist()[::-1], sorted(inputs), *rest,
               family="inputs in any order")
    for size in (5, 7):
        yield Case(f"{size} neurons with skip connections", *network(rng, *random_graph(rng, size)),
                   family="skip connections, any numbering")
        x, *rest = network(rng, *random_graph(rng, size, 0.6, lone=1), f="tanh")
        yield Case(f"{size} neurons, all inputs zero", np.zeros_like(x), *rest,
                   family="all inputs zero")
    for f in ("tanh", "relu", "square", "identity"):
        yield Case(f"f is {f}", *network(rng, *random_graph(rng, 6, 0.6), f=f),
                   family="other activation functions")


def layer_cases(rng: np.random.Generator, N: int, n: int, m: int) -> Iterator[Case]:
    """Cases of every family for N samples, n features and m neurons, pairwise different."""
    X, x, W, b = (rng.normal(size=shape).round(2) for shape in ((N, n), n, (m, n), m))
    augmented = np.column_stack([W, b])
    square, c = rng.normal(size=(n, n)).round(2), rng.normal(size=n).round(2)
    for form, weight, bias in (("Wx+b", W, b), ("xW+b", W.T, b), ("Wx'", augmented, None)):
        family = "bias inside W" if form == "Wx'" else "batches"
        yield Case(f"{N} samples, {form}", X, weight, bias, form, family=family)
        yield Case(f"one sample, {form}", x, weight, bias, form, family="one sample")
        yield Case(f"a batch of one, {form}", X[:1], weight, bias, form, family="batches of one")
    yield Case("as many samples as features", square.T, W, b, family="batches")
    yield Case("one neuron", X, W[:1], b[:1], family="one neuron")
    yield Case("one neuron, one sample", x, W[:1].T, b[:1], "xW+b", family="one neuron")
    yield Case("square W, Wx+b", X, square, c, family="square W")
    yield Case("square W, one sample", x, square, c, family="square W")
    yield Case("square W, xW+b", X, square, c, form="xW+b", family="square W")
    yield Case("no bias, Wx+b", X, W, family="no bias")
    yield Case("no bias, xW+b", x, W.T, form="xW+b", family="no bias")
    whole, matrix = rng.integers(-5, 6, (N, n)), rng.integers(-5, 6, (m, n))
    for title, form, sample, factors in (
        ("whole numbers, Wx+b", "Wx+b", whole, matrix),
        ("whole numbers, xW+b", "xW+b", whole, matrix.T),
        ("whole numbers, one sample", "Wx+b", whole[0], matrix),
    ):
        yield Case(title, sample, factors, b, form, family="whole numbers in x and W")
    for title, *call in (
        ("W transposed", X, W.T, b),
        ("W not transposed for xW+b", x, W, b, "xW+b"),
        ("no column for the bias", x, W, None, "Wx'"),
        ("b beside Wx'", x, augmented, b, "Wx'"),
        ("b with one entry too many", X, W, np.append(b, 1.0)),
        ("b of length 1", X, W, b[:1]),
        ("b as a row (1, m)", X, W, b[None]),
        ("b as a column (m, 1)", x, W, b[:, None]),
        ("an unknown form", x, W, b, "Wx-b"),
    ):
        yield Case(title, *call, family="shapes that do not fit raise ValueError")


def count_cases(rng: np.random.Generator) -> Iterator[Case]:
    """Cases of every family; the sides of the boundary differ in numbers and sizes only."""
    def sizes(layers: int) -> list[int]:
        return rng.permutation(np.arange(2, 40))[:layers].tolist()

    for layers in (3, 4, 6):
        yield Case(f"{layers} layers", sizes(layers), family="several layers")
    yield Case("two layers", sizes(2), family="one matrix only")
    for layers in (3, 4):
        yield Case(f"{layers} layers, no bias", sizes(layers), bias=False, family="without biases")
    for dtype in ("float16", "float64"):
        yield Case(f"{dtype}", sizes(4), dtype=dtype, family="other dtypes")
        yield Case(f"{dtype}, no bias", sizes(3), False, dtype, family="other dtypes")
    side, neurons = int(rng.integers(30, 200)), int(rng.integers(50, 5000))
    yield Case(f"colour image with side {side}", [side * side * 3, neurons, 10],
               family="flattened images")
    yield Case(f"gray image with side {side}", [side * side, neurons, 7, 10],
               family="flattened images")
