"""Widgets that live in a page without Python: their state, and answers written down beforehand.

A live widget draws in the browser and asks Python for the rest. Where the questions can be counted,
all of them are asked while the site is built, and the page looks the answers up. Where only
sentences come from Python, they are left out as soon as the reader changes something. All other
widgets need a kernel; the page shows their figure.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterator
from html import escape
from itertools import product
from pathlib import Path
from typing import Any

from IPython.display import display
from ipywidgets.widgets import widget as registry

from course_lib import widgets
from course_lib.widgets.live import LiveWidget

MIME = "application/x-course-widgets+json"
MOST = 1000  # questions; more would make the page heavy
Questions = Iterator[dict[str, Any]]


def _of_gallery(widget: Any) -> Questions:
    yield from ({"name": name} for name in widget.names)


def _of_volume(widget: Any) -> Questions:
    # The other reading has other positions; one step too many shows the last one again.
    readings = ("image", "padded")
    most = 0
    for reading in readings:
        widget.reading = reading
        filters, rows, columns = widget.y["shape"]
        most = max(most, filters * rows * columns)
    yield from ({"step": step, "reading": reading}
                for reading, step in product(readings, range(most)))


def _of_padding(widget: Any) -> Questions:
    yield from ({"mode": mode, "padding": width}
                for mode, width in product(widget.modes, range(5)))


def _of_field(widget: Any) -> Questions:
    for layer, level in enumerate(widget.levels[1:], 1):
        yield from ({"layer": layer, "unit": unit} for unit in range(level["n"]))


def _of_toeplitz(widget: Any) -> Questions:
    rows, columns = widget.matrix["shape"]
    yield from ({"entry": [row, column]} for row, column in product(range(rows), range(columns)))


# Which questions the browser can ask.
ANSWERED: dict[str, Callable[[Any], Questions]] = {
    "activation_gallery": _of_gallery,
    "conv_volume": _of_volume,
    "padding_viewer": _of_padding,
    "receptive_field": _of_field,
    "toeplitz_view": _of_toeplitz,
}
# The browser draws everything; these sentences come from Python.
SENTENCES: dict[str, tuple[str, ...]] = {
    "kernel_playground": ("words",),
    "perceptron_line": ("equation", "words"),
}
LIVING = {**dict.fromkeys(ANSWERED), **dict.fromkeys(SENTENCES)}


def record(widget: LiveWidget) -> dict[str, Any]:
    """All that a page needs to show this widget: its state, and the answers by question."""
    asks = list(widget.asks)
    first = {name: getattr(widget, name) for name in asks}
    answers: dict[str, dict[str, Any]] = {}
    questions = [first, *ANSWERED[widget.front](widget)] if widget.front in ANSWERED else []
    for question in questions[:MOST]:
        with widget.hold_trait_notifications():
            for name, value in {**first, **question}.items():
                setattr(widget, name, value)
        widget.refresh()
        answers[_key([getattr(widget, name) for name in asks])] = _state(widget)
    for name, value in first.items():
        setattr(widget, name, value)
    widget.refresh()
    state = _state(widget)
    given = answers.values()
    changing = [name for name in state if any(each[name] != state[name] for each in given)]
    answers = {key: {name: each[name] for name in changing} for key, each in answers.items()}
    return {"front": widget.front, "asks": asks, "state": state, "answers": answers,
            "sentences": list(SENTENCES.get(widget.front, ()))}


def show_records() -> None:
    """In a kernel: display the records of all widgets there are, by the id of their model."""
    living = [each for each in registry._instances.values() if isinstance(each, LiveWidget)]
    records = {each.model_id: record(each) for each in living if each.front in LIVING}
    display({MIME: records}, raw=True)


def _key(values: list[Any]) -> str:
    """What JSON.stringify makes of the same values in the browser."""
    return json.dumps(values, separators=(",", ":"), ensure_ascii=False)


def _state(widget: LiveWidget) -> dict[str, Any]:
    own = widget.traits(sync=True).keys() - {"layout", "tabbable", "tooltip"}
    state = widget.get_state([name for name in own if not name.startswith("_")])
    state["remark"] = ""    # compares the learner's function, and here is no learner
    return {name: _plain(value) for name, value in sorted(state.items())}


def _plain(value: Any) -> Any:
    """Bytes as base64, the rest as JSON knows it."""
    if isinstance(value, bytes | memoryview):
        return {"base64": base64.b64encode(bytes(value)).decode()}
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value


def as_html(found: dict[str, Any]) -> str:
    """The place in a page that static/live.js fills."""
    content = json.dumps(found, separators=(",", ":"), ensure_ascii=False).replace("<", "\\u003c")
    note = "" if found["answers"] else (
        "<p>Drawn by your browser alone; what Python says of it, the notebook shows.</p>")
    front = escape(found["front"])
    return (f'<div class="course-alive" data-front="{front}">'
            f'<script type="application/json">{content}</script>{note}</div>')


def write_fronts(folder: Path) -> None:
    """One script and one style sheet for each living widget; a page may be a file, so no module."""
    folder.mkdir(parents=True, exist_ok=True)
    for kind in vars(widgets).values():
        if isinstance(kind, type) and issubclass(kind, LiveWidget) and kind.front in LIVING:
            target = f"(window.courseFronts ??= {{}}).{kind.front} = "
            script = str(kind._esm).replace("export default ", target)
            (folder / f"{kind.front}.js").write_text(f"(() => {{\n{script}\n}})();\n", "utf-8")
            (folder / f"{kind.front}.css").write_text(str(kind._css), "utf-8")
