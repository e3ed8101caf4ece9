"""What lies in a submission folder, judged without trusting any of it.

A folder may be a symbolic link, hold a notebook under another name, several, or none, a
timestamp that is no time, and files that point elsewhere. None of it raises here.
"""

from __future__ import annotations

import fnmatch
import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from nbgrader.utils import parse_utc

from autograder.catalogue import Topic
from autograder.grading.clean import for_terminal
from autograder.grading.results import ExerciseResult, Outcome, SubmissionResult

__all__ = ["HandedIn", "copy_extras", "look_at", "read_timestamp", "ungraded"]

MOST_BYTES = 20 * 1024 * 1024
MOST_FILES = 500
LONGEST_TIMESTAMP = 200
FIRST_YEAR = 2015  # of nbgrader itself
TOO_EARLY = "timestamp.txt names a time before there was nbgrader; somebody wrote it by hand"
# Formgrader serves files beside the graded notebook, so nothing that a browser would run.
NEVER_COPIED = ("*.ipynb", "*.htm*", "*.xhtml", "*.xml", "*.svg", "*.js", "*.mjs", "timestamp.txt")


@dataclass(frozen=True)
class HandedIn:
    """One submission folder: the notebook to grade, or the named reason why there is none."""

    student: str
    folder: Path
    notebook: Path | None
    note: str | None = None
    empty: bool = False
    events: tuple[str, ...] = ()
    time: datetime | None = None


def look_at(folder: Path, *, student: str, notebook_name: str) -> HandedIn:
    """Find the notebook called `notebook_name` in a folder, or the only one there is."""
    if folder.is_symlink():
        return HandedIn(student, folder, None, note="the folder is a symbolic link")
    time, events = read_timestamp(folder)
    notebook = folder / f"{notebook_name}.ipynb"
    if os.path.lexists(notebook):
        return HandedIn(student, folder, notebook, events=events, time=time)
    names = _names(folder)
    if names is None:
        return HandedIn(student, folder, None, note="a folder that cannot be read", time=time)
    found = [name for name in names if name.lower().endswith(".ipynb") and name[0] != "."]
    if len(found) == 1:
        events += (f"the notebook was handed in as {for_terminal(found[0])}",)
        return HandedIn(student, folder, folder / found[0], events=events, time=time)
    if found:
        note = f"{len(found)} notebooks, none of them called {notebook_name}.ipynb"
        return HandedIn(student, folder, None, note=note, events=events, time=time)
    others = set(names) - {"timestamp.txt"}
    return HandedIn(
        student, folder, None, note="no notebook", empty=not others, events=events, time=time
    )


def _names(folder: Path) -> list[str] | None:
    with suppress(OSError):
        return sorted(os.listdir(folder))
    return None


def read_timestamp(folder: Path) -> tuple[datetime | None, tuple[str, ...]]:
    """The time in timestamp.txt in UTC, and what is odd about it."""
    path = folder / "timestamp.txt"
    if not os.path.lexists(path):
        return None, ()
    try:
        text = _head(path).decode("ascii").strip()
        time = parse_utc(text)
        if text and isinstance(time, datetime) and 1970 < time.year < 3000:
            return time, (TOO_EARLY,) if time.year < FIRST_YEAR else ()
    except Exception:  # dateutil raises many kinds of error for what people put there
        pass
    return None, ("timestamp.txt cannot be read as a time, so the time of hand-in is unknown",)


def _head(path: Path) -> bytes:
    with open(_open_regular(path), "rb") as file:
        return file.read(LONGEST_TIMESTAMP)


def _open_regular(path: Path) -> int:
    """A descriptor of a regular file that is no link. Raises OSError."""
    safe = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    if path.is_symlink():
        raise OSError(f"{path} is a symbolic link")
    descriptor = os.open(path, os.O_RDONLY | safe | getattr(os, "O_BINARY", 0))
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(f"{path} is not a regular file")
    return descriptor


def ungraded(topic: Topic, handed_in: HandedIn) -> SubmissionResult:
    """The result of a folder without a notebook to grade.

    An empty folder earns what nbgrader gives for a missing notebook, nothing; anything else
    waits for a person.
    """
    outcome: Outcome = "missing" if handed_in.empty else "needs a look"
    summary = f"There was no notebook to grade: {handed_in.note}."
    exercises = tuple(
        ExerciseResult(
            name=cell.name,
            kind=cell.kind,
            outcome=outcome,
            points=0.0 if handed_in.empty else None,
            max_points=cell.points,
            summary=summary,
            check_id=cell.check_id,
        )
        for cell in topic.exercises
    )
    return SubmissionResult(
        handed_in.student, topic.slug, exercises, note=handed_in.note, events=handed_in.events
    )


def copy_extras(folder: Path, destination: Path, ignore: Sequence[str]) -> list[str]:
    """Copy what lies beside the notebook: regular files only. Returns what was left behind."""
    left, budget = [], MOST_BYTES
    for position, path in enumerate(_files(folder, [*ignore, *NEVER_COPIED])):
        target = destination / path.relative_to(folder)
        try:
            with open(_open_regular(path), "rb") as file:
                if os.fstat(file.fileno()).st_nlink > 1:
                    raise OSError("a hard link, perhaps to somebody else's file")
                content = file.read(budget + 1)
            if len(content) > budget or position >= MOST_FILES:
                raise OSError("too much beside the notebook")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        except OSError:
            left.append(for_terminal(str(path.relative_to(folder))))
            continue
        budget -= len(content)
    return left


def _files(folder: Path, ignore: Sequence[str]) -> Iterator[Path]:
    for here, folders, files in os.walk(folder, followlinks=False):
        folders[:] = [name for name in sorted(folders) if not _ignored(name, ignore)]
        for name in sorted(files):
            if not _ignored(name, ignore):
                yield Path(here, name)


def _ignored(name: str, ignore: Sequence[str]) -> bool:
    return any(fnmatch.fnmatch(name.lower(), pattern.lower()) for pattern in ignore)
