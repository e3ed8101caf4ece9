"""A figure measured in inches, with the words of a widget under its pictures."""

from collections.abc import Sequence
from textwrap import wrap

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from course_lib.plots.palette import INK

_LINE = 0.25
_CHARACTER = 0.094  # inches a character in a fixed-width font of 11 points
_EDGE = 0.15


class Page:
    """Pictures in the upper `height` inches, and under them the texts, wrapped to the width."""

    def __init__(self, width: float, height: float, texts: Sequence[str] = ()) -> None:
        across = int((width - 2 * _EDGE) / _CHARACTER)
        lines = [line for text in texts for line in wrap(text, across)]
        self._height = height + _LINE * len(lines) + (_EDGE if lines else 0.0)
        self.fig = Figure(figsize=(width, self._height))
        for index, line in enumerate(lines):
            down = (height + _LINE * (index + 0.5)) / self._height
            text = self.fig.text(_EDGE / width, 1 - down, line, fontsize=11, color=INK)
            text.set(va="center", family="monospace")

    def axes(self, left: float, top: float, width: float, height: float) -> Axes:
        """Axes whose frame starts `left` and `top` inches from the upper left corner."""
        across, down = self.fig.get_figwidth(), self._height
        box = (left / across, 1 - (top + height) / down, width / across, height / down)
        return self.fig.add_axes(box)
