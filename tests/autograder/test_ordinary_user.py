"""The walls stand for an ordinary user as they do for root."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

from autograder.catalogue import ROOT
from tests.accounts import PYTHON, account, open_folder, run

ACCOUNT = "course-tester"
WRAPPED = "tests/autograder/test_bubblewrap.py"
TESTS = ["tests/autograder/test_walls.py", WRAPPED, "tests/autograder/test_selftest.py",
         "tests/autograder/test_provisioner.py",
         "tests/autograder/test_grade_attacks.py::TestAttacks::test_no_attack_earns_a_point"]


@pytest.mark.slow
def test_an_ordinary_user_gets_the_same_walls() -> None:
    """Root makes an account, a clone and an environment for it; others grade as they are."""
    if os.geteuid() != 0:
        run(sys.executable, "-m", "pytest", "-q", "-m", "not slow", *TESTS, folder=ROOT)
        return
    with account(ACCOUNT) as name, open_folder() as folder:
        clone, home = folder / "course", folder / "home"
        python = str(folder / "environment" / "bin" / "python")
        run("git", "clone", "--quiet", "--no-hardlinks", str(ROOT), str(clone))
        run(PYTHON, "-m", "venv", str(folder / "environment"))
        run(python, "-m", "pip", "install", "--quiet", "-c", "constraints.txt",
            "-e", f"{clone}[dev]", folder=clone)
        home.mkdir()
        run("chown", "-R", name, str(clone), str(home))
        account_runs = ["runuser", "-u", name, "--", "env", f"HOME={home}", f"TMPDIR={home}",
                        "OPENBLAS_NUM_THREADS=1"]
        tests = [python, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-m", "not slow"]
        told = run(*account_runs, *tests, *TESTS, folder=clone)
        # Once more with a bwrap that is set-uid, as where user namespaces are switched off.
        told += run(*account_runs, f"PATH={set_uid_bwrap(folder)}:{os.defpath}", *tests, WRAPPED,
                    # Not bounded there, as SECURITY.md says, and not ours to look into.
                    "-k", "not corner_is_small and not namespaces", folder=clone)
    assert told.count(" passed") == 2
    assert "skipped" not in told


def set_uid_bwrap(folder: Path) -> Path:
    """A folder with a copy of bwrap that runs as root, whoever starts it."""
    (folder / "bin").mkdir()
    copy = shutil.copy(str(shutil.which("bwrap")), folder / "bin")
    os.chmod(copy, 0o4755)
    return folder / "bin"
