"""A gradebook on PostgreSQL: the same commands, the same rows as in a SQLite file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.cli import main
from tests.autograder.mini_course import NO_BIAS, RIGHT, TOPIC, MiniCourse
from tests.autograder.nbgrader_writer import rows
from tests.autograder.postgresql import Server

SECRET = "the same secret of the course, for both"


@pytest.fixture(scope="module")
def on_server(postgresql: Server, tmp_path_factory: pytest.TempPathFactory) -> MiniCourse:
    root = tmp_path_factory.mktemp("postgresql") / "course"
    return MiniCourse.released(root, db_url=postgresql.new_database())


def graded(course: MiniCourse) -> object:
    for student in ("ada", "bob", "cid", "dan"):
        source = "{broken" if student == "cid" else course.solved(
            NO_BIAS if student == "bob" else RIGHT)
        course.hand_in(student, source, time="2025-01-01 10:00:00 UTC")
    command = ["--course", str(course.root), "grade", TOPIC]
    assert main(command) == 0
    assert main(command) == 3
    with course.api().gradebook as gradebook:
        return rows(gradebook)


def test_the_same_rows_as_in_a_file(
    on_server: MiniCourse, new_course: Callable[[], MiniCourse], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COURSE_SECRET", SECRET)
    assert graded(on_server) == graded(new_course())
    assert not (on_server.root / "gradebook.db").exists()


def test_formgrader_feedback_and_export_work_on_it(
    on_server: MiniCourse, tmp_path: Path
) -> None:
    on_server.hand_in("eve", on_server.solved(NO_BIAS))
    assert on_server.api().autograde(TOPIC, "eve")["success"]
    assert on_server.grades("eve")["check_weighted_sum"] == (0.0, False)
    assert on_server.nbgrader("generate_feedback", TOPIC) == 0
    page = on_server.root / "feedback" / "eve" / TOPIC / f"{TOPIC}.html"
    assert "Not right yet" in page.read_text()
    assert on_server.nbgrader("export", f"--to={tmp_path / 'grades.csv'}") == 0
    assert "eve" in (tmp_path / "grades.csv").read_text()
