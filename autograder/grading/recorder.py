"""Results on their way to where they last: gradebook first, in batches, then the graded folder.

A batch is one transaction. A folder follows its row and can be made again from it, so a kill at
any moment leaves at worst a folder to make. What one submission breaks costs nobody else.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy.exc import DatabaseError, InterfaceError, OperationalError

from autograder.catalogue import Topic
from autograder.grading.bulk import Penalty, Release
from autograder.grading.database import GradebookTrouble, is_disk_full
from autograder.grading.gradebook import Book
from autograder.grading.graded_notebook import Released
from autograder.grading.handwriting import Handwriting
from autograder.grading.write import Finished, remove_litter, write_folder

__all__ = ["BATCH", "Places", "Recorder"]

BATCH = 25
SECONDS = 1.0  # a batch does not wait longer for more


@dataclass(frozen=True)
class Places:
    """Where things lie: graded folders by student, our files that go into each, what to ignore."""

    graded: Callable[[str], Path]
    masters: tuple[Path, list[str]]
    ignore: list[str]


@dataclass
class Recorder:
    """Writes what is added; `done` and `failed` learn of each submission once."""

    book: Book
    topic: Topic
    checks: Mapping[str, str]
    penalty: Penalty
    places: Places
    done: Callable[[Finished], None]
    failed: Callable[[str, Exception], None]
    waiting: list[tuple[Finished, Handwriting]] = field(default_factory=list)
    since: float = field(default_factory=time.monotonic)

    def __post_init__(self) -> None:
        self.book.prepare()
        self.release: Release = self.book.release(self.topic.slug)
        self.released: Mapping[str, Released] = self.book.released(self.topic.slug, self.topic.slug)

    def add(self, finished: Finished) -> None:
        """A result to write; it is written when there are enough, or after a second."""
        self.waiting.append((finished, finished.handwriting(self.topic)))
        if len(self.waiting) >= BATCH or time.monotonic() - self.since > SECONDS:
            self.flush()

    def flush(self) -> None:
        """Write everything that waits."""
        batch, self.waiting = self.waiting, []
        self.since = time.monotonic()
        if batch:
            self._write(batch)

    def folder(self, finished: Finished) -> None:
        """Make the graded folder of a result that the gradebook has."""
        self._place(finished, finished.handwriting(self.topic))

    def _write(self, batch: list[tuple[Finished, Handwriting]]) -> None:
        entries = [finished.entry(written, self.released, self.checks)
                   for finished, written in batch]
        try:
            self.book.write(self.release, self.topic.slug, entries, self.penalty)
        except Exception as error:
            if _is_of_the_database(error):
                raise
            if len(batch) == 1:
                self.failed(batch[0][0].handed_in.student, error)
                return
            for each in batch:  # one of them is odd: the others shall not suffer
                self._write([each])
            return
        for finished, written in batch:
            self._place(finished, written)

    def _place(self, finished: Finished, written: Handwriting) -> None:
        student = finished.handed_in.student
        destination = self.places.graded(student)
        try:
            with suppress(OSError):
                remove_litter(destination.parent)
            write_folder(
                self.topic, finished, written, self.released,
                destination=destination, masters=self.places.masters, ignore=self.places.ignore,
            )
        except Exception as error:
            if isinstance(error, OSError) and is_disk_full(error):
                raise
            self.failed(student, error)
        else:
            self.done(finished)


def _is_of_the_database(error: Exception) -> bool:
    """Whether it would hit every submission alike."""
    kinds = (OperationalError, InterfaceError, GradebookTrouble)
    return isinstance(error, kinds) or type(error) is DatabaseError
