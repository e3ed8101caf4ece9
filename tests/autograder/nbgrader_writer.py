"""A result written through nbgrader's own interface, statement by statement: ours must equal it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from nbgrader.api import Gradebook
from nbgrader.plugins import LateSubmissionPlugin
from sqlalchemy import text

from autograder.grading.readable import comment
from autograder.grading.results import SubmissionResult

Rows = dict[str, list[tuple[Any, ...]]]


def write_by_nbgrader(
    gradebook: Gradebook,
    result: SubmissionResult,
    time: datetime | None,
    untouched: Collection[str],
    plugin: LateSubmissionPlugin,
) -> None:
    """Student, submission, grades, comments and penalty, as nbgrader's autograde leaves them."""
    topic, student = result.topic, result.student
    gradebook.update_or_create_student(student)
    given = {} if time is None else {"timestamp": time}
    submission = gradebook.update_or_create_submission(topic, student, **given)
    found = gradebook.find_submission_notebook(topic, topic, student)
    by_check = {each.check_id: each for each in result.exercises}
    by_name = {each.name: each for each in result.exercises}
    answers = {each.name for each in found.comments if each.cell.type == "SolutionCell"}
    nothing = all(each.outcome == "missing" for each in result.exercises)
    blank = answers & set(untouched) if result.note is None or nothing else set()
    for grade in found.grades:
        verdict = by_check.get(grade.name)
        if verdict is None:
            grade.auto_score = 0.0 if grade.name in blank else None
        elif verdict.points is None:
            grade.auto_score = None
        else:
            grade.auto_score = grade.max_score * verdict.points / verdict.max_points
        grade.needs_manual_grade = grade.manual_score is not None or grade.auto_score is None
    for each in found.comments:
        verdict = by_name.get(each.name)
        if verdict is None:
            each.auto_comment = "No response." if each.name in blank else None
        else:
            each.auto_comment = comment(verdict)
    gradebook.db.commit()
    late = submission.total_seconds_late
    found.late_submission_penalty = (
        plugin.late_submission_penalty(student, found.score, late) if late > 0 else None
    )
    gradebook.db.commit()


def rows(gradebook: Gradebook) -> Rows:
    """Every row about submissions, with names in the place of nbgrader's random ids."""
    place = ("JOIN submitted_notebook n ON n.id = x.notebook_id "
             "JOIN submitted_assignment s ON s.id = n.assignment_id "
             "JOIN notebook b ON b.id = n.notebook_id JOIN base_cell c ON c.id = x.cell_id "
             "ORDER BY s.student_id, b.name, c.name, c.type")
    queries = {
        "student": "SELECT id, first_name, last_name, email, lms_user_id FROM student ORDER BY id",
        "submitted_assignment":
            "SELECT a.name, s.student_id, "
            "SUBSTR(CAST(s.timestamp AS VARCHAR(26)), 1, 19), s.extension "
            "FROM submitted_assignment s "
            "JOIN assignment a ON a.id = s.assignment_id ORDER BY a.name, s.student_id",
        "submitted_notebook":
            "SELECT s.student_id, b.name, n.flagged, n.late_submission_penalty "
            "FROM submitted_notebook n JOIN submitted_assignment s ON s.id = n.assignment_id "
            "JOIN notebook b ON b.id = n.notebook_id ORDER BY s.student_id, b.name",
        "grade":
            "SELECT s.student_id, b.name, c.name, c.type, x.auto_score, x.manual_score, "
            f"x.extra_credit, x.needs_manual_grade FROM grade x {place}",
        "comment":
            "SELECT s.student_id, b.name, c.name, c.type, x.auto_comment, x.manual_comment "
            f"FROM comment x {place}",
    }
    return {name: [tuple(row) for row in gradebook.db.execute(text(query))]
            for name, query in queries.items()}
