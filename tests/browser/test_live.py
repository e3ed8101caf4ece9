"""The base of the live widgets in a real JupyterLab."""

from __future__ import annotations

import pytest

from tests.browser.notebook import Notebook

pytestmark = pytest.mark.browser


def test_a_saved_notebook_that_was_not_run_says_what_to_run(notebook: Notebook) -> None:
    notebook.open("saved", [
        "from course_lib.widgets import ConvStepper\nConvStepper([[1, 2], [3, 4]], [[1]])",
    ])
    notebook.run()
    page = notebook.page
    page.locator(".widget-box .widget-button").first.wait_for()
    note = page.locator(".course-run-note")
    assert note.count() == 1 and not note.is_visible()
    notebook.command("docmanager:save")
    notebook.close()
    notebook.reopen("saved")
    note = page.get_by_text("Here ConvStepper appears when you run this cell")
    note.wait_for()
    dead = page.get_by_text("model not found")
    dead.wait_for(state="attached")
    assert not dead.is_visible()
    assert notebook.strangers == []
