"""The matrix of a convolution, to point at: entry, number of the kernel, pixels of x and y."""

from typing import Any

import numpy as np
import traitlets

from course_lib.widgets.live import LiveWidget, packed
from course_lib.widgets.toeplitz_plot import checked
from course_lib.widgets.toeplitz_records import Matrix, toeplitz

__all__ = ["ToeplitzView"]

_KERNEL = np.arange(1.0, 10.0).reshape(3, 3)


class ToeplitzView(LiveWidget):
    """Point at an entry of the matrix, at the kernel, at x or at y: the others answer.

    weight (F_h, F_w), by default 1 to 9, so that each number is known again in the matrix. The
    arguments are those of toeplitz; with `matrix` (the learner's function) it says whether they
    agree. `entry` [row, column] can be read and set. Raises ValueError for arguments that do not
    fit; what `matrix` does is shown in the widget (`error`), never raised.
    """

    front = "toeplitz_view"
    parts = ("chart", "grid")
    asks = ("entry",)

    entry = traitlets.List([0, 0]).tag(sync=True)
    kernel = traitlets.Dict().tag(sync=True)
    matrix = traitlets.Dict().tag(sync=True)
    place = traitlets.Dict().tag(sync=True)
    sizes = traitlets.Dict().tag(sync=True)
    sentence = traitlets.Unicode("").tag(sync=True)
    words = traitlets.Unicode("").tag(sync=True)
    remark = traitlets.Unicode("").tag(sync=True)

    def __init__(
        self,
        weight: Any = None,
        image_size: tuple[int, int] = (4, 4),
        stride: int = 1,
        padding: int = 0,
        *,
        matrix: Matrix | None = None,
    ) -> None:
        given = _KERNEL if weight is None else weight
        self._state = state = toeplitz(given, image_size, stride, padding, matrix=matrix)
        super().__init__(
            kernel=packed(state.weight),
            matrix=packed(state.matrix),
            place=packed(state.place),
            sizes={"x": list(state.image_size), "y": list(state.out_size)},
            words=state.words,
            remark=state.remark,
        )
        self.refresh()

    def answer(self) -> None:
        self.sentence = self._state.sentence(*checked(self._state, self.entry))
        self.error = self._state.problem
