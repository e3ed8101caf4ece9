"""CONTRIBUTING alone is enough to add an exercise: from the scaffold to the report of a class."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.tools.new_exercise import BELIEF, MODULE, NAME, RIGHT, SLUG, WRONG, fill_in, hand_in
from tools.notebooks import ROOT

pytestmark = pytest.mark.slow
COPIED = ("autograder", "course_lib", "course_sandbox", "data", "tools")
FILES = ("Makefile", "nbgrader_config.py", "pyproject.toml", "constraints.txt", "environment.yml",
         "README.md", "LICENSE", "CITATION.cff")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
LECTURE = f"solutions/{SLUG}/{SLUG}.ipynb"
CHECK = f"""
import numpy as np
from course_lib.checks import check
try:
    check("{NAME}")
except Exception as error:
    print(type(error).__name__)
"""
Command = Callable[..., str]


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the course with one lecture."""
    root = tmp_path_factory.mktemp("copy") / "course"
    for name in COPIED:
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    for tree in ("solutions", "lectures"):
        shutil.copytree(ROOT / tree / "00_start_here", root / tree / "00_start_here")
    for name in FILES:
        shutil.copy(ROOT / name, root / name)
    return root


@pytest.fixture(scope="module")
def type_in(course: Path) -> Command:
    """Runs one line in the course, as typed there with the environment active; gives its output."""
    env = {**os.environ, "PYTHONPATH": str(course), "OPENBLAS_NUM_THREADS": "1"}

    def run(line: str, cwd: Path = course) -> str:
        words = line.split()
        if words[0] in ("python", "nbgrader"):
            words = [sys.executable, *(words[1:] if words[0] == "python" else
                                       ["-m", "nbgrader", *words[1:]])]
        done = subprocess.run(words, cwd=cwd, env=env, capture_output=True, text=True,
                              timeout=600, check=False)
        assert done.returncode == 0, f"{line}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    return run


def step(number: int) -> list[str]:
    """The commands that CONTRIBUTING names in that step, with this exercise's names."""
    text = re.search(rf"^{number}\. (.*?)(?=^\d\. |^$)", CONTRIBUTING, re.M | re.S)
    assert text
    found = [span for span in re.findall(r"`([^`]+)`", " ".join(text.group(1).split()))
             if re.match(r"make |python -m ", span)]
    return [line.replace("TOPIC", MODULE).replace("FILE", LECTURE) for line in found]


@pytest.fixture(scope="module")
def written(course: Path, type_in: Command) -> Path:
    """The exercise, scaffolded and filled in, after step 5."""
    start = re.search(r"`(python -m tools\.new_topic) 04_gradient_descent descend`", CONTRIBUTING)
    assert start
    told = type_in(f"{start.group(1)} {SLUG} {NAME}")
    assert told.count("wrote") == 7
    fill_in(course)
    commands = step(5)
    assert [line.split()[0] for line in commands] == ["python", "python", "make"]
    for line in commands:
        target = re.fullmatch(r"make (\w+)", line)
        type_in(recipe(target.group(1)) if target else line)
    return course


def recipe(target: str) -> str:
    """What make runs for a target, without the set-up: an environment is here already."""
    found = re.search(rf"^{target}:.*\n\t@\$\(PY\) (.*)$", (ROOT / "Makefile").read_text(), re.M)
    assert found, target
    return f"python {found.group(1)}"


def test_it_is_generated_without_its_solution(written: Path) -> None:
    lecture = (written / "lectures" / SLUG / f"{SLUG}.ipynb").read_text(encoding="utf-8")
    assert "# YOUR CODE HERE" in lecture and "BEGIN SOLUTION" not in lecture
    assert ".mean()) if x.size" not in lecture
    assert f"[97 Thresholds](lectures/{SLUG}/{SLUG}.ipynb)" in (written / "index.md").read_text()


def test_verify_finds_it_strong(written: Path, type_in: Command) -> None:
    [line] = [line for line in step(6) if "verify" in line]
    told = type_in(line)
    assert "killed 3 of 3; told apart 3 of 3; accepted 2 of 2" in told
    assert "verify: 1 of 1 exercises hold" in told


def test_its_check_passes_fails_and_names_the_belief(written: Path, type_in: Command) -> None:
    place = written / "lectures" / SLUG

    def checked(source: str) -> str:
        (written / "typed.py").write_text(f"{source}\n{CHECK}", encoding="utf-8")
        return type_in(f"python {written / 'typed.py'}", place)

    assert "visible 5 of 5; hidden checks not run here" in checked("import numpy as np\n" + RIGHT)
    told = checked(WRONG)
    assert "visible 3 of 5" in told and BELIEF in told and told.endswith("CheckFailed\n")


def test_it_is_graded_diagnosed_and_reported(written: Path, type_in: Command) -> None:
    type_in(f"nbgrader generate_assignment {SLUG} --force")
    hand_in(written, "ada", RIGHT)
    hand_in(written, "ben", WRONG)
    hand_in(written, "cleo", WRONG.replace(">=", "<"))
    type_in(f"python -m autograder grade {SLUG}")
    explained = {student: type_in(f"python -m autograder explain {student} {SLUG}")
                 for student in ("ada", "ben", "cleo")}
    assert "ada, 97_thresholds: 2 of 2 points" in explained["ada"]
    assert "ben, 97_thresholds: 0 of 2 points" in explained["ben"]
    assert BELIEF in explained["ben"] and BELIEF not in explained["cleo"]
    type_in(f"python -m autograder report {SLUG}")
    page = (written / "reports" / SLUG / "report.html").read_text(encoding="utf-8")
    assert "counts the limit too" in page.replace("_", " ") and BELIEF in page
    for table in ("exercises", "beliefs", "students"):
        assert (written / "reports" / SLUG / f"{table}.csv").is_file()


def test_the_pages_that_name_every_exercise_are_named_too() -> None:
    for page in ("--table docs/strength.md", "README's list", "docs/concept_index.csv",
                 "CHANGELOG.md"):
        assert page in CONTRIBUTING


def test_the_tests_of_the_course_hold_with_it(written: Path, type_in: Command) -> None:
    shutil.copytree(ROOT / "tests", written / "tests",
                    ignore=shutil.ignore_patterns("__pycache__"), dirs_exist_ok=True)
    shutil.copytree(ROOT / "docs", written / "docs", dirs_exist_ok=True)
    told = type_in("python -m pytest -q -p no:cacheprovider tests/notebooks "
                   f"tests/autograder/test_verify.py -k {MODULE}")
    assert "passed" in told
