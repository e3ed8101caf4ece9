"""A stack of windows to point at: every unit shows its cone down to the input."""

from collections.abc import Callable
from typing import Any

import traitlets

from course_lib.shapes import Window
from course_lib.widgets.field_records import InputSize, Layers, cone_of, field_stack
from course_lib.widgets.live import LiveWidget

__all__ = ["ReceptiveField"]


class ReceptiveField(LiveWidget):
    """Choose a unit by pointer or arrow keys; its cone and the size of its field follow.

    layers: a list of windows or a network of course_lib; input_size: its pixels, or (C, H, W);
    both as for field_stack. field: the learner's function of a list of windows; for the chosen
    layer the widget says whether it agrees. `layer` (1 is the first) and `unit` can be read and
    set. Raises ValueError or TypeError for arguments that do not fit; what `field` does is shown
    in the widget (`error`), never raised.
    """

    front = "receptive_field"
    parts = ("chart",)
    asks = ("layer", "unit")

    layer = traitlets.Int(1).tag(sync=True)
    unit = traitlets.Int(0).tag(sync=True)
    levels = traitlets.List().tag(sync=True)
    note = traitlets.Unicode("").tag(sync=True)
    words = traitlets.Unicode("").tag(sync=True)
    remark = traitlets.Unicode("").tag(sync=True)

    def __init__(
        self,
        layers: Layers = (3, 3, 3),
        input_size: InputSize = 16,
        *,
        layer: int = -1,
        unit: int | None = None,
        field: Callable[[list[Window]], Any] | None = None,
    ) -> None:
        self._stack, self._field = field_stack(layers, input_size), field
        cone = cone_of(self._stack, layer, unit)
        super().__init__(
            layer=cone.layer, unit=cone.unit, levels=self._levels(), note=self._stack.note
        )
        self.refresh()

    def answer(self) -> None:
        self.words = self.remark = ""
        cone = cone_of(self._stack, self.layer, self.unit, self._field)
        self.words, self.remark, self.error = cone.words, cone.remark, cone.problem

    def _levels(self) -> list[dict[str, Any]]:
        stack = self._stack
        windows = [Window(1), *stack.windows]  # level 0 is the input
        return [
            {"name": name, "n": size, **field._asdict(), "window": window._asdict()}
            for name, size, field, window in zip(
                stack.names, stack.sizes, stack.fields, windows, strict=True
            )
        ]
