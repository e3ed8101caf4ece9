"""The five border rules on a row of numbers, and one of them on an image."""

from typing import Any

import numpy as np
from matplotlib.figure import Figure

from course_lib.widgets.grid_plot import beside, draw_cells, frame, whole_range
from course_lib.widgets.padding_records import Pad, padded_image, padded_rows
from course_lib.widgets.page import Page

_WIDTH = 9.6
_ROW = 0.38


def padding_figure(
    image: Any,
    padding: int = 2,
    mode: str = "zero",
    *,
    row: Any = (1, 2, 3, 4),
    pad: Pad | None = None,
) -> Figure:
    """The picture that PaddingViewer shows. Errors: as for padded_image and padded_rows."""
    state = padded_image(image, padding, mode, pad=pad)
    rows = padded_rows(row, padding)
    tall, wide = state.padded.shape
    cell = min(0.5, 4.4 / wide, 4.4 / tall)
    height = 0.5 + max(cell * tall, len(rows) * (_ROW + 0.16)) + 0.15
    page = Page(_WIDTH, height, [state.words, state.remark, state.problem])
    scale = whole_range(state.padded)
    ax = draw_cells(page, f"padded by {padding}", state.padded, 0.3, 0.4, cell, scale=scale)
    frame(ax, [(padding, padding, *state.image.shape)], 2)
    long = len(rows[mode])
    small = min(_ROW, 3.4 / long)
    left = _WIDTH - 0.2 - small * long
    for index, (name, numbers) in enumerate(rows.items()):
        top = 0.4 + index * (_ROW + 0.16)
        line = draw_cells(page, "", numbers[np.newaxis], left, top, small)
        frame(line, [(0, padding, 1, long - 2 * padding)], 2)
        chosen = f"\N{BLACK RIGHT-POINTING TRIANGLE} {name}" if name == mode else name
        beside(page, chosen, left - 0.12, top + small / 2)
    return page.fig
