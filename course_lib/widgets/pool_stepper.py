"""A pool to step through, and its gradient on the way back."""

from typing import Any

from course_lib.plots import figure_html
from course_lib.widgets.pool_figure import draw_pool_step
from course_lib.widgets.pool_records import Mode, Pair, Pool, PoolStep, pool_steps
from course_lib.widgets.stepper import Stepper, paragraphs

__all__ = ["PoolStepper"]


class PoolStepper(Stepper):
    """Window by window to y, then the gradient from y back to x, one press of Next at a time.

    The arguments are those of pool_steps; `steps` holds the records shown. With `layer` and
    `backward` (the learner's own) it says whether they agree. Raises ValueError for inputs that
    do not fit; whatever the learner's functions do is shown in the widget and never raised.
    """

    def __init__(
        self,
        x: Any,
        kernel_size: Pair = 2,
        stride: Pair | None = None,
        padding: Pair = 0,
        *,
        mode: Mode = "max",
        grad_output: Any = None,
        layer: Any = None,
        backward: Any = None,
    ) -> None:
        self._pool = Pool.of(x, kernel_size, stride, padding, mode, grad_output)
        self.steps: list[PoolStep] = pool_steps(
            x, kernel_size, stride, padding, mode=mode, grad_output=grad_output, layer=layer,
            backward=backward,
        )
        super().__init__(len(self.steps))
        self.redraw()

    def picture_of(self, step: int) -> str:
        record = self.steps[step]
        way = "back" if record.backward else "forward"
        alt = f"Step {step} of {len(self.steps) - 1} of the pool, on the way {way}. {record.words}"
        return figure_html(draw_pool_step(self._pool, record, []), alt=alt, trim=False)

    def words_of(self, step: int) -> str:
        record = self.steps[step]
        return paragraphs(record.words, record.remark)

    def standing_problem(self) -> str:
        return self.steps[0].problem
