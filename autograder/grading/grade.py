"""Grade one handed-in notebook: values come back from the child, the comparison happens here."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from autograder.grading.results import SubmissionResult
from autograder.sandbox.limits import Limits

if TYPE_CHECKING:
    from autograder.catalogue import Topic

__all__ = ["confirm", "grade_one"]


def grade_one(
    source: Path, *, student: str, topic: Topic, secret: bytes, limits: Limits | None = None
) -> SubmissionResult:
    """The result of one submission; never raises for anything the student did.

    A time-out in it counts only when `confirm` gives it again, alone on the machine.
    """
    raise NotImplementedError


def confirm(
    result: SubmissionResult,
    source: Path,
    *,
    topic: Topic,
    secret: bytes,
    limits: Limits | None = None,
) -> SubmissionResult:
    """`result` unless it timed out; then graded once more, alone, and that one counts."""
    raise NotImplementedError
