"""An image, one filter of a layer, and all maps of that layer."""

from math import ceil, sqrt
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import Normalize
from matplotlib.figure import Figure

from course_lib.arrays import Array
from course_lib.plots.palette import INK
from course_lib.widgets.filter_records import FilterLayer, Filters, filter_layers
from course_lib.widgets.grid_plot import centred, frame, whole_range
from course_lib.widgets.page import Page

_WIDTH, _HEIGHT = 10.6, 4.4
_MOST_KERNELS, _MOST_MAPS = 16, 64
_GAP = 1  # empty cells between the pictures of a grid


def filter_figure(network: Any, x: Any, layer: int | str = 0, index: int = 0) -> Figure:
    """The picture that FilterBrowser shows of one filter of a layer, given by place or by name.

    network, x and errors: as for filter_layers; ValueError also for a layer or an index that does
    not exist.
    """
    state = filter_layers(network, x)
    if not state.layers:
        return draw_filters(state, None, 0, [state.problem])
    chosen = layer_of(state, layer)
    if not 0 <= index < len(chosen.maps):
        last = len(chosen.maps) - 1
        raise ValueError(f"index expects a whole number from 0 to {last}; got {index}.")
    texts = [chosen.sentence(index), chosen.words, state.problem]
    return draw_filters(state, chosen, index, texts)


def layer_of(state: Filters, layer: int | str) -> FilterLayer:
    """The layer with that place or name; ValueError if there is none."""
    names = [one.name for one in state.layers]
    if layer in names:
        return state.layers[names.index(str(layer))]
    if not isinstance(layer, int) or not 0 <= layer < len(names):
        raise ValueError(
            f"layer expects a place from 0 to {len(names) - 1}, or one of {', '.join(names)}; got "
            f"{layer!r}."
        )
    return state.layers[layer]


def draw_filters(state: Filters, layer: FilterLayer | None, index: int, texts: list[str]) -> Figure:
    """Image and chosen map on the left, the filter's kernels, all maps with the chosen framed."""
    page = Page(_WIDTH, _HEIGHT + 0.15, texts)
    image = state.image.mean(axis=0)
    _show(page.axes(0.2, 0.35, 1.8, 1.8), image, "image", "gray", whole_range(image))
    if layer is None:
        return page.fig
    cmap, norm = _colours(layer.maps)
    chosen = layer.maps[index]
    _show(page.axes(0.2, 2.55, 1.8, 1.8), chosen, f"map {index}", cmap, norm)
    if layer.filters is not None:
        kernels = layer.filters[index]
        shown, _ = _tiled(kernels[:_MOST_KERNELS])
        left_out = len(kernels) > _MOST_KERNELS
        part = f", first {_MOST_KERNELS} of {len(kernels)} kernels" if left_out else ""
        title = f"filter {index}{part}"
        _show(page.axes(2.35, 0.35, 3.2, 3.6), shown, title, "PuOr", centred(kernels))
        _note(page, 2.35 + 1.6, "purple above 0, orange below")
    first = index - index % _MOST_MAPS
    some = layer.maps[first : first + _MOST_MAPS]
    shown, places = _tiled(some)
    part = f"{first} to {first + len(some) - 1} " if len(some) < len(layer.maps) else ""
    ax = _show(page.axes(5.85, 0.35, 3.75, 3.6), shown, f"maps {part}of {layer.name}", cmap, norm)
    frame(ax, [(*places[index - first], *chosen.shape)])
    scale = page.axes(9.75, 0.35, 0.14, 3.6)
    page.fig.colorbar(ax.images[0], cax=scale)
    scale.tick_params(labelsize=9)
    return page.fig


def _colours(maps: Array) -> tuple[str, Normalize]:
    if maps.min() < 0:
        return "PuOr", centred(maps)
    return "viridis", Normalize(0, max(float(maps.max()), 1e-9))


def _tiled(pictures: Array) -> tuple[Array, list[tuple[int, int]]]:
    """The pictures in one array, as a square, nan between them; and where each begins."""
    count, height, width = pictures.shape
    columns = ceil(sqrt(count))
    gap = _GAP if height * width > 1 else 0
    rows = -(-count // columns)
    tiled = np.full((rows * (height + gap) - gap, columns * (width + gap) - gap), np.nan)
    places = []
    for place, picture in enumerate(pictures):
        row, column = divmod(place, columns)
        top, left = row * (height + gap), column * (width + gap)
        tiled[top : top + height, left : left + width] = picture
        places.append((top, left))
    return tiled, places


def _show(ax: Axes, picture: Array, title: str, cmap: str, norm: Normalize) -> Axes:
    ax.imshow(picture, cmap=cmap, norm=norm, interpolation="nearest")
    ax.set_anchor("N")
    ax.set_xticks([])
    ax.set_yticks([])
    ax.set_title(title, fontsize=10.5, color=INK)
    for side in ax.spines.values():
        side.set_visible(False)
    return ax


def _note(page: Page, middle: float, words: str) -> None:
    down = 1 - (_HEIGHT - 0.2) / page.fig.get_figheight()
    page.fig.text(middle / _WIDTH, down, words, fontsize=9.5, ha="center", va="center", color=INK)
