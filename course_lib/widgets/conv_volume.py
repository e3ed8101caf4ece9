"""A volume convolved with several filters: every number of y, channel by channel."""

from textwrap import wrap
from typing import Any

import traitlets
from matplotlib.figure import Figure

from course_lib.widgets.conv_figure import draw_conv_step
from course_lib.widgets.graph_figure import chosen
from course_lib.widgets.live import LiveWidget, packed
from course_lib.widgets.volume_records import ConvVolumeSteps, Reading, conv_volume_steps

__all__ = ["ConvVolume", "conv_volume_figure"]

_CHARACTERS = 110


class ConvVolume(LiveWidget):
    """Step through all positions of all filters, or point at a number of y.

    The arguments are those of conv_volume_steps; without any it is the demo of the decks, of
    which they leave open whether its 7 x 7 has the border in it: the menu switches between both
    readings. With `layer` (the learner's conv2d_naive) it says whether they agree. `step` and
    `reading` can be read and set. Raises ValueError for inputs that do not fit; what `layer` does
    is shown in the widget (`error`), never raised.
    """

    front = "conv_volume"
    parts = ("chart", "grid")
    asks = ("step", "reading")

    step = traitlets.Int(0).tag(sync=True)
    reading = traitlets.Unicode("image").tag(sync=True)
    padded = traitlets.Dict().tag(sync=True)
    weight = traitlets.Dict().tag(sync=True)
    y = traitlets.Dict().tag(sync=True)
    bias = traitlets.List().tag(sync=True)
    setting = traitlets.Dict().tag(sync=True)
    sizes = traitlets.Unicode("").tag(sync=True)
    words = traitlets.Unicode("").tag(sync=True)
    sentence = traitlets.Unicode("").tag(sync=True)
    remark = traitlets.Unicode("").tag(sync=True)

    def __init__(
        self,
        x: Any = None,
        weight: Any = None,
        bias: Any = None,
        stride: int = 2,
        padding: int = 1,
        *,
        reading: Reading = "image",
        layer: Any = None,
    ) -> None:
        self._inputs = (x, weight, bias, stride, padding)
        self._layer = layer
        self._known: dict[str, ConvVolumeSteps] = {}
        self._steps_of(reading)
        super().__init__(reading=reading)
        self.refresh()

    def answer(self) -> None:
        volume = self._steps_of(self.reading)
        convolution = volume.convolution
        # The other reading has other positions; beyond the last there is the last.
        record = volume.steps[min(max(self.step, 0), len(volume.steps) - 1)]
        self.padded, self.weight = packed(convolution.padded), packed(convolution.weight)
        self.y, self.bias = packed(record.full), convolution.bias.tolist()
        self.setting = {
            "reading": self.reading, "stride": convolution.stride[0],
            "padding": convolution.padding[0],
        }
        self.sizes, self.words, self.sentence = volume.sizes, record.words, record.sentence
        self.remark = "" if record.problem else record.remark
        self.error = record.problem

    def _steps_of(self, reading: Any) -> ConvVolumeSteps:
        if reading not in self._known:
            self._known[reading] = conv_volume_steps(
                *self._inputs, reading=reading, layer=self._layer
            )
        return self._known[reading]


def conv_volume_figure(
    x: Any = None,
    weight: Any = None,
    bias: Any = None,
    stride: int = 2,
    padding: int = 1,
    step: int = -1,
    *,
    reading: Reading = "image",
    layer: Any = None,
) -> Figure:
    """The picture that ConvVolume shows at `step` (0 = first position, -1 = last).

    The other arguments are those of conv_volume_steps. Raises ValueError as conv_volume_steps
    does, and for a step that does not exist.
    """
    volume = conv_volume_steps(x, weight, bias, stride, padding, reading=reading, layer=layer)
    record = chosen(volume.steps, step)
    texts = [volume.sizes, record.words, *record.sentence.splitlines(), record.remark]
    lines = [line for text in texts for line in wrap(text, _CHARACTERS)]
    return draw_conv_step(volume.convolution, record, lines)
