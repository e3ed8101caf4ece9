"""What holds for every widget, each in a cell of one notebook in JupyterLab."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator

from course_lib import widgets
from tests.browser.conftest import CONTEXT
from tests.browser.notebook import Notebook
from tests.browser.server import Server
from tests.browser.table import SETUP, WIDGETS, Widget
from tests.browser.watching import let_time_pass, press, reached_by_tab, seen, violations

pytestmark = pytest.mark.browser
each_widget = pytest.mark.parametrize("widget", WIDGETS, ids=lambda widget: widget.name)
PLAY = 'button[aria-pressed]'


@pytest.fixture(scope="module")
def gallery(browser: Browser, lab: Server) -> Iterator[Notebook]:
    with browser.new_context(**CONTEXT) as context:
        made = Notebook(context.new_page(), lab)
        made.open("gallery", [SETUP, *(widget.code for widget in WIDGETS)])
        made.run()
        yield made
        made.close()


def root_of(gallery: Notebook, widget: Widget) -> Locator:
    root = gallery.page.locator(widget.selector)
    root.wait_for(timeout=30_000)
    root.scroll_into_view_if_needed()
    return root


def test_every_widget_stands_in_the_table() -> None:
    abstract = {widgets.Stepper}
    made = {
        one for name in widgets.__all__
        if isinstance(one := getattr(widgets, name), type) and hasattr(one, "comm")
    }
    shown = {one for one in made for widget in WIDGETS if f"widgets.{one.__name__}(" in widget.code}
    assert {one.__name__ for one in made - abstract - shown} == set()


@each_widget
def test_it_is_drawn_and_complains_of_nothing(gallery: Notebook, widget: Widget) -> None:
    root = root_of(gallery, widget)
    assert root.get_attribute("data-error") in (None, "")
    assert root.locator('[role="alert"]:not(:empty)').count() == 0
    assert root.locator("canvas, svg, img").count() > 0


@each_widget
def test_it_reacts_to_keys_alone(gallery: Notebook, widget: Widget) -> None:
    root = root_of(gallery, widget)
    for selector, key in widget.keys:
        press(gallery.page, root, selector, key)
    assert root.get_attribute("data-error") in (None, "")


@each_widget
def test_the_tab_key_comes_to_every_control(gallery: Notebook, widget: Widget) -> None:
    count, met = reached_by_tab(gallery.page, root_of(gallery, widget))
    assert count > 0
    assert met == count


@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])
@each_widget
def test_axe_finds_nothing(gallery: Notebook, widget: Widget, theme: str) -> None:
    root_of(gallery, widget)
    gallery.theme(theme)
    assert violations(gallery.page, widget.selector) == []


@each_widget
def test_nothing_moves_by_itself_for_those_who_want_less_motion(
    gallery: Notebook, widget: Widget
) -> None:
    page, root = gallery.page, root_of(gallery, widget)
    page.emulate_media(reduced_motion="reduce")
    before = seen(root)
    let_time_pass(root)
    assert seen(root) == before
    if widget.live and root.locator(PLAY).count():
        root.locator(PLAY).first.focus()
        page.keyboard.press("Enter")
        assert root.get_attribute("data-playing") != "true"
    page.emulate_media(reduced_motion="no-preference")


def test_nothing_left_the_machine_and_nothing_was_complained_of(gallery: Notebook) -> None:
    assert gallery.strangers == []
    assert gallery.complaints == []
