"""Debian's Chromium, one JupyterLab for all tests, and a page that is watched."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser.notebook import Notebook
from tests.browser.server import Server, running

FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]
CONTEXT = {"viewport": {"width": 1280, "height": 900}, "has_touch": True}


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chrome")
    if chromium is None:
        pytest.fail(
            "The browser tests need Chromium: apt-get install chromium, or set CHROMIUM=/its/path. "
            "To run all tests but these: make test.",
            pytrace=False,
        )
    return {**browser_type_launch_args, "executable_path": chromium, "args": FLAGS}


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running("lab", tmp_path_factory.mktemp("lab")) as server:
        yield server


@pytest.fixture(scope="session")
def notebook_7(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running("notebook", tmp_path_factory.mktemp("notebook")) as server:
        yield server


@pytest.fixture
def notebook(browser: Browser, lab: Server) -> Iterator[Notebook]:
    """An empty page of JupyterLab; what it did is judged by the test."""
    with browser.new_context(**CONTEXT) as context:
        made = Notebook(context.new_page(), lab)
        yield made
        made.close()
