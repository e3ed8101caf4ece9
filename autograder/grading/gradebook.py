"""Scores and comments into nbgrader's gradebook, through nbgrader's own interface.

What a person gave is never touched: manual scores, extra credit and manual comments have
columns of their own, and here only `auto_score`, `auto_comment` and `needs_manual_grade` are set.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from nbgrader.api import Gradebook, MissingEntry

from autograder.grading.graded_notebook import Released
from autograder.grading.readable import comment
from autograder.grading.results import ExerciseResult, SubmissionResult

__all__ = ["Book", "NotInGradebook", "opened"]


class NotInGradebook(LookupError):
    """The gradebook does not know the assignment or the student."""


@contextmanager
def opened(db_url: str, course_id: str) -> Iterator[Book]:
    """The gradebook, closed at the end whatever happens."""
    with Gradebook(db_url, course_id) as gradebook:
        yield Book(gradebook)


@dataclass(frozen=True)
class Book:
    """An open gradebook and what grading writes into it."""

    gradebook: Any

    def notebooks(self, assignment: str) -> list[str]:
        """The notebooks of a released assignment. Raises NotInGradebook."""
        try:
            found = self.gradebook.find_assignment(assignment)
        except MissingEntry:
            raise NotInGradebook(
                f"No assignment with ID {assignment!r} exists in the gradebook; "
                f"run nbgrader generate_assignment {assignment} first."
            ) from None
        return [notebook.name for notebook in found.notebooks]

    def released(self, assignment: str, notebook: str) -> dict[str, Released]:
        """The cells of a notebook as they were released."""
        found = self.gradebook.find_notebook(notebook, assignment)
        points = {cell.name: cell.max_score for cell in [*found.grade_cells, *found.task_cells]}
        return {
            cell.name: Released(cell.source or "", cell.checksum, points.get(cell.name))
            for cell in found.source_cells
        }

    def enrol(
        self, student: str, assignment: str, handed_in: datetime | None, *, create: bool
    ) -> float:
        """Make sure of student and submission. Returns the seconds it is late.

        Raises NotInGradebook for an unknown student when `create` is False.
        """
        if create:
            self.gradebook.update_or_create_student(student)
        else:
            try:
                self.gradebook.find_student(student)
            except MissingEntry:
                raise NotInGradebook(
                    f"No student with ID {student!r} exists in the gradebook; "
                    "add the student, or leave out --Autograde.create_student=False."
                ) from None
        given = {} if handed_in is None else {"timestamp": handed_in}
        submission = self.gradebook.update_or_create_submission(assignment, student, **given)
        return float(submission.total_seconds_late)

    def scores(self, assignments: Collection[str]) -> dict[tuple[str, str], tuple[float, float]]:
        """(student, assignment) to (score, most possible), with what people have graded."""
        found = {}
        for assignment in assignments:
            for each in self.gradebook.assignment_submissions(assignment):
                key = (each.student.id, assignment)
                found[key] = (float(each.score), float(each.max_score))
        return found

    def undo(self) -> None:
        """Forget what was not yet written, so that the next student starts clean."""
        self.gradebook.db.rollback()

    def record(
        self, notebook: str, result: SubmissionResult, untouched: Collection[str]
    ) -> list[str]:
        """Write one result; `untouched` are the cells that came back as they were released.

        Returns the names of exercises that the release does not have.
        """
        found = self.gradebook.find_submission_notebook(notebook, result.topic, result.student)
        by_check = {each.check_id: each for each in result.exercises}
        by_name = {each.name: each for each in result.exercises}
        answers = {each.name for each in found.comments if each.cell.type == "SolutionCell"}
        nothing = all(each.outcome == "missing" for each in result.exercises)
        blank = answers & set(untouched) if result.note is None or nothing else set()
        for grade in found.grades:
            verdict = by_check.pop(grade.name, None)
            if verdict is None:
                grade.auto_score = 0.0 if grade.name in blank else None
            else:
                grade.auto_score = _score(verdict, float(grade.max_score))
            grade.needs_manual_grade = grade.manual_score is not None or grade.auto_score is None
        for each in found.comments:
            verdict = by_name.get(each.name)
            if verdict is None:
                each.auto_comment = "No response." if each.name in blank else None
            else:
                each.auto_comment = comment(verdict)
        self.gradebook.db.commit()
        return [verdict.name for verdict in by_check.values()]


def _score(verdict: ExerciseResult, max_score: float) -> float | None:
    """All or nothing in the points of the release, which may differ from today's notebook's."""
    if verdict.points is None:
        return None
    return max_score * verdict.points / verdict.max_points if verdict.max_points else 0.0

