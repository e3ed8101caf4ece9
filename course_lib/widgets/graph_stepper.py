"""The forward pass of an MLP to step through."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from course_lib import functional
from course_lib.arrays import Array
from course_lib.graph import Edge, Weights
from course_lib.plots import figure_html
from course_lib.widgets.graph_figure import draw_graph_step, graph_step_figure
from course_lib.widgets.graph_records import PSEUDO_CODE, Activation, GraphStep, graph_steps
from course_lib.widgets.stepper import Stepper, paragraphs

__all__ = ["GraphStepper", "graph_step_figure", "graph_steps"]


class GraphStepper(Stepper):
    """net_i and a_i of every neuron in topological order, one press of Next at a time.

    nodes, edges, w, x, f, forward: as for graph_steps. `steps` holds the records shown. With
    `forward` (the learner's forward_graph) each step says whether the learner's number agrees.
    Raises ValueError for a graph, weights or x that do not fit; whatever `forward` does is
    shown in the widget and never raised.
    """

    def __init__(
        self,
        nodes: Iterable[int],
        edges: Iterable[Edge],
        w: Weights,
        x: Sequence[float] | Array,
        f: Activation = functional.sigmoid,
        *,
        forward: Callable[..., Any] | None = None,
    ) -> None:
        self._nodes, self._edges, self._w = list(nodes), list(edges), w
        self.steps: list[GraphStep] = graph_steps(
            self._nodes, self._edges, w, x, f, forward=forward
        )
        super().__init__(len(self.steps))
        self.redraw()

    def picture_of(self, step: int) -> str:
        record = self.steps[step]
        figure = draw_graph_step(self._nodes, self._edges, self._w, record)
        where = f"Step {step} of {len(self.steps) - 1} of the forward pass."
        alt = f"{where} {record.words} {record.sentence}"
        return figure_html(figure, alt=alt, trim=False)

    def words_of(self, step: int) -> str:
        record = self.steps[step]
        line = f"Line {record.line}: {PSEUDO_CODE[record.line - 1].strip()}" if record.line else ""
        remark = "" if record.problem else record.remark
        return paragraphs(line, record.words, record.sentence, remark)

    def standing_problem(self) -> str:
        return self.steps[0].problem
