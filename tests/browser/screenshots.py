"""`make screenshots`: a picture of every widget in docs/widgets/, and the page that shows them."""

from __future__ import annotations

import io
import os
import shutil
import tempfile
from collections.abc import Callable
from inspect import getdoc
from pathlib import Path

from PIL import Image
from playwright.sync_api import Locator, Page, sync_playwright

from course_lib import widgets
from tests.browser.conftest import CONTEXT, FLAGS
from tests.browser.notebook import Notebook
from tests.browser.server import running
from tests.browser.strokes import DIGITS, draw
from tests.browser.table import SETUP, WIDGETS, Widget
from tests.browser.watching import let_time_pass, press
from tools.notebooks import ROOT

PAGE = ROOT / "docs" / "widgets.md"
FOLDER = ROOT / "docs" / "widgets"
COLOURS = 256      # enough for a screenshot, and a third of the bytes
START = """# Widgets

Things to press, drag and draw on, each with the learner's own network or function inside. Run the
cell that is given under a picture to have the widget in a notebook; the function beside it draws
the same as a figure, for print and for kernels without widgets. Pictures and page are made by
`make screenshots`.
"""


def draw_three(page: Page, root: Locator) -> None:
    draw(page, root.locator(".course-pad"), DIGITS["3"])


def point_at_a_unit(page: Page, root: Locator) -> None:
    layer = root.locator('[data-layer="4"] canvas')
    layer.scroll_into_view_if_needed()
    layer.hover(position={"x": 40, "y": 130})


def several_steps(count: int) -> Callable[[Page, Locator], None]:
    def walk(page: Page, root: Locator) -> None:
        for _ in range(count):
            press(page, root, 'input[type="range"]', "ArrowRight")

    return walk


def train_for_a_while(page: Page, root: Locator) -> None:
    root.locator("button").first.click()
    for _ in range(3):
        let_time_pass(root)
    root.locator("button").first.click()


BEFORE: dict[str, Callable[[Page, Locator], None]] = {
    "digit-pad": draw_three, "layer-viewer": point_at_a_unit, "graph-stepper": several_steps(6),
    "backprop-stepper": several_steps(8), "conv-stepper": several_steps(4),
    "live-training": train_for_a_while, "playground": train_for_a_while,
}


def class_name(widget: Widget) -> str:
    """DigitPad for a cell that ends in widgets.DigitPad(...)."""
    return widget.code.rpartition("widgets.")[2].partition("(")[0]


def section(widget: Widget) -> str:
    """Heading, first sentence of the docstring, picture, and the cell."""
    name = class_name(widget)
    first = (getdoc(getattr(widgets, name)) or "").partition("\n\n")[0]
    picture = f"![{widget.alt}](widgets/{widget.name}.png)"
    return f"\n## {name}\n\n{first}\n\n{picture}\n\n```python\n{widget.code.strip()}\n```\n"


def page() -> str:
    """The text of docs/widgets.md."""
    setup = f"\nThe cells begin with this one:\n\n```python\n{SETUP.strip()}\n```\n"
    return START + setup + "".join(map(section, WIDGETS))


def take(notebook: Notebook, widget: Widget) -> bytes:
    """The widget's own rectangle, after it was used."""
    root = notebook.page.locator(widget.selector)
    root.wait_for()
    root.scroll_into_view_if_needed()
    BEFORE.get(widget.name, lambda page, root: None)(notebook.page, root)
    let_time_pass(root)
    picture = Image.open(io.BytesIO(root.screenshot()))
    small = io.BytesIO()
    picture.convert("RGB").quantize(COLOURS, kmeans=3).save(small, "PNG", optimize=True)
    return small.getvalue()


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with (
        tempfile.TemporaryDirectory() as folder,
        running("lab", Path(folder, "lab")) as server,
        sync_playwright() as play,
        play.chromium.launch(executable_path=chromium, args=FLAGS) as browser,
    ):
        # Higher than the page of the tests, so that every widget fits in whole.
        context = browser.new_context(**{**CONTEXT, "viewport": {"width": 1240, "height": 1300}})
        notebook = Notebook(context.new_page(), server)
        notebook.open("gallery", [SETUP, *(widget.code for widget in WIDGETS)])
        notebook.run()
        for widget in WIDGETS:
            (FOLDER / f"{widget.name}.png").write_bytes(take(notebook, widget))
            print(f"screenshots: {widget.name}")
        notebook.close()
    for stale in {*FOLDER.glob("*.png")} - {FOLDER / f"{w.name}.png" for w in WIDGETS}:
        stale.unlink()
    PAGE.write_text(page(), encoding="utf-8")
    print(f"screenshots: {len(WIDGETS)} pictures in docs/widgets, and docs/widgets.md")


if __name__ == "__main__":
    main()
