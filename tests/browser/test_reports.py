"""Reports and feedback in a browser: readable by all, in light and dark, asking nobody."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from autograder.catalogue import Catalogue
from autograder.grading.results import ExerciseResult, FamilyResult, SubmissionResult
from autograder.reports.alike import Alike
from autograder.reports.class_page import class_page
from autograder.reports.summary import summary_of, without_names
from autograder.serving.feedback import PAGE, pages

pytestmark = pytest.mark.browser
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


def results() -> list[SubmissionResult]:
    topic = Catalogue().topic("03")
    wrong = ExerciseResult(
        "pred_succ", "exercise", "failed", 0.0, 2.0, "It fails in: one graph.",
        ('Case "one edge": expected 1, got 2',), "swaps_pred_and_succ", "You have it round.",
        (FamilyResult("one graph", False), FamilyResult("no edges", True)), seconds=0.25)
    found = []
    for place in range(24):
        exercises = tuple(
            wrong if each.name == "pred_succ" and place % 3 == 0 else
            ExerciseResult(each.name, each.kind, "passed", each.points, each.points, "")
            for each in topic.exercises)
        found.append(SubmissionResult(f"student{place}", topic.slug, exercises,
                                      events=("the cell check_layer was edited; ours counts",)))
    return found


def written(folder: Path) -> dict[str, Path]:
    made = datetime(2026, 1, 2, tzinfo=UTC)
    summary = summary_of(Catalogue().topic("03"), results(), (),
                         [Alike(("student1", "student2"), ("layer",), 60, False)])
    texts = {
        "named": class_page(summary, made),
        "nameless": class_page(without_names(summary, b"x" * 32), made),
        "feedback": pages(results()[0], "2026-01-02", ["At most 10."])[PAGE],
    }
    for name, text in texts.items():
        (folder / f"{name}.html").write_text(text, encoding="utf-8")
    return {name: folder / f"{name}.html" for name in texts}


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("name", ["named", "nameless", "feedback"])
def test_axe_finds_nothing_and_nobody_is_asked(
    browser: Browser, tmp_path: Path, name: str, scheme: Literal["light", "dark"]
) -> None:
    path = written(tmp_path)[name]
    with browser.new_context(color_scheme=scheme) as context:
        page = context.new_page()
        asked: list[str] = []
        complaints: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: complaints.append(message.text))
        page.goto(path.as_uri())
        assert asked == [path.as_uri()]
        found = Axe().run(page)
        assert found.response["violations"] == []
        ignored = [each for each in complaints if "axe" not in each]
        assert ignored == []
        dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert (dark == "rgb(255, 255, 255)") is (scheme == "light")


def test_a_table_scrolls_by_keys_on_a_phone(browser: Browser, tmp_path: Path) -> None:
    path = written(tmp_path)["named"]
    with browser.new_context(viewport={"width": 360, "height": 700}) as context:
        page = context.new_page()
        page.goto(path.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        table = page.locator(".wide").first
        table.focus()
        page.keyboard.press("ArrowRight")
        page.wait_for_function("document.querySelector('.wide').scrollLeft > 0")
