"""`make setup` at bad moments: one or two sentences that say what to do, and no half .venv."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tools.notebooks import ROOT

TOOLS = ("cat", "cksum", "dirname", "grep", "mkdir", "rm", "sh")
NEW_ENOUGH = 'case "$*" in *version_info*) exit 0;; *--version*) echo "Python 3.13.0"; exit 0;; '
BROKEN_VENV = NEW_ENOUGH + '*venv*) mkdir -p .venv/bin; echo "no ensurepip" >&2; exit 1;; esac'
NO_INDEX = (NEW_ENOUGH + "*venv*) mkdir -p .venv/bin; cp_me;; esac").replace(
    "cp_me", "printf '#!/bin/sh\\nexit 1\\n' > .venv/bin/python; chmod +x .venv/bin/python")
TOO_OLD = 'case "$*" in *--version*) echo "Python 3.9.2";; *) exit 1;; esac'
UV_FAILS = 'echo "No interpreter found" >&2; exit 2'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The files that setup.sh reads, and a path on which only a few tools lie."""
    (tmp_path / "bin").mkdir()
    (tmp_path / "course" / "tools").mkdir(parents=True)
    for name in (*TOOLS, "chmod"):
        found = shutil.which(name)
        assert found, name
        (tmp_path / "bin" / name).symlink_to(found)
    for name in ("pyproject.toml", "constraints.txt", "tools/setup.sh"):
        shutil.copy(ROOT / name, tmp_path / "course" / name)
    return tmp_path / "course"


def setup(folder: Path, **commands: str) -> tuple[int, str, str]:
    """Run it with these commands on the path; status, what it printed, its complaint."""
    for name, text in commands.items():
        made = folder.parent / "bin" / name
        made.write_text(f"#!/bin/sh\n{text}\n")
        made.chmod(0o755)
    done = subprocess.run(["sh", "tools/setup.sh"], cwd=folder, capture_output=True, text=True,
                          env={"PATH": str(folder.parent / "bin")}, check=False)
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize(("commands", "words"), [
    ({"python3": TOO_OLD}, "needs Python 3.11 or newer; found Python 3.9.2"),
    ({"python3": BROKEN_VENV}, "apt install python3-venv"),
    ({"uv": UV_FAILS}, "uv could not make .venv here; its own message above says why"),
], ids=["wrong Python", "no venv", "uv"])
def test_what_cannot_begin_says_what_to_do_and_leaves_nothing(
    folder: Path, commands: dict[str, str], words: str
) -> None:
    status, _, complaint = setup(folder, **commands)
    assert status == 1 and words in complaint
    assert not (folder / ".venv").exists()


def test_without_a_network_it_says_so_and_goes_on_next_time(folder: Path) -> None:
    status, said, complaint = setup(folder, python3=NO_INDEX)
    assert status == 1 and "setup: done" not in said
    assert "needs the network and 2 GB of free disk" in complaint
    assert "call it again, it goes on where it stopped" in complaint
    assert not (folder / ".venv" / ".setup-stamp").exists()
    (folder / ".venv" / "bin" / "python").write_text("#!/bin/sh\nexit 0\n")
    status, said, _ = setup(folder)
    assert status == 0 and "setup: making .venv" not in said and "setup: done" in said
    assert "up to date" in setup(folder)[1]
