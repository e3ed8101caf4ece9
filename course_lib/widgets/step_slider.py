"""A slider for the number of a step, with a name for screen readers."""

from typing import Any

import traitlets

from course_lib.widgets.live import LiveWidget

__all__ = ["StepSlider"]


class StepSlider(LiveWidget):
    """A whole number from min to max; what lies outside is brought inside.

    ipywidgets.IntSlider puts its description beside the handle but does not name the handle, so
    a screen reader says "slider" and no more.
    """

    front = "step_slider"

    value = traitlets.Int(0).tag(sync=True)
    min = traitlets.Int(0).tag(sync=True)
    max = traitlets.Int(0).tag(sync=True)
    description = traitlets.Unicode("").tag(sync=True)

    @traitlets.validate("value")
    def _inside(self, proposal: Any) -> int:
        return int(sorted((self.min, proposal["value"], self.max))[1])
