"""What arrived and what became of it, in a file that survives whatever ends the server.

A row is made only after the work lies safely in the spool, and a result is stored before anything
is done with it. So after a crash each row says how to go on, and nothing is graded twice once its
result was stored.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

__all__ = ["STATES", "Arrival", "Journal"]

# accepted -> graded -> done; or refused, superseded by newer work, same as what was graded.
State = Literal["accepted", "graded", "done", "refused", "superseded", "same"]
STATES: tuple[str, ...] = get_args(State)
TABLE = """
create table if not exists arrivals (
    id integer primary key, place text not null, signature text not null, student text not null,
    topic text not null, hash text not null, arrived text not null, state text not null,
    started real, result text, attempts integer not null default 0
);
create index if not exists by_student on arrivals (student, topic);
create index if not exists by_state on arrivals (state);
"""
COLUMNS = "id, place, signature, student, topic, hash, arrived, state, started, result, attempts"


@dataclass(frozen=True)
class Arrival:
    """One row: `arrived` is the time of hand-in in UTC, as nbgrader writes it."""

    id: int
    place: str
    signature: str
    student: str
    topic: str
    hash: str
    arrived: str
    state: State
    started: float | None = None
    result: str | None = None
    attempts: int = 0


class Journal:
    """An open journal; each method is one transaction."""

    def __init__(self, path: Path) -> None:
        self.db = sqlite3.connect(path, timeout=10, isolation_level=None)
        self.db.execute("pragma journal_mode = wal")
        self.db.executescript(TABLE)

    def close(self) -> None:
        """Let go of the file."""
        self.db.close()

    def add(
        self, place: str, signature: str, student: str, topic: str, *, hash: str = "",
        arrived: str = "", state: State = "accepted",
    ) -> Arrival:
        """A new row. What of the same student and topic still waits gives way to it."""
        with self.db:
            self.db.execute("begin immediate")
            if state == "accepted":
                self.db.execute(
                    "update arrivals set state = 'superseded' where state = 'accepted' and "
                    "started is null and student = ? and topic = ?", (student, topic))
            made = self.db.execute(
                "insert into arrivals (place, signature, student, topic, hash, arrived, state) "
                "values (?, ?, ?, ?, ?, ?, ?)",
                (place, signature, student, topic, hash, arrived, state))
        return Arrival(made.lastrowid or 0, place, signature, student, topic, hash, arrived, state)

    def start(self, arrival: Arrival, now: float) -> None:
        """Its grading begins, perhaps again."""
        self.db.execute("update arrivals set started = ?, attempts = attempts + 1 where id = ?",
                        (now, arrival.id))

    def graded(self, arrival: Arrival, result: str) -> None:
        """Its result is there."""
        self.db.execute("update arrivals set state = 'graded', result = ? where id = ?",
                        (result, arrival.id))

    def done(self, arrival: Arrival) -> None:
        """Feedback is out and the gradebook is written."""
        self.db.execute("update arrivals set state = 'done' where id = ?", (arrival.id,))

    def forget_starts(self) -> None:
        """At the start of a server: what was under way is under way no longer."""
        self.db.execute("update arrivals set started = null where state = 'accepted'")

    def all(self, *states: State) -> list[Arrival]:
        """Rows in these states, oldest first."""
        marks = ", ".join("?" * len(states))
        rows = self.db.execute(
            f"select {COLUMNS} from arrivals where state in ({marks}) order by id", states)
        return [Arrival(*row) for row in rows]

    def waiting(self) -> int:
        """How many were accepted and have no result."""
        [number] = self.db.execute(
            "select count(*) from arrivals where state = 'accepted'").fetchone()
        return int(number)

    def last(self, student: str, topic: str) -> Arrival | None:
        """The newest that has, or will have, a result."""
        row = self.db.execute(
            f"select {COLUMNS} from arrivals where student = ? and topic = ? and state in "
            "('accepted', 'graded', 'done') order by id desc limit 1", (student, topic)).fetchone()
        return Arrival(*row) if row else None

    def overtaken(self, arrival: Arrival) -> bool:
        """Whether newer work of the same student and topic is done already."""
        row = self.db.execute(
            "select 1 from arrivals where student = ? and topic = ? and state = 'done' and id > ?",
            (arrival.student, arrival.topic, arrival.id)).fetchone()
        return row is not None

    def places(self) -> dict[str, str]:
        """Place to signature, as each was last taken; what was refused is looked at again."""
        return dict(self.db.execute(
            "select place, signature from arrivals where state != 'refused' order by id"))

    def starts(self, since: float) -> list[tuple[str, float]]:
        """Who was graded when, for the limit of hand-ins."""
        return [(str(student), float(time)) for student, time in self.db.execute(
            "select student, started from arrivals where started >= ?", (since,))]

    def of(self, student: str) -> list[dict[str, object]]:
        """All rows of a student, by the names of the columns."""
        rows = self.db.execute(
            f"select {COLUMNS} from arrivals where student = ? order by id", (student,))
        return [dict(zip(COLUMNS.split(", "), row, strict=True)) for row in rows]

    def counts(self) -> dict[str, int]:
        """How many rows each state has."""
        return dict(self.db.execute("select state, count(*) from arrivals group by state"))
