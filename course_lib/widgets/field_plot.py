"""The cone of a number through a stack of windows, and its field on the image."""

from itertools import pairwise
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Polygon, Rectangle

from course_lib.plots.palette import BLUE, INK, ORANGE, VERMILION
from course_lib.widgets.field_records import Cone, InputSize, Layers, receptive_cone
from course_lib.widgets.page import Page

_WIDTH = 10.0
_ROW = 0.62
_HIGH = 0.24
_SQUARE = 1.9


def receptive_field_figure(
    layers: Layers,
    input_size: InputSize = 16,
    layer: int = -1,
    unit: int | None = None,
    *,
    field: Any = None,
) -> Figure:
    """The picture that ReceptiveField shows. Arguments and errors: as for receptive_cone."""
    cone = receptive_cone(layers, input_size, layer, unit, field=field)
    stack = cone.stack
    levels = len(stack.sizes)
    height = max(_ROW * levels + 0.2, _SQUARE + 0.7)
    texts = [cone.words, stack.note, cone.remark, cone.problem]
    page = Page(_WIDTH, height, texts)
    low, high = reach(cone)
    wide = _WIDTH - _SQUARE - 0.9
    ax = page.axes(0.2, 0.1, wide, _ROW * levels)
    ax.set_xlim(low - 0.6, high + 0.6)
    ax.set_ylim(_ROW * levels, 0)
    ax.axis("off")
    edges = []
    for level in range(levels - 1, -1, -1):
        top = (levels - 1 - level) * _ROW + 0.26
        name = f"{stack.names[level]} ({stack.sizes[level]})"
        ax.text(low - 0.5, top - 0.05, name, fontsize=10, color=INK, va="bottom")
        left, right = _row(ax, cone, level, top)
        if level <= cone.layer:
            edges.append((top, left, right))
    for (upper, left, right), (lower, first, last) in pairwise(edges):
        corners = [(left, upper + _HIGH), (right, upper + _HIGH), (last, lower), (first, lower)]
        ax.add_patch(Polygon(corners, facecolor=ORANGE, alpha=0.3, linewidth=0))
    _image(page, cone)
    return page.fig


def reach(cone: Cone) -> tuple[float, float]:
    """The first and last pixel that any number sees, those of the image at least."""
    stack = cone.stack
    low = min(0.0, *(field.start for field in stack.fields))
    ends = [
        field.start + field.jump * (size - 1) + field.size - 1
        for field, size in zip(stack.fields, stack.sizes, strict=True)
    ]
    return low, max(stack.sizes[0] - 1, *ends)


def _row(ax: Axes, cone: Cone, level: int, top: float) -> tuple[float, float]:
    """One level, each number over the middle of its field; where the cone begins and ends."""
    field, size = cone.stack.fields[level], cone.stack.sizes[level]
    first, last = cone.spans[level] if level <= cone.layer else (0, -1)
    wide = 0.84 * field.jump
    middle = field.start + (field.size - 1) / 2
    for place in range(min(first, 0), max(last + 1, size)):
        left = middle + field.jump * place - wide / 2
        box = Rectangle((left, top), wide, _HIGH, facecolor="#EDEDED", edgecolor="#8a8a8a")
        if first <= place <= last:
            box.set(facecolor=VERMILION if level == cone.layer else BLUE, edgecolor=INK)
        if not 0 <= place < size:
            box.set(facecolor="white", linestyle="--")
        ax.add_patch(box)
    return (
        middle + field.jump * first - wide / 2, middle + field.jump * last + wide / 2
    )


def _image(page: Page, cone: Cone) -> None:
    n_in, (first, last) = cone.stack.sizes[0], cone.spans[0]
    ax = page.axes(_WIDTH - _SQUARE - 0.3, 0.45, _SQUARE, _SQUARE)
    ax.set_xlim(min(first, 0) - 0.5, max(last, n_in - 1) + 0.5)
    ax.set_ylim(max(last, n_in - 1) + 0.5, min(first, 0) - 0.5)
    ax.axis("off")
    ax.set_title("on the image", fontsize=10)
    image = Rectangle((-0.5, -0.5), n_in, n_in, facecolor="#EDEDED", edgecolor=INK)
    side = last - first + 1
    seen = Rectangle((first - 0.5, first - 0.5), side, side, facecolor=BLUE, edgecolor=INK)
    seen.set(alpha=0.8, hatch="..")
    ax.add_patch(image)
    ax.add_patch(seen)
