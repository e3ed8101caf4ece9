"""The students' zip holds STUDENT_FILES and nothing else, whatever lies about."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest

from autograder.bundle import STUDENT_FILES, TOP, student_files, write_bundle
from autograder.catalogue import ROOT
from autograder.cli import main

TRUSTED = ("autograder", "solutions", "tests", "tools")


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    out = tmp_path_factory.mktemp("bundle") / "course.zip"
    write_bundle(ROOT, out)
    return zipfile.ZipFile(out)


def test_the_zip_holds_exactly_student_files(bundle: zipfile.ZipFile) -> None:
    names = [name.removeprefix(f"{TOP}/") for name in bundle.namelist()]
    assert names == [path.as_posix() for path in student_files()]
    allowed = tuple(pattern.removesuffix("**/*") for pattern in STUDENT_FILES)
    assert all(name.startswith(allowed) for name in names)


def test_nothing_of_the_trusted_side_is_in_it(bundle: zipfile.ZipFile) -> None:
    for name in bundle.namelist():
        assert not any(part in TRUSTED for part in Path(name).parts), name
        content = bundle.read(name)
        assert b"BEGIN SOLUTION" not in content, name
        if name.endswith(".py"):
            assert b"import autograder" not in content and b"from autograder" not in content, name


def test_lectures_library_and_set_up_are_in_it(bundle: zipfile.ZipFile) -> None:
    names = {name.removeprefix(f"{TOP}/") for name in bundle.namelist()}
    lectures = {path.relative_to(ROOT).as_posix() for path in ROOT.glob("lectures/*/*.ipynb")}
    assert lectures and lectures <= names
    assert {"pyproject.toml", "environment.yml", "course_lib/__init__.py", "LICENSE"} <= names


def test_its_readme_is_for_students_and_its_links_lead_into_it(bundle: zipfile.ZipFile) -> None:
    readme = bundle.read(f"{TOP}/README.md").decode()
    assert "nbgrader" not in readme and "make " not in readme
    links = re.findall(r"\]\(([^)]+)\)", readme)
    assert links and {f"{TOP}/{link}" for link in links} <= set(bundle.namelist())


def make_course(root: Path) -> Path:
    for name in ("lectures/a/a.ipynb", "course_lib/x.py", "course_lib/__pycache__/x.pyc",
                 "solutions/a/a.ipynb", "autograder/secret.py", "lectures/a/.hidden",
                 "lectures/.ipynb_checkpoints/a.ipynb", ".course_secret", "gradebook.db"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(name)
    (root / "course_lib" / "link.py").symlink_to(root / "autograder" / "secret.py")
    return root


def test_what_lies_about_stays_behind(tmp_path: Path) -> None:
    files = [path.as_posix() for path in student_files(make_course(tmp_path))]
    assert files == ["course_lib/x.py", "lectures/a/a.ipynb"]


def test_the_same_files_give_the_same_bytes(tmp_path: Path) -> None:
    root = make_course(tmp_path / "course")
    assert write_bundle(root, tmp_path / "one.zip") == write_bundle(root, tmp_path / "two.zip") == 2
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


def test_the_command_writes_it_and_refuses_an_empty_course(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root, out = make_course(tmp_path / "course"), tmp_path / "out.zip"
    assert main(["--course", str(root), "bundle", "--out", str(out)]) == 0
    assert "2 files" in capsys.readouterr().out
    (root / "lectures" / "a" / "a.ipynb").unlink()
    assert main(["--course", str(root), "bundle", "--out", str(out)]) == 2
    assert "make lectures" in capsys.readouterr().err
