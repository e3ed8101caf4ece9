"""Bars of parameters and multiply-adds for every layer of one network or of two."""

from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from course_lib.plots.palette import BLUE, FAINT, HATCHES, INK, ORANGE
from course_lib.widgets.architecture_records import Architecture, Size, architecture, compared
from course_lib.widgets.page import Page

_WIDTH, _NAMES, _BAR = 11.0, 1.25, 0.25
_COLOURS = BLUE, ORANGE


def architecture_figure(
    model: Any,
    input_shape: Size,
    other: Any = None,
    other_shape: Size | None = None,
    *,
    names: Sequence[str] = ("your network", "the other"),
    layer: int = -1,
) -> Figure:
    """The picture that ArchitectureExplorer shows: one network, or two side by side.

    other_shape: by default the input_shape of the first. layer: the bar of the first network to
    mark and to put in words, from 0; -1 for none. Errors: as for architecture; what a network
    does is written into the picture.
    """
    shown = [architecture(names[0], model, input_shape)]
    if other is not None:
        shown.append(architecture(names[1], other, other_shape or input_shape))
    texts = [shown[0].sentence(layer), *(one.words for one in shown)]
    if len(shown) > 1:
        texts.append(compared(*shown))
    return draw_architectures(shown, layer, texts)


def draw_architectures(shown: list[Architecture], layer: int, texts: list[str]) -> Figure:
    """Two columns of bars for each network; the same scale for both networks."""
    height = 0.75 + _BAR * max(4, *(len(one.bars) for one in shown))
    page = Page(_WIDTH, height + 0.15, texts)
    across = _WIDTH / len(shown)
    wide = (across - _NAMES - 0.45) / 2
    for place, one in enumerate(shown):
        left = place * across + _NAMES + 0.1
        tall = _BAR * max(1, len(one.bars))
        for column, quantity in enumerate(("parameters", "macs")):
            most = max((getattr(bar, quantity) for each in shown for bar in each.bars), default=1)
            ax = page.axes(left + column * (wide + 0.1), 0.7, wide, tall)
            values = [getattr(bar, quantity) for bar in one.bars]
            _bars(ax, values, most, place, wide)
            ax.set_title(("parameters", "multiply-adds")[column], fontsize=10, color=INK)
            if column:
                ax.set_yticks([])
            else:
                marked = layer if place == 0 else -1
                _name_bars(ax, [bar.name for bar in one.bars], marked)
        middle = (place + 0.5) * across / _WIDTH
        text = page.fig.text(middle, 1 - 0.2 / page.fig.get_figheight(), one.name, fontsize=12)
        text.set(ha="center", va="center", color=INK)
    return page.fig


def _bars(ax: Axes, values: list[int], most: int, kind: int, wide: float) -> None:
    places = range(len(values))
    ax.barh(places, values, color=_COLOURS[kind], edgecolor=INK, linewidth=0.7, height=0.72,
            hatch=HATCHES[kind])
    for place, value in enumerate(values):
        ax.text(value + 0.015 * most, place, short(value), va="center", fontsize=8.5, color=INK)
    ax.set_xlim(0, max(most, 1) * wide / max(wide - 0.62, 0.5))
    ax.set_ylim(max(len(values), 1) - 0.5, -0.5)
    ax.set_xticks([])
    for side in ("top", "right", "bottom"):
        ax.spines[side].set_visible(False)


def _name_bars(ax: Axes, names: list[str], marked: int) -> None:
    written = [
        f"\N{BLACK RIGHT-POINTING TRIANGLE} {_cut(name)}" if place == marked else _cut(name)
        for place, name in enumerate(names)
    ]
    ax.set_yticks(range(len(names)), written, fontsize=9)
    ax.tick_params(axis="y", length=0, labelcolor=INK, color=FAINT)


def _cut(name: str) -> str:
    return name if len(name) <= 16 else f"{name[:7]}\N{HORIZONTAL ELLIPSIS}{name[-8:]}"


def short(value: int) -> str:
    """61,706 as 61.7 k; three digits, as one says such numbers."""
    for unit, sign in ((10**9, " G"), (10**6, " M"), (10**3, " k")):
        if value >= unit:
            return f"{value / unit:.3g}{sign}"
    return str(value)
