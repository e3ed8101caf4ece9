"""What lies in the inbox, whose it is, and whether it has arrived whole.

Three forms are read: STUDENT/TOPIC.ipynb, STUDENT/TOPIC/ with a notebook in it, and
STUDENT+TOPIC+... as nbgrader's exchange has them. Nothing is moved or deleted here: the inbox
itself is the queue that survives anything.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from autograder.catalogue import Topic
from autograder.grading.arrival import fits_a_folder
from autograder.grading.notebook_file import UnreadableError, read_cells

__all__ = ["Entry", "Inbox", "Settling", "whole"]

MOST_STUDENTS = 20_000
MOST_OF_A_STUDENT = 60
MOST_IN_A_FOLDER = 2_000
QUIET_FOLDER = 0.4  # seconds without a change before a folder is taken
QUIET_BROKEN = 3.0  # the same for a file that is no whole notebook: perhaps it still grows
SUFFIX = ".ipynb"


@dataclass(frozen=True)
class Entry:
    """One thing in the inbox.

    place:     its path in the inbox, and so its name.
    signature: changes whenever it, or anything in it, changes.
    odd:       a sentence if it cannot be taken, whatever it will become.
    changed:   when, so that what came first is taken first.
    """

    place: str
    path: Path
    student: str
    topic: Topic | None
    signature: str
    is_folder: bool = False
    odd: str | None = None
    changed: int = 0


class Inbox:
    """Looks through a folder. `topic_of` gives the topic of a name, or None."""

    def __init__(self, folder: Path, topic_of: Callable[[str], Topic | None]) -> None:
        self.folder, self.topic_of = folder, topic_of

    def look(self) -> list[Entry]:
        """Everything that is there now, what changed first before the rest. Raises OSError."""
        entries = [entry for found in self._scan(self.folder, MOST_STUDENTS)
                   for entry in self._entries(found)]
        return sorted(entries, key=lambda entry: entry.changed)

    def folders(self) -> list[Path]:
        """The folders in which something may appear."""
        with suppress(OSError):
            return [self.folder, *(Path(each.path) for each in
                                   self._scan(self.folder, MOST_STUDENTS)
                                   if each.is_dir(follow_symlinks=False))]
        return [self.folder]

    def _scan(self, folder: Path, most: int) -> Iterator[os.DirEntry[str]]:
        with os.scandir(folder) as entries:
            yield from islice((each for each in entries if not each.name.startswith(".")), most)

    def _entries(self, found: os.DirEntry[str]) -> Iterator[Entry]:
        name = found.name.removesuffix(SUFFIX)
        with suppress(OSError):  # it may be gone by now
            if "+" in name or not found.is_dir(follow_symlinks=False):
                student, _, rest = name.partition("+")
                yield self._entry(found, "", student, rest.partition("+")[0])
                return
            inside = list(self._scan(Path(found.path), MOST_OF_A_STUDENT + 1))
            for each in inside[:MOST_OF_A_STUDENT]:
                yield self._entry(each, f"{found.name}/", found.name,
                                  each.name.removesuffix(SUFFIX))
            if len(inside) > MOST_OF_A_STUDENT:
                yield Entry(_text(f"{found.name}/"), Path(found.path), _text(found.name), None,
                            "too many",
                            odd=f"More than {MOST_OF_A_STUDENT} files lie here; the others are "
                                "not looked at. Take away what has been graded.")

    def _entry(self, found: os.DirEntry[str], inside: str, student: str, name: str) -> Entry:
        status = found.stat(follow_symlinks=False)
        mode = status.st_mode
        topic = self.topic_of(name)
        odd = _refused(mode, found.name, student, topic)
        is_folder = stat.S_ISDIR(mode)
        signature = None if odd else _signature(Path(found.path), is_folder)
        if signature is None and odd is None:
            odd = f"{found.name} holds more than {MOST_IN_A_FOLDER} files."
        return Entry(_text(f"{inside}{found.name}"), Path(found.path), _text(student), topic,
                     signature or f"{mode}", is_folder, odd and _text(odd), status.st_ctime_ns)


def _text(name: str) -> str:
    """A name that UTF-8 can hold, whatever bytes it has in the file system."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def _refused(mode: int, name: str, student: str, topic: Topic | None) -> str | None:
    if stat.S_ISLNK(mode):
        return f"{name} is a symbolic link. Put the file itself here."
    if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
        return f"{name} is a pipe, a socket or a device. Put a notebook here."
    if not fits_a_folder(student):
        return f"{name} names no student: STUDENT/TOPIC{SUFFIX} is what is read."
    if topic is None:
        return f"{name} is the name of no topic: STUDENT/TOPIC{SUFFIX} is what is read."
    if stat.S_ISREG(mode) and not name.endswith(SUFFIX):
        return f"{name} is no notebook: its name must end in {SUFFIX}."
    return None


def _signature(path: Path, is_folder: bool) -> str | None:
    """A hash over names, sizes and times; None for a folder with too much in it."""
    seen = hashlib.sha256(_told(path, "."))
    left = MOST_IN_A_FOLDER
    for here, folders, files in os.walk(path) if is_folder else ():
        folders.sort()
        for name in (*folders, *sorted(files)):
            left -= 1
            if left < 0:
                return None
            with suppress(FileNotFoundError):
                seen.update(_told(Path(here, name), name))
    return seen.hexdigest()


def _told(path: Path, name: str) -> bytes:
    found = os.lstat(path)
    marks = (found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)
    return f"{name!r} {marks}\n".encode()


def whole(entry: Entry) -> bool:
    """Whether a file is a complete notebook already: JSON that is cut off does not parse."""
    if entry.is_folder:
        return False
    try:
        read_cells(entry.path)
    except UnreadableError:
        return False
    return True


class Settling:
    """Since when each entry has not changed. `clock` gives seconds and never goes back."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self.clock = clock
        self.since: dict[str, tuple[str, float, bool]] = {}

    def settled(self, entry: Entry) -> bool:
        """Whether the entry may be taken: whole, or quiet for long enough."""
        now = self.clock()
        signature, since, complete = self.since.get(entry.place, ("", now, False))
        if signature != entry.signature:
            signature, since, complete = entry.signature, now, whole(entry)
            self.since[entry.place] = (signature, since, complete)
        return complete or now - since >= _quiet(entry)

    def keep(self, entries: Iterable[Entry]) -> None:
        """Forget whatever is not among these."""
        there = {each.place for each in entries}
        self.since = {place: each for place, each in self.since.items() if place in there}

    def waits(self) -> bool:
        """Whether something is there that may settle without a further change."""
        return bool(self.since)


def _quiet(entry: Entry) -> float:
    return QUIET_FOLDER if entry.is_folder else QUIET_BROKEN
