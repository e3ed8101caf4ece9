"""The base of the live widgets in a real JupyterLab."""

from __future__ import annotations

import pytest

from tests.browser.notebook import Notebook

pytestmark = pytest.mark.browser


CELLS = [
    "from course_lib.widgets import ConvStepper\nConvStepper([[1, 2], [3, 4]], [[1]])",
    "from course_lib.widgets import DigitPad\nDigitPad(lambda x: [range(10)])",
]


def test_a_saved_notebook_that_was_not_run_says_what_to_run(notebook: Notebook) -> None:
    notebook.open("saved", CELLS)
    notebook.run()
    page = notebook.page
    page.locator(".widget-box .widget-button").first.wait_for()
    notebook.widget("digit-pad")
    notes = page.locator(".course-run-note")
    assert [note.is_visible() for note in notes.all()] == [False, False]
    notebook.command("docmanager:save")
    notebook.close()
    notebook.reopen("saved")
    for name in ("ConvStepper", "DigitPad"):
        page.get_by_text(f"Here {name} appears when you run this cell").wait_for()
    dead = page.get_by_text("model not found")
    for place in range(2):
        dead.nth(place).wait_for(state="attached")
        assert not dead.nth(place).is_visible()
    assert notebook.strangers == []
