"""A grey patch to move over an image: which pixels the network needs."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from course_lib.data import enlarged_digits
from course_lib.models import trained
from course_lib.plots import figure_html
from course_lib.widgets.menu import Menu
from course_lib.widgets.occlusion_plot import draw_occlusion
from course_lib.widgets.occlusion_records import Occlusion, occlusion
from course_lib.widgets.panel import Panel
from course_lib.widgets.step_slider import StepSlider
from course_lib.widgets.stepper import paragraphs

__all__ = ["OcclusionMap"]

GUESS = -1


class OcclusionMap(Panel):
    """Move a grey patch over the image; the map shows where it costs the class probability.

    network, image, target, patch, stride, grey, labels: as for occlusion; by default the trained
    LeNet-5 and a digit that comes with the course. `target` (-1: the first guess), `patch` and
    `place` are the controls; their `value` can be read and set. Raises as occlusion does;
    whatever the network does is shown in the widget and never raised.
    """

    def __init__(
        self,
        network: Any = None,
        image: Any = None,
        target: int | None = None,
        patch: int = 7,
        *,
        stride: int = 2,
        grey: float = 0.5,
        labels: Sequence[str] | None = None,
    ) -> None:
        self._network = trained("lenet5") if network is None else network
        self._image = enlarged_digits().x_test[0] if image is None else image
        self._settings: dict[str, Any] = {"stride": stride, "grey": grey, "labels": labels}
        self._known: dict[tuple[int, int], Occlusion] = {}
        first = occlusion(self._network, self._image, target, patch, **self._settings)
        wanted = GUESS if target is None else target
        self._known[wanted, patch] = first
        classes = [(name, k) for k, name in enumerate(first.labels)]
        sizes = sorted({n for n in (3, 5, 7, 9, 11) if n <= min(first.image.shape[1:])} | {patch})
        if first.problem:  # there are no classes to choose from
            classes, wanted = [], GUESS
            self._known[wanted, patch] = first
        self.target = Menu("Class", [("first guess", GUESS), *classes], wanted)
        self.patch = Menu("Patch size", [(f"{n} x {n}", n) for n in sizes], patch)
        self.place = StepSlider(description="Patch position")
        if not first.problem:
            self.place.max = first.drops.size - 1
            self.place.value = int(np.argmax(first.drops))
        super().__init__([self.target, self.patch, self.place])
        self.redraw()

    def refresh(self) -> None:
        """Ask the network once more, which may have learned something since."""
        self._known.clear()
        self.redraw()

    def drawn(self) -> tuple[str, str, str]:
        state = self._state()
        self.place.max = len(state.tops) * len(state.lefts) - 1
        self.place.value = place = min(self.place.value, self.place.max)
        sentence = state.sentence(place)
        said = "" if state.problem else state.words
        alt = f"An image with a grey patch, and the map of the drops. {sentence} {state.words}"
        picture = figure_html(draw_occlusion(state, place, []), alt=alt, trim=False)
        return picture, paragraphs(sentence, said), state.problem

    def _state(self) -> Occlusion:
        wanted, patch = self.target.value, self.patch.value
        if (wanted, patch) not in self._known:
            target = None if wanted == GUESS else wanted
            made = occlusion(self._network, self._image, target, patch, **self._settings)
            self._known[wanted, patch] = made
        return self._known[wanted, patch]
