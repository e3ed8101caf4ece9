"""The built site in a browser: widgets live without a kernel, and everybody can read it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.watching import (
    let_time_pass,
    press,
    reached_by_tab,
    seen,
    violations,
    wait_for_change,
)
from tools.docs import alive
from tools.docs.__main__ import build

pytestmark = pytest.mark.browser
FIELD = "docs/lectures/10_pooling_and_receptive_fields.html"
LINE = "docs/lectures/02_perceptron_and_activations.html"
# A lecture, prose with tables, formulas, a list of lectures, a page of the library.
PAGES = [
    FIELD, "README.html", "docs/student_guide.html", "docs/notation.html",
    "docs/lectures/index.html", "docs/api/course_lib.shapes.html", "docs/widgets.html",
]
# What the theme makes of every page (its sidebar and its table of contents) is not ours.
OURS = "article"
TEXT_WIDTH = """() => [...document.querySelectorAll("article :is(p, li, h1, h2)")]
    .filter((one) => one.getBoundingClientRect().right > innerWidth + 1
        && !one.closest("table, pre, .course-widget, .math-wrapper"))
    .map((one) => one.textContent.slice(0, 60))"""


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole site, built as `make docs` builds it, but with short training."""
    folder = tmp_path_factory.mktemp("docs") / "site"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COURSE_FAST", "1")
        assert build(folder) == 0
    return folder


# The marks of one widget's controls must not be taken for the next one's.
UNMARK = """() => document.querySelectorAll("[data-control]")
    .forEach((one) => one.removeAttribute("data-control"))"""


class Watched:
    """A page opened as a file, whom it asked, and what it complained about."""

    def __init__(self, page: Page, path: Path) -> None:
        self.page = page
        self.strangers: list[str] = []
        self.complaints: list[str] = []
        page.on("request", lambda request: self._note(request.url))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", lambda message: self.complaints.append(message.text)
                if message.type == "error" else None)
        page.goto(path.as_uri())

    def _note(self, url: str) -> None:
        if urlsplit(url).scheme not in ("file", "data", "blob"):
            self.strangers.append(url)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        yield context.new_page()


def test_a_widget_of_a_lecture_answers_to_keys_without_a_kernel(site: Path, page: Page) -> None:
    watched = Watched(page, site / FIELD)
    root = page.locator('[data-widget="receptive-field"][data-ready="true"]').first
    root.wait_for()
    before = root.locator("p[aria-live]").text_content()
    press(page, root, "svg.course-levels", "ArrowLeft")
    press(page, root, "svg.course-levels", "ArrowDown")
    after = root.locator("p[aria-live]").text_content()
    assert after and after != before            # the sentence is Python's, written down before
    assert root.get_attribute("data-error") in (None, "")
    assert (watched.strangers, watched.complaints) == ([], [])  # before axe reads style sheets
    assert violations(page, '[data-widget="receptive-field"]') == []


def test_where_sentences_would_be_wrong_there_are_none(site: Path, page: Page) -> None:
    watched = Watched(page, site / LINE)
    root = page.locator('[data-widget="perceptron-line"][data-ready="true"]').first
    root.wait_for()
    assert root.locator(".course-equation").text_content()
    press(page, root, "svg", "ArrowUp")
    page.wait_for_function("(one) => one.textContent === ''",
                           arg=root.locator(".course-equation").element_handle())
    assert "points on the wrong side" in str(root.locator(".course-count").text_content())
    assert (watched.strangers, watched.complaints) == ([], [])


def test_every_living_widget_of_the_gallery_moves_by_keys(site: Path, page: Page) -> None:
    watched = Watched(page, site / "docs" / "widgets.html")
    for front in alive.LIVING:
        name = front.replace("_", "-")
        root = page.locator(f'[data-widget="{name}"][data-ready="true"]')
        root.wait_for()
        controls, reached = reached_by_tab(page, root)
        assert controls == reached > 0, name
        page.evaluate(UNMARK)
        before = seen(root)
        root.locator("select, input, [tabindex='0']").first.focus()
        for key in ("ArrowDown", "ArrowRight", "ArrowLeft", "ArrowUp", "ArrowUp"):
            page.keyboard.press(key)
            let_time_pass(root)
            if seen(root) != before:
                break
        assert seen(root) != before, name
        assert root.get_attribute("data-error") in (None, ""), name
    assert (watched.strangers, watched.complaints) == ([], [])


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_our_part_of_a_page(
    browser: Browser, site: Path, path: str, scheme: str
) -> None:
    with browser.new_context(color_scheme=scheme) as context:  # type: ignore[arg-type]
        page = context.new_page()
        watched = Watched(page, site / path)
        page.wait_for_load_state()
        assert (watched.strangers, watched.complaints) == ([], [])  # before axe reads style sheets
        found = Axe().run(page, context={"include": [[OURS]]}, options={
            "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"],
            "resultTypes": ["violations"]})
        assert [(rule["id"], node["html"][:200], node["failureSummary"][:300])
                for rule in found.response["violations"] for node in rule["nodes"]] == []


@pytest.mark.parametrize("path", PAGES)
def test_text_stays_on_the_page_at_twice_the_size(browser: Browser, site: Path, path: str) -> None:
    # A window of 1280 x 900 at 200 % has the room of 640 x 450.
    with browser.new_context(viewport={"width": 640, "height": 450}) as context:
        page = context.new_page()
        page.goto((site / path).as_uri())
        assert page.evaluate(TEXT_WIDTH) == []


def test_nothing_plays_by_itself_for_those_who_want_less_motion(
    browser: Browser, site: Path
) -> None:
    with browser.new_context(reduced_motion="reduce") as context:
        page = context.new_page()
        page.goto((site / "docs" / "widgets.html").as_uri())
        root = page.locator('[data-widget="conv-volume"][data-ready="true"]')
        root.wait_for()
        before = seen(root)
        root.get_by_role("button", name="Play").press("Enter")  # one step for each press
        wait_for_change(page, root, before)
        once = seen(root)
        let_time_pass(root)
        assert root.get_attribute("data-playing") != "true"
        assert seen(root) == once
