"""What every live widget keeps: one answer to one message, and no exception that gets lost."""

from __future__ import annotations

import sys
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import traitlets

from course_lib.widgets.live import LiveWidget, browser_bytes, packed
from course_lib.widgets.menu import Menu
from course_lib.widgets.step_slider import StepSlider
from course_lib.widgets.stepper import Stepper


class Quotient(LiveWidget):
    """a / b, and how often it was asked."""

    asks = ("a", "b", "ink")
    a = traitlets.Float(6.0).tag(sync=True)
    b = traitlets.Float(3.0).tag(sync=True)
    ink = browser_bytes()
    result = traitlets.Float(0.0).tag(sync=True)

    def __init__(self) -> None:
        self.count = 0
        super().__init__()
        self.refresh()

    def answer(self) -> None:
        self.count += 1
        self.result = self.a / self.b


def test_one_message_has_one_answer_and_it_sees_all_of_the_message() -> None:
    widget = Quotient()
    widget.set_state({"a": 8.0, "b": 2.0, "seq": 5})
    assert (widget.result, widget.count, widget.answered) == (4.0, 2, 5)


def test_the_answer_goes_back_in_one_message(monkeypatch: pytest.MonkeyPatch) -> None:
    widget = Quotient()
    sent: list[dict[str, Any]] = []
    monkeypatch.setattr(widget, "_send", lambda message, buffers=None: sent.append(message))
    widget.set_state({"a": 8.0, "seq": 1})
    updates = [message["state"] for message in sent if message["method"] == "update"]
    assert [state for state in updates if state] == [{"result": 8.0 / 3.0, "answered": 1}]


def test_python_may_ask_too() -> None:
    widget = Quotient()
    widget.b = 2.0
    assert widget.result == 3.0


def test_what_the_answer_raises_becomes_a_sentence_and_goes_again() -> None:
    widget = Quotient()
    widget.set_state({"b": 0.0, "seq": 1})
    assert widget.error == "This cannot be shown: ZeroDivisionError: float division by zero"
    assert widget.answered == 1
    widget.set_state({"b": 1.0, "seq": 2})
    assert widget.error == ""


def test_a_message_that_does_not_fit_becomes_a_sentence() -> None:
    widget = Quotient()
    widget.set_state({"a": "eight"})
    assert widget.error.startswith("This cannot be shown: TraitError: The 'a' trait of")
    assert widget.a == 6.0


def test_bytes_arrive_as_the_browser_sends_them() -> None:
    widget = Quotient()
    widget.set_state({"ink": memoryview(b"\x01\x02")})
    assert (widget.ink, widget.error) == (b"\x01\x02", "")


def test_a_subclass_must_answer() -> None:
    widget = LiveWidget()
    widget.refresh()
    assert widget.error == "This cannot be shown: NotImplementedError without a message."


def test_packed_keeps_shape_and_values() -> None:
    array = np.arange(6.0).reshape(2, 3).T
    sent = packed(array)
    assert sent["shape"] == [3, 2]
    np.testing.assert_array_equal(np.frombuffer(sent["data"], "<f4").reshape(3, 2), array)


# What a notebook holds of a widget when nothing runs


@pytest.fixture
def displayed(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What a notebook would show: a stand-in for the IPython of a kernel."""
    shown: list[Any] = []
    display = SimpleNamespace(display=lambda bundle, raw: shown.append(bundle))
    kernel = SimpleNamespace(get_ipython=lambda: "a shell", display=display)
    monkeypatch.setitem(sys.modules, "IPython", kernel)
    return shown


@pytest.mark.parametrize("widget", [Quotient, lambda: Stepper(2)], ids=["live", "stepper"])
def test_a_sentence_says_what_to_run(widget: Any, displayed: list[Any]) -> None:
    made = widget()
    bundle = made._repr_mimebundle_()
    data = bundle[0] if isinstance(bundle, tuple) else bundle
    name = type(made).__name__
    assert "application/vnd.jupyter.widget-view+json" in data
    assert data["text/plain"].startswith(name)
    [note] = displayed
    sentence = f"Here {name} appears when you run this cell: select it and press Shift+Enter."
    assert note["text/plain"] == sentence
    assert f'<p class="course-run-note">{sentence}</p>' in note["text/html"]


def test_without_a_notebook_nothing_is_displayed(
    displayed: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.modules["IPython"], "get_ipython", lambda: None)
    Quotient()._repr_mimebundle_()
    assert displayed == []


@pytest.mark.parametrize(("asked", "got"), [(3, 3), (-1, 0), (99, 10)])
def test_the_slider_of_steps_stays_inside(asked: int, got: int) -> None:
    slider = StepSlider(description="Step", max=10)
    slider.set_state({"value": asked})
    assert (slider.value, slider.error) == (got, "")


def test_a_menu_gives_values_for_labels() -> None:
    menu = Menu("Stride", [("one", 1), ("two", (2, 2))], 1)
    seen: list[Any] = []
    menu.observe(lambda change: seen.append(change["new"]), names="value")
    menu.set_state({"index": 1})
    assert (menu.value, seen) == ((2, 2), [(2, 2)])
    menu.value = 1
    assert menu.index == 0
    with pytest.raises(traitlets.TraitError, match=r"^Stride is one of 1, \(2, 2\); got 3\.$"):
        menu.value = 3
    menu.set_state({"index": 7})
    assert menu.error == "This cannot be shown: IndexError: list index out of range"
