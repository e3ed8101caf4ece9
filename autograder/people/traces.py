"""Where a student's data lies on the disk of the course.

*Own* is what belongs to the student alone: hand-ins, graded notebooks, feedback, the exchange, the
folders of the watch. *Derived* is made from the whole class and can be made again: reports, tables
of marks. *Elsewhere* is everything else that names the student; a person must look at that.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from fnmatch import fnmatch
from glob import escape, glob
from pathlib import Path
from typing import Any

from nbgrader.utils import notebook_hash

from autograder.grading.arrival import SECRET
from autograder.people.names import Names

__all__ = ["LOG", "Traces", "mentions", "traces_of"]

LOG = ".nbgrader.log"
DERIVED = ("grades*.csv", "marks*.csv")
REPORTS = "reports"
# What the course is made of, and the tools around it: no student's data.
NOT_DATA = {".git", ".venv", "solutions", "lectures", "course_lib", "course_sandbox", "autograder",
            "tools", "tests", "docs", "data", "benchmarks", "deploy", "node_modules",
            "__pycache__"}


@dataclass
class Traces:
    """Paths, sorted; a folder stands for all in it."""

    submitted: list[Path] = field(default_factory=list)
    own: list[Path] = field(default_factory=list)
    derived: list[Path] = field(default_factory=list)
    log: Path | None = None
    elsewhere: list[Path] = field(default_factory=list)


def traces_of(app: Any, names: Names, course: Path) -> Traces:
    """Look through the folders that nbgrader's configuration names, and the course's folder."""
    directory = app.coursedir
    found = Traces(submitted=_step(directory, directory.submitted_directory, names.id))
    own = {*found.submitted}
    for step in (directory.autograded_directory, directory.feedback_directory):
        own |= {*_step(directory, step, names.id)}
    own |= {*_exchanged(app, found.submitted, names)}
    own |= {path for path in _walk(course) if names.is_named(path.name)}
    own |= {path for path in _walk(course / "downloaded") if names.mentioned_in(
        os.fsencode(path.name))}
    found.own = [path for path in sorted(own) if not own & {*path.parents}]
    reports = [path for path in (course / REPORTS).glob("*") if path.is_dir()
               and any(mentions([path], names))]
    tables = [path for pattern in DERIVED for path in course.glob(pattern)
              if any(mentions([path], names))]
    found.derived = sorted([*reports, *tables])
    found.log = next(iter(mentions([course / LOG], names)), None)
    known = {*found.own, *found.derived, course / LOG}
    found.elsewhere = [path for path in mentions([course], names)
                       if not known & {path, *path.parents}]
    return found


def mentions(roots: list[Path], names: Names) -> Iterator[Path]:
    """Files below these places that say the id, the address or the full name; databases not."""
    for root in roots:
        for path in _walk(root) if root.is_dir() else [root]:
            if path.is_symlink() or not path.is_file() or _is_database(path):
                continue
            with suppress(OSError):
                if names.mentioned_in(path.read_bytes()):
                    yield path


def _is_database(path: Path) -> bool:
    """One that we change row by row: the gradebook and the journal, with their logs."""
    return any(fnmatch(path.name, f"{name}.db*") for name in ("gradebook", "journal"))


def _step(directory: Any, step: str, student: str) -> list[Path]:
    """The folders of a student in one of nbgrader's steps, and the one that holds them alone."""
    folders = [Path(each) for each in sorted(glob(
        directory.format_path(escape(step), escape(student), "*")))]
    return sorted({each.parent if each.parent.name == student else each for each in folders})


def _exchanged(app: Any, submitted: list[Path], names: Names) -> Iterator[Path]:
    """What lies in nbgrader's exchange: hand-ins by their names, feedback by its secret name."""
    place = Path(app.config.Exchange.get("root") or "/usr/local/share/nbgrader/exchange",
                 app.coursedir.course_id)
    inbound = [path for path in place.glob("inbound/*") if names.is_named(path.name)]
    yield from inbound
    for folder in (*inbound, *(each for top in submitted for each in (top, *top.glob("*")))):
        with suppress(OSError, UnicodeDecodeError):
            secret = (folder / SECRET).read_text(encoding="ascii")
            for notebook in folder.glob("*.ipynb"):
                page = notebook_hash(secret=secret, notebook_id=notebook.stem)
                if (place / "feedback" / f"{page}.html").is_file():
                    yield place / "feedback" / f"{page}.html"


def _walk(folder: Path) -> Iterator[Path]:
    """Everything below a folder but the course itself; links are not followed."""
    for here, folders, files in os.walk(folder, followlinks=False):
        folders[:] = sorted(each for each in folders if each not in NOT_DATA)
        yield from (Path(here, each) for each in (*folders, *sorted(files)))
