"""How long it takes from a slider to pixels; printed, and asserted nowhere."""

from __future__ import annotations

import json
from statistics import median

import pytest

from tests.browser.notebook import Notebook
from tests.browser.table import BY_NAME, SETUP, Widget

pytestmark = pytest.mark.browser
PRESSES = 20
# From the key to the frame that shows another picture.
PICTURE = """([root, control]) => new Promise((done) => {
    const picture = root.querySelector(".widget-html-content img");
    const watcher = new MutationObserver(async () => {
        const now = root.querySelector(".widget-html-content img");
        if (!now || now.src === picture.src) return;
        watcher.disconnect();
        await now.decode();
        requestAnimationFrame(() => done(performance.now() - began));
    });
    watcher.observe(root, { childList: true, subtree: true, attributes: true });
    const began = performance.now();
    control.stepUp();
    control.dispatchEvent(new Event("input", { bubbles: true }));
})"""


def live_times(notebook: Notebook, widget: Widget) -> list[float]:
    """As the widget itself measures: from the event to the frame after the answer."""
    root = notebook.widget(widget.name)
    root.locator('input[type="range"]').first.focus()
    for _ in range(PRESSES):
        before = root.get_attribute("data-answered")
        notebook.page.keyboard.press("ArrowRight")
        notebook.page.wait_for_function(
            "([root, before]) => root.dataset.answered !== before",
            arg=[root.element_handle(), before],
        )
    times: list[float] = json.loads(root.get_attribute("data-rtts") or "[]")
    return times[-PRESSES:]


def picture_times(notebook: Notebook, widget: Widget) -> list[float]:
    root = notebook.page.locator(widget.selector)
    slider = root.locator('input[type="range"]')
    slider.wait_for()
    root.locator(".widget-html-content img").wait_for()
    handles = [root.element_handle(), slider.element_handle()]
    steps = int(slider.get_attribute("max") or 0)
    return [notebook.page.evaluate(PICTURE, handles) for _ in range(min(steps, PRESSES))]


def test_slider_to_pixels(notebook: Notebook, capsys: pytest.CaptureFixture[str]) -> None:
    live, drawn = BY_NAME["descent-explorer"], BY_NAME["conv-stepper"]
    notebook.open("latency", [SETUP, live.code, drawn.code])
    notebook.run()
    times = {live.name: live_times(notebook, live), drawn.name: picture_times(notebook, drawn)}
    for name, measured in times.items():
        assert len(measured) >= 8
        with capsys.disabled():
            print(f"\nslider to pixels, {name}: median {median(measured):.0f} ms")
