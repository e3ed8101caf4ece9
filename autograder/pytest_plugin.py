"""`pytest --submission FILE autograder`: every family of cases of one notebook as a test.

Registered while pytest runs, by autograder/conftest.py, because autograder is not installed. The
notebook runs in the sandbox, exercise by exercise; hidden cases are those of `--student`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

import pytest

from autograder.catalogue import ROOT, Catalogue, CatalogueError
from autograder.grading.grade import grade_one
from autograder.grading.notebook_file import UnreadableError
from autograder.grading.replay import Rehearsal, Side, rehearsal
from autograder.grading.results import SubmissionResult
from autograder.grading.secret import course_secret
from course_lib.checks.cases import Case

__all__ = ["pytest_addoption", "pytest_collect_file"]

SIDES: tuple[Side, Side] = ("visible", "hidden")


class NotRight(AssertionError):
    """What the item shows instead of a traceback."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Four options; without --submission nothing is collected."""
    group = parser.getgroup("autograder")
    group.addoption("--submission", type=Path, metavar="FILE", help="a notebook to judge")
    group.addoption("--topic", metavar="TOPIC", help="its topic, if the file's name does not say")
    group.addoption("--course", type=Path, default=ROOT, metavar="FOLDER", help="with solutions/")
    group.addoption("--student", default="anonymous", metavar="ID", help="whose hidden cases")


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """This file stands for the submission."""
    if file_path.name != Path(__file__).name or parent.config.getoption("submission") is None:
        return None
    collector: pytest.Collector = SubmissionFile.from_parent(parent, path=file_path)
    return collector


class SubmissionFile(pytest.File):
    """One notebook: a group of items for each exercise."""

    def collect(self) -> Iterator[pytest.Collector | pytest.Item]:
        source: Path = self.config.getoption("submission")
        if not source.is_file():
            raise pytest.UsageError(f"--submission: there is no file {source}")
        course: Path = self.config.getoption("course")
        name = self.config.getoption("topic") or source.stem
        try:
            topic = Catalogue(course).topic(name)
        except CatalogueError as error:
            raise pytest.UsageError(f"--topic: {error}") from None
        self.student: str = self.config.getoption("student")
        self.submission, self.topic, self.secret = source, topic, course_secret(course)
        self._result: SubmissionResult | None = None
        for exercise in topic.exercises:
            if exercise.kind == "exercise":
                yield ExerciseItems.from_parent(self, name=exercise.name)
            else:
                yield WholeItem.from_parent(self, name=exercise.name)

    def result(self) -> SubmissionResult:
        """Everything graded, once, for what has no families."""
        if self._result is None:
            self._result = grade_one(
                self.submission, student=self.student, topic=self.topic, secret=self.secret
            )
        return self._result


class ExerciseItems(pytest.Collector):
    """The families of one exercise; its cells run when the first item does."""

    parent: SubmissionFile

    def collect(self) -> Iterator[pytest.Item]:
        for side in SIDES:
            for family in dict.fromkeys(case.family for case in self._cases(side)):
                name = f"{side}: {family}"
                yield FamilyItem.from_parent(self, name=name, side=side, family=family)

    def setup(self) -> None:
        """Run the notebook up to this exercise."""
        self.stack = ExitStack()
        where = self.parent
        try:
            self.stage: Rehearsal = self.stack.enter_context(
                rehearsal(where.submission, self.name, student=where.student,
                          topic=where.topic, secret=where.secret)
            )
        except UnreadableError as error:
            raise NotRight(str(error)) from None

    def teardown(self) -> None:
        """End the child."""
        self.stack.close()

    def _cases(self, side: Side) -> Sequence[Case]:
        from autograder.checks.hidden import hidden_cases
        from autograder.grading.secret import rng_for
        from course_lib.checks.cases import Exercise, declaration

        declared = declaration(self.name)
        assert isinstance(declared, Exercise)
        if side == "visible":
            return declared.cases()
        where = self.parent
        rng = rng_for(where.secret, where.topic.slug, where.student, self.name)
        return hidden_cases(self.name, rng)


class SentenceItem(pytest.Item):
    """A failure is a sentence about the student's work, not a traceback of ours."""

    def repr_failure(
        self, excinfo: pytest.ExceptionInfo[BaseException], style: object = None
    ) -> str:
        """The sentence alone, unless something of ours broke."""
        if isinstance(excinfo.value, NotRight):
            return str(excinfo.value)
        return str(excinfo.getrepr(style="short"))


class FamilyItem(SentenceItem):
    """All cases of one family."""

    parent: ExerciseItems

    def __init__(self, *, side: Side, family: str, **where: object) -> None:
        super().__init__(**where)  # type: ignore[arg-type]
        self.side, self.family = side, family

    def runtest(self) -> None:
        """Fails with what is wrong in the family's cases."""
        stage = self.parent.stage
        cases = [case for case in stage.cases(self.side) if case.family == self.family]
        wrong = [verdict for verdict in stage.verdicts(cases) if not verdict.ok]
        if wrong:
            raise NotRight("\n".join(f"{each.case.title}: {each.evidence}" for each in wrong))

    def reportinfo(self) -> tuple[Path, None, str]:
        """Name the exercise and the family."""
        return self.parent.parent.submission, None, f"{self.parent.name}, {self.name}"


class WholeItem(SentenceItem):
    """A quiz or a kill task."""

    parent: SubmissionFile

    def runtest(self) -> None:
        """Fails with the result's summary."""
        result = self.parent.result().exercise(self.name)
        if result.outcome != "passed":
            raise NotRight("\n".join([f"{result.outcome}: {result.summary}", *result.evidence]))

    def reportinfo(self) -> tuple[Path, None, str]:
        """Name the exercise."""
        return self.parent.submission, None, self.name

