"""A student's rows in the gradebook and in the journal of the watch: read, renamed, deleted.

One transaction changes the gradebook. Deleted rows stay in a SQLite file until it is written anew,
so that is done too.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

from nbgrader.api import (
    Assignment,
    Comment,
    Grade,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
)
from sqlalchemy import bindparam, delete, insert, inspect, select, text, update

from autograder.grading.database import GradebookTrouble, connected, explained, writing
from autograder.grading.extensions import EXTENSION
from autograder.grading.store import RESULT
from autograder.people.names import Names

__all__ = ["assignments_of", "change_sqlite", "forget_rows", "names_of", "rename_rows", "rows_of",
           "write_anew"]

PATIENCE = 30.0     # seconds to wait for whoever has the file open
STUDENT, SUBMITTED, NOTEBOOK, GRADE, COMMENT = (
    each.__table__ for each in (Student, SubmittedAssignment, SubmittedNotebook, Grade, Comment))


Row = dict[str, Any]


def names_of(db_url: str, student: str) -> Names | None:
    """What the table of students says; None if it does not know the id."""
    with explained(db_url), _engine(db_url) as engine, engine.connect() as connection:
        if not inspect(connection).has_table(STUDENT.name):
            return None
        row = connection.execute(select(STUDENT).where(STUDENT.c.id == student)).first()
    if row is None:
        return None
    return Names(row.id, row.first_name or "", row.last_name or "", row.email or "",
                 row.lms_user_id or "")


def rows_of(db_url: str, student: str) -> dict[str, list[Row]]:
    """Every row that is about the student, by table."""
    with explained(db_url), _engine(db_url) as engine, engine.connect() as connection:
        submissions, notebooks = _keys(connection, student)
        wanted = [
            (STUDENT, STUDENT.c.id == student),
            (SUBMITTED, SUBMITTED.c.id.in_(submissions)),
            (NOTEBOOK, NOTEBOOK.c.id.in_(notebooks)),
            (GRADE, GRADE.c.notebook_id.in_(notebooks)),
            (COMMENT, COMMENT.c.notebook_id.in_(notebooks)),
        ]
        wanted += [(table, table.c.student == student) for table in _ours(connection)]
        return {table.name: [dict(row) for row in connection.execute(
            select(table).where(which)).mappings()] for table, which in wanted}


def assignments_of(db_url: str) -> list[str]:
    """The names of all assignments."""
    with explained(db_url), _engine(db_url) as engine, engine.connect() as connection:
        return list(connection.scalars(select(Assignment.__table__.c.name)))


def forget_rows(db_url: str, student: str) -> None:
    """Delete them, in one transaction."""
    with explained(db_url), _engine(db_url) as engine, writing(engine) as connection:
        submissions, notebooks = _keys(connection, student)
        connection.execute(delete(GRADE).where(GRADE.c.notebook_id.in_(notebooks)))
        connection.execute(delete(COMMENT).where(COMMENT.c.notebook_id.in_(notebooks)))
        connection.execute(delete(NOTEBOOK).where(NOTEBOOK.c.id.in_(notebooks)))
        connection.execute(delete(SUBMITTED).where(SUBMITTED.c.id.in_(submissions)))
        for table in _ours(connection):
            connection.execute(delete(table).where(table.c.student == student))
        connection.execute(delete(STUDENT).where(STUDENT.c.id == student))


def rename_rows(
    db_url: str, names: Names, other: str, hashes: dict[str, tuple[str, str]]
) -> None:
    """Put `other` in the place of the student, in one transaction; names and address are dropped.

    `hashes` are, by assignment, of the notebook as it was and as it is with other names in it.
    """
    def plain(value: str | None) -> str | None:
        return names.replaced_in(value.encode("utf-8", "surrogatepass"), other).decode(
            "utf-8", "surrogatepass") if value else value

    with explained(db_url), _engine(db_url) as engine, writing(engine) as connection:
        _, notebooks = _keys(connection, names.id)
        connection.execute(insert(STUDENT).values(id=other))
        connection.execute(update(SUBMITTED).where(SUBMITTED.c.student_id == names.id)
                           .values(student_id=other))
        connection.execute(delete(STUDENT).where(STUDENT.c.id == names.id))
        said = connection.execute(select(COMMENT).where(COMMENT.c.notebook_id.in_(notebooks))).all()
        if said:
            connection.execute(
                update(COMMENT).where(COMMENT.c.id == bindparam("of"))
                .values(auto_comment=bindparam("auto"), manual_comment=bindparam("manual")),
                [{"of": row.id, "auto": plain(row.auto_comment),
                  "manual": plain(row.manual_comment)} for row in said])
        if EXTENSION in _ours(connection):
            connection.execute(update(EXTENSION).where(EXTENSION.c.student == names.id)
                               .values(student=other))
        if RESULT in _ours(connection):
            for row in connection.execute(select(RESULT).where(RESULT.c.student == names.id)).all():
                before, now = hashes.get(row.assignment, ("", ""))
                connection.execute(
                    update(RESULT).where(RESULT.c.student == names.id,
                                         RESULT.c.assignment == row.assignment)
                    .values(student=other, result=plain(row.result),
                            submission=now if row.submission == before else row.submission))


def write_anew(db_url: str) -> None:
    """Write the database anew, without what was deleted from it."""
    with explained(db_url), _engine(db_url) as engine:
        if engine.dialect.name == "sqlite":
            _vacuum(Path(str(engine.url.database)))
            return
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            for table in (STUDENT, SUBMITTED, NOTEBOOK, GRADE, COMMENT, *_ours(connection)):
                connection.execute(text(f"VACUUM FULL {table.name}"))


def change_sqlite(path: Path, work: Callable[[sqlite3.Connection], object]) -> None:
    """Change a SQLite file of ours in one transaction, then write it anew."""
    with contextlib.closing(sqlite3.connect(path, timeout=10)) as connection, connection:
        work(connection)
    _vacuum(path)


def _vacuum(path: Path) -> None:
    with contextlib.closing(
            sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)) as connection:
        try:
            connection.execute("vacuum")
            [busy, *_] = connection.execute("pragma wal_checkpoint(truncate)").fetchone()
        except sqlite3.OperationalError as error:
            raise GradebookTrouble(f"{path} cannot be written anew ({error}); close what has it "
                                   "open, then say it again.") from None
    if busy:
        raise GradebookTrouble(f"{path} is open elsewhere, so deleted rows still stand in its log; "
                               "close formgrader and grading, then say it again.")


@contextlib.contextmanager
def _engine(db_url: str) -> Any:
    engine = connected(db_url)
    try:
        yield engine
    finally:
        engine.dispose()


def _ours(connection: Any) -> list[Any]:
    """Our own tables beside nbgrader's, as far as this gradebook has them."""
    return [table for table in (RESULT, EXTENSION) if inspect(connection).has_table(table.name)]


def _keys(connection: Any, student: str) -> tuple[list[str], list[str]]:
    """The ids of the student's submissions, and of the notebooks in them."""
    submissions = list(connection.scalars(
        select(SUBMITTED.c.id).where(SUBMITTED.c.student_id == student)))
    return submissions, list(connection.scalars(
        select(NOTEBOOK.c.id).where(NOTEBOOK.c.assignment_id.in_(submissions))))
