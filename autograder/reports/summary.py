"""The numbers of a class in one topic, before they become a page or a table."""

from __future__ import annotations

import hashlib
import hmac
import inspect
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median

from autograder.bank import belief_text
from autograder.catalogue import Topic
from autograder.grading.results import OUTCOMES, ExerciseResult, SubmissionResult
from autograder.reports.alike import Alike
from autograder.reports.marks import Mark
from course_lib.checks.cases import Exercise, declaration

__all__ = ["BeliefCount", "ClassSummary", "ExerciseCount", "Pupil", "summary_of", "without_names"]


@dataclass(frozen=True)
class ExerciseCount:
    """One exercise over the class. Seconds are CPU time of the students' code."""

    name: str
    kind: str
    max_points: float
    outcomes: Mapping[str, int]
    median_seconds: float
    most_seconds: float

    @property
    def submissions(self) -> int:
        """How many results there are."""
        return sum(self.outcomes.values())

    @property
    def pass_rate(self) -> float:
        """Share of the results that passed, between 0 and 1."""
        return self.outcomes["passed"] / max(1, self.submissions)


@dataclass(frozen=True)
class BeliefCount:
    """A misconception: who has it, what it says to them, and why people believe it."""

    exercise: str
    belief: str
    students: tuple[str, ...]
    line: str
    why: str
    share: float

    @property
    def words(self) -> str:
        """The name of the belief as words."""
        return self.belief.replace("_", " ")


@dataclass(frozen=True)
class Pupil:
    """One line of the table of students; `late` and `more`, the extension, in seconds."""

    id: str
    name: str
    score: float
    most: float
    passed: int
    exercises: int
    waiting: tuple[str, ...]
    late: float
    penalty: float
    note: str | None
    events: tuple[str, ...]
    more: float = 0.0


@dataclass(frozen=True)
class ClassSummary:
    """Everything the report of one topic shows."""

    topic: str
    exercises: tuple[ExerciseCount, ...]
    beliefs: tuple[BeliefCount, ...]
    pupils: tuple[Pupil, ...]
    alike: tuple[Alike, ...] = ()
    absent: tuple[str, ...] = ()
    named: bool = True
    unconfined: int = 0

    @property
    def most(self) -> float:
        """The most points there are; 0 for a topic without points."""
        return max((each.most for each in self.pupils), default=0.0)

    @property
    def shares(self) -> list[float]:
        """Each student's share of the points, or of the exercises if there are no points."""
        if self.most > 0:
            return [each.score / each.most if each.most else 0.0 for each in self.pupils]
        return [each.passed / max(1, each.exercises) for each in self.pupils]


def summary_of(
    topic: Topic,
    results: Sequence[SubmissionResult],
    marks: Sequence[Mark] = (),
    alike: Sequence[Alike] = (),
    most: float | None = None,
) -> ClassSummary:
    """The summary of one topic. Scores are the gradebook's where `marks` has them.

    `most` are the points of the release, open questions included.
    """
    results = sorted(results, key=lambda each: each.student)
    by_student = {each.person.id: each for each in marks if each.handed_in}
    return ClassSummary(
        topic.slug,
        tuple(_exercise(name, results) for name in _names(topic, results)),
        tuple(_beliefs(results)),
        tuple(_pupil(each, by_student.get(each.student), most) for each in results),
        tuple(alike),
        tuple(each.person.id for each in marks if not each.handed_in),
        unconfined=sum(each.sandbox.startswith("none") for each in results),
    )


def without_names(summary: ClassSummary, secret: bytes) -> ClassSummary:
    """The same for showing in class: numbers for students, in an order that only we know.

    Whoever shares code, and remarks that quote what students wrote, are left out.
    """
    def drawn(pupil: Pupil) -> bytes:
        return hmac.digest(secret, f"report\0{summary.topic}\0{pupil.id}".encode(
            "utf-8", "surrogatepass"), hashlib.sha256)

    order = sorted(summary.pupils, key=drawn)
    digits = len(str(len(order)))
    names = {each.id: f"student {place + 1:0{digits}d}" for place, each in enumerate(order)}
    return replace(
        summary,
        pupils=tuple(
            replace(each, id=names[each.id], name=names[each.id], events=(), late=0.0, penalty=0.0,
                    more=0.0)
            for each in order
        ),
        beliefs=tuple(
            replace(each, students=tuple(names[name] for name in each.students))
            for each in summary.beliefs
        ),
        alike=(), absent=(), named=False,
    )


def _names(topic: Topic, results: Sequence[SubmissionResult]) -> list[str]:
    """Our exercises in the order of the notebook, then an instructor's own assert cells."""
    ours = [each.name for each in topic.exercises]
    others = {each.name for result in results for each in result.exercises} - {*ours}
    return [*ours, *sorted(others)]


def _exercise(name: str, results: Sequence[SubmissionResult]) -> ExerciseCount:
    found = [each for result in results for each in result.exercises if each.name == name]
    counted = Counter(each.outcome for each in found)
    seconds = [each.seconds for each in found if each.outcome in ("passed", "failed")] or [0.0]
    first: ExerciseResult | None = found[0] if found else None
    return ExerciseCount(
        name, first.kind if first else "", first.max_points if first else 0.0,
        {outcome: counted[outcome] for outcome in OUTCOMES},  # type: ignore[index]
        median(seconds), max(seconds),
    )


def _beliefs(results: Sequence[SubmissionResult]) -> list[BeliefCount]:
    found: dict[tuple[str, str], list[str]] = {}
    tried: Counter[str] = Counter()
    for result in results:
        for each in result.exercises:
            tried[each.name] += each.outcome in ("passed", "failed")
            if each.belief:
                found.setdefault((each.name, each.belief), []).append(result.student)
    counts = []
    for (exercise, belief), students in found.items():
        line, why = _explained(exercise, belief)
        share = len(students) / max(1, tried[exercise])
        counts.append(BeliefCount(exercise, belief, tuple(students), line, why, share))
    return sorted(counts, key=lambda each: (-len(each.students), each.exercise, each.belief))


def _explained(exercise: str, belief: str) -> tuple[str, str]:
    """The first line of the bank's text, and the rest; empty if the bank has it no longer."""
    try:
        declared = declaration(exercise)
        text = belief_text(declared, belief) if isinstance(declared, Exercise) else ""
    except KeyError:
        text = ""
    line, _, why = inspect.cleandoc(text).partition("\n")
    return line.strip(), " ".join(why.split())


def _pupil(result: SubmissionResult, mark: Mark | None, most: float | None) -> Pupil:
    """What the gradebook knows wins: a person may have graded what we left open."""
    waiting = tuple(each.name for each in result.exercises if each.needs_person)
    if mark is not None:
        waiting = tuple(name.removeprefix("check_") for name in mark.waiting)
    name = mark.person.name if mark else result.student
    score = mark.score if mark else result.score
    return Pupil(
        result.student, name, score, result.max_score if most is None else most,
        sum(each.outcome == "passed" for each in result.exercises), len(result.exercises),
        waiting, mark.late if mark else 0.0, mark.penalty if mark else 0.0,
        result.note, result.events, mark.more if mark else 0.0,
    )
