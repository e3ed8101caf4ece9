"""One sentence instead of an error box where a saved notebook was opened and not run."""

import sys
from html import escape
from typing import Any

__all__ = ["RunNote"]

# Beside a widget that lives the sentence is hidden; a widget without its kernel is hidden beside
# the sentence. A widget that lives has elements inside, a dead one only the words of the error.
_STYLE = """<style>
.jp-OutputArea-child:has(.course-run-note):has(+ .jp-OutputArea-child .jupyter-widgets > *),
.jp-OutputArea-child:has(.course-run-note):has(+ .jp-OutputArea-child .course-widget),
.jp-OutputArea-child:has(.course-run-note)
  + .jp-OutputArea-child:has(.jupyter-widgets):not(:has(.jupyter-widgets > *)) {display: none}
</style>"""


class RunNote:
    """For widgets: shown in a notebook that has not been run, it says what to run.

    Displaying the widget puts the sentence in front of it; style sheets show one of the two.
    """

    def __repr__(self) -> str:
        return f"{type(self).__name__} (run this cell to use it)"

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        ipython = sys.modules.get("IPython")
        if ipython is not None and ipython.get_ipython() is not None:
            sentence = self._sentence()
            note = f'<p class="course-run-note">{escape(sentence)}</p>'
            bundle = {"text/html": note + _STYLE, "text/plain": sentence}
            ipython.display.display(bundle, raw=True)
        return super()._repr_mimebundle_(**kwargs)  # type: ignore[misc]

    def _sentence(self) -> str:
        name = type(self).__name__
        return f"Here {name} appears when you run this cell: select it and press Shift+Enter."
