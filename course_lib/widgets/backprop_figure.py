"""One step of backpropagation as a picture: the graph, the pseudo-code, the arithmetic."""

from collections.abc import Iterable, Sequence
from textwrap import wrap
from typing import Any

from matplotlib.figure import Figure

from course_lib import functional
from course_lib.arrays import Array
from course_lib.graph import Edge, Weights
from course_lib.plots.palette import number
from course_lib.widgets.backprop_records import (
    BACKWARD_CODE,
    BackpropStep,
    Function,
    backprop_steps,
    sigmoid_prime,
)
from course_lib.widgets.graph_figure import chosen, page

_CHARACTERS = 112
_MOST_WEIGHTS = 12
_ASKING, _MULTIPLYING = 6, 10  # the lines that look along arrows


def backprop_step_figure(
    nodes: Iterable[int],
    edges: Iterable[Edge],
    w: Weights,
    x: Sequence[float] | Array,
    t: Sequence[float] | Array,
    step: int,
    f: Function = functional.sigmoid,
    f_prime: Function = sigmoid_prime,
) -> Figure:
    """The picture that BackpropStepper shows at `step` (0 = start, -1 = end), with its words.

    On the way back each weight makes room for its gradient, written g. The other arguments are
    those of backprop_steps. Raises ValueError as backprop_steps does, and for a step that does
    not exist.
    """
    nodes, edges = list(nodes), list(edges)
    record = chosen(backprop_steps(nodes, edges, w, x, t, f, f_prime), step)
    lines = [line for text in (record.words, record.sentence) for line in wrap(text, _CHARACTERS)]
    return draw_backprop_step(nodes, edges, w, record, lines)


def draw_backprop_step(
    nodes: list[int],
    edges: list[Edge],
    w: Weights,
    step: BackpropStep,
    lines: Sequence[str] = (),
) -> Figure:
    """The graph with what is known, the pseudo-code with its line marked, `lines` beneath."""
    values = {i: (step.net.get(i), step.a.get(i), step.delta.get(i)) for i in step.a}
    drawing = {"w": _shown(w, edges, step), "highlight": _highlight(edges, step)}
    return page(nodes, edges, BACKWARD_CODE, step.line, lines, values=values, **drawing)


def _shown(w: Weights, edges: Sequence[Edge], step: BackpropStep) -> dict[Edge, Any]:
    """Gradients where they are known, else weights; in a large graph only near the neuron."""
    few = len(edges) <= _MOST_WEIGHTS
    pairs = [*((i, j) for j, i in edges), *((i, 0) for _, i in edges)]
    shown: dict[Edge, Any] = {}
    for i, j in pairs:
        asked = step.line == _ASKING and j == step.node
        if (i, j) in step.gradients and not asked:  # who asks goes through the weight
            index = f"{i}{j}" if i < 10 and j < 10 else f"{i},{j}"
            label: Any = f"$g_{{{index}}}$ = {number(step.gradients[i, j])}"
        else:
            label = w[i, j]
        if few or i == step.node or asked:
            shown[i, j] = label
    return shown


def _highlight(edges: Iterable[Edge], step: BackpropStep) -> list[Any]:
    if step.node is None:
        return []
    along = []
    if step.line == _ASKING:
        along = [(j, i) for j, i in edges if j == step.node]
    elif step.line == _MULTIPLYING:
        along = [(j, i) for j, i in edges if i == step.node]
    return [step.node, *along]
