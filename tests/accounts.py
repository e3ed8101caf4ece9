"""Accounts, folders and an interpreter that accounts other than ours may use."""

from __future__ import annotations

import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PYTHON = "/usr/bin/python3"  # one that every account may enter


def run(*command: str, folder: Path | None = None, environment: dict[str, str] | None = None,
        fed: str | None = None) -> str:
    """Its output; an AssertionError with the end of it if it failed."""
    done = subprocess.run(command, cwd=folder, env=environment, input=fed, capture_output=True,
                          text=True, check=False)
    told = done.stdout + done.stderr
    assert done.returncode == 0, f"{' '.join(command)}\n{told[-3000:]}"
    return told


@contextmanager
def account(name: str) -> Iterator[str]:
    """An account without rights, made for a test if it is not there."""
    there = any(each.pw_name == name for each in pwd.getpwall())
    if not there:
        run("useradd", "--no-create-home", "--shell", "/bin/false", name)
    try:
        yield name
    finally:
        if not there:
            run("userdel", name)


@contextmanager
def open_folder(prefix: str = "course-open-") -> Iterator[Path]:
    """A folder that everybody may enter; pytest's own are for one account."""
    folder = Path(tempfile.mkdtemp(prefix=prefix))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
