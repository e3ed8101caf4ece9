"""The sliding window of a convolution layer to step through."""

from typing import Any

from course_lib.plots import figure_html
from course_lib.widgets.conv_figure import conv_step_figure, draw_conv_step
from course_lib.widgets.conv_records import Convolution, ConvStep, Pair, conv_steps
from course_lib.widgets.menu import Menu
from course_lib.widgets.stepper import Stepper, paragraphs

__all__ = ["ConvStepper", "conv_step_figure", "conv_steps"]

_STRIDES = range(1, 6)
_PADDINGS = range(5)
_DILATIONS = range(1, 4)


class ConvStepper(Stepper):
    """The kernel slides over the padded input; the output fills up, one press of Next at a time.

    x, weight, bias, stride, padding, dilation, layer: as for conv_steps. Stride, padding and
    dilation can be chosen in the widget (`stride`, `padding`, `dilation` are its menus); a stride
    that does not fit is answered with the legal ones. With `layer` (the learner's conv2d_naive)
    entries that differ are crossed out. Raises ValueError for inputs that do not fit; whatever
    `layer` does is shown in the widget and never raised.
    """

    def __init__(
        self,
        x: Any,
        weight: Any,
        bias: Any = None,
        stride: Pair = 1,
        padding: Pair = 0,
        *,
        dilation: Pair = 1,
        layer: Any = None,
    ) -> None:
        self._inputs = (x, weight, bias)
        self._layer = layer
        self.steps: list[ConvStep] = []
        self.stride = _menu("Stride S", _STRIDES, stride)
        self.padding = _menu("Padding P", _PADDINGS, padding)
        self.dilation = _menu("Dilation D", _DILATIONS, dilation)
        self._slide()
        menus = [self.stride, self.padding, self.dilation]
        super().__init__(len(self.steps), menus)
        for menu in menus:
            menu.observe(lambda _: self.guarded(self._changed), names="value")
        self.redraw()

    def picture_of(self, step: int) -> str:
        record = self.steps[step]
        figure = draw_conv_step(self._convolution, record)
        where = f"Position {step + 1} of {len(self.steps)}."
        alt = f"{where} {record.words} {record.sentence}"
        return figure_html(figure, alt=alt, trim=False)

    def words_of(self, step: int) -> str:
        record = self.steps[step]
        remark = "" if record.problem else record.remark
        return paragraphs(record.words, record.sentence, remark)

    def standing_problem(self) -> str:
        return self.steps[0].problem

    def _slide(self) -> None:
        setting = (self.stride.value, self.padding.value)
        spread = self.dilation.value
        self.steps = conv_steps(*self._inputs, *setting, dilation=spread, layer=self._layer)
        self._convolution = Convolution.of(*self._inputs, *setting, spread)

    def _changed(self) -> None:
        # What the setting before gave would contradict the menus, so it goes first.
        self.picture.value = self.words.value = ""
        self.steps = []
        self._slide()
        self.set_count(len(self.steps))
        self._draw()

    def _draw(self) -> None:
        if not self.steps:
            self._slide()  # raises again what is wrong with the setting
        super()._draw()


def _menu(description: str, usual: range, value: Pair) -> Menu:
    options: list[tuple[str, Pair]] = [(str(one), one) for one in usual]
    if value not in usual:
        options.append((str(value), value))
    return Menu(description, options, value)
