"""Grades as a CSV file that a spreadsheet cannot be made to run.

nbgrader writes names as they are: a comma moves the columns, and a name that begins with = is a
formula on the machine of whoever opens the file.
"""

from __future__ import annotations

import csv
from typing import Any

from nbgrader.api import Gradebook, MissingEntry
from nbgrader.plugins import CsvExportPlugin

from autograder.grading.clean import for_terminal

__all__ = ["SafeCsvExport", "for_cell"]

COLUMNS = (
    "assignment", "duedate", "timestamp", "student_id", "last_name", "first_name", "email",
    "raw_score", "late_submission_penalty", "score", "max_score",
)
BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "|", "%")


def for_cell(value: Any) -> str:
    """The text of one cell: numbers as they are, text without control characters or formulas."""
    if value is None:
        return ""
    if isinstance(value, int | float):
        return str(value)
    text = for_terminal(str(value))
    return f"'{text}" if text.lstrip().startswith(BEGINS_A_FORMULA) else text


class SafeCsvExport(CsvExportPlugin):
    """nbgrader's CSV export: the same columns and rows, each cell quoted and harmless."""

    def export(self, gradebook: Gradebook) -> None:
        """Write the grades to `to`, or to grades.csv."""
        with open(self.to or "grades.csv", "w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(COLUMNS)
            for assignment in gradebook.assignments:
                if self.assignment and assignment.name not in self.assignment:
                    continue
                for student in gradebook.students:
                    if not self.student or student.id in map(str, self.student):
                        row = self._row(gradebook, assignment, student)
                        writer.writerow(for_cell(row[column]) for column in COLUMNS)

    def _row(self, gradebook: Gradebook, assignment: Any, student: Any) -> dict[str, Any]:
        row = {
            "assignment": assignment.name, "duedate": assignment.duedate, "timestamp": "",
            "student_id": student.id, "last_name": student.last_name,
            "first_name": student.first_name, "email": student.email, "raw_score": 0.0,
            "late_submission_penalty": 0.0, "score": 0.0, "max_score": assignment.max_score,
        }
        try:
            submission = gradebook.find_submission(assignment.name, student.id)
        except MissingEntry:
            return row
        penalty = submission.late_submission_penalty
        return row | {
            "timestamp": submission.timestamp, "raw_score": submission.score,
            "late_submission_penalty": penalty, "score": max(0.0, submission.score - penalty),
        }
