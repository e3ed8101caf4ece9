"""One exercise of one submission again, case by case, with the numbers: for the instructor.

The same secret draws the same hidden cases as when it was graded. What comes out here is never
shown to students.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from autograder.catalogue import Topic
from autograder.checks.hidden import hidden_cases
from autograder.grading.grade import Grading
from autograder.grading.secret import rng_for
from autograder.grading.submission import read_submission
from autograder.sandbox.limits import Limits
from course_lib.checks.cases import Case, Exercise, declaration
from course_lib.checks.judge import Verdict, judge_answer
from course_lib.checks.values import Answer

__all__ = ["Rehearsal", "Side", "rehearsal", "replayed"]

Side = Literal["visible", "hidden"]


@dataclass
class Rehearsal:
    """A submission whose cells have run, waiting for calls to one exercise."""

    grading: Grading
    exercise: Exercise
    stopped: bool = False

    def cases(self, side: Side) -> Sequence[Case]:
        """The public cases, or this student's hidden ones."""
        if side == "visible":
            return self.exercise.cases()
        grading = self.grading
        rng = rng_for(grading.secret, grading.topic.slug, grading.student, self.exercise.name)
        return hidden_cases(self.exercise.name, rng)

    def verdicts(self, cases: Sequence[Case]) -> Iterator[Verdict]:
        """Call after call; after one that had to be stopped the rest is not tried."""
        for case in cases:
            if self.stopped:
                answer = Answer(stopped="not tried")
            else:
                answer = self.grading.session.call(self.exercise.name, case.args, case.kwargs)
                self.stopped = answer.stopped is not None
            yield judge_answer(self.exercise, case, answer)


@contextmanager
def rehearsal(
    source: Path,
    name: str,
    *,
    student: str,
    topic: Topic,
    secret: bytes,
    limits: Limits | None = None,
) -> Iterator[Rehearsal]:
    """Run a submission up to an exercise. Raises UnreadableError as grading would note it.

    Raises ValueError for a quiz or a kill task, which have no cases.
    """
    declared = declaration(name)
    if not isinstance(declared, Exercise):
        raise ValueError(f"{name} is a {declared.kind}; only a function has cases to replay.")
    submission = read_submission(source, topic)
    with Grading(submission, student, topic, secret, limits or Limits()) as grading:
        grading.reach(name)
        yield Rehearsal(grading, declared)


def replayed(
    source: Path,
    name: str,
    *,
    student: str,
    topic: Topic,
    secret: bytes,
    limits: Limits | None = None,
) -> list[Verdict]:
    """The hidden cases of one student's exercise, each with expected and got."""
    with rehearsal(
        source, name, student=student, topic=topic, secret=secret, limits=limits
    ) as stage:
        return list(stage.verdicts(stage.cases("hidden")))
