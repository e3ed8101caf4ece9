"""Our own table in the gradebook: what was graded, from which notebook, by which checks.

A row is written in the transaction that writes the grades, so a grade without its row or a row
without its grades does not exist. It is the answer to "was this graded?", it gives an autograded
file again that is missing, and reports are read from it.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from fnmatch import fnmatchcase
from functools import cached_property
from typing import Any

from nbgrader.api import Assignment, SubmittedAssignment
from sqlalchemy import Column, MetaData, String, Table, Text, and_, bindparam, inspect, select

from autograder.grading.results import SubmissionResult

__all__ = ["RESULT", "Stored", "make_table", "stored", "write_stored"]

RESULT = Table(
    "autograder_result",
    MetaData(),
    Column("assignment", String(128), primary_key=True),
    Column("student", String(128), primary_key=True),
    Column("submission", String(64), nullable=False),
    Column("checks", Text, nullable=False),
    Column("result", Text, nullable=False),
)


@dataclass(frozen=True)
class Stored:
    """One result: of the notebook with the hash `submission`, by exercises with these hashes."""

    student: str
    submission: str
    checks: Mapping[str, str]
    text: str = field(repr=False)
    time: datetime | None = field(default=None, compare=False)  # of hand-in, in the gradebook

    @cached_property
    def result(self) -> SubmissionResult:
        """The result itself."""
        return SubmissionResult.from_json(self.text)

    def still_good(self, checks: Mapping[str, str]) -> SubmissionResult | None:
        """The result if all of it holds for checks with these hashes: nothing is left to grade.

        An exercise in which we failed does not hold. One that the topic has no more is left out.
        """
        good = self._with(set(checks))
        changed = any(self.checks.get(name) != digest for name, digest in checks.items())
        return None if changed or good.broke_us else good

    def part(self, checks: Mapping[str, str]) -> SubmissionResult | None:
        """What of the result holds, so that it need not be graded again; None if nothing does."""
        part = self._with({name for name, digest in checks.items()
                           if self.checks.get(name) == digest})
        good = tuple(each for each in part.exercises if each.outcome != "error")
        return replace(part, exercises=good) if good and part.note is None else None

    def _with(self, names: Collection[str]) -> SubmissionResult:
        kept = tuple(each for each in self.result.exercises if each.name in names)
        return replace(self.result, exercises=kept)


def make_table(connection: Any) -> None:
    """Make the table if it is not there. nbgrader's own tables must be there already."""
    RESULT.metadata.create_all(connection, checkfirst=True)


def stored(connection: Any, assignment: str, student: str = "*") -> list[Stored]:
    """The rows of an assignment by student, as long as nbgrader has the submission too."""
    if not inspect(connection).has_table(RESULT.name):
        return []
    there = (
        select(RESULT, SubmittedAssignment.__table__.c.timestamp)
        .join(Assignment.__table__, Assignment.__table__.c.name == RESULT.c.assignment)
        .join(SubmittedAssignment.__table__, and_(
            SubmittedAssignment.__table__.c.assignment_id == Assignment.__table__.c.id,
            SubmittedAssignment.__table__.c.student_id == RESULT.c.student,
        ))
        .where(RESULT.c.assignment == assignment)
        .order_by(RESULT.c.student)
    )
    return [
        Stored(row.student, row.submission, json.loads(row.checks), row.result, row.timestamp)
        for row in connection.execute(there)
        if row.student == student or fnmatchcase(row.student, student)
    ]


def write_stored(connection: Any, assignment: str, rows: Sequence[Stored]) -> None:
    """Insert or replace rows, inside the transaction of the grades."""
    names = [row.student for row in rows]
    known = set(connection.scalars(
        select(RESULT.c.student).where(RESULT.c.assignment == assignment,
                                       RESULT.c.student.in_(names))
    ))
    fresh = [row for row in rows if row.student not in known]
    if fresh:
        connection.execute(RESULT.insert(), list(_values(assignment, fresh)))
    again = [row for row in rows if row.student in known]
    if again:
        change = (
            RESULT.update()
            .where(RESULT.c.assignment == assignment, RESULT.c.student == bindparam("of"))
            .values({name: bindparam(f"new_{name}") for name in ("submission", "checks", "result")})
        )
        connection.execute(change, [
            {"of": each["student"], **{f"new_{name}": each[name]
                                       for name in ("submission", "checks", "result")}}
            for each in _values(assignment, again)
        ])


def _values(assignment: str, rows: Iterable[Stored]) -> Iterable[dict[str, str]]:
    for row in rows:
        yield {"assignment": assignment, "student": row.student, "submission": row.submission,
               "checks": json.dumps(row.checks, sort_keys=True), "result": row.text}
