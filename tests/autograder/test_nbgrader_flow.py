"""The plain sequence of nbgrader's own commands, with an exchange folder, as its manual has it."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from contextlib import chdir
from pathlib import Path

import pytest

from autograder.cli import main
from tests.autograder.mini_course import NO_BIAS, RIGHT, TOPIC, Learner, MiniCourse


@pytest.fixture
def exchange(course: MiniCourse) -> Path:
    return course.root / "exchange"  # the course's configuration has made it


def test_the_plain_sequence_of_nbgrader(
    course: MiniCourse, exchange: Path, tmp_path: Path
) -> None:
    learner = Learner(tmp_path / "ada", exchange)

    assert course.nbgrader("generate_assignment", TOPIC, "--force") == 0
    assert course.nbgrader("release_assignment", TOPIC) == 0

    assert learner.nbgrader("list") == 0
    assert learner.nbgrader("fetch_assignment", TOPIC) == 0
    mine = learner.root / TOPIC / f"{TOPIC}.ipynb"
    assert json.loads(mine.read_text()) == course.lecture
    mine.write_text(json.dumps(course.solved(RIGHT)))
    assert learner.nbgrader("submit", TOPIC) == 0

    assert course.nbgrader("collect", TOPIC) == 0
    [student] = [path.name for path in (course.root / "submitted").iterdir()]
    course.hand_in("ada.by.mail", course.solved())      # what the exchange knows nothing of
    assert course.nbgrader("autograde", TOPIC) == 0
    assert course.grades(student)["check_weighted_sum"] == (5.0, False)
    assert course.nbgrader("generate_feedback", TOPIC) == 0
    assert course.nbgrader("release_feedback", TOPIC) == 0

    assert learner.nbgrader("fetch_feedback", TOPIC) == 0
    [page] = learner.root.glob(f"{TOPIC}/feedback/*/{TOPIC}.html")
    assert "Passed (5 of 5 points)" in page.read_text()

    assert course.nbgrader("export", f"--to={tmp_path / 'grades.csv'}") == 0
    rows = list(csv.DictReader((tmp_path / "grades.csv").read_text().splitlines()))
    assert {row["student_id"] for row in rows} == {student, "ada.by.mail"}
    assert {row["assignment"] for row in rows} == {TOPIC}
    assert {(float(row["score"]), float(row["max_score"])) for row in rows} == {(5.0, 7.0)}


def by_nbgrader(course: MiniCourse) -> None:
    assert course.nbgrader("autograde", TOPIC) == 0


def by_formgrader(course: MiniCourse) -> None:
    for student in ("ada", "bob", "cid"):
        assert course.api().autograde(TOPIC, student)["success"]


def by_us(course: MiniCourse) -> None:
    assert main(["--course", str(course.root), "grade", TOPIC]) == 0


@pytest.mark.parametrize("way", [by_formgrader, by_us])
def test_every_way_to_grade_gives_the_same(
    new_course: Callable[[], MiniCourse], way: Callable[[MiniCourse], None]
) -> None:
    found = []
    for grade in (by_nbgrader, way):
        course = new_course()
        (course.root / ".course_secret").write_bytes(b"the same secret of the course")
        course.hand_in("ada", course.solved())
        course.hand_in("bob", course.solved(NO_BIAS, answer="Because."))
        course.hand_in("cid", "{broken")
        grade(course)
        students = ("ada", "bob", "cid")
        cells = [course.graded(student)["cells"] for student in students]
        found.append(([course.grades(student) for student in students], cells))
    assert found[0] == found[1]


def test_the_environments_own_programs_come_first(
    course: MiniCourse, monkeypatch: pytest.MonkeyPatch
) -> None:
    """nbgrader calls `alembic` from PATH; without it, it leaves half a gradebook behind."""
    (course.root / "gradebook.db").unlink()
    monkeypatch.setenv("PATH", "/nowhere")
    with chdir(course.root):
        assert course.nbgrader("generate_assignment", TOPIC, "--force") == 0
