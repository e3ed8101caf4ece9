"""Extensions and students who go, with the gradebook on a server."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.cli import main
from autograder.people.rows import rows_of
from tests.autograder.mini_course import TOPIC, MiniCourse
from tests.autograder.postgresql import Server


@pytest.mark.slow
def test_extension_pseudonym_and_forgetting(postgresql: Server, tmp_path: Path) -> None:
    url = postgresql.new_database()
    course = MiniCourse.released(tmp_path / "course", db_url=url)

    def run(*words: str) -> int:
        return main(["--course", str(course.root), *words])

    with course.api().gradebook as gradebook:
        gradebook.update_or_create_assignment(TOPIC, duedate="2025-01-01 12:00:00 UTC")
        for student in ("zquill", "bob"):
            gradebook.add_student(student, first_name="Zoe", last_name="Quillfeather")
    assert run("extension", "zquill", "00", "--days", "2") == 0
    for student in ("zquill", "bob"):
        course.hand_in(student, course.solved(), time="2025-01-02 12:00:00 UTC")
    late = "--LateSubmissionPlugin.penalty_method=zero"
    assert course.autograde("--TrustedAutograde.sandbox=none", late) == 0

    def penalties() -> list[float | None]:
        with course.api().gradebook as gradebook:
            found = gradebook.assignment_submissions(TOPIC)
            return sorted(each.late_submission_penalty or 0.0 for each in found)

    assert penalties() == [0, 5]
    grades = course.grades("zquill")
    assert run("student", "pseudonymise", "zquill", "--as", "p17", "--yes") == 0
    assert not any(rows_of(url, "zquill").values())
    assert course.grades("p17") == grades
    assert len(rows_of(url, "p17")["course_extension"]) == 1
    before = rows_of(url, "bob")
    assert run("student", "forget", "p17", "--yes") == 0
    assert not any(rows_of(url, "p17").values())
    assert rows_of(url, "bob") == before
