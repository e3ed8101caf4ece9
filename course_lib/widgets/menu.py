"""A menu that keeps its keys to itself."""

from collections.abc import Sequence
from typing import Any

import traitlets

from course_lib.widgets.live import LiveWidget

__all__ = ["Menu"]


class Menu(LiveWidget):
    """One value out of several, chosen by its label.

    options: pairs (label, value). value: the one chosen; setting another that is no option
    raises TraitError. In JupyterLab the arrow keys on an ipywidgets.Dropdown move to another
    cell, so that it cannot be used without a mouse.
    """

    front = "menu"

    value = traitlets.Any()
    labels = traitlets.List(traitlets.Unicode()).tag(sync=True)
    index = traitlets.Int(0).tag(sync=True)
    description = traitlets.Unicode("").tag(sync=True)

    def __init__(self, description: str, options: Sequence[tuple[str, Any]], value: Any) -> None:
        self.options = list(options)
        labels = [label for label, _ in self.options]
        super().__init__(description=description, labels=labels, value=value)
        self._follow()
        self.observe(lambda _: self._follow(), names="value")
        self.observe(lambda _: self.guarded(self._choose), names="index")

    @traitlets.validate("value")
    def _known(self, proposal: Any) -> Any:
        values = [value for _, value in self.options]
        if proposal["value"] not in values:
            raise traitlets.TraitError(
                f"{self.description} is one of {', '.join(map(str, values))}; got "
                f"{proposal['value']}."
            )
        return proposal["value"]

    def _follow(self) -> None:
        self.index = [value for _, value in self.options].index(self.value)

    def _choose(self) -> None:
        self.value = self.options[self.index][1]
