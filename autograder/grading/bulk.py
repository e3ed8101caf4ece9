"""Many submissions into nbgrader's tables in one transaction, as its own writer would leave them.

nbgrader writes a submission in dozens of statements, each with a commit. Here a batch is read in
a handful of queries and written in a handful of statements. What a person gave is never touched:
manual scores, extra credit and manual comments have columns of their own.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from nbgrader.api import (
    Assignment,
    BaseCell,
    Comment,
    Grade,
    GradeCell,
    Notebook,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
    TaskCell,
)
from sqlalchemy import bindparam, select

from autograder.grading.extensions import promised
from autograder.grading.readable import comment
from autograder.grading.results import ExerciseResult, SubmissionResult

__all__ = ["Entry", "Penalty", "Release", "penalise_again", "read_release", "write_entries"]

STUDENT, SUBMITTED, NOTEBOOK = (
    each.__table__ for each in (Student, SubmittedAssignment, SubmittedNotebook)
)
GRADE, COMMENT, CELL = Grade.__table__, Comment.__table__, BaseCell.__table__
Penalty = Callable[[str, float, float], float | None]  # (student, score, seconds late)
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Entry:
    """What one graded submission leaves in the gradebook.

    `untouched` are the cells that came back as they were released; `time` is when it was handed
    in, in UTC, None if nobody knows; `submission` and `checks` are the hashes it was graded with.
    """

    result: SubmissionResult
    time: datetime | None
    untouched: Collection[str] = ()
    submission: str = ""
    checks: Mapping[str, str] = field(default_factory=dict)

    @property
    def student(self) -> str:
        """Whose it is."""
        return self.result.student


@dataclass(frozen=True)
class ReleasedCell:
    """A cell that takes a grade, a comment, or both."""

    id: str
    name: str
    kind: str
    max_score: float | None


@dataclass(frozen=True)
class Release:
    """An assignment as it was released, by its id: `cells` by the id of their notebook."""

    assignment: str
    name: str
    duedate: datetime | None
    notebooks: Mapping[str, str]  # name to id
    cells: Mapping[str, Sequence[ReleasedCell]]


def read_release(connection: Any, assignment: str) -> Release | None:
    """The release of that name, None if there is none."""
    table, parts = Assignment.__table__, Notebook.__table__
    found = connection.execute(select(table).where(table.c.name == assignment)).first()
    if found is None:
        return None
    notebooks = {row.name: row.id for row in connection.execute(
        select(parts.c.name, parts.c.id).where(parts.c.assignment_id == found.id))}
    points: dict[str, float] = {}
    for kind in (GradeCell.__table__, TaskCell.__table__):
        rows = connection.execute(select(kind.c.id, kind.c.max_score))
        points |= {row.id: row.max_score for row in rows}
    cells: dict[str, list[ReleasedCell]] = {each: [] for each in notebooks.values()}
    for row in connection.execute(select(CELL).where(CELL.c.notebook_id.in_(cells))):
        cell = ReleasedCell(row.id, row.name, row.type, points.get(row.id))
        cells[row.notebook_id].append(cell)
    return Release(found.id, found.name, found.duedate, notebooks, cells)


def write_entries(
    connection: Any,
    release: Release,
    notebook: str,
    entries: Sequence[Entry],
    penalty: Penalty,
) -> None:
    """Insert or update everything of these submissions; the caller's transaction commits it."""
    _enrol(connection, entries)
    submitted = _submitted(connection, release, entries)
    mine = _notebooks(connection, release, notebook, [row["id"] for row in submitted.values()])
    own = release.notebooks[notebook]
    grades = _existing(connection, GRADE, mine.values())
    verdicts, scores = [], {}
    for entry in entries:
        place = mine[submitted[entry.student]["id"]]
        rows = _grades(entry, release.cells[own], grades.get(place, {}))
        verdicts += [{**row, "notebook_id": place} for row in rows]
        scores[entry.student] = sum(map(_score, rows))
    _put(connection, GRADE, verdicts, ("auto_score", "needs_manual_grade"))
    comments = _existing(connection, COMMENT, mine.values())
    remarks = [
        {**row, "notebook_id": place}
        for entry in entries
        for place in [mine[submitted[entry.student]["id"]]]
        for row in _comments(entry, release.cells[own], comments.get(place, {}))
    ]
    _put(connection, COMMENT, remarks, ("auto_comment",))
    _penalise(connection, release, {student: (row, mine[row["id"]])
                                    for student, row in submitted.items()}, scores, penalty)


def penalise_again(
    connection: Any, release: Release, notebook: str, students: Collection[str], penalty: Penalty
) -> None:
    """What comes off for being late, anew, for submissions that are there already."""
    own = release.notebooks[notebook]
    found = {row["student_id"]: row for row in connection.execute(
        select(SUBMITTED).where(SUBMITTED.c.assignment_id == release.assignment,
                                SUBMITTED.c.student_id.in_(list(students)))).mappings()}
    places = {row.assignment_id: row.id for row in connection.execute(
        select(NOTEBOOK.c.assignment_id, NOTEBOOK.c.id).where(
            NOTEBOOK.c.assignment_id.in_([row["id"] for row in found.values()]),
            NOTEBOOK.c.notebook_id == own))}
    grades = _existing(connection, GRADE, places.values())
    there = {student: (row, places[row["id"]]) for student, row in found.items()
             if row["id"] in places}
    scores = {student: sum(map(_score, grades.get(place, {}).values()))
              for student, (_, place) in there.items()}
    _penalise(connection, release, there, scores, penalty)


def _penalise(
    connection: Any, release: Release, there: Mapping[str, tuple[Row, str]],
    scores: Mapping[str, float], penalty: Penalty,
) -> None:
    """Write the penalty of each student: `there` are the submission and its notebook's row."""
    if there:
        connection.execute(
            NOTEBOOK.update().where(NOTEBOOK.c.id == bindparam("of"))
            .values(late_submission_penalty=bindparam("penalty")),
            [{"of": place, "penalty": _late(student, row, release, scores, penalty)}
             for student, (row, place) in there.items()])


def _enrol(connection: Any, entries: Sequence[Entry]) -> None:
    names = {entry.student for entry in entries}
    known = connection.scalars(select(STUDENT.c.id).where(STUDENT.c.id.in_(names)))
    _insert(connection, STUDENT, [{"id": name} for name in sorted(names.difference(known))])


def _submitted(
    connection: Any, release: Release, entries: Sequence[Entry]
) -> dict[str, dict[str, Any]]:
    """The row of each student's submission, made or brought up to date."""
    names = [entry.student for entry in entries]
    found = {row["student_id"]: dict(row) for row in connection.execute(
        select(SUBMITTED).where(SUBMITTED.c.assignment_id == release.assignment,
                                SUBMITTED.c.student_id.in_(names))).mappings()}
    times = {entry.student: entry.time for entry in entries}
    changed = [{"of": row["id"], "time": times[student]} for student, row in found.items()
               if times[student] not in (None, row["timestamp"])]
    if changed:
        connection.execute(SUBMITTED.update().where(SUBMITTED.c.id == bindparam("of"))
                           .values(timestamp=bindparam("time")), changed)
    more = promised(connection, release.name, release.duedate, names)
    moved = [{"of": row["id"], "more": more[student]} for student, row in found.items()
             if student in more and more[student] != row["extension"]]
    if moved:
        connection.execute(SUBMITTED.update().where(SUBMITTED.c.id == bindparam("of"))
                           .values(extension=bindparam("more")), moved)
    fresh = [
        {"id": _id(), "assignment_id": release.assignment, "student_id": student,
         "timestamp": times[student], "extension": more.get(student)}
        for student in dict.fromkeys(names) if student not in found
    ]
    _insert(connection, SUBMITTED, fresh)
    for row in found.values():
        row["timestamp"] = times[row["student_id"]] or row["timestamp"]
        row["extension"] = more.get(row["student_id"], row["extension"])
    return found | {row["student_id"]: row for row in fresh}


def _notebooks(
    connection: Any, release: Release, notebook: str, submissions: Sequence[str]
) -> dict[str, str]:
    """Submission to the row of the notebook; every notebook of the release gets its rows."""
    found = {(row.assignment_id, row.notebook_id): row.id for row in connection.execute(
        select(NOTEBOOK).where(NOTEBOOK.c.assignment_id.in_(submissions)))}
    fresh = [
        {"id": _id(), "assignment_id": submission, "notebook_id": each, "flagged": False}
        for submission in submissions for each in release.notebooks.values()
        if (submission, each) not in found
    ]
    _insert(connection, NOTEBOOK, fresh)
    own = release.notebooks[notebook]
    for row in fresh:
        found[row["assignment_id"], row["notebook_id"]] = row["id"]
        if row["notebook_id"] != own:  # waits for whoever grades it
            cells = release.cells[str(row["notebook_id"])]
            for table, kind in ((GRADE, _is_graded), (COMMENT, _is_commented)):
                _insert(connection, table, [
                    {"id": _id(), "cell_id": cell.id, "notebook_id": row["id"]}
                    for cell in cells if kind(cell)])
    return {submission: found[submission, own] for submission in submissions}


def _existing(
    connection: Any, table: Any, notebooks: Iterable[str]
) -> dict[str, dict[str, Row]]:
    """Notebook row to cell to the row that is there, held until we are done."""
    found: dict[str, dict[str, Row]] = {}
    there = select(table).where(table.c.notebook_id.in_(list(notebooks))).with_for_update()
    for row in connection.execute(there).mappings():
        found.setdefault(row["notebook_id"], {})[row["cell_id"]] = row
    return found


def _grades(
    entry: Entry, cells: Sequence[ReleasedCell], before: Mapping[str, Row]
) -> list[dict[str, Any]]:
    verdicts = {each.check_id: each for each in entry.result.exercises}
    blank = _blank(entry, cells)
    rows = []
    for cell in filter(_is_graded, cells):
        old = before.get(cell.id, {})
        verdict = verdicts.get(cell.name)
        if verdict is None:
            score = 0.0 if cell.name in blank else None
        else:
            score = _scaled(verdict, float(cell.max_score or 0.0))
        manual = old.get("manual_score")
        rows.append({
            "id": old.get("id"), "cell_id": cell.id, "auto_score": score,
            "needs_manual_grade": manual is not None or score is None,
            "manual_score": manual, "extra_credit": old.get("extra_credit"),
        })
    return rows


def _comments(
    entry: Entry, cells: Sequence[ReleasedCell], before: Mapping[str, Row]
) -> list[dict[str, Any]]:
    verdicts = {each.name: each for each in entry.result.exercises}
    blank = _blank(entry, cells)
    return [
        {"id": before.get(cell.id, {}).get("id"), "cell_id": cell.id,
         "auto_comment": comment(verdicts[cell.name]) if cell.name in verdicts
         else "No response." if cell.name in blank else None}
        for cell in filter(_is_commented, cells)
    ]


def _blank(entry: Entry, cells: Sequence[ReleasedCell]) -> set[str]:
    """The student's cells that count as not answered."""
    result = entry.result
    nothing = all(each.outcome == "missing" for each in result.exercises)
    answers = {cell.name for cell in cells if cell.kind == "SolutionCell"}
    return answers & set(entry.untouched) if result.note is None or nothing else set()


def _is_graded(cell: ReleasedCell) -> bool:
    return cell.kind in ("GradeCell", "TaskCell")


def _is_commented(cell: ReleasedCell) -> bool:
    return cell.kind in ("SolutionCell", "TaskCell")


def _scaled(verdict: ExerciseResult, max_score: float) -> float | None:
    """All or nothing in the points of the release, which may differ from today's notebook's."""
    if verdict.points is None:
        return None
    return max_score * verdict.points / verdict.max_points if verdict.max_points else 0.0


def _score(row: Row) -> float:
    """As nbgrader adds it up: a person's score wins, extra credit comes on top of either."""
    given = row["auto_score"] if row["manual_score"] is None else row["manual_score"]
    return 0.0 if given is None else float(given) + float(row["extra_credit"] or 0.0)


def _late(
    student: str, row: Row, release: Release, scores: Mapping[str, float], penalty: Penalty
) -> float | None:
    if row["timestamp"] is None or release.duedate is None:
        return None
    due = release.duedate + (row["extension"] or timedelta())
    seconds = (row["timestamp"] - due).total_seconds()
    return penalty(student, scores[student], seconds) if seconds > 0 else None


def _put(connection: Any, table: Any, rows: list[dict[str, Any]], columns: Sequence[str]) -> None:
    """Insert the rows without an id, update `columns` of the others."""
    fresh = [{"cell_id": row["cell_id"], "notebook_id": row["notebook_id"], "id": _id(),
              **{name: row[name] for name in columns}} for row in rows if row["id"] is None]
    _insert(connection, table, fresh)
    again = [{"of": row["id"], **{f"new_{name}": row[name] for name in columns}}
             for row in rows if row["id"] is not None]
    if again:
        connection.execute(
            table.update().where(table.c.id == bindparam("of"))
            .values({name: bindparam(f"new_{name}") for name in columns}), again)


def _insert(connection: Any, table: Any, rows: Sequence[Mapping[str, Any]]) -> None:
    if rows:
        connection.execute(table.insert(), rows)


def _id() -> str:
    return uuid.uuid4().hex
