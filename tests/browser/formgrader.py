"""Formgrader's pages inside JupyterLab, used by their buttons as an instructor uses them."""

from __future__ import annotations

from playwright.sync_api import FrameLocator, Locator, Page, expect

OPEN_LIMIT = 90_000
WORK_LIMIT = 120_000    # grading starts processes, and the machine may be busy


class Formgrader:
    """What the menu entry Nbgrader > Formgrader opens, in the JupyterLab at that address."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        page.goto(address, timeout=OPEN_LIMIT)
        page.get_by_role("menuitem", name="Nbgrader", exact=True).click(timeout=OPEN_LIMIT)
        page.get_by_role("menuitem", name="Formgrader", exact=True).click()
        self.frame: FrameLocator = page.frame_locator("iframe[src*=formgrader]")

    def section(self, name: str) -> None:
        """One of the pages at the left: Manage Assignments, Manual Grading, Manage Students."""
        self.frame.get_by_role("link", name=name, exact=True).first.click()

    def row(self, text: str) -> Locator:
        """The row of a table in which `text` stands, once the table is filled."""
        found = self.frame.locator("#main-table tr").filter(has_text=text)
        expect(found).to_have_count(1, timeout=OPEN_LIMIT)
        return found

    def press(self, text: str, button: str) -> str:
        """Press the button of a row, wait for Success, close it; the log that was shown."""
        self.row(text).locator(f"td.{button} a").click()
        told = self.frame.locator(".modal.in")
        told.locator(".modal-title").wait_for(timeout=WORK_LIMIT)
        log = "\n".join(told.locator("pre").all_inner_texts())
        assert told.locator(".modal-title").inner_text() == "Success", told.inner_text()
        told.get_by_role("button", name="OK").click()
        told.wait_for(state="detached")
        return log

    def cell(self, name: str) -> Locator:
        """The panel of a graded cell on the page of one submission."""
        return self.frame.locator(".nbgrader_cell").filter(
            has=self.page.locator(f"[id='{name}'], [id='{name}-comment']"))

    def saved(self, panel: Locator, field: str, text: str) -> None:
        """Write into a field of a cell and leave it; the server has it when this returns."""
        into = panel.locator(field)
        into.fill(text)
        with self.page.expect_response(
            lambda answer: answer.request.method == "PUT" and "/formgrader/api/" in answer.url
        ) as answered:
            into.press("Tab")
        assert answered.value.ok
