"""Probes for 05_backpropagation: the cases that both sides of the boundary draw.

Every generator yields every family on every draw; only numbers and sizes come from `rng`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from course_lib import graph
from course_lib.arrays import Array
from course_lib.checks.cases import Case
from course_lib.checks.functions import build
from course_lib.checks.probes.multilayer_perceptrons import network, random_graph, renamed
from course_lib.checks.values import Function
from course_lib.graph import Edge


def two_decimals(rng: np.random.Generator, *shape: int) -> Array:
    """Numbers away from 0 that can be followed by hand."""
    return (rng.choice([-1.0, 1.0], shape) * rng.uniform(0.2, 2.5, shape)).round(2)


def numeric_cases(rng: np.random.Generator, D: int, rows: int, cols: int) -> Iterator[Case]:
    """Cases of every family for D numbers, and a matrix of rows x cols, pairwise different."""

    def polynomial(*shape: int) -> Function:
        powers = (two_decimals(rng, *shape) for _ in range(3))
        return Function("polynomial", *powers, float(two_decimals(rng)))

    for h in (0.5, 0.1):
        yield Case(f"{D} numbers, h = {h}", polynomial(D), two_decimals(rng, D), h,
                   family="large steps h")
    yield Case(f"{D} numbers, the usual h", polynomial(D), two_decimals(rng, D),
               family="the usual step")
    yield Case(f"a matrix {rows} x {cols}", polynomial(rows, cols), two_decimals(rng, rows, cols),
               0.25, family="matrices")
    x, t = two_decimals(rng, D, cols), two_decimals(rng, D, rows)
    yield Case("the error of a layer by its weights", Function("layer_error", x, t),
               (0.3 * two_decimals(rng, rows, cols)).round(2), family="matrices")
    yield Case("three axes", polynomial(2, rows, cols), two_decimals(rng, 2, rows, cols), 0.25,
               family="more axes")
    yield Case("one number", polynomial(1), two_decimals(rng, 1), 0.5, family="one number")
    whole = rng.permutation(np.arange(-3, 6))[:D]
    yield Case("whole numbers in w", polynomial(D), whole, family="whole numbers in w")
    yield Case("whole numbers in w, h = 0.5", polynomial(D), whole, 0.5,
               family="whole numbers in w")
    around = two_decimals(rng, D)
    around[int(rng.integers(D))] = 0.0
    yield Case("a weight that is 0", polynomial(D), around, 0.25, family="weights that are 0")
    yield Case("all weights 0", polynomial(D), np.zeros(D), 0.5, family="weights that are 0")


def error_cases(rng: np.random.Generator, D: int, rows: int, cols: int) -> Iterator[Case]:
    """Two gradients, close together, far apart, opposite, zero here and there."""
    a = two_decimals(rng, D)
    yield Case(f"{D} numbers, 1 % off", a, a * 1.01, family="close together")
    b = a.copy()
    b[int(rng.integers(D))] *= 1.5
    yield Case("one entry 50 % off", a, b, family="one entry off")
    yield Case("one entry 50 % off, the other way round", b, a, family="one entry off")
    yield Case("unrelated", two_decimals(rng, D), two_decimals(rng, D), family="far apart")
    yield Case("opposite signs", a, -a, family="far apart")
    turned = a.copy()
    turned[int(rng.integers(D))] *= -1
    yield Case("one opposite sign", a, turned, family="one entry off")
    yield Case("all too small", 0.9 * np.abs(a), np.abs(a), family="close together")
    yield Case("half as large", np.abs(a), 2 * np.abs(a), family="far apart")
    M, off = two_decimals(rng, rows, cols), two_decimals(rng, rows, cols)
    yield Case("matrices", M, M + 0.01 * off, family="matrices")
    small = M * 10.0 ** rng.integers(-8, -3, (rows, cols))
    yield Case("small entries beside large ones", small, small + 1e-7 * off,
               family="matrices")
    zeros, both = a.copy(), a * 1.2
    k = int(rng.integers(D))
    zeros[k] = both[k] = 0.0
    yield Case("both 0 at one place", zeros, both, family="zeros")
    yield Case("both 0 everywhere", np.zeros(D), np.zeros(D), family="zeros")
    only = a * 1.01
    only[k] = 0.0
    yield Case("one of them 0 at one place", a, only, family="zeros")
    first = float(a[0])
    yield Case("two numbers", first, first * 1.25, family="two numbers")
    yield Case("equal", a, a.copy(), family="equal")


def _backward_case(
    title: str, family: str, rng: np.random.Generator, nodes: Sequence[int],
    edges: Sequence[Edge], f: str = "sigmoid", extra_outputs: int = 0,
) -> Case:
    """Arguments for deltas on a net with random weights; see `network`."""
    x, inputs, outputs, order, _, w, _ = network(rng, nodes, edges, f)
    made = graph.MLPGraph(nodes, edges)
    hidden = rng.permutation(made.hidden)[:extra_outputs].tolist()
    outputs = rng.permutation([*outputs, *hidden]).tolist()
    _, net, _ = graph.forward_graph(x, inputs, outputs, order, made.pred, w, build(Function(f)))
    rounded = {i: round(value, 2) for i, value in net.items()}
    grad_y = two_decimals(rng, len(outputs))
    return Case(title, grad_y, outputs, order, made.succ, rounded, w, Function("derivative", f),
                family=family)


def delta_cases(rng: np.random.Generator, layers: list[int]) -> Iterator[Case]:
    """Cases of every family; `layers` are the sizes of a net with more than one output."""
    title = "-".join(map(str, layers))
    yield _backward_case(f"{title} in layers", "nets in layers", rng, *graph.layered(layers))
    yield _backward_case(f"{title} in layers, f = tanh", "nets in layers", rng,
                         *graph.layered(layers), f="tanh")
    for size in (5, 7):
        yield _backward_case(f"{size} neurons with skip connections",
                             "skip connections, any numbering", rng, *random_graph(rng, size, 0.6))
    yield _backward_case("several outputs in any order", "several outputs in any order", rng,
                         *renamed(rng, *graph.layered([2, 3, 4])))
    yield _backward_case("a chain", "chains", rng,
                         *renamed(rng, range(5), [(k, k + 1) for k in range(4)]), f="tanh")
    for size in (6, 8):
        graph_ = renamed(rng, *graph.layered([2, size - 4, 2, 1]))
        yield _backward_case(f"{size + 1} neurons, hidden ones are outputs, too",
                             "outputs with successors", rng, *graph_, extra_outputs=2)
    nodes, edges = renamed(rng, *graph.layered([2, 3, 2]))
    case = _backward_case("an end that is no output", "ends that are no output", rng, nodes, edges)
    grad_y, outputs, *rest = case.args
    yield Case(case.title, grad_y[:1], outputs[:1], *rest, family=case.family)
    for f in ("identity", "square", "relu"):
        yield _backward_case(f"f is {f}", "other activation functions", rng,
                             *random_graph(rng, 6, 0.6), f=f)


def gradient_cases(rng: np.random.Generator, layers: list[int]) -> Iterator[Case]:
    """Arguments for weight_gradients: delta, pred, a."""
    def case(title: str, family: str, nodes: Sequence[int], edges: Sequence[Edge]) -> Case:
        pred, _ = graph.pred_succ(nodes, edges)
        delta = {i: float(two_decimals(rng)) for i in nodes if pred[i]}
        a = {i: float(two_decimals(rng)) for i in nodes}
        return Case(title, delta, pred, a, family=family)

    title = "-".join(map(str, layers))
    yield case(f"{title} in layers", "nets in layers", *graph.layered(layers))
    yield case(f"{title} under other names", "any numbering", *renamed(rng, *graph.layered(layers)))
    for size in (5, 7):
        yield case(f"{size} neurons at random", "skip connections", *random_graph(rng, size, 0.6))
    yield case("with nodes without edges", "nodes without edges",
               *random_graph(rng, 5, 0.6, lone=2))
    silent = case("activations that are 0", "activations that are 0", *graph.layered(layers))
    delta, pred, a = silent.args
    quiet = {i: 0.0 if k % 2 else value for k, (i, value) in enumerate(a.items())}
    yield Case(silent.title, delta, pred, quiet, family=silent.family)
    yield case("no hidden neurons", "no hidden neurons", *graph.layered([3, 2]))


def dense_cases(rng: np.random.Generator, N: int, n: int, m: int) -> Iterator[Case]:
    """Arguments for dense_backward with N samples, n inputs, m neurons, pairwise different."""
    def case(title: str, family: str, N: int, n: int, m: int, f: str = "tanh") -> Case:
        x, weight, net, grad_a = (
            two_decimals(rng, *shape) for shape in ((N, n), (m, n), (N, m), (N, m))
        )
        return Case(title, grad_a, net, x, weight, Function("derivative", f), family=family)

    yield case(f"{N} samples, {n} inputs, {m} neurons", "batches", N, n, m)
    yield case(f"{n} samples, {m} inputs, {N} neurons", "batches", n, m, N)
    yield case("one sample", "batches of one", 1, n, m)
    yield case("one neuron", "one neuron", N, n, 1)
    yield case("one input", "one input", N, 1, m)
    yield case("as many inputs as neurons", "square weight", N, n, n)
    yield case("as many samples, inputs and neurons", "square weight", n, n, n)
    for f in ("sigmoid", "relu", "identity", "square"):
        yield case(f"f is {f}", "other activation functions", N, n, m, f)
    large = case("very large net inputs", "very large net inputs", N, n, m, "sigmoid")
    grad_a, net, *rest = large.args
    yield Case(large.title, grad_a, 400 * net, *rest, family=large.family)


def slope_cases(rng: np.random.Generator) -> Iterator[Case]:
    """Every operation, for positive and negative numbers, large ones too."""
    for operation in ("+", "-", "*", "/"):
        for a_sign, b_sign in ((1, 1), (-1, 1), (1, -1)):
            a, b = a_sign * rng.uniform(0.2, 3), b_sign * rng.uniform(0.2, 3)
            yield Case(f"{a:.2f} {operation} {b:.2f}", operation, round(a, 2), round(b, 2),
                       family=f"a {operation} b")
    for operation in ("tanh", "relu"):
        for k, sign in enumerate((1, -1, 1, -1), start=1):
            a = round(sign * float(rng.uniform(0.2, 2)), 2)
            yield Case(f"{operation}({a}), number {k}", operation, a, family=operation)
    yield Case("0 * b", "*", 0.0, float(two_decimals(rng)), family="zero as a number")
    yield Case("0 / b", "/", 0.0, float(two_decimals(rng)), family="zero as a number")
    yield Case("a + 0", "+", float(two_decimals(rng)), 0.0, family="zero as a number")
    for sign in (1, -1):
        yield Case(f"{'-' * (sign < 0)}tanh far out", "tanh", sign * 30.0, family="tanh far out")


def _tape(rng: np.random.Generator, given: int, operations: int) -> tuple[Any, Any]:
    """(parts, slopes) of a random computation; some numbers are used often, some never."""
    parts: list[list[int]] = [[] for _ in range(given)]
    for k in range(given, given + operations):
        count = int(rng.integers(1, 3))
        recent = rng.integers(max(0, k - 4), k, count)
        parts.append(recent.tolist())
    slopes = [two_decimals(rng, len(p)).tolist() for p in parts]
    return parts, slopes


def tape_cases(rng: np.random.Generator, given: int, length: int) -> Iterator[Case]:
    """Arguments for reverse_pass: parts, slopes, result."""
    def slopes_of(parts: list[list[int]]) -> list[list[float]]:
        return [two_decimals(rng, len(p)).tolist() for p in parts]

    for k in range(4):
        parts, slopes = _tape(rng, given + k, 5 + k)
        yield Case(f"random computation {k + 1}", parts, slopes, len(parts) - 1,
                   family="random computations")
    parts = [[], [], [0, 1], [2, 2], [3, 0]]
    yield Case("a number times itself", parts, slopes_of(parts), 4, family="a number used twice")
    parts = [[], [0], [1, 1], [1], [3, 2]]
    yield Case("a number times itself inside", parts, slopes_of(parts), 4,
               family="a number used twice")
    parts = [[], [0], [0], [1, 2], [0, 3]]
    yield Case("a number on three ways", parts, slopes_of(parts), 4, family="a number used twice")
    parts, slopes = _tape(rng, given, 7)
    yield Case("the result is not the last", parts, slopes, len(parts) - 3,
               family="results before the end")
    yield Case("the result is a given number", parts, slopes, 1, family="results before the end")
    parts = [[], [], [0], [2], [1]]
    yield Case("a number that plays no part", parts, slopes_of(parts), 3,
               family="numbers that play no part")
    yield Case("one number and nothing else", [[]], [[]], 0, family="numbers that play no part")
    diamonds: list[list[int]] = [[]]
    for _ in range(6):
        k = len(diamonds)
        diamonds += [[k - 1], [k - 1], [k, k + 1]]
    yield Case("six diamonds in a row", diamonds, slopes_of(diamonds), len(diamonds) - 1,
               family="many ways to the result")
    chain = [[], *([k] for k in range(length))]
    slopes = [[], *([float(s)] for s in rng.choice([0.5, 2.0, 1.0, -1.0], length))]
    yield Case(f"a chain of {length}", chain, slopes, length, family="long chains")
