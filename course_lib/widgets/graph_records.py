"""The forward pass of an MLP taken apart: one record for each line of the pseudo-code."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from course_lib import functional
from course_lib.arrays import Array
from course_lib.graph import Edge, MLPGraph, Weights
from course_lib.plots.palette import number
from course_lib.widgets import learner

# Numbered from 1, as RWTH 000:214-230 numbers them. The deck writes a_i ← x_i in line 2; there the
# inputs carry the numbers 1, 2, ..., and here any.
PSEUDO_CODE = (
    "for every input neuron i",
    "    a_i ← its number from x",
    "end",
    "for every other neuron i, in topological order",
    "    net_i ← w_i0 + Σ w_ij a_j, j in Pred(i)",
    "    a_i ← f(net_i)",
    "end",
    "for every output neuron i",
    "    put a_i into y",
    "end",
    "return y",
)


Activation = Callable[[Any], Any]


@dataclass(frozen=True)
class GraphStep:
    """What has just been computed, in words and numbers, and everything known by now.

    line: of the pseudo-code (from 1), None before the first. node: the neuron it works on.
    words: what happens. sentence: the arithmetic. net, a, y: what is known after this step.
    remark: how the learner's own function compares here ("" without one). problem: why it
    cannot be compared at all ("" if it can).
    """

    line: int | None
    node: int | None
    words: str
    sentence: str
    net: dict[int, float]
    a: dict[int, float]
    y: list[float]
    remark: str
    problem: str


def graph_steps(
    nodes: Iterable[int],
    edges: Iterable[Edge],
    w: Weights,
    x: Sequence[float] | Array,
    f: Activation = functional.sigmoid,
    *,
    forward: Callable[..., Any] | None = None,
) -> list[GraphStep]:
    """The forward pass step by step: start, inputs, net_i and a_i in turn, outputs, end.

    w: w[i, j] with the target first, and the bias w[i, 0]. x: one number for each input, in
        increasing order of the inputs. f: the activation function of every neuron.
    forward: the learner's forward_graph(x, inputs, outputs, order, pred, w, f) -> (y, net, a);
        each step then carries a remark that compares it with the reference.
    Raises ValueError for a cycle, a missing weight, or an x of the wrong length.
    """
    graph = MLPGraph(nodes, edges)
    graph.forward(x, w, f)  # speaks up if x or w does not fit, before the first step
    mine = _Learner.run(forward, x, graph, w, f)
    return list(_Walk(graph, w, [float(value) for value in x], f, mine).steps())


class _Walk:
    """The forward pass under way."""

    def __init__(
        self,
        graph: MLPGraph,
        w: Weights,
        x: list[float],
        f: Activation,
        mine: "_Learner",
    ) -> None:
        self.graph, self.w, self.x, self.f, self.mine = graph, w, x, f, mine
        self.net: dict[int, float] = {}
        self.a: dict[int, float] = {}
        self.y: list[float] = []

    def steps(self) -> Iterable[GraphStep]:
        order = ", ".join(map(str, self.graph.order))
        yield self._step(None, None, "Nothing is computed yet.", f"topological order: {order}", "")
        for entry, i in enumerate(self.graph.inputs):
            yield self._input(entry, i)
        for i in self.graph.order:
            if i not in self.a:
                yield self._net(i)
                yield self._activation(i)
        for entry, i in enumerate(self.graph.outputs):
            yield self._output(entry, i)
        result = ", ".join(number(value, 4) for value in self.y)
        yield self._step(11, None, "The forward pass is complete.", f"y = [{result}]", "y")

    def _input(self, entry: int, i: int) -> GraphStep:
        self.a[i] = self.x[entry]
        words = f"Input neuron {i} takes entry {entry} of x."
        return self._step(2, i, words, f"a_{i} = x[{entry}] = {number(self.a[i], 4)}", "a")

    def _net(self, i: int) -> GraphStep:
        pred = self.graph.pred[i]
        bias = float(self.w[i, 0])
        self.net[i] = bias + sum(float(self.w[i, j]) * self.a[j] for j in pred)
        letters = [_w(i, 0), *(f"{_w(i, j)}*a_{j}" for j in pred)]
        figures = [
            number(bias, 4),
            *(f"{_signed(self.w[i, j])}*{_signed(self.a[j])}" for j in pred),
        ]
        total = number(self.net[i], 4)
        sentence = f"net_{i} = {' + '.join(letters)} = {' + '.join(figures)} = {total}"
        who = f"neuron {pred[0]} sends" if len(pred) == 1 else f"neurons {_listed(pred)} send"
        return self._step(5, i, f"Neuron {i} adds its bias and what {who}.", sentence, "net")

    def _activation(self, i: int) -> GraphStep:
        self.a[i] = float(self.f(self.net[i]))
        name = learner.name_of(self.f).replace("<lambda>", "f")
        sentence = f"a_{i} = f(net_{i}) = {name}({number(self.net[i], 4)}) = {number(self.a[i], 4)}"
        return self._step(6, i, f"Neuron {i} applies its activation function.", sentence, "a")

    def _output(self, entry: int, i: int) -> GraphStep:
        self.y.append(self.a[i])
        sentence = f"y[{entry}] = a_{i} = {number(self.a[i], 4)}"
        return self._step(9, i, f"Output neuron {i} hands its activation to y.", sentence, "y")

    def _step(
        self, line: int | None, node: int | None, words: str, sentence: str, compared: str
    ) -> GraphStep:
        problem = self.mine.problem
        remark = self.mine.remark(compared, node, self) if compared else problem
        known = dict(self.net), dict(self.a), list(self.y)
        return GraphStep(line, node, words, sentence, *known, remark, problem)


@dataclass(frozen=True)
class _Learner:
    """What the learner's forward_graph returned, or why it returned nothing of use."""

    y: Any = None
    net: Any = None
    a: Any = None
    problem: str = ""

    @classmethod
    def run(
        cls,
        forward: Callable[..., Any] | None,
        x: Sequence[float] | Array,
        graph: MLPGraph,
        w: Weights,
        f: Activation,
    ) -> "_Learner":
        if forward is None:
            return cls()
        numbers = np.array(x, dtype=float)
        parts = (graph.inputs, graph.outputs, graph.order, graph.pred)
        result, problem = learner.call(forward, numbers, *parts, w, f)
        if problem:
            return cls(problem=problem)
        wrong = f"Your {learner.name_of(forward)} must return y, net, a (net and a as dicts); got "
        if not isinstance(result, tuple | list) or len(result) != 3:
            return cls(problem=f"{wrong}{_described(result)}.")
        y, net, a = result
        for name, value in (("net", net), ("a", a)):
            if not isinstance(value, Mapping):
                return cls(problem=f"{wrong}{_described(value)} for {name}.")
        if np.shape(y) != (len(graph.outputs),):
            return cls(problem=f"{wrong}y of shape {np.shape(y)}, not ({len(graph.outputs)},).")
        return cls(y, net, a)

    def remark(self, compared: str, node: int | None, walk: _Walk) -> str:
        if self.problem or self.y is None:
            return self.problem
        if compared == "y":
            entry = len(walk.y) - 1
            where = "entry" if node is None else f"y[{entry}]"
            if node is not None:
                return learner.comparison(self.y[entry], walk.y[entry], where)
            return _whole(self.y, walk.y)
        assert node is not None
        mine: Mapping[int, Any] = self.net if compared == "net" else self.a
        if node not in mine:
            return f"Your {compared} has no entry for neuron {node}."
        reference = walk.net if compared == "net" else walk.a
        return learner.comparison(mine[node], reference[node], f"{compared}_{node}")


def _whole(mine: Any, reference: list[float]) -> str:
    wrong = [
        entry
        for entry, (got, expected) in enumerate(zip(mine, reference, strict=True))
        if not learner.comparison(got, expected, "y").startswith("Yours agrees")
    ]
    return f"Your y differs in entry {_listed(wrong)}." if wrong else "Your y agrees."


def _described(value: Any) -> str:
    size = f" of {len(value)}" if isinstance(value, tuple | list) else ""
    return f"{type(value).__name__}{size}"


def _w(i: int, j: int) -> str:
    return f"w_{i}{j}" if i < 10 and j < 10 else f"w_{i},{j}"


def _signed(value: float) -> str:
    """The number, in brackets if it is negative and would follow an operator."""
    text = number(value, 4)
    return f"({text})" if value < 0 else text


def _listed(items: Sequence[int]) -> str:
    words = [str(item) for item in items]
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]]))
