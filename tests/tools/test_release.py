"""lectures/ is exactly generate(solutions/), whoever presses the button."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from nbgrader.apps import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

from tools import release
from tools.index import written
from tools.notebooks import ROOT
from tools.release import ReleaseRefused, differences, generate, lecture_of, write_lecture

Cells = list[dict[str, Any]]
Course = Callable[..., Path]
SOLUTIONS = release.solutions()


def config_of(root: Path) -> Config:
    return PyFileConfigLoader("nbgrader_config.py", path=str(root)).load_config()


def generate_by_api(notebook: Path, *, gradebook: bool = True) -> dict[str, Any]:
    """What formgrader's button does."""
    config = config_of(notebook.parents[2])
    config.SaveCells.enabled = gradebook
    config.GenerateAssignment.no_database = not gradebook
    directory = CourseDirectory(config=config)
    api = NbGraderAPI(coursedir=directory, config=config)
    return api.generate_assignment(notebook.parent.name)


def test_lectures_is_exactly_generate_solutions_byte_for_byte() -> None:
    assert list(differences()) == []


@pytest.mark.parametrize("notebook", SOLUTIONS, ids=lambda path: path.parent.name)
def test_generating_twice_gives_the_same_bytes(notebook: Path) -> None:
    assert generate(notebook) == generate(notebook)


def test_what_students_get(
    course: Course, cells: Cells, source_of_released: Callable[[str], dict[str, str]]
) -> None:
    sources = source_of_released(generate(course(cells)))
    assert list(sources) == [cell["id"] for cell in cells]
    assert sources["double"].endswith(
        '"""Twice x, for any array."""\n    # YOUR CODE HERE\n    raise NotImplementedError()'
    )
    assert sources["quiz_sizes"] == 'quiz_sizes = {"a": None, "b": None}'
    assert sources["open_why"] == "Why is twice x even?\n\nYOUR ANSWER HERE"
    for name in ("title", "setup", "try-double", "check_double", "check_quiz_sizes"):
        assert sources[name] == next(cell["source"] for cell in cells if cell["id"] == name)


def test_the_api_behind_formgrader_gives_the_same_bytes(course: Course, cells: Cells) -> None:
    notebook = course(cells)
    result = generate_by_api(notebook)
    assert result["success"], result
    assert lecture_of(notebook).read_bytes() == generate(notebook).encode()


@pytest.mark.slow
def test_the_command_line_gives_the_same_bytes(course: Course, cells: Cells) -> None:
    notebook = course(cells)
    subprocess.run(
        [sys.executable, "-m", "nbgrader", "generate_assignment", notebook.parent.name],
        cwd=notebook.parents[2], check=True, capture_output=True, timeout=300,
    )
    assert lecture_of(notebook).read_bytes() == generate(notebook).encode()


def test_saving_the_solution_in_an_editor_changes_no_lecture(course: Course, cells: Cells) -> None:
    before = generate(course(cells))
    notebook = course(cells)
    text = notebook.read_text()
    text = text.replace('"execution_count": null', '"execution_count": 3')
    text = text.replace('"nbformat_minor": 5', '"nbformat_minor":5').replace('"# Doubling\\n",',
                                                                             '"# Doubling\\n" ,')
    assert text != notebook.read_text()
    notebook.write_text(text)
    assert generate(notebook) == before


def test_settings_of_the_instructor_count(
    course: Course, cells: Cells, source_of_released: Callable[[str], dict[str, str]]
) -> None:
    settings = 'c.ClearSolutions.code_stub = {"python": "..."}\n'
    settings += 'c.ClearSolutions.text_stub = "Write here"'
    sources = source_of_released(generate(course(cells, settings)))
    assert sources["double"].endswith('array."""\n    ...')
    assert sources["quiz_sizes"] == 'quiz_sizes = {"a": None, "b": None}'
    assert sources["open_why"].endswith("\n\nWrite here")


COPY = "# try\nfactor_of_two = 1 + 1\nreturn factor_of_two * x"
LEAKS = [
    # cell, its source, settings, file beside the notebook, what the refusal says
    ("try-double", COPY, "", None, "holds the whole solution of cell double"),
    ("setup", "import autograder.checks", "", None, "cell setup: imports the trusted side"),
    (None, "", "", "answers.py", "answers.py lies beside the notebook"),
    (None, "", "c.ClearSolutions.enabled = False", None, "the marker 'BEGIN SOLUTION' survives"),
]


@pytest.mark.parametrize(
    ("name", "source", "settings", "file", "words"), LEAKS, ids=[leak[-1][:25] for leak in LEAKS]
)
def test_a_leak_is_refused_whoever_releases(
    course: Course, cells: Cells,
    name: str | None, source: str, settings: str, file: str | None, words: str,
) -> None:
    cells = [{**cell, "source": source} if cell["id"] == name else cell for cell in cells]
    notebook = course(cells, settings)
    if file:
        (notebook.parent / file).touch()
    with pytest.raises(ReleaseRefused, match=words):
        generate(notebook)
    result = generate_by_api(notebook, gradebook=False)
    assert not result["success"]
    assert words in result["log"]
    assert not lecture_of(notebook).exists()


def test_a_refused_release_leaves_the_old_lecture(course: Course, cells: Cells) -> None:
    notebook = course(cells)
    assert write_lecture(notebook)
    assert not write_lecture(notebook)
    before = lecture_of(notebook).read_bytes()
    (notebook.parent / "answers.py").touch()
    with pytest.raises(ReleaseRefused):
        write_lecture(notebook)
    assert lecture_of(notebook).read_bytes() == before


def test_differences_and_stale_lectures_are_named(course: Course, cells: Cells) -> None:
    notebook = course(cells)
    root = notebook.parents[2]
    lecture = lecture_of(notebook)
    assert [*differences(root)] == [
        "lectures/01_doubling/01_doubling.ipynb is missing; run `make lectures`",
        "index.md is not what the notebooks say; run `make lectures`",
        "course_lib/desk/contents.json is not what the notebooks say; run `make lectures`",
    ]
    write_lecture(notebook)
    for page, text in written(root).items():
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(text)
    assert [*differences(root)] == []
    lecture.write_text(lecture.read_text() + "\n")
    old = root / "lectures" / "00_old" / "00_old.ipynb"
    old.parent.mkdir()
    old.touch()
    (lecture.parent / "extra.txt").touch()
    found = list(differences(root))
    assert "is not what solutions/01_doubling/01_doubling.ipynb gives" in found[0]
    assert [line.split()[0] for line in found[1:]] == [
        "lectures/00_old/00_old.ipynb", "lectures/01_doubling/extra.txt"
    ]
    release.remove_stale(root)
    write_lecture(notebook)
    assert [*differences(root)] == []


def test_the_configuration_names_the_folders_of_this_course() -> None:
    config = config_of(ROOT)
    directory = CourseDirectory(config=config)
    assert directory.source_directory == "solutions"
    assert directory.release_directory == "lectures"
    assert Path(directory.root) == ROOT
    assert directory.db_url == f"sqlite:///{ROOT / 'gradebook.db'}"


def test_the_command_says_what_it_did(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        release.main(["99_nothing"])
    assert "no solutions/99_nothing/" in capsys.readouterr().err


def test_the_exchange_folder_is_made_and_open_to_all(tmp_path: Path) -> None:
    for _ in range(2):
        release.configure(config := Config(), root=tmp_path)
    folder = Path(config.Exchange.root)
    assert folder == tmp_path / "exchange"
    # And nobody may move or replace what others have there.
    assert folder.stat().st_mode & 0o7777 == 0o1777


def test_settings_of_a_course_lie_beside_its_configuration(tmp_path: Path) -> None:
    (tmp_path / "nbgrader_config.py").write_text((ROOT / "nbgrader_config.py").read_text())
    assert config_of(tmp_path).Exchange.root == str(tmp_path / "exchange")
    (tmp_path / "course_settings.py").write_text("c.Exchange.root = '/elsewhere'\n")
    assert config_of(tmp_path).Exchange.root == "/elsewhere"
