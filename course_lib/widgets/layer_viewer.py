"""The learner's network from the inside: every layer, every unit, activations and gradients."""

from typing import Any

import numpy as np
import traitlets

from course_lib.plots.palette import number
from course_lib.widgets.layer_detail import detail_of
from course_lib.widgets.layer_figure import expect_choice, sentence_of
from course_lib.widgets.layer_pictures import QUANTITIES, WHOSE, pictures_of
from course_lib.widgets.layer_trace import Look, look_inside
from course_lib.widgets.live import LiveWidget, packed

__all__ = ["LayerViewer"]

MOST_AT_FIRST = 14


class LayerViewer(LiveWidget):
    """What every layer makes of one sample; point at a unit, and see its inputs and weights.

    network: any layer or model of this course, or the learner's own list or dict of functions,
    of objects with forward (and backward), or of pairs (f, f_backward) with
    f_backward(grad_output, x). x: one sample as the network takes it, a batch of one or a vector.
    reference: another network with the same layers; "difference" then shows the learner's minus
    the reference's, layer by layer. target: the class for which gradients are those of the
    cross-entropy; without it they are those of the largest output.
    quantity, whose, shown, unit: what is shown; setting them changes the picture. The network is
    run as it is used and left as it was; whatever it does is shown (`error`) and never raised.
    Raises TypeError for what is no network, ValueError for an x that is not one sample.
    """

    front = "layer_viewer"
    asks = ("quantity", "whose", "shown", "unit")

    quantity = traitlets.Unicode("activations").tag(sync=True)
    whose = traitlets.Unicode("yours").tag(sync=True)
    shown = traitlets.List(traitlets.Int()).tag(sync=True)
    unit = traitlets.List(traitlets.Int()).tag(sync=True)
    names = traitlets.List().tag(sync=True)
    compared = traitlets.Bool(False).tag(sync=True)
    pictures = traitlets.List().tag(sync=True)
    detail = traitlets.Dict().tag(sync=True)
    words = traitlets.Unicode("").tag(sync=True)

    def __init__(
        self, network: Any, x: Any, *, reference: Any = None, target: int | None = None
    ) -> None:
        self._networks = (network, reference)
        self._x, self._target = x, target
        self._drawn: Any = None
        self._run()
        places = list(range(len(self._look.stages)))
        super().__init__(shown=places[:MOST_AT_FIRST], compared=reference is not None)
        self.refresh()

    def update(self, x: Any = None) -> None:
        """Run the network again, on another sample if one is given."""
        if x is not None:
            self._x = x
        self._run()
        self.refresh()

    def answer(self) -> None:
        expect_choice("quantity", self.quantity, QUANTITIES)
        expect_choice("whose", self.whose, WHOSE if self.compared else WHOSE[:1])
        self.names = [stage.name for stage in self._look.stages]
        wanted = (self.quantity, self.whose, tuple(self.shown))
        if wanted != self._drawn:
            self.pictures = self._pictures()
            self._drawn = wanted
        self.words = sentence_of(self._look, self._other, self.quantity)
        self.detail = self._detail()
        self.error = self._look.problem
        if self.error:
            self.words = self.words.replace(self.error, "").strip()

    def _run(self) -> None:
        network, reference = self._networks
        self._look: Look = look_inside(network, self._x, self._target)
        self._other = None if reference is None else look_inside(
            reference, self._x, self._target
        )
        self._drawn = None

    def _pictures(self) -> list[dict[str, Any]]:
        made = pictures_of(self._look, self._other, self.quantity, self.whose)
        return [
            {
                "place": place, "title": made[place].title, "shape": list(made[place].shape),
                "step": made[place].step, "low": made[place].limits[0],
                "high": made[place].limits[1], "colours": made[place].colours,
                "note": made[place].note, "values": packed(made[place].values),
            }
            for place in sorted(set(self.shown)) if 0 <= place < len(made)
        ]

    def _detail(self) -> dict[str, Any]:
        if len(self.unit) != 2:
            return {}
        place, unit = self.unit
        stages = self._look.stages
        if not (0 <= place < len(stages) and 0 <= unit < stages[place].values.size):
            raise ValueError(
                f"unit is a pair (layer, number of the unit) that exists; got {self.unit}."
            )
        behind = detail_of(stages, place, unit)
        shown: dict[str, Any] = {"sentence": f"{behind.sentence}{self._reference_of(place, unit)}"}
        if behind.box is not None:
            shown |= {"source": behind.source, "box": list(behind.box)}
        if behind.inputs is not None:
            shown["inputs"] = packed(behind.inputs)
        if behind.inputs is not None and behind.weights is not None:
            shown["weights"] = packed(behind.weights)
            shown["products"] = packed(np.nan_to_num(behind.inputs) * behind.weights)
        return shown

    def _reference_of(self, place: int, unit: int) -> str:
        others = self._other.stages if self._other else []
        if place >= len(others) or others[place].values.size <= unit:
            return ""
        other = others[place]
        said = f" The reference has {number(other.values.flat[unit], 4)}"
        if other.gradient is not None:
            said += f", gradient {number(other.gradient.flat[unit], 4)}"
        return f"{said}."
