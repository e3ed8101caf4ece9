"""The page that JupyterLab opens on: for a student and for an instructor, in light and dark."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from course_lib.desk.contents import lectures
from course_lib.desk.progress import FILE
from tests.browser.conftest import CONTEXT
from tests.browser.server import at_the_desk
from tests.browser.watching import violations
from tools.notebooks import ROOT

pytestmark = pytest.mark.browser
OPEN_LIMIT = 90_000
PAGE = ".jp-MarkdownViewer .jp-RenderedMarkdown"
START = lectures()[0]
COMMANDS = "() => window.jupyterapp.commands.listCommands().filter((one) => /nbgrader/.test(one))"


def course(folder: Path) -> Path:
    """The first lectures as a student has them, with one exercise passed."""
    for lecture in lectures()[:2]:
        shutil.copytree(ROOT / "lectures" / lecture.slug, folder / "lectures" / lecture.slug)
    passed = {"passed": START.tasks[0].name, "at": "2026-01-02T03:04:05+00:00"}
    (folder / FILE).write_text(json.dumps(passed) + "\n", encoding="utf-8")
    return folder


@contextmanager
def opened(browser: Browser, tmp_path: Path, role: str) -> Iterator[Page]:
    """What somebody sees who follows the address that JupyterLab prints."""
    folder = course(tmp_path / "course")
    with (at_the_desk(role, tmp_path / "jupyter", folder) as server,
          browser.new_context(**CONTEXT) as context):
        page = context.new_page()
        page.goto(server.url(""), timeout=OPEN_LIMIT)
        page.locator(PAGE).get_by_role("heading", name="Your course").wait_for(timeout=OPEN_LIMIT)
        yield page


def entries_of(page: Page) -> set[str]:
    """What the menu Nbgrader offers."""
    page.get_by_role("menuitem", name="Nbgrader", exact=True).click()
    found = page.locator(".lm-Menu .lm-Menu-item[data-type=command] .lm-Menu-itemLabel")
    found.first.wait_for()
    entries = {text for text in found.all_inner_texts() if text}
    page.keyboard.press("Escape")
    return entries


def test_a_student_finds_every_lecture_and_opens_one(browser: Browser, tmp_path: Path) -> None:
    with opened(browser, tmp_path, "student") as page:
        shown = page.locator(PAGE)
        rows = shown.locator("tbody tr")
        expect(rows).to_have_count(len(lectures()))
        for row, lecture in zip(rows.all(), lectures(), strict=True):
            expect(row).to_contain_text(lecture.title)
            expect(row).to_contain_text(lecture.in_class)
        expect(rows.first).to_contain_text(f"1 of {len(START.tasks)}")
        expect(shown).to_contain_text(f"Next: {START.tasks[1].name} in lecture {START.number}")
        assert page.locator(".jp-Notification-Toast, .Toastify__toast, .jp-Dialog").count() == 0
        assert not any("formgrader" in one or "create" in one for one in page.evaluate(COMMANDS))
        assert entries_of(page) == {"Assignment List"}
        assert page.get_by_role("tab", name=re.compile("Create Assignment")).count() == 0

        for theme in ("JupyterLab Light", "JupyterLab Dark"):
            page.evaluate("(theme) => window.jupyterapp.commands.execute("
                          "'apputils:change-theme', {theme}).then(() => null)", theme)
            light = "false" if "Dark" in theme else "true"
            page.wait_for_selector(f'body[data-jp-theme-light="{light}"]', state="attached")
            assert violations(page, PAGE) == []

        shown.get_by_role("link", name=re.compile(f"^{START.number} ")).click()
        page.locator(".jp-NotebookPanel .jp-Notebook").wait_for(timeout=OPEN_LIMIT)
        page.locator(".jp-NotebookPanel-toolbar").get_by_text("Validate").click()
        said = page.get_by_role("dialog").filter(has_text="Validation Results")
        said.wait_for(timeout=OPEN_LIMIT)
        expect(said).to_contain_text("failed")


def test_an_instructor_has_formgrader_and_create_assignment(
    browser: Browser, tmp_path: Path
) -> None:
    with opened(browser, tmp_path, "instructor") as page:
        assert entries_of(page) >= {"Assignment List", "Formgrader"}
        expect(page.get_by_role("tab", name=re.compile("Create Assignment"))).to_have_count(1)
        assert page.locator(".jp-Notification-Toast, .Toastify__toast, .jp-Dialog").count() == 0
