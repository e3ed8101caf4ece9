"""Marks of a topic as the gradebook has them, by student: what exports and the report count."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from nbgrader.api import (
    Assignment,
    BaseCell,
    Grade,
    MissingEntry,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
)

from autograder.grading.gradebook import Book, NotInGradebook

__all__ = ["Mark", "Person", "marks", "most_points"]


@dataclass(frozen=True)
class Person:
    """A student as nbgrader's student table has them; anything but the id may be missing."""

    id: str
    first_name: str = ""
    last_name: str = ""
    email: str = ""
    lms_id: str = ""

    @property
    def name(self) -> str:
        """First and last name, or the id."""
        return f"{self.first_name} {self.last_name}".strip() or self.id


@dataclass(frozen=True)
class Mark:
    """What a student has in one topic.

    cells:   points by grade cell, what a person gave before what we gave; None while it waits.
    waiting: cells worth points that a person must grade first.
    penalty: what the plug-in for late submissions takes off.
    time:    of hand-in, in UTC; None if unknown.
    late:    seconds past the due date, with the extension.
    more:    the extension in seconds.
    """

    person: Person
    handed_in: bool = False
    cells: Mapping[str, float | None] = field(default_factory=dict)
    waiting: tuple[str, ...] = ()
    penalty: float = 0.0
    time: datetime | None = None
    late: float = 0.0
    more: float = 0.0

    @property
    def score(self) -> float:
        """As `nbgrader export` has it: never below zero."""
        return max(0.0, sum(each or 0.0 for each in self.cells.values()) - self.penalty)


def most_points(book: Book, topic: str) -> dict[str, float]:
    """The most points of each grade cell. Raises NotInGradebook."""
    try:
        assignment = book.gradebook.find_assignment(topic)
    except MissingEntry:
        raise NotInGradebook(f"The gradebook has no assignment {topic!r}.") from None
    return {
        cell.name: float(cell.max_score)
        for notebook in assignment.notebooks
        for cell in (*notebook.grade_cells, *notebook.task_cells)
    }


def marks(book: Book, topic: str) -> list[Mark]:
    """A mark for every student of the gradebook, in the order of their ids, in four queries."""
    most = most_points(book, topic)
    cells: dict[str, dict[str, float | None]] = {}
    for student, name, auto, manual, extra in _grades(book.gradebook.db, topic):
        known = manual if manual is not None else auto
        value = None if known is None else float(known) + float(extra or 0.0)
        cells.setdefault(student, {})[name] = value
    handed_in = {each[0]: each[1:] for each in _submissions(book.gradebook.db, topic)}
    return [
        _mark(person, handed_in.get(person.id), cells.get(person.id, {}), most)
        for person in _people(book.gradebook.db)
    ]


def _mark(
    person: Person, row: tuple[Any, ...] | None, cells: dict[str, float | None],
    most: Mapping[str, float],
) -> Mark:
    if row is None:
        return Mark(person)
    time, extension, due, penalty = row
    if due is not None and extension is not None:
        due = due + extension
    late = max(0.0, (time - due).total_seconds()) if time and due else 0.0
    waiting = tuple(
        name for name, value in cells.items() if value is None and most.get(name, 0.0) > 0
    )
    more = extension.total_seconds() if extension is not None else 0.0
    return Mark(person, True, cells, waiting, float(penalty or 0.0), time, late, more)


def _people(db: Any) -> list[Person]:
    rows = db.query(
        Student.id, Student.first_name, Student.last_name, Student.email, Student.lms_user_id
    ).order_by(Student.id)
    return [Person(*(str(value or "") for value in row)) for row in rows]


def _grades(db: Any, topic: str) -> Any:
    return (
        db.query(SubmittedAssignment.student_id, BaseCell.name, Grade.auto_score,
                 Grade.manual_score, Grade.extra_credit)
        .select_from(Grade)
        .join(BaseCell, Grade.cell_id == BaseCell.id)
        .join(SubmittedNotebook, Grade.notebook_id == SubmittedNotebook.id)
        .join(SubmittedAssignment, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .join(Assignment, SubmittedAssignment.assignment_id == Assignment.id)
        .filter(Assignment.name == topic)
    )


def _submissions(db: Any, topic: str) -> Any:
    return (
        db.query(SubmittedAssignment.student_id, SubmittedAssignment.timestamp,
                 SubmittedAssignment.extension, Assignment.duedate,
                 SubmittedAssignment.late_submission_penalty)
        .join(Assignment, SubmittedAssignment.assignment_id == Assignment.id)
        .filter(Assignment.name == topic)
    )
