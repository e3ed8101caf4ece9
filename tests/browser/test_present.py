"""`course-lab --present`: one lecture, alone, in letters that the last row can read, offline."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Request

from course_lib.desk.contents import lectures
from tests.browser.conftest import CONTEXT
from tests.browser.server import _started
from tools.notebooks import ROOT

OPEN_LIMIT = 90_000
LARGE = 22.0        # pixels; JupyterLab's own text has 14
SIZE = "(one) => parseFloat(getComputedStyle(one).fontSize)"
CODE = "import sys; from course_lib.desk.commands import lab; sys.exit(lab())"


@pytest.mark.browser
def test_a_lecture_fills_the_window_in_large_letters(browser: Browser, tmp_path: Path) -> None:
    start, course = lectures()[0], tmp_path / "course"
    shutil.copytree(ROOT / "lectures" / start.slug, course / "lectures" / start.slug)
    asked: list[Request] = []
    (tmp_path / "jupyter").mkdir()
    with (_started("lab", tmp_path / "jupyter", course,
                   ["-c", CODE, "--present", start.number]) as server,
          browser.new_context(**CONTEXT) as context):
        page = context.new_page()
        page.on("request", lambda request: asked.append(request))
        page.goto(server.url(""), timeout=OPEN_LIMIT)
        assert f"/doc/tree/{start.path}" in page.url
        text = page.locator(".jp-Notebook .jp-RenderedMarkdown p").first
        text.wait_for(timeout=OPEN_LIMIT)
        page.wait_for_function(f"([one, large]) => ({SIZE})(one) >= large",
                               arg=[text.element_handle(), LARGE], timeout=20_000)
        code = page.locator(".jp-Notebook .jp-CodeCell .cm-content").first
        code.wait_for(timeout=OPEN_LIMIT)
        assert code.evaluate(SIZE) >= 20
        assert not page.locator("#filebrowser").is_visible()
        box = page.locator(".jp-NotebookPanel").bounding_box()
        assert box is not None and box["width"] > 0.9 * page.viewport_size["width"]  # type: ignore[index]
    here = f"127.0.0.1:{server.port}"
    assert [each.url for each in asked if here not in each.url
            and not each.url.startswith(("data:", "blob:"))] == []
