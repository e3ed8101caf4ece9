"""Error backpropagation taken apart: one record for each thing that is computed."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from course_lib import functional
from course_lib.arrays import Array
from course_lib.graph import Edge, MLPGraph, Weights
from course_lib.plots.palette import number

# Lines 5 and 6 of the training loop, RWTH 000:322-332, spelled out.
BACKWARD_CODE = (
    "for every neuron i, in topological order",
    "    net_i and a_i, as in lecture 03",
    "end",
    "e ← 1/2 Σ (y_i − t_i)²",
    "for every neuron i, from the outputs back",
    "    s_i ← Σ w_ki δ_k, k in Succ(i)",
    "    if i is an output: s_i ← s_i + y_i − t_i",
    "    δ_i ← f′(net_i) s_i",
    "    ∂e/∂w_i0 ← δ_i",
    "    ∂e/∂w_ij ← δ_i a_j, j in Pred(i)",
    "end",
)

Function = Callable[[Any], Any]


@dataclass(frozen=True)
class BackpropStep:
    """What has just been computed, in words and numbers, and everything known by now.

    line: of the pseudo-code (from 1), None before the first. node: the neuron it works on.
    words: what happens. sentence: the arithmetic. net, a, delta, gradients: what is known after
    this step; gradients by (i, j), target first, (i, 0) for the bias.
    """

    line: int | None
    node: int | None
    words: str
    sentence: str
    net: dict[int, float]
    a: dict[int, float]
    delta: dict[int, float]
    gradients: dict[Edge, float]


def sigmoid_prime(net: Any) -> Any:
    """f'(net) = f(net) (1 - f(net)) of the logistic function."""
    a = functional.sigmoid(np.asarray(net, dtype=float))
    return a * (1 - a)


def backprop_steps(
    nodes: Iterable[int],
    edges: Iterable[Edge],
    w: Weights,
    x: Sequence[float] | Array,
    t: Sequence[float] | Array,
    f: Function = functional.sigmoid,
    f_prime: Function = sigmoid_prime,
) -> list[BackpropStep]:
    """Forward from the inputs, e = 1/2 sum of (y_i - t_i)^2, then the deltas back to them.

    w, x, f: as for graph_steps. t: one target for each output, in increasing order of the
    outputs. f_prime: the derivative of f, a function of net.
    Raises ValueError for a cycle, a missing weight, or an x or t of the wrong length.
    """
    graph = MLPGraph(nodes, edges)
    y, net, a = graph.forward(x, w, f)
    if np.shape(t) != y.shape:
        raise ValueError(
            f"t expects one target for each of the {len(y)} outputs {graph.outputs}; got shape "
            f"{np.shape(t)}."
        )
    target = {i: float(value) for i, value in zip(graph.outputs, t, strict=True)}
    return list(_Way(graph, w, target, net, a, f_prime).steps())


class _Way:
    """The way there and back; net and a are computed already and revealed bit by bit."""

    def __init__(
        self,
        graph: MLPGraph,
        w: Weights,
        target: dict[int, float],
        net: dict[int, float],
        a: dict[int, float],
        f_prime: Function,
    ) -> None:
        self.graph, self.w, self.target, self.f_prime = graph, w, target, f_prime
        self.all_net, self.all_a = net, a
        self.net: dict[int, float] = {}
        self.a: dict[int, float] = {}
        self.delta: dict[int, float] = {}
        self.gradients: dict[Edge, float] = {}

    def steps(self) -> Iterable[BackpropStep]:
        self.a = {i: self.all_a[i] for i in self.graph.inputs}
        order = ", ".join(map(str, self.graph.order))
        yield self._step(None, None, "The inputs are set.", f"topological order: {order}")
        for i in self.graph.order:
            if i in self.all_net:
                self.net[i], self.a[i] = self.all_net[i], self.all_a[i]
                sentence = f"net_{i} = {_n(self.net[i])}, a_{i} = f(net_{i}) = {_n(self.a[i])}"
                yield self._step(2, i, f"Neuron {i} computes, on the way forward.", sentence)
        yield self._error()
        for i in reversed(self.graph.order):
            if i in self.net:
                yield from self._back(i)
        sentence = f"{len(self.gradients)} derivatives from one walk forward and one back"
        yield self._step(11, None, "Every weight knows its gradient.", sentence)

    def _error(self) -> BackpropStep:
        terms = [f"({_n(self.a[i])} − {_p(t)})²" for i, t in self.target.items()]
        e = sum((self.a[i] - t) ** 2 for i, t in self.target.items()) / 2
        sentence = f"e = 1/2 [{' + '.join(terms)}] = {_n(e)}"
        return self._step(4, None, "The error of this pattern; now the way back begins.", sentence)

    def _back(self, i: int) -> Iterable[BackpropStep]:
        succ = self.graph.succ[i]
        s = sum(float(self.w[k, i]) * self.delta[k] for k in succ)
        if succ:
            letters = " + ".join(f"{_index('w', k, i)}*δ_{k}" for k in succ)
            figures = " + ".join(f"{_p(self.w[k, i])}*{_p(self.delta[k])}" for k in succ)
            words = f"Neuron {i} asks its successors, each through the weight between them."
            yield self._step(6, i, words, f"s_{i} = {letters} = {figures} = {_n(s)}")
        if i in self.target:
            own = self.a[i] - self.target[i]
            sentence = f"s_{i} = y − t = {_n(self.a[i])} − {_p(self.target[i])} = {_n(own)}"
            s += own
            yield self._step(7, i, f"Output neuron {i} feels the error itself.", sentence)
        slope = float(self.f_prime(self.net[i]))
        self.delta[i] = slope * s
        sentence = (
            f"δ_{i} = f′(net_{i}) s_{i} = f′({_n(self.net[i])})*{_p(s)} = "
            f"{_n(slope)}*{_p(s)} = {_n(self.delta[i])}"
        )
        yield self._step(8, i, f"Neuron {i} multiplies by the slope of its activation.", sentence)
        self.gradients[i, 0] = self.delta[i]
        parts = [f"{_index('g', i, 0)} = δ_{i} = {_n(self.delta[i])}"]
        for j in self.graph.pred[i]:
            self.gradients[i, j] = self.delta[i] * self.a[j]
            figures = f"{_n(self.delta[i])}*{_p(self.a[j])}"
            parts.append(f"{_index('g', i, j)} = δ_{i}*a_{j} = {figures} = "
                         f"{_n(self.gradients[i, j])}")
        words = f"The weights into neuron {i} get their gradients, g = ∂e/∂w."
        yield self._step(10, i, words, "; ".join(parts))

    def _step(self, line: int | None, node: int | None, words: str, sentence: str) -> BackpropStep:
        known = dict(self.net), dict(self.a), dict(self.delta), dict(self.gradients)
        return BackpropStep(line, node, words, sentence, *known)


def _n(value: float) -> str:
    return number(value, 4)


def _p(value: float) -> str:
    """The number, in brackets if it is negative and would follow an operator."""
    return f"({_n(value)})" if value < 0 else _n(value)


def _index(letter: str, i: int, j: int) -> str:
    return f"{letter}_{i}{j}" if i < 10 and j < 10 else f"{letter}_{i},{j}"
