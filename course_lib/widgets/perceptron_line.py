"""A perceptron's line to move over points."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import traitlets

from course_lib.arrays import Array
from course_lib.widgets.live import LiveWidget, packed
from course_lib.widgets.perceptron_figure import Perceptron, perceptron_line_state, weights_of
from course_lib.widgets.plane import Plane

__all__ = ["PerceptronLine"]


class PerceptronLine(LiveWidget):
    """y = step(w_0 + w_1 x_1 + w_2 x_2): drag the line, turn it, or set its three numbers.

    Points on the wrong side are ringed and counted at once. points (N, 2), labels (N,) 0 or 1,
    w (2,), w0: as for perceptron_line_state. perceptron: the learner's function of (X, w0, w);
    after every move the widget says whether it agrees. `w` and `w0` can be read and set.
    Raises ValueError for arguments that do not fit; whatever `perceptron` does is shown in the
    widget (`error`) and never raised.
    """

    front = "perceptron_line"
    parts = ("chart",)
    asks = ("w", "w0")

    w = traitlets.List(traitlets.Float()).tag(sync=True)
    w0 = traitlets.Float(0.0).tag(sync=True)
    points = traitlets.Dict().tag(sync=True)
    labels = traitlets.List().tag(sync=True)
    square = traitlets.List().tag(sync=True)
    reach = traitlets.List().tag(sync=True)
    equation = traitlets.Unicode("").tag(sync=True)
    words = traitlets.Unicode("").tag(sync=True)
    remark = traitlets.Unicode("").tag(sync=True)

    def __init__(
        self,
        points: Any,
        labels: Any,
        w: Sequence[float] | Array = (1.0, 1.0),
        w0: float = 0.0,
        *,
        perceptron: Perceptron | None = None,
    ) -> None:
        plane = Plane.of(points, labels, most_classes=2)
        normal, bias = weights_of(w, w0)
        self._plane, self._perceptron = plane, perceptron
        super().__init__(
            w=normal.tolist(),
            w0=bias,
            points=packed(plane.points),
            labels=plane.labels.tolist(),
            square=list(plane.square),
            reach=_reach(plane, normal, bias),
        )
        self.refresh()

    def answer(self) -> None:
        plane = self._plane
        state = perceptron_line_state(
            plane.points, plane.labels, self.w, self.w0, perceptron=self._perceptron
        )
        self.equation, self.words, self.remark = state.equation, state.words, state.remark
        self.error = state.problem


def _reach(plane: Plane, w: Array, w0: float) -> list[float]:
    """How far the sliders of w_0, w_1 and w_2 go to either side."""
    most = max(2.0, 2 * float(np.abs(w).max()))
    far = float(np.abs(plane.square).max())
    return [max(2 * abs(w0), round(most * far, 1)), most, most]
