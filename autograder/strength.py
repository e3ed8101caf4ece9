"""How strong the checks of an exercise are, measured by running the bank against them.

A check is strong if every wrong implementation fails it and is told apart from the others, and
every unusual right implementation passes it, whatever the seed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from autograder.bank import accepted, beliefs, misconceptions
from autograder.checks.hidden import hidden_cases
from course_lib.checks.calling import answer_of_call
from course_lib.checks.cases import Case, Exercise
from course_lib.checks.diagnosis import MIN_CASES, name_belief
from course_lib.checks.judge import judge

__all__ = ["MIN_ACCEPTED", "MIN_MISCONCEPTIONS", "Strength", "measure"]

MIN_MISCONCEPTIONS = 3
MIN_ACCEPTED = 2


@dataclass
class Strength:
    """What held over all seeds. `complaints` are sentences, one for each thing that did not."""

    wrong: int
    killed: int
    told_apart: int
    unusual: int
    passed: int
    complaints: list[str] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        return not self.complaints


def measure(exercise: Exercise, seeds: Sequence[int]) -> Strength:
    """Run the bank against the public cases and, for each seed, the hidden ones."""
    wrong, unusual = misconceptions(exercise), accepted(exercise)
    survivors: set[str] = set()
    confused: set[str] = set()
    refused: set[str] = set()
    complaints = _numbers(exercise, len(wrong), len(unusual))
    draws: list[tuple[str, tuple[Case, ...]]] = [("the public cases", exercise.cases())]
    for seed in seeds:
        cases = hidden_cases(exercise.name, np.random.default_rng(seed))
        draws.append((f"the hidden cases of seed {seed}", cases))
    complaints += _families(exercise, draws)
    for where, cases in draws:
        known = beliefs(exercise, cases)
        for name, belief in known.items():
            if not any(belief.wrong):
                survivors.add(name)
                complaints.append(f"{name} passes {where}")
            named = name_belief(belief.answers, known)
            if named is None or named.name != name:
                confused.add(name)
                reason = _why_confused(sum(belief.wrong), named.name if named else None)
                complaints.append(f"{name} is not told apart by {where}: {reason}")
        for name, function in unusual.items():
            report = judge(exercise, cases, _caller(function))
            if not report.passed:
                refused.add(name)
                first = report.failures[0]
                complaints.append(
                    f"{name} is right but {where} refuse it: {first.case.title}: {first.evidence}"
                )
    return Strength(
        len(wrong), len(wrong) - len(survivors), len(wrong) - len(confused),
        len(unusual), len(unusual) - len(refused), complaints,
    )


def _caller(function: Callable[..., Any]) -> Callable[[Case], Any]:
    return lambda case: answer_of_call(function, case.args, case.kwargs)


def _why_confused(wrong: int, named: str | None) -> str:
    if wrong < MIN_CASES:
        return f"it is wrong on {wrong} case{'s' if wrong != 1 else ''}, and {MIN_CASES} are needed"
    return f"its answers look like {named}'s" if named else "others give the same answers"


def _numbers(exercise: Exercise, wrong: int, unusual: int) -> list[str]:
    found = []
    for have, need, shelf in (
        (wrong, MIN_MISCONCEPTIONS, "misconceptions"),
        (unusual, MIN_ACCEPTED, "accepted"),
    ):
        if have < need:
            place = f"autograder/{shelf}/{exercise.topic}/{exercise.name}.py"
            found.append(f"{place} holds {have} functions; at least {need} are needed")
    return found


def _families(exercise: Exercise, draws: Sequence[tuple[str, tuple[Case, ...]]]) -> list[str]:
    """Hidden families are fixed, and every one of them is probed in public too."""
    public, *hidden = (dict.fromkeys(case.family for case in cases) for _, cases in draws)
    found = []
    for (where, _), families in zip(draws[1:], hidden, strict=True):
        if list(families) != list(hidden[0]):
            found.append(f"{where} hold other families than those of the first seed")
        unseen = [family for family in families if family not in public]
        if unseen:
            found.append(f"no public case probes the hidden family {unseen[0]!r}")
    return found
