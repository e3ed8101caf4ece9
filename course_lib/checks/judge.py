"""Judging answers: the same code in the notebook (public cases) and in the grader (hidden ones)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from course_lib.checks.cases import Case, Exercise
from course_lib.checks.evidence import kind_of
from course_lib.checks.values import Answer

__all__ = ["STOPPED", "Report", "Verdict", "judge", "judge_answer"]


@dataclass(frozen=True)
class Verdict:
    """One case judged. `evidence` is a sentence when it is wrong, and "" when it is right."""

    case: Case
    ok: bool
    evidence: str
    answer: Answer
    expected: Answer


@dataclass(frozen=True)
class Report:
    """All cases of one exercise judged."""

    exercise: Exercise
    verdicts: tuple[Verdict, ...]

    @property
    def passed(self) -> bool:
        return bool(self.verdicts) and all(verdict.ok for verdict in self.verdicts)

    @property
    def right(self) -> int:
        return sum(verdict.ok for verdict in self.verdicts)

    @property
    def failures(self) -> tuple[Verdict, ...]:
        return tuple(verdict for verdict in self.verdicts if not verdict.ok)

    @property
    def missing(self) -> bool:
        """Whether nothing is written yet: every call says so."""
        return all(
            verdict.answer.raised is not None
            and verdict.answer.raised.is_a("NotImplementedError")
            for verdict in self.verdicts
        )

    @property
    def families(self) -> dict[str, bool]:
        """For each family of inputs, in order, whether all its cases are right."""
        found: dict[str, bool] = {}
        for verdict in self.verdicts:
            found[verdict.case.family] = found.get(verdict.case.family, True) and verdict.ok
        return found


def judge(
    exercise: Exercise, cases: Iterable[Case], answer_of: Callable[[Case], Answer]
) -> Report:
    """Call for each case, and compare each answer with the reference's."""
    return Report(
        exercise, tuple(judge_answer(exercise, case, answer_of(case)) for case in cases)
    )


def judge_answer(
    exercise: Exercise, case: Case, answer: Answer, expected: Answer | None = None
) -> Verdict:
    """One answer against the reference's answer to the same case (given if it is known)."""
    if expected is None:
        expected = exercise.expected(case)
    evidence = _evidence(exercise, case, answer, expected)
    return Verdict(case, evidence is None, evidence or "", answer, expected)


def _evidence(exercise: Exercise, case: Case, got: Answer, expected: Answer) -> str | None:
    if got.stopped is not None:
        return STOPPED.get(got.stopped, f"the call was stopped ({got.stopped}).")
    if got.changed and got.raised is not None:
        return (
            "your function writes into one of its inputs, and inputs are read-only here. "
            "Work on a copy, for example x = x.copy()."
        )
    if expected.raised is not None:
        return _evidence_of_raising(got, expected)
    if got.raised is not None:
        line = f" (line {got.raised.line} of your function)" if got.raised.line else ""
        return f"your function raised {got.raised.type}: {got.raised.message or 'no message'}{line}"
    if got.changed:
        return f"your function changes its input {got.changed[0]} in place. Work on a copy."
    if got.strange is not None:
        return f"your function returned {got.strange}; expected {kind_of(expected.value)}."
    if got.value is None and expected.value is not None:
        return f"your function returned None; expected {kind_of(expected.value)}. Is return there?"
    return exercise.compare(got.value, expected.value, case)


def _evidence_of_raising(got: Answer, expected: Answer) -> str | None:
    assert expected.raised is not None
    wanted = expected.raised.type
    if got.raised is not None and got.raised.is_a(wanted):
        return None
    if got.raised is not None:
        other = f"{got.raised.type}: {got.raised.message or 'no message'}"
        return f"expected {wanted}, but your function raised {other}"
    what = kind_of(got.value) if got.strange is None else got.strange
    return f"expected {wanted} to be raised, but your function returned {what}."


STOPPED = {
    "time": "your function ran out of time. Is there a loop that never ends?",
    "died": "your function ended the Python process. Return a value instead of exiting.",
    "message": "your function returned more data than can be compared.",
}
