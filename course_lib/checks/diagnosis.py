"""Naming the belief behind a wrong answer.

For each known wrong implementation we hold its answers to the same cases. A belief is named only
if the learner's answers match exactly one of them: on all cases, or, when no belief matches all,
on every case where that belief differs from the truth. Two such cases are the least.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from course_lib.checks.compare import same
from course_lib.checks.values import Answer

__all__ = ["MIN_CASES", "Belief", "name_belief", "same_answer"]

MIN_CASES = 2


@dataclass(frozen=True)
class Belief:
    """A wrong implementation as seen from outside: its answers, and where they are wrong."""

    name: str
    hint: str
    answers: tuple[Answer, ...]
    wrong: tuple[bool, ...]


def same_answer(first: Answer, second: Answer, *, wrong: bool = True) -> bool:
    """Whether two answers are alike: the same value, or the same failure in the same words.

    Where raising is right (`wrong` is False) the words are free: everybody writes their own.
    Where it is wrong they count, for many mistakes end in a KeyError.
    """
    if first.changed or second.changed:
        return bool(first.changed) == bool(second.changed)
    if first.raised is not None or second.raised is not None:
        return (
            first.raised is not None
            and second.raised is not None
            and first.raised.type == second.raised.type
            and (first.raised.message == second.raised.message or not wrong)
        )
    if first.strange or second.strange or first.stopped or second.stopped:
        return first.stopped == second.stopped and bool(first.strange) == bool(second.strange)
    return same(first.value, second.value)


def name_belief(answers: Sequence[Answer], beliefs: Mapping[str, Belief]) -> Belief | None:
    """The one belief that explains the answers, or None if there is none or more than one."""
    partly: list[Belief] = []
    exact: list[Belief] = []
    for belief in beliefs.values():
        if sum(belief.wrong) < MIN_CASES:
            continue
        both = list(zip(answers, belief.answers, belief.wrong, strict=True))
        # Where the belief is wrong comes first: most are out at the first of these comparisons.
        if all(same_answer(mine, theirs) for mine, theirs, wrong in both if wrong):
            partly.append(belief)
            if all(same_answer(a, b, wrong=False) for a, b, wrong in both if not wrong):
                exact.append(belief)
    found = exact or partly
    return found[0] if len(found) == 1 else None
