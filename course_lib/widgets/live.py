"""What all live widgets share: one question, one answer, and no exception that gets lost.

A live widget is drawn by a file of plain JavaScript in `front/`. The browser sends what the
learner did; Python answers with what their network makes of it.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

import anywidget
import numpy as np
import traitlets

from course_lib.widgets import learner
from course_lib.widgets.run_note import RunNote

__all__ = ["LiveWidget", "browser_bytes", "packed"]

_FRONT = Path(__file__).parent / "front"


class LiveWidget(RunNote, anywidget.AnyWidget):
    """A widget that is drawn in the browser and asks Python only for what Python must say.

    A subclass names its files (`front = "digit_pad"`: front/digit_pad.js and .css; `parts`:
    others there that these build upon), lists the traits that are questions (`asks`), and says
    the answer in `answer()`, which reads those traits and sets others. However many traits one
    message of the browser changes, there is one answer, and it goes back in one message. Setting
    such a trait in Python asks as well.

    error: one sentence if something went wrong, else "". What `answer` raises is printed
    nowhere when the browser asked, so it becomes this sentence, shown in the widget.
    seq, answered: the number of the browser's last question, and of the last one answered.
    """

    front: ClassVar[str] = ""
    parts: ClassVar[tuple[str, ...]] = ()
    asks: ClassVar[tuple[str, ...]] = ()

    error = traitlets.Unicode("").tag(sync=True)
    seq = traitlets.Int(0).tag(sync=True)
    answered = traitlets.Int(0).tag(sync=True)

    def __init_subclass__(cls, **kwargs: Any) -> None:
        if "front" in cls.__dict__:
            # One module for the browser: modules that anywidget loads cannot import each other.
            files = ("live", *cls.parts, cls.front)
            cls._esm = "".join(_text(f"{name}.js") for name in files)
            cls._css = "".join(_text(f"{name}.css") for name in files)
        super().__init_subclass__(**kwargs)

    def __init__(self, **traits: Any) -> None:
        self._collecting = self._asked = False
        super().__init__(**traits)
        self.observe(lambda _: self._ask(), names=[*self.asks, "seq"])

    def answer(self) -> None:
        """Read the traits in `asks`, set those that the browser shows."""
        raise NotImplementedError

    def refresh(self) -> None:
        """Answer once more, for a network that has learned something since."""
        with self.hold_sync():
            self.error = ""
            self.guarded(self.answer)
            self.answered = self.seq

    def guarded(self, action: Callable[[], Any]) -> None:
        """Run the action; what it raises becomes the sentence in `error`, never silence."""
        try:
            action()
        except Exception as problem:
            self.error = learner.one_sentence(problem, "This")

    def set_state(self, sync_data: dict[str, Any]) -> None:
        """What the browser sent: take over all of it, then answer once."""
        take_over = super().set_state
        with self.hold_sync():
            self._collecting = True
            self.guarded(lambda: take_over(sync_data))
            self._collecting = False
            if self._asked:
                self._asked = False
                self.refresh()

    def _ask(self) -> None:
        if self._collecting:
            self._asked = True
        else:
            self.refresh()


def packed(array: Any) -> dict[str, Any]:
    """An array for a synchronised traitlets.Dict; `live.unpacked` reads it in the browser.

    Numbers travel as float32, which is what a canvas needs.
    """
    values = np.ascontiguousarray(array, dtype="<f4")
    return {"shape": list(values.shape), "data": values.tobytes()}


def browser_bytes() -> Any:
    """A trait of bytes that the browser may set (it sends a memoryview, which Bytes refuses)."""
    return traitlets.Bytes(b"").tag(sync=True, from_json=lambda value, _: bytes(value))


def _text(name: str) -> str:
    return (_FRONT / name).read_text(encoding="utf-8")
