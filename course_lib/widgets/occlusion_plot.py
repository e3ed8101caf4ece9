"""The image under a patch, the drop by pixel, and the probabilities with the patch."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from course_lib.arrays import Array
from course_lib.plots.palette import BLUE, HATCHES, INK, ORANGE
from course_lib.widgets.grid_plot import centred, frame
from course_lib.widgets.occlusion_records import Occlusion, occlusion
from course_lib.widgets.page import Page

_WIDTH, _SIDE, _MOST_BARS = 10.4, 3.0, 10


def occlusion_figure(
    network: Any,
    image: Any,
    target: int | None = None,
    patch: int = 7,
    *,
    stride: int = 2,
    grey: float = 0.5,
    labels: Sequence[str] | None = None,
    place: int | None = None,
) -> Figure:
    """The picture that OcclusionMap shows with the patch at `place`, counted row by row from 0.

    place: by default that of the largest drop. The other arguments and errors: as for occlusion;
    ValueError also for a place that does not exist.
    """
    state = occlusion(network, image, target, patch, stride=stride, grey=grey, labels=labels)
    count = len(state.tops) * len(state.lefts)
    if place is None:
        place = 0 if state.problem else int(np.argmax(state.drops))
    if not 0 <= place < count:
        raise ValueError(f"place expects a whole number from 0 to {count - 1}; got {place}.")
    return draw_occlusion(state, place, [state.sentence(place), state.words])


def draw_occlusion(state: Occlusion, place: int, texts: list[str]) -> Figure:
    """Three panels; the map and the bars stay empty if the network has said nothing."""
    page = Page(_WIDTH, _SIDE + 0.95, texts)
    row, column = state.place(place)
    box = state.tops[row], state.lefts[column], state.patch, state.patch
    ax = page.axes(0.2, 0.4, _SIDE, _SIDE)
    _show(ax, _shown(state.under(place)), "what the network sees", {"cmap": "gray"})
    frame(ax, [box])
    ax = page.axes(3.45, 0.4, _SIDE, _SIDE)
    if state.problem:
        drops = np.full(state.image.shape[1:], np.nan)
    else:
        drops = state.by_pixel
    title = "drop of the probability"
    picture = _show(ax, drops, title, {"cmap": "PuOr", "norm": centred(drops)})
    frame(ax, [box])
    if state.problem:
        return page.fig
    scale = page.axes(6.55, 0.4, 0.14, _SIDE)
    page.fig.colorbar(picture, cax=scale)
    scale.tick_params(labelsize=9, labelcolor=INK)
    _draw_bars(page.axes(7.75, 0.4, _WIDTH - 7.95, _SIDE), state, state.covered[row, column])
    return page.fig


def _shown(image: Array) -> Array:
    """(H, W, 3) for three channels that are colours, else the mean of the channels."""
    if len(image) == 3 and image.min() >= 0 and image.max() <= 1:
        return np.moveaxis(image, 0, -1)
    mean: Array = image.mean(axis=0)
    return mean


def _show(ax: Axes, picture: Array, title: str, colours: dict[str, Any]) -> Any:
    shown = ax.imshow(picture, interpolation="nearest", **colours)
    ax.set_xticks([])
    ax.set_yticks([])
    ax.set_title(title, fontsize=11, color=INK)
    return shown


def _draw_bars(ax: Axes, state: Occlusion, now: Array) -> None:
    """The likeliest classes, without the patch and with it."""
    order = np.argsort(-np.maximum(state.whole, now), kind="stable")[:_MOST_BARS]
    chosen = sorted({int(k) for k in order} | {state.target})
    places = np.arange(len(chosen))
    for kind, (name, shares) in enumerate((("without", state.whole), ("with patch", now))):
        ax.barh(places + 0.4 * kind - 0.2, shares[chosen], height=0.38, label=name,
                color=(BLUE, ORANGE)[kind], edgecolor=INK, linewidth=0.6, hatch=HATCHES[kind])
    mark = "\N{BLACK RIGHT-POINTING TRIANGLE} "
    names = [(mark if k == state.target else "") + state.labels[k] for k in chosen]
    ax.set_yticks(places, names, fontsize=9.5)
    ax.set_xlim(0, 1)
    ax.set_ylim(len(chosen) - 0.5, -0.5)
    ax.set_xticks([0, 0.5, 1])
    ax.tick_params(labelsize=9.5)
    ax.set_xlabel("probability", fontsize=10, color=INK)
    # Above the bars, where it hides none of them.
    ax.legend(fontsize=9, loc="lower center", bbox_to_anchor=(0.5, 0.99), ncols=2, frameon=False,
              columnspacing=1.0, handlelength=1.2)
    for side in ("top", "right"):
        ax.spines[side].set_visible(False)
