"""Flip and slide: a 1-D convolution to step through."""

from typing import Any

import numpy as np

from course_lib.plots import figure_html
from course_lib.widgets.convolve1d_plot import draw_convolve1d_step
from course_lib.widgets.convolve1d_records import Convolve1DStep, Mode, convolve1d_steps
from course_lib.widgets.stepper import Stepper, paragraphs

__all__ = ["Convolve1D"]


class Convolve1D(Stepper):
    """The kernel is flipped, then slides along x, one press of Next at a time.

    The arguments are those of convolve1d_steps; `steps` holds the records shown. With `convolve`
    (the learner's function) each step says whether it agrees. Raises ValueError for inputs that
    do not fit; whatever the learner's function does is shown in the widget and never raised.
    """

    def __init__(
        self, x: Any, kernel: Any, mode: Mode = "full", *, flip: bool = True, convolve: Any = None
    ) -> None:
        self.steps: list[Convolve1DStep] = convolve1d_steps(
            x, kernel, mode, flip=flip, convolve=convolve
        )
        self._x = np.asarray(x, float)
        super().__init__(len(self.steps))
        self.redraw()

    def picture_of(self, step: int) -> str:
        record = self.steps[step]
        alt = f"Step {step} of {len(self.steps) - 1} of the convolution. {record.words} "
        figure = draw_convolve1d_step(self._x, record, [])
        return figure_html(figure, alt=alt + record.sentence, trim=False)

    def words_of(self, step: int) -> str:
        record = self.steps[step]
        return paragraphs(record.words, record.sentence, record.remark)

    def standing_problem(self) -> str:
        return self.steps[0].problem
