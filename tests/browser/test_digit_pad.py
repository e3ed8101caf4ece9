"""Drawing on the digit pad: by mouse, finger and keys, in JupyterLab and in Notebook 7."""

from __future__ import annotations

import json
from collections.abc import Iterator
from statistics import median

import pytest
from playwright.sync_api import Browser, Locator

from tests.browser.conftest import CONTEXT
from tests.browser.notebook import Notebook
from tests.browser.server import Server
from tests.browser.strokes import DIGITS, draw, touch
from tests.browser.table import BY_NAME, SETUP

pytestmark = pytest.mark.browser
PAD = BY_NAME["digit-pad"]
ENOUGH = 8


@pytest.fixture(scope="module")
def notebook(browser: Browser, lab: Server) -> Iterator[Notebook]:
    with browser.new_context(**CONTEXT) as context:
        made = Notebook(context.new_page(), lab)
        made.open("pad", [SETUP, PAD.code])
        made.run()
        yield made
        made.close()


def empty_pad(notebook: Notebook) -> Locator:
    root = notebook.widget("digit-pad")
    root.get_by_role("button", name="Clear").click()
    notebook.page.wait_for_selector(f'{PAD.selector}[data-guess=""]')
    return root


def settled(notebook: Notebook, root: Locator) -> str:
    """The guess, once the last question is answered."""
    notebook.page.wait_for_function(
        "(root) => root.dataset.asked === root.dataset.answered && root.dataset.guess !== ''",
        arg=root.element_handle(),
    )
    return root.get_attribute("data-guess") or ""


def test_digits_drawn_by_mouse_are_read(
    notebook: Notebook, capsys: pytest.CaptureFixture[str]
) -> None:
    guesses = {}
    for digit, strokes in DIGITS.items():
        root = empty_pad(notebook)
        draw(notebook.page, root.locator(".course-pad"), strokes)
        guesses[digit] = settled(notebook, root)
    times = json.loads(root.get_attribute("data-rtts") or "[]")
    right = sum(digit == guess for digit, guess in guesses.items())
    with capsys.disabled():
        print(f"\nstroke to guess: median {median(times)} ms of {len(times)}; {right} of 10 right")
    assert right >= ENOUGH, guesses
    assert notebook.strangers == notebook.complaints == []


def test_a_finger_draws(notebook: Notebook) -> None:
    root = empty_pad(notebook)
    touch(notebook.page, root.locator(".course-pad"), DIGITS["1"])
    assert settled(notebook, root) == "1"
    assert root.get_by_text("First guess 1").is_visible()


def test_keys_draw_and_clear(notebook: Notebook) -> None:
    root = empty_pad(notebook)
    pad, keys = root.locator(".course-pad"), notebook.page.keyboard
    pad.focus()
    for _ in range(12):
        keys.press("ArrowUp")
    for _ in range(24):
        keys.press("Shift+ArrowDown")
    assert settled(notebook, root) == "1"
    keys.press("Delete")
    notebook.page.wait_for_selector(f'{PAD.selector}[data-guess=""]')
    assert root.get_by_text("Nothing is drawn yet. Draw a digit.").is_visible()


def test_a_network_that_raises_is_a_sentence_on_the_page(notebook: Notebook) -> None:
    bad = "def broken(x):\n    raise IndexError('no such layer')\nwidgets.DigitPad(broken)"
    notebook.open("broken", [SETUP, bad])
    notebook.run()
    root = notebook.widget("digit-pad")
    draw(notebook.page, root.locator(".course-pad"), DIGITS["1"])
    sentence = "Note: Your broken raised IndexError: no such layer"
    root.get_by_role("alert").get_by_text(sentence).wait_for()


def test_it_works_in_notebook_7(browser: Browser, notebook_7: Server) -> None:
    with browser.new_context(**CONTEXT) as context:
        notebook = Notebook(context.new_page(), notebook_7)
        notebook.open("seven", [SETUP, PAD.code])
        notebook.run()
        root = empty_pad(notebook)
        draw(notebook.page, root.locator(".course-pad"), DIGITS["7"])
        assert settled(notebook, root) == "7"
        assert notebook.strangers == notebook.complaints == []
        notebook.close()
