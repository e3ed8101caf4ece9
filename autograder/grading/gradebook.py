"""nbgrader's gradebook, opened: what grading reads there, and how it writes a batch.

The gradebook is the only store of scores. Everything else that has to last, the results with
their reasons, lies in a table of ours beside it (see `store`).
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import Any

from nbgrader.api import (
    Assignment,
    Grade,
    Gradebook,
    GradeCell,
    Notebook,
    SourceCell,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
    TaskCell,
)
from sqlalchemy import func, inspect, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from autograder.grading.bulk import (
    Entry,
    Penalty,
    Release,
    penalise_again,
    read_release,
    write_entries,
)
from autograder.grading.database import connected, explained, is_passing, make_ready, writing
from autograder.grading.extensions import EVERY, Extension, extensions, grant
from autograder.grading.graded_notebook import Released
from autograder.grading.store import Stored, make_table, stored, write_stored

__all__ = ["Book", "NotInGradebook", "opened"]

PAUSES = (0.1, 0.5, 2.0)  # before the same transaction is tried again


class NotInGradebook(LookupError):
    """The gradebook does not know the assignment or the student."""


@contextmanager
def opened(db_url: str, course_id: str) -> Iterator[Book]:
    """The gradebook, closed at the end whatever happens.

    Raises GradebookTrouble, also for what the database says while it is open.
    """
    with explained(db_url):
        book = Book(db_url, course_id)
        try:
            yield book
        finally:
            book.close()


class Book:
    """An open gradebook. `gradebook` is nbgrader's own way in, for what is not here."""

    def __init__(self, db_url: str, course_id: str) -> None:
        self.db_url, self.course_id = db_url, course_id
        self.engine = connected(db_url)

    @cached_property
    def gradebook(self) -> Any:
        """nbgrader's Gradebook of the same database, opened when it is first asked for."""
        return Gradebook(self.db_url, self.course_id)

    def close(self) -> None:
        """Let go of all connections."""
        if "gradebook" in self.__dict__:
            self.gradebook.close()
        self.engine.dispose()

    def release(self, assignment: str) -> Release:
        """The assignment as it was released. Raises NotInGradebook."""
        with self.engine.connect() as connection:
            there = inspect(connection).has_table(Assignment.__tablename__)
            found = read_release(connection, assignment) if there else None
        if found is None:
            raise NotInGradebook(
                f"No assignment with ID {assignment!r} exists in the gradebook; "
                f"run nbgrader generate_assignment {assignment} first."
            )
        return found

    def released(self, assignment: str, notebook: str) -> dict[str, Released]:
        """The cells of a notebook as they were released."""
        release = self.release(assignment)
        own = release.notebooks[notebook]
        points = {cell.name: cell.max_score for cell in release.cells[own]
                  if cell.max_score is not None}
        table = SourceCell.__table__
        with self.engine.connect() as connection:
            rows = connection.execute(select(table).where(table.c.notebook_id == own)).all()
        return {
            row.name: Released(row.source or "", row.checksum, points.get(row.name))
            for row in rows
        }

    def strangers(self, students: Collection[str]) -> set[str]:
        """Those of the students that the gradebook does not know."""
        with self.engine.connect() as connection:
            return set(students).difference(connection.scalars(select(Student.__table__.c.id)))

    def stored(self, assignment: str, student: str = "*") -> list[Stored]:
        """What was graded before; `student` may be a pattern."""
        with self.engine.connect() as connection:
            return stored(connection, assignment, student)

    def scores(self, assignments: Collection[str]) -> dict[tuple[str, str], tuple[float, float]]:
        """(student, assignment) to (score, most possible), with what people have graded."""
        points = (
            select(SubmittedAssignment.student_id, Assignment.name, func.sum(Grade.score))
            .join(Assignment, Assignment.id == SubmittedAssignment.assignment_id)
            .outerjoin(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
            .outerjoin(Grade, Grade.notebook_id == SubmittedNotebook.id)
            .where(Assignment.name.in_(list(assignments)))
            .group_by(SubmittedAssignment.student_id, Assignment.name)
        )
        most = dict.fromkeys(assignments, 0.0)
        with Session(self.engine) as session:
            for kind in (GradeCell, TaskCell):
                possible = (
                    select(Assignment.name, func.sum(kind.max_score))
                    .join(Notebook, Notebook.assignment_id == Assignment.id)
                    .join(kind, kind.notebook_id == Notebook.id)
                    .where(Assignment.name.in_(list(assignments)))
                    .group_by(Assignment.name)
                )
                for name, total in session.execute(possible):
                    most[name] += float(total)
            return {
                (student, name): (float(total or 0.0), most[name])
                for student, name, total in session.execute(points)
            }

    def extensions(self, assignment: str | None = None) -> list[Extension]:
        """The extensions that were promised, for one assignment or for all."""
        with self.engine.connect() as connection:
            return extensions(connection, assignment)

    def grant(self, given: Sequence[Extension], penalties: Mapping[str, Penalty]) -> None:
        """Note extensions; what is graded already loses or gets back its late penalty.

        `penalties` are, by assignment, the plug-in's; all in one transaction.
        """
        with writing(self.engine) as connection:
            releases = {name: found for name in penalties
                        if (found := read_release(connection, name)) is not None}
            grant(connection, given, {name: (release.assignment, release.duedate)
                                      for name, release in releases.items()})
            for name, release in releases.items():
                if name in release.notebooks:
                    penalise_again(connection, release, name, {each.student for each in given
                                   if each.assignment in (name, EVERY)}, penalties[name])

    def prepare(self) -> None:
        """Make our own table, if this gradebook has none yet, once it is known to be whole."""
        make_ready(self.engine)
        with writing(self.engine) as connection:
            make_table(connection)

    def write(
        self, release: Release, topic: str, entries: Sequence[Entry], penalty: Penalty
    ) -> None:
        """Grades, comments and results of a batch in one transaction: all of it, or nothing.

        A lost connection, or another writer who was faster, is tried again: every value is set,
        none is added to, so that twice is the same as once.
        """
        rows = [Stored(each.student, each.submission, each.checks, each.result.to_json())
                for each in entries]
        for pause in (*PAUSES, None):
            try:
                with writing(self.engine) as connection:
                    write_entries(connection, release, topic, entries, penalty)
                    write_stored(connection, topic, rows)
                return
            except SQLAlchemyError as error:
                if pause is None or not is_passing(error):
                    raise
                time.sleep(pause)
