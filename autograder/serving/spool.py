"""A copy of what arrived, out of the student's reach, before anything is done with it."""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from autograder.grading.arrival import last_change, stamp
from autograder.grading.handed_in import copy_extras, look_at
from autograder.grading.notebook_file import LARGEST_FILE
from autograder.serving.inbox import Entry

__all__ = ["Refused", "Spool", "Taken"]


class Refused(Exception):
    """What arrived cannot be a hand-in; the message says so to the student."""


@dataclass(frozen=True)
class Taken:
    """A hand-in in the spool: the hash of its notebook, and the time it had its present form."""

    hash: str
    arrived: datetime
    fresh: bool


class Spool:
    """A folder of folders, one for each student, topic and content."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def place(self, student: str, topic: str, hash: str) -> Path:
        """Where a hand-in lies, as a submission folder for grading."""
        name = hashlib.sha256("\0".join([student, topic, hash]).encode()).hexdigest()[:32]
        return self.folder / name

    def take(self, entry: Entry) -> Taken:
        """Copy an entry. Raises Refused, and OSError when it cannot be read or written now."""
        assert entry.topic is not None
        slug = entry.topic.slug
        made = Path(tempfile.mkdtemp(dir=self.folder, prefix="new-"))
        try:
            arrived = last_change(entry.path)
            content = _content(_notebook(entry))
            (made / f"{slug}.ipynb").write_bytes(content)
            if entry.is_folder:
                copy_extras(entry.path, made, [])
            arrived = max(arrived, last_change(entry.path))
            stamp(made, arrived)
            digest = hashlib.sha256(content).hexdigest()
            target = self.place(entry.student, slug, digest)
            if fresh := not target.exists():
                os.replace(made, target)
            return Taken(digest, arrived, fresh)
        finally:
            shutil.rmtree(made, ignore_errors=True)

    def drop(self, place: Path) -> None:
        """It is done with."""
        shutil.rmtree(place, ignore_errors=True)

    def keep(self, places: Iterable[Path]) -> None:
        """Drop everything but these: what a crash left between a copy and its row."""
        wanted = set(places)
        for path in self.folder.iterdir():
            if path not in wanted:
                self.drop(path)


def _notebook(entry: Entry) -> Path:
    if not entry.is_folder:
        return entry.path
    assert entry.topic is not None
    found = look_at(entry.path, student=entry.student, notebook_name=entry.topic.slug)
    if found.notebook is None:
        raise Refused(f"There is no notebook to grade: {found.note}.")
    return found.notebook


def _content(path: Path) -> bytes:
    """The bytes of a regular file that only one name leads to."""
    if path.is_symlink():
        raise Refused(f"{path.name} is a symbolic link. Put the file itself here.")
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    with os.fdopen(os.open(path, flags), "rb") as file:
        found = os.fstat(file.fileno())
        if not stat.S_ISREG(found.st_mode):
            raise Refused(f"{path.name} is no file.")
        if found.st_nlink > 1:
            raise Refused(f"{path.name} is a hard link to another file. Put a copy here.")
        content = file.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        raise Refused(f"{path.name} has more than {LARGEST_FILE / 1e6:.0f} MB. "
                      "Clear all outputs and save it again.")
    return content
