"""Bad moments at the desk: one sentence that says what to do, and no traceback."""

from __future__ import annotations

import errno
import json
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from course_lib.desk import lab, update
from tools.notebooks import ROOT

GOOD = json.dumps({"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5})
SLUG = "00_start_here"


@pytest.fixture
def course(tmp_path: Path) -> Path:
    (tmp_path / "lectures" / SLUG).mkdir(parents=True)
    (tmp_path / "lectures" / SLUG / f"{SLUG}.ipynb").write_text(GOOD)
    return tmp_path


@pytest.mark.parametrize(("number", "words"), [
    (errno.ENOSPC, "is full. Make room, then start it again."),
    (errno.EDQUOT, "is full. Make room, then start it again."),
    (errno.EACCES, "Start it in a folder of your own"),
    (errno.EROFS, "Start it in a folder of your own"),
])
def test_lab_where_nothing_can_be_written(
    course: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    number: int, words: str,
) -> None:
    def refuse(folder: Path) -> None:
        raise OSError(number, "as the system says it")

    monkeypatch.setattr(lab, "write_page", refuse)
    assert lab.start(course, [], "student") == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1 and words in said


def test_lab_half_installed(
    course: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(lab, "use_course_settings", lambda role: None)
    monkeypatch.setitem(sys.modules, "jupyterlab.labapp", None)
    assert lab.start(course, [], "student") == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1 and "JupyterLab is not installed as a whole" in said
    assert "`course-doctor` says what is missing" in said


@pytest.mark.parametrize("content", [b"", b'{"cells": [', b"[1]", b"\xff\xfe", b'{"nbformat": 3}'])
def test_lab_with_a_corrupt_notebook_names_it(
    course: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    content: bytes,
) -> None:
    notebook = course / "lectures" / SLUG / f"{SLUG}.ipynb"
    assert lab.unreadable(course) == []
    notebook.write_bytes(content)
    monkeypatch.setattr(lab, "use_course_settings", lambda role: None)
    monkeypatch.setitem(sys.modules, "jupyterlab.labapp", None)
    lab.start(course, [], "student")
    said = capsys.readouterr().err.splitlines()[0]
    assert said == (f"course-lab: {SLUG}.ipynb cannot be read as a notebook, and JupyterLab will "
                    "not open it; `course-doctor` says what to do.")
    assert notebook.read_bytes() == content


def test_update_where_the_disk_is_full(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*given: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    new = course / "new" / "lectures" / SLUG / f"{SLUG}.ipynb"
    new.parent.mkdir(parents=True)
    new.write_text(GOOD.replace("[]", '[{"cell_type": "markdown", "id": "a", "metadata": {}, '
                                '"source": "New."}]', 1))
    monkeypatch.setattr(update, "replace_files", refuse)
    with pytest.raises(update.Refused, match=r"No space left on device\); what was there is"):
        update.update(course / "new", here=course, say=lambda line: None)


@pytest.mark.slow
def test_lab_takes_another_port_and_says_so(course: Path, tmp_path: Path) -> None:
    log = tmp_path / "log.txt"
    with socket.socket() as taken, log.open("w") as out:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        code = "import sys; from course_lib.desk.commands import lab; sys.exit(lab())"
        running = subprocess.Popen(
            [sys.executable, "-c", code, "--no-browser", "--allow-root", "--ip=127.0.0.1",
             f"--port={port}"], cwd=course, stdout=out, stderr=subprocess.STDOUT,
            env={"HOME": str(tmp_path), "PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT)})
        try:
            for _ in range(480):
                if "is running at" in log.read_text() or running.poll() is not None:
                    break
                time.sleep(0.25)
        finally:
            running.terminate()
            running.wait(60)
    assert f"The port {port} is already in use, trying another port." in log.read_text()
    assert "is running at" in log.read_text()
