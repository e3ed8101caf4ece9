"""What stays of one graded submission: rows in the gradebook, a folder in autograded/."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from datetime import datetime
from pathlib import Path

from autograder.catalogue import Topic
from autograder.grading.gradebook import Book
from autograder.grading.graded_notebook import graded_notebook, unanswered
from autograder.grading.handed_in import HandedIn, copy_extras
from autograder.grading.handwriting import Handwriting, read_handwriting
from autograder.grading.notebook_file import UnreadableError
from autograder.grading.results import SubmissionResult

__all__ = ["write_graded"]


def write_graded(
    book: Book,
    topic: Topic,
    handed_in: HandedIn,
    result: SubmissionResult,
    *,
    destination: Path,
    masters: tuple[Path, list[str]],
    ignore: list[str],
) -> list[str]:
    """Record scores, then put the graded folder in place in one step.

    Returns the exercises that the release does not know.
    """
    released = book.released(topic.slug, topic.slug)
    written = _handwriting(topic, handed_in, result)
    unknown = book.record(topic.slug, result, unanswered(written, released))
    document = graded_notebook(topic, released, written, result)
    destination.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".grading-", dir=destination.parent) as workshop:
        folder = Path(workshop, topic.slug)
        folder.mkdir()
        if handed_in.note is None:
            copy_extras(handed_in.folder, folder, ignore)
        source, kept = masters
        copy_extras(source, folder, [*ignore, *kept])
        text = json.dumps(document, indent=1, ensure_ascii=False, sort_keys=True)
        (folder / f"{topic.slug}.ipynb").write_text(text + "\n", encoding="utf-8")
        if handed_in.time is not None:
            (folder / "timestamp.txt").write_text(_utc(handed_in.time), encoding="ascii")
        if destination.exists():
            shutil.rmtree(destination)
        os.replace(folder, destination)
    return unknown


def _handwriting(topic: Topic, handed_in: HandedIn, result: SubmissionResult) -> Handwriting:
    if handed_in.notebook is None or result.note is not None:
        return Handwriting()
    try:
        return read_handwriting(handed_in.notebook, topic)
    except UnreadableError:
        return Handwriting()


def _utc(time: datetime) -> str:
    """In nbgrader's own form."""
    return f"{time:%Y-%m-%d %H:%M:%S.%f} UTC\n"
