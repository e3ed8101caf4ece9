"""More time for one student, kept before anything is handed in, and used by the late penalty.

nbgrader keeps an extension with a submission, which is not there before the work is. So what was
promised stands in a table of ours; when a submission is written, it goes into nbgrader's column,
and everything of nbgrader's goes by it. `EVERY` stands for all assignments of a student.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from nbgrader.api import SubmittedAssignment
from sqlalchemy import Column, DateTime, Interval, MetaData, String, Table, inspect, select

__all__ = ["EVERY", "EXTENSION", "Extension", "by_student", "extensions", "grant", "promised"]

EVERY = "*"
EXTENSION = Table(
    "course_extension",
    MetaData(),
    Column("assignment", String(128), primary_key=True),
    Column("student", String(128), primary_key=True),
    Column("until", DateTime()),        # UTC, for one assignment
    Column("more", Interval()),         # after the due date, whatever that is
)
SUBMITTED = SubmittedAssignment.__table__


@dataclass(frozen=True)
class Extension:
    """`until` a time in UTC, or `more` time after the due date."""

    student: str
    assignment: str
    until: datetime | None = None
    more: timedelta | None = None

    def after(self, due: datetime | None) -> timedelta | None:
        """How much later than the due date that is; None where there is no due date."""
        if due is None:
            return None
        given = self.more if self.until is None else self.until - due
        return None if given is None else max(timedelta(), given)


def extensions(connection: Any, assignment: str | None = None) -> list[Extension]:
    """What was promised, for one assignment (those for all included), or everything."""
    if not inspect(connection).has_table(EXTENSION.name):
        return []
    query = select(EXTENSION).order_by(EXTENSION.c.student, EXTENSION.c.assignment)
    if assignment is not None:
        query = query.where(EXTENSION.c.assignment.in_([assignment, EVERY]))
    return [Extension(row.student, row.assignment, row.until, row.more)
            for row in connection.execute(query)]


def promised(
    connection: Any, assignment: str, due: datetime | None, students: Iterable[str]
) -> dict[str, timedelta | None]:
    """The extension of each of these students who has one."""
    wanted = set(students)
    found = by_student(extensions(connection, assignment), due)
    return {student: more for student, more in found.items() if student in wanted}


def by_student(
    given: Iterable[Extension], due: datetime | None
) -> dict[str, timedelta | None]:
    """How much more time each has; what is said for the assignment alone wins."""
    last = sorted(given, key=lambda each: each.assignment != EVERY)
    return {each.student: each.after(due) for each in last}


def grant(connection: Any, given: Iterable[Extension], dues: Mapping[str, tuple[str, Any]]) -> None:
    """Note extensions, in place of earlier ones; one without a time takes the earlier one away.

    `dues` are id and due date of each assignment, for submissions that are there already.
    """
    EXTENSION.metadata.create_all(connection, checkfirst=True)
    for each in given:
        connection.execute(EXTENSION.delete().where(
            EXTENSION.c.assignment == each.assignment, EXTENSION.c.student == each.student))
        if each.until is not None or each.more is not None:
            connection.execute(EXTENSION.insert().values(
                assignment=each.assignment, student=each.student, until=each.until,
                more=each.more))
        for name, (own, due) in dues.items():
            if each.assignment in (name, EVERY):
                now = promised(connection, name, due, [each.student]).get(each.student)
                connection.execute(SUBMITTED.update().values(extension=now).where(
                    SUBMITTED.c.assignment_id == own, SUBMITTED.c.student_id == each.student))
