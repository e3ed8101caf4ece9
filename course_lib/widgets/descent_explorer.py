"""Gradient descent to play with, on the learner's own function."""

from typing import Any

import numpy as np
import traitlets
from matplotlib.figure import Figure

from course_lib.arrays import Array
from course_lib.widgets.descent_plot import Bounds, bounds_of, curve, levels_of, surface
from course_lib.widgets.descent_records import Function, descent_path, start_of
from course_lib.widgets.live import LiveWidget, packed

__all__ = ["DescentExplorer"]


class DescentExplorer(LiveWidget):
    """Drag the start over the curve or the contours; change learning rate, momentum, steps.

    The widget says in words whether the path arrives, creeps, zig-zags or diverges. f, gradient,
    start, learning_rate, momentum, steps: as for descent_path; start one number (a curve) or two
    (contours). bounds: the part to show, [(low, high)] for each dimension. The settings can be
    read and set. Raises ValueError or TypeError for settings that do not fit; whatever f and
    gradient do is shown in the widget (`error`) and never raised.
    """

    front = "descent_explorer"
    parts = ("chart",)
    asks = ("start", "learning_rate", "momentum", "steps")

    start = traitlets.List(traitlets.Float()).tag(sync=True)
    learning_rate = traitlets.Float(0.1).tag(sync=True)
    momentum = traitlets.Float(0.0).tag(sync=True)
    steps = traitlets.Int(30).tag(sync=True)
    bounds = traitlets.List().tag(sync=True)
    lines = traitlets.List().tag(sync=True)
    points = traitlets.Dict().tag(sync=True)
    values = traitlets.Dict().tag(sync=True)
    status = traitlets.Unicode("").tag(sync=True)
    words = traitlets.Unicode("").tag(sync=True)

    def __init__(
        self,
        f: Function,
        gradient: Function,
        start: Any = 2.0,
        learning_rate: float = 0.1,
        momentum: float = 0.0,
        steps: int = 30,
        *,
        bounds: Bounds | None = None,
    ) -> None:
        self._f, self._gradient, self._shape = f, gradient, start_of(start).shape
        path = descent_path(f, gradient, start, learning_rate, momentum, steps)
        window = bounds_of(bounds, path, start)
        super().__init__(
            start=np.ravel(start_of(start)).tolist(),
            learning_rate=learning_rate,
            momentum=momentum,
            steps=steps,
            bounds=[list(pair) for pair in window],
            lines=[packed(line) for line in self._background(window)],
        )
        self.refresh()

    def answer(self) -> None:
        if len(self.start) != int(np.prod(self._shape)):
            raise ValueError(
                f"start expects as many numbers as at first; got {len(self.start)}. "
                "Make a new widget for another dimension."
            )
        start = np.array(self.start).reshape(self._shape)
        settings = self.learning_rate, self.momentum, self.steps
        path = descent_path(self._f, self._gradient, start, *settings)
        self.points, self.values = packed(path.points), packed(path.values)
        self.status, self.words, self.error = path.status, path.words, path.problem

    def _background(self, window: Bounds) -> list[Array]:
        """Polylines (M, 2), nan between their pieces: the curve, or one for each contour."""
        if self._shape != (2,):
            return [np.stack(curve(self._f, window[0], self._shape), axis=1)]
        x, y, heights = surface(self._f, window)
        levels = levels_of(heights)
        if not levels.size:
            return []
        drawn = Figure().add_subplot().contour(x, y, np.ma.masked_invalid(heights), levels=levels)
        return [_joined(pieces) for pieces in drawn.allsegs]


def _joined(pieces: list[Array]) -> Array:
    lift = np.full((1, 2), np.nan)
    return np.concatenate([part for piece in pieces for part in (piece, lift)] or [lift])
