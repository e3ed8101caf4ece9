"""The same numbers as tables: three CSV files that no spreadsheet can be made to run."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from autograder.grading.exports import for_cell
from autograder.grading.results import OUTCOMES
from autograder.reports.summary import ClassSummary

__all__ = ["class_tables", "csv_text"]


def csv_text(rows: Iterable[Sequence[Any]]) -> str:
    """Rows as CSV, each cell harmless."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerows([for_cell(cell) for cell in row] for row in rows)
    return out.getvalue()


def class_tables(summary: ClassSummary) -> dict[str, str]:
    """File name to text: exercises.csv, beliefs.csv, students.csv."""
    exercises: list[Sequence[Any]] = [
        ["exercise", "kind", "max_points", "pass_rate", *OUTCOMES, "median_cpu_seconds",
         "most_cpu_seconds"]
    ]
    for one in summary.exercises:
        exercises.append([one.name, one.kind, one.max_points, round(one.pass_rate, 4),
                          *(one.outcomes[name] for name in OUTCOMES),
                          one.median_seconds, one.most_seconds])
    beliefs: list[Sequence[Any]] = [
        ["exercise", "belief", "students", "share_of_those_who_tried", "line", "who"]
    ]
    for belief in summary.beliefs:
        beliefs.append([belief.exercise, belief.belief, len(belief.students),
                        round(belief.share, 4), belief.line, " ".join(belief.students)])
    students: list[Sequence[Any]] = [
        ["student_id", "name", "score", "max_score", "passed", "exercises", "waiting",
         "seconds_late", "penalty", "note", "seconds_more"]
    ]
    for pupil in summary.pupils:
        students.append([pupil.id, pupil.name, pupil.score, pupil.most, pupil.passed,
                         pupil.exercises, " ".join(pupil.waiting), pupil.late, pupil.penalty,
                         pupil.note, pupil.more])
    return {"exercises.csv": csv_text(exercises), "beliefs.csv": csv_text(beliefs),
            "students.csv": csv_text(students)}
