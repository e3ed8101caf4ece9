"""Leaf through the filters and the maps of any network."""

from typing import Any

import numpy as np

from course_lib.plots import figure_html
from course_lib.widgets.filter_plot import draw_filters, layer_of
from course_lib.widgets.filter_records import Filters, filter_layers
from course_lib.widgets.menu import Menu
from course_lib.widgets.panel import Panel
from course_lib.widgets.step_slider import StepSlider
from course_lib.widgets.stepper import paragraphs

__all__ = ["FilterBrowser"]

NONE = -1


class FilterBrowser(Panel):
    """Choose a layer and a filter: its kernels, its map of one image, and all maps beside it.

    network, x: as for filter_layers. `layer` (its place) and `index` are the controls; their
    `value` can be read and set. Raises as filter_layers does; whatever the network does is shown
    in the widget (`error`) and never raised.
    """

    def __init__(self, network: Any, x: Any, layer: int | str = 0) -> None:
        self._network, self._x = network, np.asarray(x)
        self._filters: Filters = filter_layers(network, x)
        layers = self._filters.layers
        options = [(one.title, place) for place, one in enumerate(layers)] or [("none", NONE)]
        place = layers.index(layer_of(self._filters, layer)) if layers else NONE
        self.layer = Menu("Layer", options, place)
        self.index = StepSlider(description="Filter")
        super().__init__([self.layer, self.index])
        self.redraw()

    def refresh(self) -> None:
        """Run the network once more, which may have learned something since."""
        self.guarded(self._run)
        if not self.error or self._filters.problem:
            self.redraw()

    def drawn(self) -> tuple[str, str, str]:
        state = self._filters
        if self.layer.value == NONE or not state.layers:
            alt = "An image, and no layer that has made anything of it."
            picture = figure_html(draw_filters(state, None, 0, []), alt=alt, trim=False)
            return picture, "", state.problem
        layer = layer_of(state, self.layer.value)
        self.index.max = len(layer.maps) - 1
        self.index.value = index = min(self.index.value, self.index.max)
        sentence = layer.sentence(index)
        alt = f"An image, one filter of {layer.name}, and all its maps. {sentence}"
        picture = figure_html(draw_filters(state, layer, index, []), alt=alt, trim=False)
        return picture, paragraphs(sentence, layer.words), state.problem

    def _run(self) -> None:
        self._filters = filter_layers(self._network, self._x)
