"""What all step-by-step widgets share: Back, Next, Play, a slider, a picture, words, an error."""

from collections.abc import Callable, Sequence
from html import escape
from typing import Any

import ipywidgets
import traitlets

from course_lib.widgets import learner
from course_lib.widgets.run_note import RunNote
from course_lib.widgets.step_slider import StepSlider

_MILLISECONDS = 1500


class Stepper(RunNote, ipywidgets.VBox):
    """A picture and its words, one step at a time.

    step: the number of the step shown (set it to go there). error: one sentence if something
    went wrong, else "". A subclass gives `picture_of` and `words_of` for a step.

    An exception in a handler that the browser starts is printed nowhere, so every handler here
    runs inside `guarded`, which shows it.
    """

    error = traitlets.Unicode("")

    def __init__(self, count: int, settings: Sequence[ipywidgets.Widget] = ()) -> None:
        self.slider = StepSlider(description="Step", max=count - 1)
        self.back = ipywidgets.Button(description="Back", tooltip="One step back")
        self.next = ipywidgets.Button(description="Next", tooltip="One step on")
        self.play_button = ipywidgets.ToggleButton(
            description="Play", tooltip="Step on by itself; press again to pause"
        )
        # The buttons that a Play widget draws itself have no names for a screen reader: it stays
        # hidden and only keeps the time, while a button with a name starts and stops it.
        self.play = ipywidgets.Play(
            min=0,
            max=count - 1,
            interval=_MILLISECONDS,
            description="Play",
            layout=ipywidgets.Layout(display="none"),
        )
        self.picture = ipywidgets.HTML()
        self.words = ipywidgets.HTML(layout=ipywidgets.Layout(min_height="5.5em"))
        self.message = ipywidgets.HTML()
        controls = [self.back, self.next, self.play_button, self.slider, self.play]
        wrapping = ipywidgets.Layout(flex_flow="row wrap")
        super().__init__(
            [
                ipywidgets.HBox([*controls, *settings], layout=wrapping),
                self.message,
                self.picture,
                self.words,
            ]
        )
        self.add_class(f"course-{type(self).__name__.lower()}")  # for style sheets and tests
        self._links = [
            ipywidgets.jslink((self.play, "value"), (self.slider, "value")),
            ipywidgets.jslink((self.play, "playing"), (self.play_button, "value")),
        ]
        self.back.on_click(lambda _: self.guarded(lambda: self._go(self.step - 1)))
        self.next.on_click(lambda _: self.guarded(lambda: self._go(self.step + 1)))
        self.slider.observe(lambda _: self.redraw(), names="value")

    def __repr__(self) -> str:
        # What is left of a widget where none can be shown: no page of HTML.
        kind = type(self).__name__
        return f"{kind} at step {self.step} of {self.slider.max} (run this cell to use it)"

    @property
    def step(self) -> int:
        return int(self.slider.value)

    @step.setter
    def step(self, number: int) -> None:
        self.slider.value = number

    def picture_of(self, step: int) -> str:
        """The HTML of the picture (an <img> with alternative text)."""
        raise NotImplementedError

    def words_of(self, step: int) -> str:
        """The HTML of the words under the picture."""
        raise NotImplementedError

    def standing_problem(self) -> str:
        """What stays wrong at every step, such as a function that raised; "" if nothing."""
        return ""

    def redraw(self) -> None:
        self.guarded(self._draw)

    def guarded(self, action: Callable[[], Any]) -> None:
        """Run the action; what it raises becomes the sentence in `error`, never silence."""
        try:
            action()
        except Exception as problem:
            self.report(learner.one_sentence(problem))

    def report(self, sentence: str) -> None:
        self.error = sentence
        shown = f"<b>Note:</b> {escape(sentence)}" if sentence else ""
        style = "border-left:4px solid #D55E00;padding:0.3em 0.8em"
        self.message.value = f'<div role="alert" style="{style}">{shown}</div>' if shown else ""

    def set_count(self, count: int) -> None:
        """Another number of steps; the widget goes back to the first."""
        self.slider.value = self.play.value = 0
        self.slider.max = self.play.max = count - 1

    def _go(self, number: int) -> None:
        # Buttons are not greyed out at the ends: a button that is loses the keyboard's focus.
        self.step = min(max(number, 0), self.slider.max)

    def _draw(self) -> None:
        picture, words = self.picture_of(self.step), self.words_of(self.step)
        self.picture.value, self.words.value = picture, words
        self.report(self.standing_problem())


def paragraphs(*texts: str) -> str:
    """Texts as HTML, one under the other, new lines kept; empty ones are left out."""
    style = "margin:0.2em 0;line-height:1.4;white-space:pre-wrap"
    return "".join(f'<p style="{style}">{escape(text)}</p>' for text in texts if text)
