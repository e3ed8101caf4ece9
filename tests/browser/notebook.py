"""One notebook in one page of the browser: open it, run it, read what went wrong."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Locator, Page

from tests.browser.server import Server

OPEN_LIMIT = 90_000
CONNECTED = """async () => {
    const panel = window.jupyterapp?.shell?.currentWidget;
    if (!panel?.sessionContext) return false;
    await panel.sessionContext.ready;
    return panel.sessionContext.session?.kernel?.connectionStatus === "connected";
}"""
ERRORS = """() => window.jupyterapp.shell.currentWidget.content.model.toJSON().cells
    .flatMap((cell) => (cell.outputs || []).filter((o) => o.output_type === "error"))
    .map((o) => o.ename + ": " + o.evalue)"""
# What a browser asks for by itself, or the server has not: no word about the course's code.
HARMLESS = ("favicon", "/api/kernels", "/api/sessions", "kernelspecs")


class Notebook:
    """A page, what it asked other machines for, and what it complained about."""

    def __init__(self, page: Page, server: Server) -> None:
        self.page, self.server = page, server
        self.strangers: list[str] = []
        self.complaints: list[str] = []
        page.on("request", lambda request: self._note_request(request.url))
        page.on("pageerror", lambda error: self.complaints.append(f"{error}\n{error.stack}"))
        page.on("console", lambda message: self._note_console(message))

    def open(self, name: str, sources: Sequence[str]) -> None:
        """A new notebook of these code cells, opened, with a kernel that is ready."""
        path = self.server.folder / f"{name}.ipynb"
        path.write_text(json.dumps(_notebook(sources)), encoding="utf-8")
        self.reopen(name)

    def reopen(self, name: str) -> None:
        self.page.goto(self.server.page_of(f"{name}.ipynb"), timeout=OPEN_LIMIT)
        self.page.locator(".jp-NotebookPanel .jp-Notebook").wait_for(timeout=OPEN_LIMIT)
        self.page.wait_for_function(CONNECTED, timeout=OPEN_LIMIT)
        # What Jupyter says of itself while it starts is no word about the course's code.
        self.complaints.clear()

    def run(self) -> None:
        """Run all cells. Raises AssertionError with what they raised."""
        done = self.command("notebook:run-all-cells")
        errors = self.page.evaluate(ERRORS)
        assert errors == [] and done, errors

    def command(self, name: str, arguments: dict[str, Any] | None = None) -> bool:
        """A command of JupyterLab; whether it says that all went well."""
        return bool(self.page.evaluate(
            "([name, args]) => window.jupyterapp.commands.execute(name, args)"
            ".then((answer) => answer === true)",
            [name, arguments or {}],
        ))

    def theme(self, name: str) -> None:
        light = "false" if "Dark" in name else "true"
        self.page.evaluate(
            "(theme) => window.jupyterapp.commands.execute('apputils:change-theme', {theme})"
            ".then(() => null)",
            name,
        )
        self.page.wait_for_selector(f'body[data-jp-theme-light="{light}"]', state="attached")

    def widget(self, name: str) -> Locator:
        """The root of a live widget that is drawn and ready."""
        root = self.page.locator(f'[data-widget="{name}"][data-ready="true"]')
        root.wait_for(timeout=30_000)
        root.scroll_into_view_if_needed()
        return root

    def close(self) -> None:
        """End the kernels, which would keep their memory."""
        self.page.evaluate(
            "() => window.jupyterapp.serviceManager.sessions.shutdownAll().then(() => null)"
        )

    def _note_request(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme in ("data", "blob") or parts.hostname == "127.0.0.1":
            return
        self.strangers.append(url)

    def _note_console(self, message: Any) -> None:
        where = f"{message.text} {message.location.get('url', '')}"
        if message.type == "error" and not any(word in where for word in HARMLESS):
            self.complaints.append(where)


def _notebook(sources: Sequence[str]) -> dict[str, Any]:
    cells = [
        {"cell_type": "code", "id": f"cell-{place}", "metadata": {}, "execution_count": None,
         "outputs": [], "source": source}
        for place, source in enumerate(sources)
    ]
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    return {"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
