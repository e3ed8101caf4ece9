"""Activation functions and their derivatives to walk along."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import traitlets

from course_lib.arrays import Array
from course_lib.widgets.activation_figure import lifted
from course_lib.widgets.activation_records import ActivationCurve, activation_curves
from course_lib.widgets.live import LiveWidget, packed

__all__ = ["ActivationGallery"]

_POINTS = 801


class ActivationGallery(LiveWidget):
    """Choose a function, slide z: f(z), its slope, the tangent, and the library's curve behind.

    functions: as for activation_curves; the learner's own are drawn over the library's and
    compared with them. `name` and `z` can be read and set. Raises ValueError for no function at
    all; whatever a function does is shown in the widget (`error`) and never raised.
    """

    front = "activation_gallery"
    parts = ("chart",)
    asks = ("name",)

    name = traitlets.Unicode("").tag(sync=True)
    z = traitlets.Float(1.0).tag(sync=True)
    names = traitlets.List().tag(sync=True)
    curves = traitlets.Dict().tag(sync=True)
    remark = traitlets.Unicode("").tag(sync=True)

    def __init__(self, functions: Mapping[str, Any] | None = None) -> None:
        self._curves = {
            curve.name: curve for curve in activation_curves(functions, points=_POINTS)
        }
        names = list(self._curves)
        super().__init__(names=names, name=names[0])
        self.refresh()

    def answer(self) -> None:
        curve = self._curves.get(self.name)
        if curve is None:
            names = ", ".join(self._curves)
            raise ValueError(f"name expects one of {names}; got {self.name}.")
        self.curves = _packed(curve)
        self.remark, self.error = curve.remark, curve.problem


def _packed(curve: ActivationCurve) -> dict[str, Any]:
    """z and every curve that there is; jumps as nan."""
    rows: dict[str, Array | None] = {
        "a": curve.a, "da": curve.da, "library_a": curve.reference_a,
        "library_da": curve.reference_da,
    }
    found = {key: packed(lifted(row)) for key, row in rows.items() if row is not None}
    return {"z": packed(np.asarray(curve.z)), **found}
