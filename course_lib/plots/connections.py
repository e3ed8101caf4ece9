"""Which output is connected to which input: local against full, free against shared weights."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from course_lib.arrays import Array
from course_lib.plots.palette import INK, LINE_STYLES, OKABE_ITO, VERMILION


def draw_connectivity(
    masks: Any,
    *,
    titles: Sequence[str] | None = None,
    highlight: int | None = None,
    names: tuple[str, str] = ("inputs", "outputs"),
) -> Figure:
    """Inputs in the row below, outputs above, a line for each connection.

    masks: one array (n_out, n_in), target first, or a list of them side by side. True or 1 where
        output i sees input j. Whole numbers above 1 name shared weights: 0 is no connection,
        k draws every connection with weight k in one colour and one line style.
    highlight: an output (row, from 0) whose connections and inputs are drawn thick.
    Raises ValueError for a mask that is not two-dimensional, or a highlight outside of it.
    """
    drawings = [np.asarray(mask) for mask in ([masks] if _is_one(masks) else masks)]
    for mask in drawings:
        _check(mask, highlight)
    if titles is not None and len(titles) != len(drawings):
        raise ValueError(
            f"draw_connectivity expects one title per mask; got {len(titles)} titles "
            f"for {len(drawings)} masks."
        )
    widest = max(max(mask.shape) for mask in drawings)
    width = min(11.0, max(2.6, 0.45 * widest + 0.8) * len(drawings))
    fig = Figure(figsize=(width, 2.9), layout="constrained")
    for index, mask in enumerate(drawings):
        ax = fig.add_subplot(1, len(drawings), index + 1)
        _draw(ax, mask, highlight, names)
        count = int(np.count_nonzero(mask))
        title = f"{titles[index]}\n" if titles is not None else ""
        ax.set_title(f"{title}{count} connections", fontsize=11)
    return fig


def _is_one(masks: Any) -> bool:
    return isinstance(masks, np.ndarray) or np.isscalar(masks[0][0])


def _check(mask: Array, highlight: int | None) -> None:
    if mask.ndim != 2 or not mask.size:
        raise ValueError(
            "draw_connectivity expects masks of shape (n_out, n_in), target first; "
            f"got shape {mask.shape}."
        )
    if highlight is not None and not 0 <= highlight < len(mask):
        raise ValueError(f"highlight expects an output from 0 to {len(mask) - 1}; got {highlight}.")


def _draw(ax: Axes, mask: Array, highlight: int | None, names: tuple[str, str]) -> None:
    n_out, n_in = mask.shape
    at_in = np.arange(n_in) - (n_in - 1) / 2
    at_out = np.arange(n_out) - (n_out - 1) / 2
    shared = sorted({int(k) for k in mask.flat if int(k) > 1})
    for i, j in np.argwhere(mask):
        kind = int(mask[i, j]) - 1 if shared else 0
        thick = highlight == i
        ax.plot(
            [at_in[j], at_out[i]],
            [0, 1],
            color=_colour(kind, bool(shared), thick),
            linestyle=LINE_STYLES[kind % len(LINE_STYLES)],
            linewidth=3.0 if thick else 1.2,
            zorder=2 if thick else 1,
        )
    seen = mask[highlight] != 0 if highlight is not None else np.zeros(n_in, bool)
    chosen = np.arange(n_out) == highlight
    _dots(ax, at_in, 0, "s", "#CFE6F3", seen)
    _dots(ax, at_out, 1, "o", "#F2F2F2", chosen)
    _finish(ax, names, max(n_in, n_out))
    if shared:
        _weight_legend(ax, int(mask.max()))


def _colour(kind: int, shared: bool, thick: bool) -> str:
    if shared:
        return OKABE_ITO[kind % len(OKABE_ITO)]
    return VERMILION if thick else INK


def _dots(ax: Axes, at: Array, y: float, marker: str, fill: str, thick: Array) -> None:
    ax.scatter(
        at,
        np.full(len(at), y),
        s=170,
        marker=marker,
        color=["#FFF3C4" if one else fill for one in thick],
        edgecolors=[VERMILION if one else INK for one in thick],
        linewidths=[3.0 if one else 1.2 for one in thick],
        zorder=3,
    )


def _finish(ax: Axes, names: tuple[str, str], widest: int) -> None:
    ax.text(0, -0.2, names[0], ha="center", va="top", fontsize=11)
    ax.text(0, 1.2, names[1], ha="center", va="bottom", fontsize=11)
    ax.set_xlim(-widest / 2 - 0.2, widest / 2 + 0.2)
    ax.set_ylim(-0.45, 1.45)
    ax.axis("off")


def _weight_legend(ax: Axes, count: int) -> None:
    handles = [
        Line2D(
            [],
            [],
            color=OKABE_ITO[k % len(OKABE_ITO)],
            linestyle=LINE_STYLES[k % len(LINE_STYLES)],
            label=f"weight {k + 1}",
        )
        for k in range(count)
    ]
    ax.legend(
        handles=handles,
        loc="upper center",
        bbox_to_anchor=(0.5, 0.02),
        ncols=min(count, 3),
        frameon=False,
        fontsize=9,
        handlelength=3,
    )
