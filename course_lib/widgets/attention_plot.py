"""The weights of all queries as a matrix, and those of one query over the image or the words."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import Normalize
from matplotlib.figure import Figure

from course_lib.plots.palette import BLUE, HATCHES, INK, ORANGE
from course_lib.widgets.attention_records import Attention, AttentionWeights, attention_weights
from course_lib.widgets.grid_plot import frame
from course_lib.widgets.page import Page

_WIDTH, _SIDE = 9.6, 3.4
_MOST_NAMES = 20


def attention_figure(
    query: Any,
    key: Any = None,
    position: int = 0,
    *,
    head: int = 0,
    is_causal: bool = False,
    scale: float | None = None,
    labels: Sequence[str] | None = None,
    shape: tuple[int, int] | None = None,
    attention: Attention | None = None,
) -> Figure:
    """The picture that AttentionMap shows for the query at `position`.

    The other arguments and errors: as for attention_weights; ValueError also for a position or a
    head that does not exist.
    """
    state = attention_weights(
        query, key, is_causal=is_causal, scale=scale, labels=labels, shape=shape,
        attention=attention,
    )
    for name, value, count in (("head", head, len(state.weights)),
                               ("position", position, state.weights.shape[1])):
        if not 0 <= value < count:
            raise ValueError(f"{name} expects a whole number from 0 to {count - 1}; got {value}.")
    texts = [state.sentence(position, head), state.remark, state.problem]
    return draw_attention(state, position, head, texts)


def draw_attention(state: AttentionWeights, position: int, head: int, texts: list[str]) -> Figure:
    """The matrix on the left with the query's row framed; its weights on the right."""
    weights = state.weights[head]
    page = Page(_WIDTH, _SIDE + 1.0, texts)
    norm = Normalize(0, max(float(weights.max()), 1e-9))
    n_queries, n_keys = weights.shape
    cell = _SIDE / max(n_queries, n_keys)
    ax = page.axes(0.75, 0.45, cell * n_keys, cell * n_queries)
    picture = ax.imshow(weights, cmap="viridis", norm=norm, interpolation="nearest", aspect="auto")
    ax.set_title("weights of all queries", fontsize=11, color=INK)
    ax.set_xlabel("key", fontsize=10)
    ax.set_ylabel("query", fontsize=10)
    ax.set_xticks(_ticks(n_keys))
    ax.set_yticks(_ticks(n_queries))
    ax.tick_params(labelsize=9)
    room = 0.5 if n_queries > _MOST_NAMES else 0.0  # so that the frame does not hide a thin row
    frame(ax, [(position - room, 0, 1 + 2 * room, n_keys)])
    scale = page.axes(0.75 + _SIDE + 0.15, 0.45, 0.14, _SIDE)
    page.fig.colorbar(picture, cax=scale)
    scale.tick_params(labelsize=9)
    title = f"where {state.query_names[position]} looks"
    if state.shape is None:
        _draw_bars(page.axes(6.3, 0.45, _WIDTH - 7.0, _SIDE), state, position, head)
        page.fig.axes[-1].set_title(title, fontsize=11, color=INK)
        return page.fig
    rows, columns = state.shape
    cell = _SIDE / max(rows, columns)
    ax = page.axes(5.9, 0.45, cell * columns, cell * rows)
    image = weights[position].reshape(rows, columns)
    ax.imshow(image, cmap="viridis", norm=norm, interpolation="nearest", aspect="auto")
    ax.set_title(title, fontsize=11, color=INK)
    ax.set_xticks([])
    ax.set_yticks([])
    if n_queries == n_keys:
        frame(ax, [(*divmod(position, columns), 1, 1)])
    return page.fig


def _draw_bars(ax: Axes, state: AttentionWeights, position: int, head: int) -> None:
    """The first 20 of the largest weights, in the order of the keys."""
    row = state.weights[head, position]
    shown = np.sort(np.argsort(-row, kind="stable")[:_MOST_NAMES])
    own = state.query_names == state.names
    for place, s in enumerate(shown):
        itself = own and s == position
        ax.barh(place, row[s], color=ORANGE if itself else BLUE, edgecolor=INK, linewidth=0.7,
                hatch=HATCHES[int(itself)])
    names = [state.names[s] for s in shown]
    if own:
        mark = "\N{BLACK RIGHT-POINTING TRIANGLE} "
        names = [(mark if s == position else "") + n for s, n in zip(shown, names, strict=True)]
    ax.set_yticks(range(len(shown)), names, fontsize=9.5)
    ax.set_ylim(len(shown) - 0.5, -0.5)
    ax.set_xlim(0, 1)
    ax.set_xticks([0, 0.5, 1])
    ax.set_xlabel("weight", fontsize=10)
    ax.tick_params(labelsize=9.5)
    for side in ("top", "right"):
        ax.spines[side].set_visible(False)


def _ticks(count: int) -> Any:
    return range(0, count, max(1, -(-count // 8)))
