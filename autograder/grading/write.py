"""The folder in autograded/ of one graded submission, put in place in one step.

It can always be made again from the submission and the stored result, so it is written after the
gradebook. The notebook ends with a stamp of what it was made from: a folder that is missing or
older than the gradebook is known by that.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from autograder.catalogue import Topic
from autograder.grading.bulk import Entry
from autograder.grading.graded_notebook import Released, graded_notebook, unanswered
from autograder.grading.handed_in import HandedIn, copy_extras
from autograder.grading.handwriting import Handwriting, read_handwriting
from autograder.grading.notebook_file import UnreadableError
from autograder.grading.results import SubmissionResult

__all__ = ["Finished", "has_stamp", "remove_litter", "write_folder"]

STAMP = re.compile(rb'"stamp": "([0-9a-f]{64})"')
TAIL = 1000  # bytes: the stamp is among the last lines of the file


@dataclass(frozen=True)
class Finished:
    """A submission and its result: `submission` is the hash of the notebook it is about."""

    handed_in: HandedIn
    result: SubmissionResult
    submission: str

    @property
    def stamp(self) -> str:
        """Names all that the graded folder shows."""
        parts = [self.submission, self.result.to_json(), str(self.handed_in.time)]
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()

    def handwriting(self, topic: Topic) -> Handwriting:
        """What the student wrote, nothing if that cannot be read."""
        if self.handed_in.notebook is None or self.result.note is not None:
            return Handwriting()
        try:
            return read_handwriting(self.handed_in.notebook, topic)
        except UnreadableError:
            return Handwriting()

    def entry(
        self, written: Handwriting, released: Mapping[str, Released], checks: Mapping[str, str]
    ) -> Entry:
        """What goes into the gradebook."""
        untouched = unanswered(written, released)
        return Entry(self.result, self.handed_in.time, untouched, self.submission, checks)


def has_stamp(notebook: Path, stamp: str) -> bool:
    """Whether a graded notebook is there that was made from the same things."""
    try:
        with open(notebook, "rb") as file:
            file.seek(max(0, os.fstat(file.fileno()).st_size - TAIL))
            found = STAMP.findall(file.read())
    except OSError:
        return False
    return found[-1:] == [stamp.encode()]


def write_folder(
    topic: Topic,
    finished: Finished,
    written: Handwriting,
    released: Mapping[str, Released],
    *,
    destination: Path,
    masters: tuple[Path, list[str]],
    ignore: list[str],
) -> None:
    """Put the graded folder in place of what is there. Raises OSError; then that is untouched."""
    handed_in = finished.handed_in
    document = graded_notebook(topic, released, written, finished.result, finished.stamp)
    destination.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".grading-", dir=destination.parent) as workshop:
        folder = Path(workshop, topic.slug)
        folder.mkdir()
        if handed_in.note is None:
            copy_extras(handed_in.folder, folder, ignore)
        source, kept = masters
        copy_extras(source, folder, [*ignore, *kept])
        text = json.dumps(document, ensure_ascii=False, sort_keys=True)  # indented takes tenfold
        (folder / f"{topic.slug}.ipynb").write_text(text + "\n", encoding="utf-8")
        if handed_in.time is not None:
            (folder / "timestamp.txt").write_text(_utc(handed_in.time), encoding="ascii")
        if destination.exists():
            # A folder cannot take the place of another in one step; this is as near as it gets.
            os.replace(destination, Path(workshop, "before"))
        os.replace(folder, destination)


def remove_litter(folder: Path) -> None:
    """Remove what a run that was killed left in a student's folder of autograded/."""
    for path in folder.glob(".grading-*"):
        shutil.rmtree(path, ignore_errors=True)


def _utc(time: datetime) -> str:
    """In nbgrader's own form."""
    return f"{time:%Y-%m-%d %H:%M:%S.%f} UTC\n"
