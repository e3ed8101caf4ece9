"""What widgets of menus, sliders and one picture share; no exception is lost in them."""

from collections.abc import Callable, Sequence
from html import escape
from typing import Any

import ipywidgets
import traitlets

from course_lib.widgets import learner
from course_lib.widgets.run_note import RunNote

__all__ = ["Panel"]


class Panel(RunNote, ipywidgets.VBox):
    """Controls in a row; under them an error if there is one, the picture and its words.

    error: one sentence if something went wrong, else "". A subclass gives `drawn`, and calls
    `redraw` at the end of its constructor; a change of any control's `value` calls it again. What
    a handler raises is printed nowhere when the browser asked, so it becomes the sentence.
    """

    error = traitlets.Unicode("")

    def __init__(self, controls: Sequence[Any]) -> None:
        self.picture = ipywidgets.HTML()
        self.words = ipywidgets.HTML(layout=ipywidgets.Layout(min_height="4em"))
        self.message = ipywidgets.HTML()
        wrapping = ipywidgets.Layout(flex_flow="row wrap")
        row = ipywidgets.HBox([*controls], layout=wrapping)
        super().__init__([row, self.message, self.picture, self.words])
        self.add_class(f"course-{type(self).__name__.lower()}")  # for style sheets and tests
        for control in controls:
            control.observe(lambda _: self.redraw(), names="value")

    def drawn(self) -> tuple[str, str, str]:
        """The picture as HTML (an <img> with alternative text), the words, a problem or ""."""
        raise NotImplementedError

    def redraw(self) -> None:
        self.guarded(self._draw)

    def guarded(self, action: Callable[[], Any]) -> None:
        """Run the action; what it raises becomes the sentence in `error`, never silence."""
        try:
            action()
        except Exception as problem:
            # A picture of the setting before would contradict the controls.
            self.picture.value = self.words.value = ""
            self.report(learner.one_sentence(problem, "This"))

    def report(self, sentence: str) -> None:
        self.error = sentence
        shown = f"<b>Note:</b> {escape(sentence)}"
        style = "border-left:4px solid #D55E00;padding:0.3em 0.8em"
        self.message.value = f'<div role="alert" style="{style}">{shown}</div>' if sentence else ""

    def _draw(self) -> None:
        picture, words, problem = self.drawn()
        self.picture.value, self.words.value = picture, words
        self.report(problem)
