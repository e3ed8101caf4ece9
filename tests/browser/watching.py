"""What can be seen of a widget, and what a reader without mouse or eyes meets in it."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, TimeoutError

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]
# Pictures and sentences; not the controls, which would change by themselves.
SEEN = """(root) => [
    ...[...root.querySelectorAll("canvas")].map((canvas) => canvas.toDataURL()),
    ...[...root.querySelectorAll("svg, img, p, li")].map((one) => one.outerHTML),
].join()"""
CONTROLS = "button, input, select, a[href], [tabindex='0']"
VISIBLE = f"""(root) => [...root.querySelectorAll("{CONTROLS}")]
    .filter((one) => one.tabIndex >= 0 && one.checkVisibility() && !one.disabled)
    .forEach((one, place) => {{ one.dataset.control = place; }})
    ?? root.querySelectorAll("[data-control]").length"""
FOCUSED = "() => document.activeElement?.dataset.control ?? null"
FRAMES = """(root) => new Promise((done) => {
    let left = 90;
    const tick = () => (left-- ? requestAnimationFrame(tick) : done());
    tick();
})"""


def seen(root: Locator) -> str:
    return str(root.evaluate(SEEN))


def wait_for_change(page: Page, root: Locator, before: str) -> None:
    """Until something else is seen than before; 20 seconds at most."""
    page.wait_for_function(
        f"([root, before]) => ({SEEN})(root) !== before",
        arg=[root.element_handle(), before],
        timeout=20_000,
    )


def press(page: Page, root: Locator, selector: str, key: str) -> None:
    """Focus one control and press one key; what is seen must change."""
    control = root.locator(selector).first if ">>" not in selector else root.locator(selector)
    control.focus()
    before = seen(root)
    page.keyboard.press(key)
    try:
        wait_for_change(page, root, before)
    except TimeoutError:
        raise AssertionError(f"{key} on {selector} changes nothing that is seen") from None


def reached_by_tab(page: Page, root: Locator) -> tuple[int, int]:
    """(how many controls there are, how many of them the Tab key comes to)."""
    count = int(root.evaluate(VISIBLE))
    root.locator('[data-control="0"]').focus()
    met = set()
    for _ in range(count + 5):
        met.add(page.evaluate(FOCUSED))
        page.keyboard.press("Tab")
    return count, len(met - {None})


def let_time_pass(root: Locator) -> None:
    """One and a half seconds of frames on the screen."""
    root.evaluate(FRAMES)


def violations(page: Page, selector: str) -> list[Any]:
    """What axe-core says about the widget alone."""
    found = Axe().run(
        page, context={"include": [[selector]]},
        options={"runOnly": RULES, "resultTypes": ["violations"]},
    )
    return [
        (rule["id"], node["html"][:200], node["failureSummary"][:300])
        for rule in found.response["violations"] for node in rule["nodes"]
    ]
