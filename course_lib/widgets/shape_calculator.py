"""The size rule to play with: N, F, S, P, D and K."""

import traitlets

from course_lib.widgets.live import LiveWidget
from course_lib.widgets.shape_plot import what_is_drawn
from course_lib.widgets.shape_records import Rule, shape_rule

__all__ = ["ShapeCalculator"]


class ShapeCalculator(LiveWidget):
    """Set the sizes of a layer; the windows stand under a row of the input, and the shape is said.

    A stride that does not fit is explained, and those that do are named. The arguments are those
    of shape_rule; with `rule` (the learner's function) the widget says whether it agrees. All six
    numbers can be read and set. Raises ValueError or TypeError for sizes that make no sense; what
    `rule` does is shown in the widget (`error`), never raised.
    """

    front = "shape_calculator"
    parts = ("chart",)
    asks = ("n_in", "kernel_size", "stride", "padding", "channels", "filters")

    n_in = traitlets.Int(10).tag(sync=True)
    kernel_size = traitlets.Int(3).tag(sync=True)
    stride = traitlets.Int(2).tag(sync=True)
    padding = traitlets.Int(0).tag(sync=True)
    channels = traitlets.Int(3).tag(sync=True)
    filters = traitlets.Int(6).tag(sync=True)
    drawn = traitlets.Dict().tag(sync=True)
    fits = traitlets.Bool(True).tag(sync=True)
    strides = traitlets.List().tag(sync=True)
    formula = traitlets.Unicode("").tag(sync=True)
    words = traitlets.Unicode("").tag(sync=True)
    remark = traitlets.Unicode("").tag(sync=True)

    def __init__(
        self,
        n_in: int = 10,
        kernel_size: int = 3,
        stride: int = 2,
        padding: int = 0,
        *,
        channels: int = 3,
        filters: int = 6,
        rule: Rule | None = None,
    ) -> None:
        shape_rule(n_in, kernel_size, stride, padding, channels=channels, filters=filters)
        self._rule = rule
        super().__init__(
            n_in=n_in, kernel_size=kernel_size, stride=stride, padding=padding, channels=channels,
            filters=filters,
        )
        self.refresh()

    def answer(self) -> None:
        # Nothing old stays in the picture if these sizes make no sense.
        self.drawn, self.strides, self.formula, self.words, self.remark = {}, [], "", "", ""
        state = shape_rule(
            self.n_in, self.kernel_size, self.stride, self.padding, channels=self.channels,
            filters=self.filters, rule=self._rule,
        )
        self.drawn, self.strides = what_is_drawn(state), [*state.strides]
        self.fits = state.n_out is not None
        self.formula, self.words = f"n_out = {state.formula}", state.words
        self.remark, self.error = state.remark, state.problem
