"""The connections of a convolution along a row and across channels, and bars of all costs."""

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from course_lib.arrays import Array
from course_lib.plots.palette import BLUE, HATCHES, INK, ORANGE, VERMILION
from course_lib.widgets.page import Page
from course_lib.widgets.variant_records import Count, Variants, conv_variants

_WIDTH, _HEIGHT = 11.0, 3.1
_PIXELS = 13
_UNSEEN, _SEEN = "#F2F2F2", "#FFF3C4"


def variant_figure(
    name: str = "depthwise separable",
    channels: int = 8,
    filters: int = 8,
    kernel_size: int = 3,
    *,
    dilation: int = 2,
    groups: int = 2,
    size: int = 16,
    count: Count | None = None,
) -> Figure:
    """The picture that VariantExplorer shows of one of the five. Errors: as for conv_variants."""
    state = conv_variants(
        channels, filters, kernel_size, dilation=dilation, groups=groups, size=size, count=count,
    )
    texts = [state.named(name).words, state.against_plain(name), state.remark, state.problem]
    return draw_variant(state, name, texts)


def draw_variant(state: Variants, name: str, texts: list[str]) -> Figure:
    """Pixels of a row, channels, costs; one output and all that it sees are drawn thick."""
    variant = state.named(name)
    page = Page(_WIDTH, _HEIGHT + 0.2, texts)
    row = [part.along(_PIXELS) for part in variant.parts]
    layers = [part.across() for part in variant.parts]
    ax = page.axes(0.2, 0.45, 3.5, _HEIGHT - 0.6)
    _draw_connections(ax, row, _PIXELS // 2, "along a row of pixels")
    ax = page.axes(3.9, 0.45, 3.2, _HEIGHT - 0.6)
    _draw_connections(ax, layers, len(layers[-1]) // 2, "across the channels")
    _draw_costs(page.axes(8.9, 0.55, _WIDTH - 9.05, _HEIGHT - 0.7), state, name)
    return page.fig


def _draw_connections(ax: Axes, masks: list[Array], chosen: int, title: str) -> None:
    """Inputs below, outputs above; the layers between them, if any, in the middle."""
    counts = [masks[0].shape[1], *(len(mask) for mask in masks)]
    places = [np.arange(n) - (n - 1) / 2 for n in counts]
    used = [np.arange(counts[-1]) == chosen]
    for mask in reversed(masks):
        used.insert(0, mask[used[0]].any(axis=0))
    for level, mask in enumerate(masks):
        for i, j in np.argwhere(mask):
            thick = bool(used[level + 1][i])
            ax.plot([places[level][j], places[level + 1][i]], [level, level + 1],
                    color=VERMILION if thick else "#9a9a9a", linewidth=2.6 if thick else 0.7,
                    zorder=2 if thick else 1)
    for level, (at, thick) in enumerate(zip(places, used, strict=True)):
        marker = "s" if level == 0 else "o"
        ax.scatter(at, np.full(len(at), level), s=75, marker=marker, zorder=3,
                   color=[_SEEN if one else _UNSEEN for one in thick],
                   edgecolors=[VERMILION if one else INK for one in thick],
                   linewidths=[2.4 if one else 0.9 for one in thick])
    top, widest = len(masks), max(counts)
    ax.text(0, -0.13 * top, f"{counts[0]} in", ha="center", va="top", fontsize=10, color=INK)
    ax.text(0, 1.12 * top, f"{counts[-1]} out", ha="center", va="bottom", fontsize=10, color=INK)
    ax.set_xlim(-widest / 2 - 0.2, widest / 2 + 0.2)
    ax.set_ylim(-0.3 * top, 1.3 * top)
    ax.set_title(title, fontsize=11, color=INK)
    ax.axis("off")


def _draw_costs(ax: Axes, state: Variants, name: str) -> None:
    values = [variant.parameters for variant in state.all]
    mark = "\N{BLACK RIGHT-POINTING TRIANGLE} "
    names = [(mark if one.name == name else "") + one.name for one in state.all]
    colours: list[Any] = [ORANGE if one.name == name else BLUE for one in state.all]
    bars = ax.barh(range(len(values)), values, color=colours, edgecolor=INK, linewidth=0.7)
    most = max(values)
    for place, (bar, one) in enumerate(zip(bars, state.all, strict=True)):
        bar.set_hatch(HATCHES[int(one.name == name)])
        ax.text(bar.get_width() + 0.03 * most, place, f"{one.parameters:,}", va="center",
                fontsize=9, color=INK)
    ax.set_yticks(range(len(values)), names, fontsize=10)
    ax.set_ylim(len(values) - 0.4, -0.6)
    ax.set_xlim(0, 1.4 * most)
    ax.set_xticks([])
    ax.tick_params(axis="y", length=0)
    ax.set_title(f"weights\n(times {state.all[0].pixels:,} multiply-adds)", fontsize=10, color=INK)
    for side in ("top", "right", "bottom"):
        ax.spines[side].set_visible(False)
