"""What grading one submission says: plain frozen values that go to JSON and come back equal."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

Outcome = Literal["passed", "failed", "missing", "error", "needs a look"]
OUTCOMES: tuple[str, ...] = get_args(Outcome)


@dataclass(frozen=True)
class FamilyResult:
    """One public family of hidden cases: its title and whether every case of it was right."""

    title: str
    passed: bool


@dataclass(frozen=True)
class ExerciseResult:
    """The outcome of one exercise, and what may be said about it.

    `summary`, `evidence`, `belief`, `hint` and `families` are shown to the student: they hold
    public titles and public cases, never a hidden number. `for_instructor` is not shown: a
    traceback of ours, the reason for a second look. `points` is None where a person must
    decide (outcomes "error" and "needs a look"): never a silent zero. `seconds` is the CPU time
    of the student's code while it was asked, and takes no part in equality.
    """

    name: str
    kind: str
    outcome: Outcome
    points: float | None
    max_points: float
    summary: str
    evidence: tuple[str, ...] = ()
    belief: str | None = None
    hint: str | None = None
    families: tuple[FamilyResult, ...] = ()
    check_id: str | None = None
    timed_out: bool = False
    for_instructor: str | None = None
    seconds: float = field(default=0.0, compare=False)

    def __post_init__(self) -> None:
        if self.outcome not in OUTCOMES:
            raise ValueError(
                f"outcome must be one of {', '.join(OUTCOMES)}; got {self.outcome!r}"
            )

    @property
    def needs_person(self) -> bool:
        """True when no score may be written: nbgrader's needs_manual_grade."""
        return self.points is None


@dataclass(frozen=True)
class SubmissionResult:
    """One student's notebook, graded; or `note`, the named reason why it could not be.

    `events` are things worth knowing that cost nothing by themselves ("cell helper raised
    NameError"). `sandbox` says what confined the student's code and stays with the result.
    `seconds` is the student's CPU time and takes no part in equality; nor does `died`, whether
    a child ended that no limit had ended.
    """

    student: str
    topic: str
    exercises: tuple[ExerciseResult, ...] = ()
    note: str | None = None
    events: tuple[str, ...] = ()
    sandbox: str = ""
    seconds: float = field(default=0.0, compare=False)
    died: bool = field(default=False, compare=False)

    @property
    def score(self) -> float:
        """Sum of the points given so far; exercises that wait for a person add nothing."""
        return sum(result.points or 0.0 for result in self.exercises)

    @property
    def max_score(self) -> float:
        """Sum of the points that our own notebook sets."""
        return sum(result.max_points for result in self.exercises)

    @property
    def timed_out(self) -> bool:
        """True when a time limit decided something: repeat alone before it counts."""
        return any(result.timed_out for result in self.exercises)

    @property
    def broke_us(self) -> bool:
        """True when something in it is our error."""
        return any(result.outcome == "error" for result in self.exercises)

    @property
    def unsteady(self) -> bool:
        """True when it may be the machine's doing: it counts when it happens again, alone."""
        return self.timed_out or self.died or self.broke_us

    def exercise(self, name: str) -> ExerciseResult:
        """The result called `name`; KeyError names the ones there are."""
        for result in self.exercises:
            if result.name == name:
                return result
        there = ", ".join(result.name for result in self.exercises) or "none"
        raise KeyError(f"no result for {name!r}; this submission has {there}")

    def to_json(self) -> str:
        """One JSON object, keys sorted."""
        exercises = [{**vars(each), "families": [*map(vars, each.families)]}
                     for each in self.exercises]
        return json.dumps({**vars(self), "exercises": exercises}, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> SubmissionResult:
        """The inverse of `to_json`."""
        fields: dict[str, Any] = json.loads(text)
        fields["exercises"] = tuple(_exercise(each) for each in fields["exercises"])
        fields["events"] = tuple(fields["events"])
        return cls(**fields)


def _exercise(fields: Mapping[str, Any]) -> ExerciseResult:
    families = tuple(FamilyResult(**each) for each in fields["families"])
    return ExerciseResult(
        **{**fields, "evidence": tuple(fields["evidence"]), "families": families}
    )
