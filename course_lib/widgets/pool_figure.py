"""One window of a pool as a picture: x and y above, their gradients beneath."""

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import Normalize
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch, Rectangle

from course_lib.arrays import Array
from course_lib.plots.images import write_numbers
from course_lib.plots.palette import VERMILION
from course_lib.widgets.graph_figure import chosen
from course_lib.widgets.page import Page
from course_lib.widgets.pool_records import Mode, Pair, Pool, PoolStep, pool_steps

_WIDTH = 8.4
_LARGEST, _SMALLEST = 0.62, 0.3
_GAP = 1.5


def pool_step_figure(
    x: Any,
    kernel_size: Pair = 2,
    stride: Pair | None = None,
    padding: Pair = 0,
    step: int = -1,
    *,
    mode: Mode = "max",
    grad_output: Any = None,
    layer: Any = None,
    backward: Any = None,
) -> Figure:
    """The picture that PoolStepper shows at `step` (0 = first window, -1 = last on the way back).

    The other arguments are those of pool_steps. Raises ValueError as pool_steps does, and for a
    step that does not exist.
    """
    steps = pool_steps(
        x, kernel_size, stride, padding, mode=mode, grad_output=grad_output, layer=layer,
        backward=backward,
    )
    record = chosen(steps, step)
    pool = Pool.of(x, kernel_size, stride, padding, mode, grad_output)
    return draw_pool_step(pool, record, [record.words, record.remark, record.problem])


def draw_pool_step(pool: Pool, step: PoolStep, texts: list[str]) -> Figure:
    """Four panels; the window is framed, an arrow shows which way the numbers go."""
    rows, columns = pool.x.shape
    across = columns + pool.y.shape[1]
    cell = max(_SMALLEST, min(_LARGEST, (_WIDTH - 1.2 - _GAP) / across, 2.6 / rows))
    height = cell * rows + 0.75
    page = Page(_WIDTH, 2 * height + 0.1, texts)
    right = 0.6 + cell * columns + _GAP
    most = max(float(np.abs(pool.grad_output).max()), float(np.abs(step.grad_x).max()), 1e-9)
    grey = Normalize(float(pool.x.min()), max(float(pool.x.max()), float(pool.x.min()) + 1e-9))
    signed = Normalize(-most, most)
    panels = [
        ("x", pool.x, 0.6, 0.4, "gray", grey), ("y", step.y, right, 0.4, "gray", grey),
        ("grad_x", step.grad_x if step.backward else np.full(pool.x.shape, np.nan), 0.6,
         height + 0.4, "PuOr", signed),
        ("grad_y", pool.grad_output, right, height + 0.4, "PuOr", signed),
    ]
    drawn = {}
    for title, picture, left, top, cmap, scale in panels:
        size = cell * picture.shape[1], cell * picture.shape[0]
        drawn[title] = ax = page.axes(left, top, *size)
        _draw(ax, title, picture, cmap, scale)
    inputs, outputs = ("grad_x", "grad_y") if step.backward else ("x", "y")
    _frame(drawn[inputs], step.left, step.top, pool.kernel[1], pool.kernel[0])
    _frame(drawn[outputs], step.column, step.row, 1, 1)
    if step.winner is not None:
        _ring(drawn["x"], step.winner)
        if step.backward:
            _ring(drawn["grad_x"], step.winner)
    down = 0.4 + cell * rows / 2 + (height if step.backward else 0)
    middle = 1 - down / page.fig.get_figheight()
    ends = ((right - _GAP + 0.35) / _WIDTH, middle), ((right - 0.35) / _WIDTH, middle)
    if step.backward:
        ends = ends[1], ends[0]
    arrow = FancyArrowPatch(ends[0], ends[1], arrowstyle="-|>", mutation_scale=20, linewidth=2.5)
    arrow.set(color=VERMILION, transform=page.fig.transFigure)
    page.fig.add_artist(arrow)
    return page.fig


def _draw(ax: Axes, title: str, picture: Array, cmap: str, scale: Normalize) -> None:
    ax.imshow(picture, cmap=cmap, norm=scale, interpolation="nearest", aspect="auto")
    ax.set_xticks(np.arange(picture.shape[1] + 1) - 0.5, [])
    ax.set_yticks(np.arange(picture.shape[0] + 1) - 0.5, [])
    ax.grid(True, color="#9a9a9a", linewidth=0.5)
    ax.tick_params(length=0)
    ax.set_title(title, fontsize=11)
    write_numbers(ax, picture, cmap, scale, skip_nan=True)


def _frame(ax: Axes, left: int, top: int, width: int, height: int) -> None:
    box = Rectangle((left - 0.5, top - 0.5), width, height, fill=False, edgecolor=VERMILION)
    box.set(linewidth=3.5, zorder=4, clip_on=False)
    ax.add_patch(box)


def _ring(ax: Axes, at: tuple[int, int]) -> None:
    box = Rectangle((at[1] - 0.38, at[0] - 0.38), 0.76, 0.76, fill=False, edgecolor=VERMILION)
    box.set(linewidth=2, linestyle=(0, (2, 1)), zorder=4)
    ax.add_patch(box)
