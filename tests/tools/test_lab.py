"""`make lab` opens a page that exists, as a page and not as text."""

from __future__ import annotations

import json
import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from course_lib.desk import lab
from tools.notebooks import ROOT

DOCUMENTS = "@jupyterlab/docmanager-extension:plugin"


def test_it_opens_a_page_that_exists(tmp_path: Path) -> None:
    lab.write_page(tmp_path)
    assert (tmp_path / lab.PAGE).is_file()
    assert f"--LabApp.default_url=/lab/tree/{lab.PAGE}" in lab.arguments(tmp_path, [])
    assert lab.arguments(tmp_path, ["--no-browser"])[-1] == "--no-browser"


def test_settings_of_others_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", "elsewhere")
    everyone, student = str(lab.SETTINGS / "everyone"), str(lab.SETTINGS / "student")
    lab.use_course_settings("instructor")
    assert os.environ["JUPYTER_CONFIG_PATH"].split(os.pathsep) == [everyone, "elsewhere"]
    monkeypatch.delenv("JUPYTER_CONFIG_PATH")
    lab.use_course_settings("student")
    assert os.environ["JUPYTER_CONFIG_PATH"].split(os.pathsep) == [student, everyone]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    """A running `make lab` without a browser; gives `http://...{}?token=...` to fill in."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    token, log = secrets.token_hex(8), tmp_path / "log.txt"
    command = [sys.executable, "-m", "tools.lab", "--no-browser", "--allow-root",
               "--ip=127.0.0.1", f"--port={port}", f"--IdentityProvider.token={token}"]
    with log.open("w") as out:
        process = subprocess.Popen(command, cwd=ROOT, stdout=out, stderr=subprocess.STDOUT)
    try:
        address = f"http://127.0.0.1:{port}{{}}?token={token}"
        for _ in range(240):
            try:
                urllib.request.urlopen(address.format("/api/status"), timeout=5).close()
                break
            except (urllib.error.URLError, ConnectionError):
                assert process.poll() is None, log.read_text()
                time.sleep(0.5)
        yield address
    finally:
        process.terminate()
        process.wait(30)


@pytest.mark.slow
def test_jupyterlab_starts_on_the_index_and_shows_it_as_a_page(server: str) -> None:
    with urllib.request.urlopen(server.format("/")) as page:
        assert page.url.partition("?")[0].endswith(f"/lab/tree/{lab.PAGE}")
    with urllib.request.urlopen(server.format("/lab/api/settings/" + quote(DOCUMENTS))) as page:
        plugin: dict[str, Any] = json.load(page)
    assert plugin["schema"]["properties"]["defaultViewers"]["default"] == {
        "markdown": "Markdown Preview"
    }
