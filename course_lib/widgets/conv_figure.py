"""One position of a convolution as a picture: the window, the products, the output so far."""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import Normalize
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from course_lib.arrays import Array
from course_lib.plots.images import write_numbers
from course_lib.plots.palette import INK, VERMILION, number
from course_lib.widgets.conv_records import Convolution, ConvStep, Pair, conv_steps
from course_lib.widgets.graph_figure import chosen

_WIDTH = 10.5
_HEIGHT = 7.5
_GAP = 0.6  # inches between panels, and above each for its title
_NARROWEST = 1.1  # a panel's title needs as much
_CHARACTERS = 110
_LINE = 0.24


def conv_step_figure(
    x: Any,
    weight: Any,
    bias: Any = None,
    stride: Pair = 1,
    padding: Pair = 0,
    step: int = -1,
    *,
    dilation: Pair = 1,
    layer: Any = None,
) -> Figure:
    """The picture that ConvStepper shows at `step` (0 = first position, -1 = last), with its words.

    The other arguments are those of conv_steps. Raises ValueError as conv_steps does, and for a
    step that does not exist.
    """
    steps = conv_steps(x, weight, bias, stride, padding, dilation=dilation, layer=layer)
    record = chosen(steps, step)
    texts = [record.words, *record.sentence.splitlines(), record.remark]
    lines = [line for text in texts for line in wrap(text, _CHARACTERS)]
    convolution = Convolution.of(x, weight, bias, stride, padding, dilation)
    return draw_conv_step(convolution, record, lines)


def draw_conv_step(convolution: Convolution, step: ConvStep, lines: Sequence[str] = ()) -> Figure:
    """A row for each channel (input, kernel, products), the outputs at the right, `lines` below."""
    page = _Page.of(convolution, step, len(lines))
    fig = Figure(figsize=(page.width, page.height))
    pixels = Normalize(min(0.0, convolution.x.min()), max(convolution.x.max(), 1e-9))
    most = max(float(np.abs(convolution.weight).max()), 1e-9)
    steepest = max(float(np.abs(step.products).max()), 1e-9)
    for c, (image, kernel) in enumerate(
        zip(convolution.padded, convolution.weight[step.filter], strict=True)
    ):
        title = f"padded x[{c}]" if any(convolution.padding) else f"input x[{c}]"
        border = _border(convolution)
        ax = page.panel(fig, c, 0, title, np.where(border, np.nan, image), "gray", pixels)
        _mark_padding(ax, border)
        _frame(ax, step.left, step.top, *convolution.span[::-1])
        _frame_taps(ax, convolution, step)
        page.sign(fig, c, 0, "\N{MULTIPLICATION SIGN}")
        name = f"weight[{step.filter}, {c}]"
        page.panel(fig, c, 1, name, kernel, "PuOr", Normalize(-most, most))
        page.sign(fig, c, 1, "=")
        total = f"products: sum {number(step.channel_sums[c], 4)}"
        page.panel(fig, c, 2, total, step.products[c], "PuOr", Normalize(-steepest, steepest))
    page.sign(fig, 0, 2, "→")
    scale = Normalize(float(step.full.min()), float(step.full.max()))
    for k, filled in enumerate(step.output):
        ax = page.panel(fig, k, 3, f"output y[{k}]", filled, "gray", scale)
        if k == step.filter:
            _frame(ax, step.column, step.row, 1, 1)
        _cross_out(ax, step.differing[k] & ~np.isnan(filled))
    for index, line in enumerate(lines):
        height = page.height - page.top_of_text - _LINE * (index + 0.5)
        place = (0.1 / page.width, height / page.height)
        fig.text(*place, line, fontsize=11, color=INK, va="center", family="monospace")
    return fig


@dataclass(frozen=True)
class _Page:
    """Where panels go, in inches from the top left corner."""

    cell: float
    slots: tuple[float, ...]  # widths of the four columns of panels
    row: float  # height of one row of panels, titles included
    top_of_text: float
    width: float
    height: float

    @classmethod
    def of(cls, convolution: Convolution, step: ConvStep, lines: int) -> "_Page":
        cells = [part[0].shape for part in (convolution.padded, step.products, step.products)]
        cells.append(step.full[0].shape)
        rows = max(len(convolution.x), len(step.full))
        tallest = max(height for height, _ in cells)
        across = sum(width for _, width in cells)
        cell = min(0.5, (_WIDTH - 3 * _GAP) / across, (_HEIGHT / rows - _GAP) / tallest)
        slots = tuple(max(cell * width, _NARROWEST) for _, width in cells)
        row = cell * tallest + _GAP
        text = rows * row + 0.2
        width = sum(slots) + 3 * _GAP + 0.4
        # Words in a fixed-width font of 11 points: 0.094 inches a character.
        return cls(
            cell,
            slots,
            row,
            text,
            max(width, 0.094 * _CHARACTERS + 0.2) if lines else width,
            text + _LINE * lines,
        )

    def panel(
        self,
        fig: Figure,
        row: int,
        column: int,
        title: str,
        picture: Array,
        cmap: str,
        scale: Normalize,
    ) -> Axes:
        height, width = (self.cell * cells for cells in picture.shape)
        left = self._left(column) + (self.slots[column] - width) / 2
        top = self._middle(row) - height / 2
        box = left / self.width, 1 - (top + height) / self.height
        ax = fig.add_axes((*box, width / self.width, height / self.height))
        ax.imshow(picture, cmap=cmap, norm=scale, interpolation="nearest", aspect="auto")
        ax.set_xticks(np.arange(picture.shape[1] + 1) - 0.5, [])
        ax.set_yticks(np.arange(picture.shape[0] + 1) - 0.5, [])
        ax.grid(True, color="#9a9a9a", linewidth=0.5)
        ax.tick_params(length=0)
        ax.set_title(title, fontsize=10.5)
        longest = max((len(number(v)) for v in picture.flat if not np.isnan(v)), default=1)
        if 72 * self.cell >= 3.7 * max(longest, 2):
            write_numbers(ax, picture, cmap, scale, skip_nan=True)
        return ax

    def sign(self, fig: Figure, row: int, after: int, sign: str) -> None:
        x = self._left(after) + self.slots[after] + _GAP / 2
        place = (x / self.width, 1 - self._middle(row) / self.height)
        fig.text(*place, sign, fontsize=16, ha="center", va="center", color=INK)

    def _left(self, column: int) -> float:
        return 0.2 + sum(self.slots[:column]) + _GAP * column

    def _middle(self, row: int) -> float:
        return row * self.row + _GAP + (self.row - _GAP) / 2


def _frame(ax: Axes, left: int, top: int, width: int, height: int) -> None:
    ax.add_patch(
        Rectangle(
            (left - 0.5, top - 0.5),
            width,
            height,
            fill=False,
            edgecolor=VERMILION,
            linewidth=3.5,
            zorder=4,
            clip_on=False,
        )
    )


def _frame_taps(ax: Axes, convolution: Convolution, step: ConvStep) -> None:
    """A frame around each pixel that a dilated kernel takes; without dilation it takes all."""
    down, right = convolution.dilation
    if down == right == 1:
        return
    rows, columns = convolution.span
    for row in range(step.top, step.top + rows, down):
        for column in range(step.left, step.left + columns, right):
            _frame(ax, column, row, 1, 1)


def _border(convolution: Convolution) -> Array:
    """True where the padded input holds a zero that was put around the image."""
    rows, columns = convolution.padding
    inside = np.zeros(convolution.x.shape[1:], bool)
    return np.pad(inside, ((rows, rows), (columns, columns)), constant_values=True)


def _mark_padding(ax: Axes, border: Array) -> None:
    for row, column in np.argwhere(border):
        place = (column - 0.5, row - 0.5)
        ax.add_patch(
            Rectangle(
                place, 1, 1, facecolor="#F4F4F4", edgecolor="#BBBBBB", linewidth=0, hatch="///"
            )
        )
        ax.text(column, row, "0", ha="center", va="center", color=INK, fontsize=9)


def _cross_out(ax: Axes, wrong: Array) -> None:
    """A cross through every entry in which the learner's output is another."""
    for row, column in np.argwhere(wrong):
        for slope in (1, -1):
            ax.plot(
                [column - 0.42, column + 0.42],
                [row - 0.42 * slope, row + 0.42 * slope],
                color=VERMILION,
                linewidth=1.8,
                zorder=2.5,  # under the number, which stays readable
            )
