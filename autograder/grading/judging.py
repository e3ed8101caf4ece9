"""One exercise of one submission: ask the child, compare here, decide, and say why.

The child gives values and nothing else. Reference, comparison, hidden answers and the bank of
beliefs are on this side.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from autograder.bank import diagnose
from autograder.catalogue import ExerciseCell
from autograder.checks.hidden import hidden_answers, hidden_cases
from autograder.grading.feedback import (
    evidence_of,
    families_of,
    printable,
    stopped_cell,
    stopped_sentence,
    summary_of,
)
from autograder.grading.results import ExerciseResult, Outcome
from autograder.sandbox.session import Ran
from course_lib.checks.cases import Case, Declaration, Exercise, Kill, Quiz
from course_lib.checks.diagnosis import Belief
from course_lib.checks.judge import Report, Verdict, judge_answer
from course_lib.checks.report import quiz_text
from course_lib.checks.values import Answer, encode

__all__ = ["Asked", "Child", "Telling", "judged"]

LARGEST_INPUTS = 1_000_000  # bytes


class Child(Protocol):
    """What judging needs of a session."""

    def describe(self, name: str) -> str: ...

    def call(
        self, name: str, args: tuple[Any, ...] = ..., kwargs: Mapping[str, Any] = ...
    ) -> Answer: ...

    def calls(
        self, name: str, inputs: Iterable[tuple[tuple[Any, ...], Mapping[str, Any]]]
    ) -> Iterable[Answer]: ...

    def read(self, name: str) -> Answer: ...


Referee = Callable[[str, Any], Answer]
Telling = Callable[[Child], ExerciseResult]


@dataclass(frozen=True)
class Asked:
    """One exercise to judge: its cell, its declaration, and how the student's cells ended.

    `ran` is how the exercise's own cell ended (None if there is none); `slow` says that some
    cell ran out of time, so that whatever fails may fail for that; `unused` are names that
    stand in cells which do not run.
    """

    cell: ExerciseCell
    declared: Declaration
    ran: Ran | None
    slow: bool
    unused: frozenset[str] = frozenset()

    def result(self, outcome: Outcome, summary: str, **more: Any) -> ExerciseResult:
        """All points or none; None where a person must decide."""
        points = {"passed": self.cell.points, "failed": 0.0, "missing": 0.0}.get(outcome)
        timed_out = (more.pop("timed_out", False) or self.slow) and outcome == "failed"
        evidence = tuple(printable(line) for line in more.pop("evidence", ()))
        return ExerciseResult(
            self.cell.name, self.cell.kind, outcome, points, self.cell.points, printable(summary),
            evidence=evidence, check_id=self.cell.check_id, timed_out=timed_out, **more,
        )


def judged(
    asked: Asked,
    child: Child,
    rng: np.random.Generator,
    referee: Referee,
    later: Callable[[Telling], None] | None = None,
) -> ExerciseResult:
    """The result of one exercise. What raises here is our fault, never the student's.

    What is shown of a function that fails comes from a child that never saw a hidden case,
    because one that remembers hidden inputs could tell them. `later` takes what asks that child;
    until then the result has no words. Without `later`, `child` itself is asked.
    """
    kind = child.describe(asked.cell.name)
    if kind == "missing":
        return _nothing_there(asked)
    if isinstance(asked.declared, Quiz):
        return _judge_quiz(asked, asked.declared, child.read(asked.cell.name))
    if kind in ("class", "value"):
        article = "a class" if kind == "class" else "no function"
        sentence = f"{asked.cell.name} is {article}; the exercise asks for a function."
        return asked.result("failed", sentence)
    if isinstance(asked.declared, Kill):
        return _judge_kill(asked, child.call(asked.cell.name), referee)
    return _judge_exercise(asked, asked.declared, child, rng, later)


def _nothing_there(asked: Asked) -> ExerciseResult:
    name, ran = asked.cell.name, asked.ran
    if ran is not None and ran.stopped is not None:
        sentence = f"Your cell {stopped_cell(ran.stopped)} So there is no {name} to try."
        return asked.result("failed", sentence, timed_out=ran.stopped == "time")
    if ran is not None and ran.error is not None:
        return asked.result("failed", f"Your cell stops with {ran.error}. So there is no {name}.")
    if name in asked.unused:
        sentence = f"{name} stands in a cell that is not run for grading. Use its own cell."
        return asked.result("missing", sentence)
    return asked.result("missing", "Nothing is written yet.")


def _judge_exercise(
    asked: Asked,
    exercise: Exercise,
    child: Child,
    rng: np.random.Generator,
    later: Callable[[Telling], None] | None,
) -> ExerciseResult:
    cases = hidden_cases(exercise.name, rng)
    public = list(exercise.cases())
    decoys = {int(rng.integers(len(cases))): public[rng.integers(len(public))] for _ in range(2)}
    hidden = _report(exercise, cases, child, decoys)
    if hidden.passed and len(hidden.verdicts) == len(cases):
        # A visible case may probe what this draw of hidden ones happens not to.
        visible = _report(exercise, public, child)
        if not visible.passed or len(visible.verdicts) < len(public):
            return _failed(asked, exercise, tuple(public), visible, child, later)
        titles = dict.fromkeys(case.family for case in cases)
        return asked.result("passed", "All cases pass.", families=families_of(hidden, titles))
    if hidden.missing:
        return asked.result("missing", "Nothing is written yet.")
    return _failed(asked, exercise, cases, hidden, child, later)


def _failed(
    asked: Asked,
    exercise: Exercise,
    cases: tuple[Case, ...],
    hidden: Report,
    child: Child,
    later: Callable[[Telling], None] | None,
) -> ExerciseResult:
    families = families_of(hidden, dict.fromkeys(case.family for case in cases))
    last = hidden.verdicts[-1].answer
    if last.stopped is not None:
        return asked.result(
            "failed", stopped_sentence(last.stopped), families=families,
            timed_out=last.stopped == "time",
        )

    def told(witness: Child) -> ExerciseResult:
        public = _report(exercise, exercise.cases(), witness)
        belief, trouble = _belief(exercise, public.verdicts + hidden.verdicts)
        return asked.result(
            "failed",
            summary_of(hidden, public, families),
            evidence=evidence_of(public, asked.unused),
            belief=belief.name if belief else None,
            hint=belief.hint if belief else next(iter(exercise.hints), None),
            families=families,
            timed_out=public.verdicts[-1].answer.stopped == "time",
            for_instructor=trouble,
        )

    if later is None:
        return told(child)
    later(told)
    return asked.result("failed", "", families=families)


def _belief(
    exercise: Exercise, verdicts: tuple[Verdict, ...]
) -> tuple[Belief | None, str | None]:
    """The belief behind the answers. If the bank fails, the outcome still stands."""
    cases, answers = [v.case for v in verdicts], [v.answer for v in verdicts]
    try:
        return diagnose(exercise, cases, answers), None
    except Exception:
        return None, traceback.format_exc()


def _report(
    exercise: Exercise, cases: Iterable[Case], child: Child, decoys: Mapping[int, Case] = {}
) -> Report:
    """Judge case after case; after a stop the rest is not tried, so it costs once.

    A decoy is called before the case of that number, so that how many calls came before tells the
    student's code nothing. It counts only if it has to be stopped.
    """
    asked: list[tuple[Case, bool]] = []
    for number, case in enumerate(cases):
        if number and number in decoys:
            asked.append((decoys[number], False))
        asked.append((case, True))
    answers = child.calls(exercise.name, ((case.args, case.kwargs) for case, _ in asked))
    return Report(exercise, tuple(
        _verdict(exercise, case, answer)
        for (case, counts), answer in zip(asked, answers, strict=False)
        if counts or answer.stopped is not None
    ))


def _verdict(exercise: Exercise, case: Case, answer: Answer) -> Verdict:
    """As `judge_answer`, but an answer that cannot even be compared is wrong, not our fault."""
    try:
        return judge_answer(exercise, case, answer)
    except Exception:
        expected = exercise.expected(case)
        right = judge_answer(exercise, case, expected)  # raises again if the comparison is broken
        if not right.ok:
            raise
        sentence = "your function returned something that cannot be compared with the result."
        return Verdict(case, False, sentence, answer, expected)


def _judge_quiz(asked: Asked, quiz: Quiz, answer: Answer) -> ExerciseResult:
    name, given = quiz.name, answer.value
    if answer.stopped is not None or not isinstance(given, dict):
        return asked.result("failed", f"{name} must be a dictionary with your answers.")
    given = {item: given.get(item) for item in quiz.items}
    if all(each is None for each in given.values()):
        return asked.result("missing", "Nothing is answered yet.")
    truth = hidden_answers(name)
    right = [item for item in quiz.items if _same_answer(quiz, item, given[item], truth[item])]
    summary = f"{len(right)} of {len(quiz.items)} answers are right."
    if len(right) == len(quiz.items):
        return asked.result("passed", summary)
    wrong = {item: each if _readable(quiz, item, each) else "" for item, each in given.items()}
    lines = quiz_text(quiz, wrong)[0].splitlines()
    return asked.result("failed", summary, evidence=tuple(line.strip() for line in lines))


def _same_answer(quiz: Quiz, item: str, given: Any, truth: Any) -> bool:
    if not _readable(quiz, item, given):
        return False
    return quiz.items[item].normal(given) == quiz.items[item].normal(truth)


def _readable(quiz: Quiz, item: str, given: Any) -> bool:
    """False for what no question expects, such as a whole number of a thousand digits."""
    try:
        return given is None or quiz.items[item].normal(given) is not None
    except (OverflowError, ValueError):
        return False


def _judge_kill(asked: Asked, answer: Answer, referee: Referee) -> ExerciseResult:
    if answer.stopped is not None:
        sentence = stopped_sentence(answer.stopped)
        return asked.result("failed", sentence, timed_out=answer.stopped == "time")
    if answer.raised is not None and answer.raised.is_a("NotImplementedError"):
        return asked.result("missing", "Nothing is written yet.")
    if answer.raised is not None:
        raised = f"{answer.raised.type}: {answer.raised.message}"
        return asked.result("failed", f"Your function raised {raised}")
    if answer.strange is not None:
        return asked.result("failed", f"Your function returned {answer.strange}.")
    if len(encode(answer.value)) > LARGEST_INPUTS:
        return asked.result("failed", "Your inputs are too large. Smaller ones are enough.")
    ruling = referee(asked.cell.name, answer.value)
    if ruling.stopped is not None:
        return asked.result("failed", "Your inputs take too long to try. Smaller ones are enough.")
    if ruling.raised is not None or ruling.strange is not None:
        raise RuntimeError(f"the referee of {asked.cell.name} failed: {ruling}")
    if ruling.value is None:
        return asked.result("passed", "Your inputs expose the wrong implementation.")
    sentence = str(ruling.value)
    return asked.result("failed", f"{sentence[:1].upper()}{sentence[1:]}.".replace("..", "."))
