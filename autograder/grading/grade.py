"""Grade one handed-in notebook: values come back from the child, the comparison happens here.

`grade_one` is the only way to a score: the command line, nbgrader's autograde and the batch all
go through it. It never raises for anything the student did, and a fault of ours is never a zero.
"""

from __future__ import annotations

import re
import sys
import traceback
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from autograder.catalogue import ExerciseCell, Topic
from autograder.grading.asserts import judged_asserts
from autograder.grading.judging import Asked, Child, Telling, judged
from autograder.grading.notebook_file import UnreadableError
from autograder.grading.results import ExerciseResult, SubmissionResult
from autograder.grading.secret import Secret, rng_for
from autograder.grading.submission import RunCell, Submission, read_submission
from autograder.sandbox.limits import Limits
from autograder.sandbox.session import Ran, Session
from course_lib.checks.cases import declaration
from course_lib.checks.values import Answer

__all__ = ["Grading", "confirm", "grade_one"]

# Right and wrong code of a kill task run on the student's values in a child of our own, so that
# inputs which take forever or fill the memory stop that child and not the grader.
REFEREE = """
from course_lib.checks.cases import declaration
from course_lib.checks.killing import judge_kill
from course_lib.checks.values import Answer

def ruling(name, value):
    return judge_kill(declaration(name), Answer(value=value))
"""

def grade_one(
    source: Path | bytes,
    *,
    student: str,
    topic: Topic,
    secret: Secret,
    limits: Limits | None = None,
    kept: SubmissionResult | None = None,
) -> SubmissionResult:
    """The result of one submission; never raises for anything the student did.

    A time-out in it counts only when `confirm` gives it again, alone on the machine. What `kept`
    holds is taken from there and not judged again: an earlier result of the same submission.
    """
    try:
        submission = read_submission(source, topic)
    except UnreadableError as error:
        return _unreadable(error, student, topic)
    try:
        with Grading(submission, student, topic, secret, limits or Limits()) as grading:
            return grading.result(kept)
    except Exception:
        return _all_alike(student, topic, "error", OUR_FAULT, traceback.format_exc())


def confirm(
    result: SubmissionResult,
    source: Path | bytes,
    *,
    topic: Topic,
    secret: Secret,
    limits: Limits | None = None,
) -> SubmissionResult:
    """`result` unless chance may be in it; then graded once more, alone, and that one counts."""
    if not result.unsteady:
        return result
    return grade_one(source, student=result.student, topic=topic, secret=secret, limits=limits)


OUR_FAULT = "The grader failed here, and your work was not judged. Your instructor looks at it."
UNSTEADY = "It is not right, but it is when it runs by itself: it depends on what ran before."
DOUBTFUL = "There are several cells for {name}. Your instructor looks at them."


class Grading:
    """The course of grading one submission, as a context that owns its children."""

    def __init__(
        self, submission: Submission, student: str, topic: Topic, secret: Secret, limits: Limits
    ) -> None:
        self.submission, self.student, self.topic = submission, student, topic
        self.secret, self.limits = secret, limits
        self.events = list(submission.events)
        self.ran: dict[str, Ran] = {}
        self.slow = False
        self.results: dict[str, ExerciseResult] = {}
        self.replaced: set[str] = set()
        self.children = ExitStack()
        self.session = Session(limits)
        self.used: dict[str, tuple[str, ...]] = {}
        self.untold: dict[str, tuple[frozenset[str], Telling]] = {}
        self._referee: Session | None = None
        self.deaths = 0  # of children that are gone by now

    def __enter__(self) -> Grading:
        self.children.enter_context(self.session)
        return self

    def __exit__(self, *error: Any) -> None:
        self.children.close()

    def reach(self, name: str) -> None:
        """Run all cells and grade what comes before an exercise, as `result` does."""
        for cell in self.submission.cells:
            self._run(cell)
        for exercise in self.topic.exercises:
            if exercise.name == name:
                self._stand_in_for(exercise.depends)
                return
            self.results[exercise.name] = self._graded(exercise)

    def result(self, kept: SubmissionResult | None = None) -> SubmissionResult:
        """Everything of one submission; what is in `kept` as it stands there."""
        known = {each.name: each for each in kept.exercises} if kept else {}
        told = kept.events if kept else ()
        self.events += [each for each in told if each.partition(" uses ")[0] in known]
        for cell in self.submission.cells:
            self._run(cell)
        # Before anything of ours stands in: an instructor's asserts are about the student's code.
        asserted = [
            known.get(cell.name) or judged_asserts(cell, self.session)
            for cell in self.topic.assert_cells
        ]
        self._look_at_uses()
        for exercise in self.topic.exercises:
            if exercise.name in known:
                self.results[exercise.name] = known[exercise.name]
                continue
            before = self.session.own_cpu_seconds
            graded = self._graded(exercise)
            taken = max(0.0, round(self.session.own_cpu_seconds - before, 4))
            self.results[exercise.name] = replace(graded, seconds=taken)
        self._tell()
        asked = (self.session, self._referee)
        return SubmissionResult(
            self.student,
            self.topic.slug,
            (*self.results.values(), *asserted),
            None,
            tuple(self.events),
            self.session.confinement,
            round(self.session.cpu_seconds, 3),
            died=self.deaths + sum(each.deaths for each in asked if each is not None) > 0,
        )

    def _run(self, cell: RunCell) -> None:
        """Run a cell; its error is an event, and the reason if its exercise is not there."""
        ran = self.session.run(cell.source)
        self.slow = self.slow or ran.stopped == "time"
        for name in cell.exercises:
            self.ran[name] = ran
        if ran.stopped is not None or ran.error is not None:
            stands = ", ".join(cell.exercises) or cell.name
            what = f"was stopped ({ran.stopped})" if ran.stopped else f"raised {ran.error}"
            self.events.append(f"{cell.role} cell {stands}: {what}")

    def _graded(self, exercise: ExerciseCell) -> ExerciseResult:
        asked = Asked(
            exercise,
            declaration(exercise.name),
            self.ran.get(exercise.name),
            self.slow,
            self.submission.unused,
        )
        try:
            self._stand_in_for(exercise.depends)
            rng = rng_for(self.secret, self.topic.slug, self.student, exercise.name)
            result = judged(asked, self.session, rng, self._ruling, self._later(exercise.name))
            if result.outcome == "failed" and exercise.kind != "exercise":
                result = self._told_innocently(result, asked, rng)
        except Exception:
            return asked.result("error", OUR_FAULT, for_instructor=traceback.format_exc())
        if result.outcome == "passed" and exercise.kind == "exercise":
            expected = _words_of(self.topic)
            for used in self.used.get(exercise.name, ()):
                if _is_of_library(used) and used.rpartition(".")[2] not in expected:
                    self.events.append(f"{exercise.name} uses {used}")
        if exercise.name in self.submission.doubtful:
            self.untold.pop(exercise.name, None)
            seen = f"Run one after the other they give: {result.outcome}. {result.summary}".strip()
            sentence = DOUBTFUL.format(name=exercise.name)
            return asked.result("needs a look", sentence, for_instructor=seen)
        return result

    def _stand_in_for(self, depends: tuple[str, ...]) -> None:
        """What a failed prerequisite breaks was paid for there: ours takes its place."""
        for name in depends:
            before = self.results.get(name)
            if before is None or before.outcome == "passed" or before.kind != "exercise":
                continue
            if name not in self.replaced:
                self.session.use_reference(name)
                self.replaced.add(name)

    def _look_at_uses(self) -> None:
        """What functions take from the library, asked before the child knows a hidden number."""
        for exercise in self.topic.exercises:
            if exercise.kind == "exercise":
                self.used[exercise.name] = self.session.library_use(exercise.name)

    def _later(self, name: str) -> Callable[[Telling], None]:
        def take(telling: Telling) -> None:
            self.untold[name] = frozenset(self.replaced), telling

        return take

    def _told_innocently(
        self, result: ExerciseResult, asked: Asked, rng: np.random.Generator
    ) -> ExerciseResult:
        """A quiz or kill task that fails, in the words of a child that has nothing to tell."""
        if not any(each.kind == "exercise" for each in self.results.values()):
            return result  # nothing hidden was asked yet

        def told(witness: Child) -> ExerciseResult:
            again = judged(asked, witness, rng, self._ruling)
            failed = again.outcome == "failed"
            return again if failed else replace(result, summary=UNSTEADY, evidence=())

        self._later(asked.cell.name)(told)
        return result

    def _tell(self) -> None:
        """Say why things fail, in a child that never saw a hidden case and has nobody to ask.

        The child that saw them is ended first: two that run at once have ways to talk, if only
        by how busy they keep the machine.
        """
        if not self.untold:
            return
        self.session.close()
        with Session(self.limits) as witness:
            for cell in self.submission.cells:
                witness.run(cell.source)
            seen: frozenset[str] = frozenset()
            for name, (replaced, telling) in self.untold.items():
                for other in sorted(replaced - seen):
                    witness.use_reference(other)
                seen |= replaced
                self.results[name] = _in_words(self.results[name], telling, witness)
            self.deaths += witness.deaths

    def _ruling(self, name: str, value: Any) -> Answer:
        if self._referee is None:
            self._referee = self.children.enter_context(Session(self.limits))
            self._referee.run(REFEREE)
        return self._referee.call("ruling", (name, value))


def _in_words(result: ExerciseResult, telling: Telling, witness: Child) -> ExerciseResult:
    """The same outcome with all that is shown taken from the witness."""
    try:
        told = telling(witness)
    except Exception:
        trace = traceback.format_exc()
        return replace(result, outcome="error", points=None, summary=OUR_FAULT, evidence=(),
                       for_instructor=trace)
    return replace(
        result, summary=told.summary, evidence=told.evidence, belief=told.belief, hint=told.hint,
        timed_out=result.timed_out or told.timed_out, for_instructor=told.for_instructor,
    )


def _is_of_library(told: str) -> bool:
    """Whether there is such a name: the child could tell anything."""
    module, _, name = told.rpartition(".")
    return module.startswith("course_lib.") and hasattr(sys.modules.get(module), name)


def _words_of(topic: Topic) -> set[str]:
    """The words of our own solutions: what they take from the library, a student may take too.

    Of the whole notebook, because its functions call one another.
    """
    ours = {exercise.cell_id for exercise in topic.exercises}
    sources = (cell["source"] for cell in topic.cells if cell["id"] in ours)
    return set(re.findall(r"\w+", " ".join(sources)))


def _unreadable(error: UnreadableError, student: str, topic: Topic) -> SubmissionResult:
    sentence = f"Your notebook could not be graded: {error.note}. {error}"
    return _all_alike(student, topic, "needs a look", sentence, None, note=error.note)


def _all_alike(
    student: str,
    topic: Topic,
    outcome: Any,
    summary: str,
    trace: str | None,
    note: str | None = None,
) -> SubmissionResult:
    exercises = tuple(
        ExerciseResult(
            each.name, each.kind, outcome, None, each.points, summary,
            check_id=each.check_id, for_instructor=trace,
        )
        for each in topic.exercises
    )
    return SubmissionResult(student, topic.slug, exercises, note, ())
