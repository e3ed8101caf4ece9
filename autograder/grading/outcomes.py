"""How results are counted and told while they come."""

from __future__ import annotations

from collections import Counter
from typing import Any

from autograder.grading.results import OUTCOMES, SubmissionResult

__all__ = ["counts", "graded_event", "worst"]

GRAVEST = ("error", "needs a look", "failed", "missing", "passed")


def counts(result: SubmissionResult) -> dict[str, int]:
    """Outcome to number of exercises, in a fixed order, without those that do not occur."""
    found: Counter[str] = Counter(each.outcome for each in result.exercises)
    return {outcome: found[outcome] for outcome in OUTCOMES if found[outcome]}


def worst(result: SubmissionResult) -> str:
    """The gravest outcome of a submission; a notebook that could not be read needs a look."""
    found = {each.outcome for each in result.exercises}
    return next((each for each in GRAVEST if each in found), "needs a look")


def graded_event(result: SubmissionResult, done: int, total: int) -> dict[str, Any]:
    """What a program that watches learns of one submission."""
    return {
        "event": "graded", "student": result.student, "topic": result.topic,
        "score": result.score, "max_score": result.max_score, "outcomes": counts(result),
        "note": result.note, "done": done, "total": total,
    }
