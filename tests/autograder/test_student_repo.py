"""A repository for students: what they get, one commit, nothing of ours in any object."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from autograder.bundle import student_files
from autograder.cli import main
from tests.autograder.test_bundle import make_course


def git(folder: Path, *words: str) -> str:
    return subprocess.run(["git", "-C", str(folder), *words], capture_output=True, text=True,
                          check=True, errors="replace").stdout


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return make_course(tmp_path / "course")


def make(course: Path, folder: Path, *words: str) -> int:
    return main(["--course", str(course), "student-repo", str(folder), *words])


def test_one_commit_holds_exactly_what_students_get(
    course: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "theirs"
    assert make(course, folder) == 0
    expected = [path.as_posix() for path in student_files(course)]
    assert f"{len(expected)} files, commit " in capsys.readouterr().out
    assert git(folder, "ls-files").split() == expected
    assert len(git(folder, "rev-list", "--all").split()) == 1
    objects = git(folder, "cat-file", "--batch-all-objects", "--batch")
    assert "autograder/secret.py" not in objects and "solutions/" not in objects
    assert git(folder, "status", "--porcelain") == ""


def test_a_correction_is_one_more_commit(
    course: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "theirs"
    assert make(course, folder) == 0 and make(course, folder) == 0
    assert "nothing has changed" in capsys.readouterr().out
    (course / "lectures" / "a" / "a.ipynb").write_text("corrected")
    (course / "course_lib" / "x.py").unlink()
    assert make(course, folder, "--message", "Lecture a corrected") == 0
    assert git(folder, "log", "--format=%s").splitlines() == ["Lecture a corrected", "Course"]
    assert git(folder, "ls-files").split() == ["lectures/a/a.ipynb"]


def test_what_is_there_is_never_overwritten(
    course: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("mine")
    assert make(course, tmp_path / "full") == 2
    assert "is not empty" in capsys.readouterr().err
    assert make(course, course) == 2
    assert "is not empty" in capsys.readouterr().err
    assert make(course, tmp_path / "theirs") == 0
    (tmp_path / "theirs" / "lectures" / "a" / "a.ipynb").write_text("mine")
    assert make(course, tmp_path / "theirs") == 2
    assert "changes that are in no commit" in capsys.readouterr().err
    (course / "lectures" / "a" / "a.ipynb").unlink()
    assert make(course, tmp_path / "other") == 2
    assert "holds no notebook" in capsys.readouterr().err
