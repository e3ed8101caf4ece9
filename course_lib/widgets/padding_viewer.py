"""The five rules for what lies beyond the border, to look at pixel by pixel."""

from typing import Any

import numpy as np
import traitlets

from course_lib.images.padding import MODES
from course_lib.widgets.live import LiveWidget, packed
from course_lib.widgets.padding_records import Pad, padded_image, padded_rows

__all__ = ["PaddingViewer"]

_IMAGE = np.arange(1.0, 17.0).reshape(4, 4)


class PaddingViewer(LiveWidget):
    """Choose a rule and a width; point at a pixel, and the one it repeats is framed.

    image (H, W), by default the numbers 1 to 16, padding and mode: as for padded_image; row: the
    numbers on which all five rules stand side by side. pad: the learner's function of image,
    padding, mode; after every change the widget says whether it agrees. `mode` and `padding` can
    be read and set. Raises ValueError for arguments that do not fit; what `pad` does is shown in
    the widget (`error`), never raised.
    """

    front = "padding_viewer"
    parts = ("chart", "grid")
    asks = ("mode", "padding")

    mode = traitlets.Unicode("zero").tag(sync=True)
    padding = traitlets.Int(2).tag(sync=True)
    modes = traitlets.List().tag(sync=True)
    padded = traitlets.Dict().tag(sync=True)
    sources = traitlets.Dict().tag(sync=True)
    lines = traitlets.Dict().tag(sync=True)
    words = traitlets.Unicode("").tag(sync=True)
    remark = traitlets.Unicode("").tag(sync=True)

    def __init__(
        self,
        image: Any = None,
        padding: int = 2,
        mode: str = "zero",
        *,
        row: Any = (1, 2, 3, 4),
        pad: Pad | None = None,
    ) -> None:
        state = padded_image(_IMAGE if image is None else image, padding, mode)
        padded_rows(row, padding)
        self._image, self._row, self._pad = state.image, row, pad
        super().__init__(mode=mode, padding=padding, modes=list(MODES))
        self.refresh()

    def answer(self) -> None:
        state = padded_image(self._image, self.padding, self.mode, pad=self._pad)
        rows = padded_rows(self._row, self.padding)
        self.padded = packed(state.padded)
        # With the width they belong to, so that a picture is never drawn of two answers.
        self.sources = {
            "rows": state.rows.tolist(), "columns": state.columns.tolist(),
            "padding": state.padding, "mode": state.mode,
        }
        self.lines = {mode: numbers.tolist() for mode, numbers in rows.items()}
        self.words, self.remark, self.error = state.words, state.remark, state.problem
