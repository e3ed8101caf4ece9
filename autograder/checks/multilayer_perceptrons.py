"""Hidden cases of 03_multilayer_perceptrons: the public families with other numbers and sizes."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from autograder.checks.hidden import answers, hidden
from course_lib import graph
from course_lib.checks.cases import Case
from course_lib.checks.multilayer_perceptrons import XOR_WEIGHTS
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


def _sizes(rng: np.random.Generator, layers: int) -> list[int]:
    """Pairwise different layer sizes, none of them 1."""
    return [int(size) for size in 2 + rng.permutation(layers + 1)[:layers]]


@hidden
def pred_succ(rng: np.random.Generator) -> Iterator[Case]:
    yield Case("a net in layers", *graph.layered(_sizes(rng, 3)), family="nets in layers")
    length = int(rng.integers(5, 9))
    chain = [(k, k + 1) for k in range(length - 1)]
    yield Case("a chain", *renamed(rng, range(length), chain), family="chains")
    for jump in (2, length - 1):
        yield Case(f"a chain and a jump by {jump}",
                   *renamed(rng, range(length), [*chain, (0, jump)]), family="skip connections")
    for lone in (1, 3):
        size = int(rng.integers(3, 8))
        yield Case(f"{lone} node(s) without edges", *random_graph(rng, size, lone=lone),
                   family="nodes without edges")
    yield Case("no edge at all", *renamed(rng, range(length), []), family="no edge at all")
    for k, size in enumerate(rng.integers(5, 12, 6).tolist(), start=1):
        yield Case(f"random graph {k}, {size} nodes", *random_graph(rng, size),
                   family="any numbering, edges in any order")


@hidden
def classify_nodes(rng: np.random.Generator) -> Iterator[Case]:
    yield Case("a net in layers", *graph.layered(_sizes(rng, 4)), family="nets in layers")
    for layers in (3, 4, 5):
        yield Case(f"{layers} layers under other names",
                   *renamed(rng, *graph.layered(_sizes(rng, layers))),
                   family="any numbering, several outputs")
    length = int(rng.integers(4, 9))
    chain = [(k, k + 1) for k in range(length - 1)]
    yield Case("a chain with a jump over everything",
               *renamed(rng, range(length), [*chain, (0, length - 1)]), family="skip connections")
    yield Case("a chain and a second output",
               *renamed(rng, range(length + 1), [*chain, (0, length)]), family="skip connections")
    yield Case("no hidden neuron", *renamed(rng, *graph.layered(_sizes(rng, 2))),
               family="no hidden neurons")
    yield Case("nothing but nodes", *renamed(rng, range(length), []), family="nodes without edges")
    for lone in (1, 2):
        yield Case(f"{lone} node(s) without edges",
                   *renamed(rng, *graph.layered(_sizes(rng, 3)), lone),
                   family="nodes without edges")
    for k, size in enumerate(rng.integers(5, 12, 5).tolist(), start=1):
        yield Case(f"random graph {k}, {size} nodes", *random_graph(rng, size, lone=1),
                   family="random graphs")


@hidden
def topological_order(rng: np.random.Generator) -> Iterator[Case]:
    yield from order_cases(rng, graphs=40, layers=[_sizes(rng, 3), _sizes(rng, 4)])


@hidden
def forward_graph(rng: np.random.Generator) -> Iterator[Case]:
    pred, _ = graph.pred_succ(*WITH_SKIP)
    for f in ("step", "sigmoid"):
        w = {key: value * float(rng.uniform(1, 9)) for key, value in XOR_WEIGHTS.items()}
        yield Case(f"an XOR net with other weights, {f}", rng.integers(0, 2, 2).astype(float),
                   [1, 2], [4], [2, 1, 3, 4], pred, w, Function(f), family="XOR")
    yield from pass_cases(rng, layers=_sizes(rng, 4), wide=sorted(_sizes(rng, 3)))


@hidden
def layer(rng: np.random.Generator) -> Iterator[Case]:
    samples, features, neurons = (3 + rng.permutation(7)[:3]).tolist()
    yield from layer_cases(rng, samples, features, neurons)
    for case in layer_cases(rng, samples + 7, neurons, features):
        yield Case(f"{case.title}, other sizes", *case.args, family=case.family, **case.kwargs)


@hidden
def count_fc(rng: np.random.Generator) -> Iterator[Case]:
    yield Case("784-300-100-10 at another side", [int(rng.integers(29, 257)) ** 2, 300, 100, 10],
               family="nets of the decks")
    yield Case("128 x 128 x 3 pixels", [128 * 128 * 3, 4096, 10], family="nets of the decks")
    yield from count_cases(rng)


answers(
    quiz_graphs={"a": "y", "b": "x", "c": 4, "d": "y", "e": "x"},
    quiz_images={"a": 76, "b": 3_000_001_000, "c": "w", "d": "x", "e": "x", "f": "w"},
)
