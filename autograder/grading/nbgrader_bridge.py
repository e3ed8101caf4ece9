"""nbgrader's autograde step, graded by us: the same commands, gradebook, formgrader, feedback.

`install(c)` in nbgrader_config.py puts TrustedAutograde in the place of nbgrader's converter,
for the command line and for formgrader's button. nbgrader's own steps are not run: they open
the student's notebook, copy through symbolic links and read scores out of outputs.
"""

from __future__ import annotations

import os
import re
import sys
import warnings
from collections.abc import Callable, Iterator
from dataclasses import replace
from fnmatch import fnmatch
from functools import partial
from glob import glob
from pathlib import Path
from typing import Any

from nbformat.v4 import new_notebook
from nbgrader.converters import Autograde
from nbgrader.converters.base import NbGraderException
from nbgrader.preprocessors import AssignLatePenalties
from sqlalchemy.exc import SAWarning
from traitlets import Enum, Float, Integer
from traitlets import List as ListOf

from autograder.catalogue import Catalogue, CatalogueError, Topic
from autograder.grading.archives import CappedExtractor
from autograder.grading.arrival import NamesWithoutTimes, TrustedCollect
from autograder.grading.batch import Job, grade_many
from autograder.grading.clean import for_terminal
from autograder.grading.exports import SafeCsvExport
from autograder.grading.gradebook import Book, NotInGradebook, opened
from autograder.grading.handed_in import HandedIn, look_at, ungraded
from autograder.grading.results import SubmissionResult
from autograder.grading.secret import course_secret
from autograder.grading.write import write_graded
from autograder.sandbox.limits import Limits

__all__ = ["TrustedAutograde", "install"]

HOMES = ("nbgrader.converters", "nbgrader.apps.autogradeapp", "nbgrader.apps.api")


def install(c: Any) -> None:
    """Make nbgrader grade with us. Call it with the configuration object, from the course root."""
    for name in HOMES:
        sys.modules[name].Autograde = TrustedAutograde  # type: ignore[attr-defined]
    c.ExportApp.plugin_class = SafeCsvExport
    c.ExchangeFactory.collect = TrustedCollect
    c.ZipCollectApp.extractor_plugin = CappedExtractor
    c.ZipCollectApp.collector_plugin = NamesWithoutTimes
    warnings.filterwarnings("ignore", category=SAWarning, module=r"nbgrader\.api")
    # nbgrader calls `alembic` from PATH and leaves half a gradebook behind if it is missing.
    ours = str(Path(sys.executable).parent)
    paths = os.environ.get("PATH", "").split(os.pathsep)
    if paths[0] != ours:
        os.environ["PATH"] = os.pathsep.join([ours, *paths])


class TrustedAutograde(Autograde):
    """Grades every submission in a confined child; one writer to the gradebook."""

    workers = Integer(0, help="Grading processes; 0 means one for each core.").tag(config=True)
    cpu_seconds = Float(
        Limits().cpu_seconds, help="CPU seconds for one cell or one call."
    ).tag(config=True)
    sandbox = Enum(
        ["isolated", "none"], "isolated", help="The walls around students' code; none must be said."
    ).tag(config=True)
    results = ListOf([], help="What was graded in this run.")
    watch: Callable[[int, int, SubmissionResult | None], None] | None = None

    def init_notebooks(self) -> None:
        """Find the submission folders; what is in them is judged later."""
        self.assignments: dict[str, list[str]] = {}
        self.notebooks: list[str] = []
        pattern = self._format_source(self.coursedir.assignment_id, self.coursedir.student_id)
        for folder in glob(pattern):
            if os.path.isdir(folder) or os.path.islink(folder):
                self.assignments[folder] = []
        if not self.assignments:
            super().init_notebooks()  # explains what it looked for, and raises

    def convert_notebooks(self) -> None:
        """Grade what is new, one stream of results, one writer."""
        self.results = []
        topic = self._topic()
        failed: list[str] = []
        with opened(self.coursedir.db_url, self.coursedir.course_id) as book:
            self._known(book, topic)
            todo = {
                each.student: each
                for each in self._to_grade(topic)
                if self._guarded(book, failed, each.student, partial(self._enrol, book, each))
            }
            for handed_in, result in self._graded(topic, todo):
                finish = partial(self._finish, book, topic, handed_in, result)
                if self._guarded(book, failed, handed_in.student, finish):
                    self.results.append(result)
                    self._tell(len(self.results), len(todo), result)
        self._report(failed)

    def _topic(self) -> Topic:
        """The topic behind the assignment. Raises NbGraderException with one sentence."""
        try:
            return Catalogue(Path(self.coursedir.root)).topic(self.coursedir.assignment_id)
        except CatalogueError as error:
            raise self._complaint(str(error)) from None

    def _complaint(self, sentence: str) -> NbGraderException:
        self.log.error(sentence)
        return NbGraderException(sentence)

    def _known(self, book: Book, topic: Topic) -> None:
        try:
            notebooks = book.notebooks(topic.slug)
        except NotInGradebook as error:
            raise self._complaint(str(error)) from None
        if topic.slug not in notebooks:
            raise self._complaint(
                f"The gradebook has no notebook {topic.slug} in that assignment; "
                f"run nbgrader generate_assignment {topic.slug} first."
            )
        if not fnmatch(topic.slug, self.coursedir.notebook_id):
            raise self._complaint(f"No notebooks were matched by {self.coursedir.notebook_id!r}")
        for other in set(notebooks) - {topic.slug}:
            self.log.warning("%s has no checks of ours: a person must grade it", other)

    def _to_grade(self, topic: Topic) -> Iterator[HandedIn]:
        """The submissions that are new, newer, or asked for with --force."""
        named = self._format_source("(?P<assignment_id>.*)", "(?P<student_id>.*)", escape=True)
        excluded = self.coursedir.student_id_exclude.split(",")
        for folder in sorted(self.assignments):
            found = re.fullmatch(named, folder)
            if found is None or found["student_id"] in excluded:
                continue
            student = found["student_id"]
            handed_in = look_at(Path(folder), student=student, notebook_name=topic.slug)
            if self._is_new(handed_in, topic):
                yield handed_in
            else:
                self.log.info("Skipping existing assignment: %s", self._graded_folder(handed_in))

    def _is_new(self, handed_in: HandedIn, topic: Topic) -> bool:
        graded = self._graded_folder(handed_in)
        if self.force or not (graded / f"{topic.slug}.ipynb").exists():
            return True
        before = look_at(graded, student=handed_in.student, notebook_name=topic.slug).time
        return handed_in.time is not None and before is not None and handed_in.time > before

    def _graded_folder(self, handed_in: HandedIn) -> Path:
        return Path(
            self.coursedir.format_path(
                self.coursedir.autograded_directory,
                handed_in.student,
                self.coursedir.assignment_id,
            )
        )

    def _guarded(
        self, book: Book, failed: list[str], student: str, act: Callable[[], None]
    ) -> bool:
        """Run what concerns one student; a failure of ours is named and costs nobody else."""
        try:
            act()
        except NotInGradebook as error:
            self.log.error(str(error))
        except Exception:
            self.log.exception("There was an error processing %s", for_terminal(student))
        else:
            return True
        book.undo()
        failed.append(student)
        return False

    def _enrol(self, book: Book, handed_in: HandedIn) -> None:
        late = book.enrol(
            handed_in.student,
            self.coursedir.assignment_id,
            handed_in.time,
            create=self.create_student,
        )
        if late > 0:
            self.log.warning("%s is %s seconds late", for_terminal(handed_in.student), late)

    def _graded(
        self, topic: Topic, todo: dict[str, HandedIn]
    ) -> Iterator[tuple[HandedIn, SubmissionResult]]:
        jobs = []
        for handed_in in todo.values():
            if handed_in.notebook is None:
                yield handed_in, ungraded(topic, handed_in)
            else:
                jobs.append(Job(handed_in.student, handed_in.notebook))
        if not jobs:
            return
        for job, result in grade_many(
            jobs,
            topic=topic,
            secret=course_secret(Path(self.coursedir.root)),
            limits=Limits(cpu_seconds=self.cpu_seconds, sandbox=self.sandbox),
            workers=self.workers or None,
        ):
            each = todo[job.student]
            yield each, replace(result, events=each.events + result.events)

    def _finish(
        self, book: Book, topic: Topic, handed_in: HandedIn, result: SubmissionResult
    ) -> None:
        """Scores first, the graded notebook last: it is the sign that this one is done."""
        self.notebooks = [str(handed_in.notebook)] if handed_in.notebook else []
        self.run_pre_convert_hook()
        unknown = write_graded(
            book,
            topic,
            handed_in,
            result,
            destination=self._graded_folder(handed_in),
            masters=self._master_files(topic),
            ignore=list(self.coursedir.ignore),
        )
        for name in unknown:
            self.log.warning(
                "%s is not in the release: run nbgrader generate_assignment %s", name, topic.slug
            )
        self._late_penalty(topic, handed_in.student)
        self.set_permissions(topic.slug, handed_in.student)
        self.run_post_convert_hook()

    def _master_files(self, topic: Topic) -> tuple[Path, list[str]]:
        """Our files beside the notebook win over the student's, unless configured otherwise."""
        folder = self.coursedir.format_path(self.coursedir.source_directory, ".", topic.slug)
        return Path(folder), list(self.exclude_overwriting.get(topic.slug, []))

    def _late_penalty(self, topic: Topic, student: str) -> None:
        """nbgrader's own step and its plug-in; it looks at the gradebook, not at the cells."""
        names = {"notebook": topic.slug, "assignment": topic.slug, "student": student}
        resources = {"nbgrader": {**names, "db_url": self.coursedir.db_url}}
        AssignLatePenalties(parent=self).preprocess(new_notebook(), resources)

    def _tell(self, done: int, total: int, result: SubmissionResult) -> None:
        if self.watch is not None:
            self.watch(done, total, result)
        if result.note:
            outcome = f"could not be graded: {result.note}"
        else:
            outcome = f"{result.score:g} of {result.max_score:g} points"
        self.log.info("[%d/%d] %s %s", done, total, for_terminal(result.student), outcome)

    def _report(self, failed: list[str]) -> None:
        broken = [each.student for each in self.results
                  if any(exercise.outcome == "error" for exercise in each.exercises)]
        for student in broken:
            self.log.error(
                "The grader failed on something of %s: no points are lost, a person must look",
                for_terminal(student),
            )
        if failed:
            names = ", ".join(map(for_terminal, failed))
            raise self._complaint(f"There was an error processing the submissions of: {names}")
