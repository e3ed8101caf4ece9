"""Handing over, renaming and deleting what is kept about a student. To do it twice does no harm."""

from __future__ import annotations

import json
import os
import shutil
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from autograder.grading.database import GradebookTrouble
from autograder.grading.handed_in import look_at
from autograder.grading.todo import hash_of
from autograder.people.names import Names
from autograder.people.rows import (
    assignments_of,
    change_sqlite,
    forget_rows,
    names_of,
    rename_rows,
    rows_of,
    write_anew,
)
from autograder.people.traces import Traces, mentions, traces_of
from autograder.serving.journal import Journal
from autograder.serving.spool import Spool

__all__ = ["Dossier", "dossier"]

JOURNAL, SPOOL = Path(".serving", "journal.db"), Path(".serving", "spool")


@dataclass(frozen=True)
class Dossier:
    """Everything that was found about one student."""

    app: Any
    course: Path
    names: Names
    rows: dict[str, list[dict[str, Any]]]
    traces: Traces
    journal: list[dict[str, Any]]

    @property
    def empty(self) -> bool:
        """Whether nothing is known about that id."""
        return not (any(self.rows.values()) or self.traces.own or self.journal)

    def lines(self) -> Iterator[str]:
        """What there is, a line each."""
        for table, rows in self.rows.items():
            if rows:
                yield f"gradebook: {len(rows)} rows of {table}"
        if self.journal:
            yield f"journal of the watch: {len(self.journal)} rows"
        yield from (f"own: {self._shown(path)}" for path in self.traces.own)
        yield from (f"made from the class: {self._shown(path)}" for path in self.traces.derived)
        if self.traces.log:
            yield f"lines of {self._shown(self.traces.log)}"
        yield from (f"named elsewhere: {self._shown(path)}" for path in self.traces.elsewhere)

    def _shown(self, path: Path) -> str:
        return os.path.relpath(path, self.course) if path.is_relative_to(self.course) else str(path)

    def hand_over(self, target: Path) -> int:
        """Write a zip with the rows as JSON and the student's own files. Returns the files."""
        data = {"student": self.names.id, "gradebook": self.rows, "watch": self.journal}
        count = 0
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("data.json", json.dumps(data, indent=1, default=_as_text))
            for path in self.traces.own:
                files = sorted(path.rglob("*")) if path.is_dir() else [path]
                for file in files:
                    if file.is_file() and not file.is_symlink():
                        archive.write(file, f"files/{self._shown(file).lstrip('/')}")
                        count += 1
        return count

    def forget(self) -> list[Path]:
        """Delete rows and files. Returns what could not be deleted, or still names the student."""
        forget_rows(self.app.coursedir.db_url, self.names.id)
        self._leave_journal()
        left = [path for path in (*self.traces.own, *self.traces.derived) if not _removed(path)]
        self._clean_log(lambda line: b"")
        write_anew(self.app.coursedir.db_url)
        return [*left, *self._still_named()]

    def pseudonymise(self, other: str) -> list[Path]:
        """Put `other` for the student in rows and hand-ins; delete what can be made from those.

        Raises GradebookTrouble, before anything is changed, if there is somebody of that id.
        """
        db_url = self.app.coursedir.db_url
        if names_of(db_url, other) or any(self._with_other_name(path, other).exists()
                                          for path in self.traces.submitted):
            raise GradebookTrouble(f"There is a student {other} already.")
        hashes = self._renamed_inside(other)
        rename_rows(db_url, self.names, other, hashes)
        for path in self.traces.submitted:
            target = self._with_other_name(path, other)
            target.parent.mkdir(parents=True, exist_ok=True)
            path.rename(target)
        self._leave_journal()
        others = (*self.traces.own, *self.traces.derived)
        left = [path for path in others if path not in self.traces.submitted
                and not _removed(path)]
        self._clean_log(lambda line: self.names.replaced_in(line, other))
        write_anew(db_url)
        return [*left, *self._still_named()]

    def _renamed_inside(self, other: str) -> dict[str, tuple[str, str]]:
        """Replace names in hand-ins. Returns the hashes of notebooks before and after."""
        topics = assignments_of(self.app.coursedir.db_url)
        folders = {topic: Path(self.app.coursedir.format_path(
            self.app.coursedir.submitted_directory, self.names.id, topic)) for topic in topics}
        hashes = {topic: self._hash(folder, topic) for topic, folder in folders.items()
                  if folder.is_dir()}
        for top in self.traces.submitted:
            for path in sorted(top.rglob("*"), reverse=True):
                if path.is_file() and not path.is_symlink():
                    before = path.read_bytes()
                    after = self.names.replaced_in(before, other)
                    if after != before:
                        path.write_bytes(after)
                name = self.names.replaced_in(os.fsencode(path.name), other)
                if name != os.fsencode(path.name):
                    path.rename(path.with_name(os.fsdecode(name)))
        return {topic: (before, self._hash(folders[topic], topic))
                for topic, before in hashes.items()}

    def _with_other_name(self, path: Path, other: str) -> Path:
        """The same folder with another student in it, wherever nbgrader's layout has the id."""
        root = Path(self.app.coursedir.root)
        parts = path.relative_to(root).parts if path.is_relative_to(root) else path.parts
        return root.joinpath(*(other if part == self.names.id else part for part in parts))

    def _hash(self, folder: Path, topic: str) -> str:
        return hash_of(look_at(folder, student=self.names.id, notebook_name=topic))

    def _leave_journal(self) -> None:
        if not (self.course / JOURNAL).is_file():
            return
        spool = Spool(self.course / SPOOL)
        for row in self.journal:
            spool.drop(spool.place(self.names.id, row["topic"], row["hash"]))
        change_sqlite(self.course / JOURNAL, lambda connection: connection.execute(
            "delete from arrivals where student = ?", (self.names.id,)))

    def _clean_log(self, change: Callable[[bytes], bytes]) -> None:
        if self.traces.log is None:
            return
        lines = self.traces.log.read_bytes().splitlines(keepends=True)
        self.traces.log.write_bytes(b"".join(
            change(line) if self.names.mentioned_in(line) else line for line in lines))

    def write_anew(self) -> None:
        """Write the gradebook anew, if deleted rows may still stand in its file."""
        write_anew(self.app.coursedir.db_url)

    def _still_named(self) -> list[Path]:
        return sorted(mentions([self.course], self.names))


def dossier(app: Any, course: Path, student: str) -> Dossier:
    """Look for everything about a student; an id that nobody knows gives an empty one."""
    db_url = app.coursedir.db_url
    names = names_of(db_url, student) or Names(student)
    return Dossier(app, course, names, rows_of(db_url, student),
                   traces_of(app, names, course), _arrivals(course / JOURNAL, student))


def _arrivals(path: Path, student: str) -> list[dict[str, Any]]:
    if not path.is_file():
        return []
    journal = Journal(path)
    try:
        return journal.of(student)
    finally:
        journal.close()


def _removed(path: Path) -> bool:
    """Whether it is gone now."""
    try:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    except OSError:
        return False
    return True


def _as_text(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime) else (
        str(value.total_seconds()) if isinstance(value, timedelta) else str(value))
