"""What is left to do for each submission, by what was stored about it before.

The key of a result is (assignment, student, hash of the submission, hash of the checks). What is
stored under the same key is not graded again; at most its folder in autograded/ is made again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from autograder.grading.fingerprint import submission_hash
from autograder.grading.handed_in import HandedIn
from autograder.grading.notebook_file import UnreadableError, read_bytes
from autograder.grading.results import SubmissionResult
from autograder.grading.store import Stored
from autograder.grading.write import Finished, has_stamp

__all__ = ["Todo", "hash_of", "left_to_do"]


@dataclass(frozen=True)
class Todo:
    """One of: grade it (`kept` is not graded again); record `known` again; make its folder."""

    handed_in: HandedIn
    grade: bool = False
    kept: SubmissionResult | None = None
    known: Finished | None = None
    record: bool = False


def left_to_do(
    handed_in: HandedIn,
    before: Stored | None,
    checks: Mapping[str, str],
    graded: Path,
    *,
    force: bool,
) -> Todo | None:
    """What to do about a submission; None if its result and its folder `graded` are up to date."""
    if force or before is None:
        return Todo(handed_in, grade=True)
    now = hash_of(handed_in)
    if now != before.submission:
        return Todo(handed_in, grade=True)
    good = before.still_good(checks)
    if good is None:
        return Todo(handed_in, grade=True, kept=before.part(checks))
    known = Finished(handed_in, good, now)
    changed = good != before.result or checks != before.checks
    if changed or handed_in.time not in (None, before.time):
        return Todo(handed_in, known=known, record=True)
    if not has_stamp(graded, known.stamp):
        return Todo(handed_in, known=known)
    return None


def hash_of(handed_in: HandedIn) -> str:
    """The hash of a notebook as it lies there, or of the reason why there is none."""
    if handed_in.notebook is None:
        return submission_hash(handed_in.note or "")
    try:
        return submission_hash(read_bytes(handed_in.notebook))
    except UnreadableError as error:
        return submission_hash(error.note)
