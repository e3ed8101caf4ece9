"""Backpropagation through an MLP to step through: forward, the error, and the deltas back."""

from collections.abc import Iterable, Sequence

from course_lib import functional
from course_lib.arrays import Array
from course_lib.graph import Edge, Weights
from course_lib.plots import figure_html
from course_lib.widgets.backprop_figure import backprop_step_figure, draw_backprop_step
from course_lib.widgets.backprop_records import (
    BACKWARD_CODE,
    BackpropStep,
    Function,
    backprop_steps,
    sigmoid_prime,
)
from course_lib.widgets.stepper import Stepper, paragraphs

__all__ = ["BackpropStepper", "backprop_step_figure", "backprop_steps"]


class BackpropStepper(Stepper):
    """The way forward and the way back of one pattern, one press of Next at a time.

    nodes, edges, w, x, t, f, f_prime: as for backprop_steps. `steps` holds the records shown.
    Raises ValueError for a graph, weights, x or t that do not fit.
    """

    def __init__(
        self,
        nodes: Iterable[int],
        edges: Iterable[Edge],
        w: Weights,
        x: Sequence[float] | Array,
        t: Sequence[float] | Array,
        f: Function = functional.sigmoid,
        f_prime: Function = sigmoid_prime,
    ) -> None:
        self._nodes, self._edges, self._w = list(nodes), list(edges), w
        self.steps: list[BackpropStep] = backprop_steps(
            self._nodes, self._edges, w, x, t, f, f_prime
        )
        super().__init__(len(self.steps))
        self.redraw()

    def picture_of(self, step: int) -> str:
        record = self.steps[step]
        figure = draw_backprop_step(self._nodes, self._edges, self._w, record)
        where = f"Step {step} of {len(self.steps) - 1} of backpropagation."
        return figure_html(figure, alt=f"{where} {record.words} {record.sentence}", trim=False)

    def words_of(self, step: int) -> str:
        record = self.steps[step]
        line = ""
        if record.line:
            line = f"Line {record.line}: {BACKWARD_CODE[record.line - 1].strip()}"
        return paragraphs(line, record.words, record.sentence)
