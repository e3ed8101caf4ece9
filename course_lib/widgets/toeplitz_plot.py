"""A convolution matrix with one entry followed to the kernel, to x and to y."""

from typing import Any

import numpy as np
from matplotlib.figure import Figure

from course_lib.widgets.grid_plot import centred, draw_cells, frame
from course_lib.widgets.page import Page
from course_lib.widgets.toeplitz_records import Matrix, Toeplitz, toeplitz

_WIDTH = 10.4
_SMALL = 0.36


def toeplitz_figure(
    weight: Any,
    image_size: tuple[int, int] = (4, 4),
    stride: int = 1,
    padding: int = 0,
    entry: tuple[int, int] = (0, 0),
    *,
    matrix: Matrix | None = None,
) -> Figure:
    """The picture that ToeplitzView shows at an entry (row, column) of the matrix.

    The other arguments are those of toeplitz. Raises ValueError as toeplitz does, and for an
    entry that does not exist.
    """
    state = toeplitz(weight, image_size, stride, padding, matrix=matrix)
    row, column = checked(state, entry)
    rows, columns = state.matrix.shape
    cell = min(0.5, (_WIDTH - 0.6) / columns, 5.0 / rows)
    texts = [state.sentence(row, column), state.words, state.remark, state.problem]
    panels = [
        ("kernel", state.weight), ("x, by its place", _numbered(state.image_size)),
        ("y, by its place", _numbered(state.out_size)),
    ]
    small = min(_SMALL, (_WIDTH - 3.0) / sum(panel.shape[1] for _, panel in panels))
    upper = 0.45 + small * max(len(panel) for _, panel in panels)
    page = Page(_WIDTH, upper + 0.5 + cell * rows + 0.15, texts)
    place = int(state.place[row, column])
    kernel, image, output = _boxes(state, row, column)
    left = 0.3
    for (title, numbers), boxes, kind in zip(panels, (kernel, image, output), (0, 1, 2),
                                             strict=True):
        if title == "kernel":
            ax = draw_cells(
                page, title, numbers, left, 0.35, small, cmap="PuOr", scale=centred(numbers)
            )
        else:
            ax = draw_cells(page, title, numbers, left, 0.35, small, cmap="cividis")
        frame(ax, boxes, kind)
        left += small * numbers.shape[1] + 1.2
    shown = np.where(state.place < 0, np.nan, state.matrix)
    ax = draw_cells(
        page, f"M, {rows} x {columns} (empty cells are 0)", shown, 0.3, upper + 0.5, cell,
        cmap="PuOr", scale=centred(state.weight), numbers=cell >= 0.24,
    )
    frame(ax, [(row, 0, 1, columns)], 2)
    frame(ax, [(0, column, rows, 1)], 1)
    same = np.argwhere(state.place == place) if place >= 0 else [(row, column)]
    frame(ax, [(int(r), int(c), 1, 1) for r, c in same])
    return page.fig


def checked(state: Toeplitz, entry: Any) -> tuple[int, int]:
    """The entry as (row, column). Raises ValueError for anything that is not in the matrix."""
    place = np.asarray(entry)
    rows, columns = state.matrix.shape
    whole = place.shape == (2,) and place.dtype.kind in "iu"
    if not whole or not (0 <= place[0] < rows and 0 <= place[1] < columns):
        raise ValueError(
            f"entry expects a row from 0 to {rows - 1} and a column from 0 to {columns - 1}; "
            f"got {entry}."
        )
    return int(place[0]), int(place[1])


def _numbered(size: tuple[int, int]) -> Any:
    return np.arange(size[0] * size[1]).reshape(size)


def _boxes(state: Toeplitz, row: int, column: int) -> tuple[list[Any], list[Any], list[Any]]:
    """The framed number of the kernel, pixel of x and pixel of y."""
    place = int(state.place[row, column])
    cells = (
        divmod(place, state.weight.shape[1]) if place >= 0 else None,
        divmod(column, state.image_size[1]), divmod(row, state.out_size[1]),
    )
    kernel, image, output = ([(*cell, 1, 1)] if cell else [] for cell in cells)
    return kernel, image, output
