"""Where the parameters and the work of a network are, and how two networks compare."""

from collections.abc import Callable, Mapping

from course_lib.plots import figure_html
from course_lib.widgets.architecture_plot import draw_architectures
from course_lib.widgets.architecture_records import (
    Architecture,
    Model,
    architecture,
    compared,
    published_models,
)
from course_lib.widgets.menu import Menu
from course_lib.widgets.panel import Panel
from course_lib.widgets.step_slider import StepSlider
from course_lib.widgets.stepper import paragraphs

__all__ = ["ArchitectureExplorer"]

NOTHING = ""


class ArchitectureExplorer(Panel):
    """Parameters and multiply-adds of every layer as bars, for one network or for two.

    models: names with pairs (network of layers, input shape), shown before the networks of the
    decks. A network that cannot be counted is answered with a sentence. `model`, `other` and
    `layer` are the controls; their `value` can be read and set. Raises ValueError for a name that
    is not there; of networks as for architecture.
    """

    def __init__(
        self, models: Mapping[str, Model] | None = None, *, model: str = "", other: str = NOTHING
    ) -> None:
        self._known: dict[str, Architecture] = {}
        for name, (network, size) in (models or {}).items():
            self._known[name] = architecture(name, network, tuple(size))
        self._makers: Mapping[str, Callable[[], Model]] = published_models()
        names = list(dict.fromkeys([*self._known, *self._makers]))
        for asked in (model, other):
            if asked and asked not in names:
                raise ValueError(
                    f"ArchitectureExplorer knows {', '.join(names)}; got {asked!r}."
                )
        options = [(name, name) for name in names]
        self.model = Menu("Network", options, model or names[0])
        self.other = Menu("Compare with", [("nothing", NOTHING), *options], other)
        self.layer = StepSlider(description="Layer")
        super().__init__([self.model, self.other, self.layer])
        self.redraw()

    def drawn(self) -> tuple[str, str, str]:
        mine = self._counted(self.model.value)
        self.layer.max = max(0, len(mine.bars) - 1)
        self.layer.value = min(self.layer.value, self.layer.max)
        shown, remark = [mine], ""
        if self.other.value:
            shown.append(self._counted(self.other.value))
            remark = compared(*shown)
        told = [one.words for one in shown if not one.problem]
        sentence = mine.sentence(self.layer.value)
        problem = " ".join(one.problem for one in shown if one.problem)
        alt = " ".join(["Bars for every layer.", sentence, *told, remark, problem])
        picture = figure_html(draw_architectures(shown, self.layer.value, []), alt=alt, trim=False)
        return picture, paragraphs(sentence, *told, remark), problem

    def _counted(self, name: str) -> Architecture:
        if name not in self._known:
            self._known[name] = architecture(name, *self._makers[name]())
        return self._known[name]
