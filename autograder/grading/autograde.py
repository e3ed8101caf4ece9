"""nbgrader's autograde step, graded by us: one stream of results, one writer to the gradebook.

nbgrader's own steps are not run: they open the student's notebook, copy through symbolic links
and read scores out of outputs.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from fnmatch import fnmatch
from glob import glob
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from nbgrader.converters import Autograde
from nbgrader.converters.base import NbGraderException
from nbgrader.preprocessors import AssignLatePenalties
from traitlets import Enum, Float, Integer, Unicode
from traitlets import List as ListOf

from autograder.catalogue import Catalogue, CatalogueError, Topic
from autograder.grading.batch import Job, grade_many
from autograder.grading.bulk import Penalty, Release
from autograder.grading.clean import for_terminal
from autograder.grading.cluster_trouble import ClusterTrouble
from autograder.grading.database import GradebookTrouble
from autograder.grading.fingerprint import exercise_hashes
from autograder.grading.gradebook import Book, NotInGradebook, opened
from autograder.grading.handed_in import HandedIn, look_at, ungraded
from autograder.grading.outcomes import graded_event, worst
from autograder.grading.recorder import Places, Recorder
from autograder.grading.secret import course_secret
from autograder.grading.todo import Todo, hash_of, left_to_do
from autograder.grading.write import Finished
from autograder.sandbox.limits import LEVELS, Limits
from autograder.sandbox.selftest import self_test
from autograder.sandbox.walls import NoWalls

__all__ = ["Trouble", "TrustedAutograde", "checked_student_id"]

Tell = Callable[[dict[str, Any]], None]


class Trouble(NbGraderException):
    """Grading cannot go on; the message is one sentence for the person who started it."""


def checked_student_id(student: str) -> str | None:
    """What is wrong with a student id, or a pattern of them, that somebody typed; None if nothing.

    The id is the name of a folder.
    """
    if "/" in student or "\\" in student:
        return (f"{for_terminal(student)} is no student id: it has a slash in it, and each student "
                "has one folder, called by the id.")
    if student.strip(". ") == "" or "\0" in student:
        return f"{for_terminal(repr(student))} is no student id: it names no folder."
    return None


class TrustedAutograde(Autograde):
    """Grades every submission in a confined child; one writer to the gradebook."""

    workers = Integer(0, help="Grading processes; 0 means one for each core.").tag(config=True)
    scheduler = Unicode(
        "", help="Address of a Dask scheduler to grade with; empty for this machine alone."
    ).tag(config=True)
    cpu_seconds = Float(
        Limits().cpu_seconds, help="CPU seconds for one cell or one call."
    ).tag(config=True)
    sandbox = Enum(
        LEVELS, "isolated", help="The walls around students' code; none must be said."
    ).tag(config=True)
    results = ListOf([], help="What was graded in this run.")
    failed = ListOf([], help="Students for whom something went wrong in this run.")
    watch: Tell | None = None
    _total = 0  # to do in this run

    def init_notebooks(self) -> None:
        """Find the submission folders; what is in them is judged later."""
        self.assignments: dict[str, list[str]] = {}
        self.notebooks: list[str] = []
        wrong = checked_student_id(self.coursedir.student_id)
        if wrong is not None:
            raise self._complaint(wrong)
        pattern = self._format_source(self.coursedir.assignment_id, self.coursedir.student_id)
        for folder in glob(pattern):
            if os.path.isdir(folder) or os.path.islink(folder):
                self.assignments[folder] = []
        if not self.assignments:
            super().init_notebooks()  # explains what it looked for, and raises

    def convert_notebooks(self) -> None:
        """Grade what is new. Raises NbGraderException with one sentence if that cannot be."""
        self.results = []
        self.failed = []
        topic = self._topic()
        try:
            with opened(self.coursedir.db_url, self.coursedir.course_id) as book:
                self._grade_all(book, topic)
        except (GradebookTrouble, ClusterTrouble, NotInGradebook) as error:
            raise self._complaint(str(error)) from error
        self._report()

    def _grade_all(self, book: Book, topic: Topic) -> None:
        self._known(book.release(topic.slug), topic)
        recorder = self.recorder(book, topic)
        checks = recorder.checks
        found = list(self._found(topic))
        before = {each.student: each for each in book.stored(topic.slug)}
        todo = [
            each for handed_in in found
            if (each := left_to_do(handed_in, before.get(handed_in.student), checks,
                                   self._graded_notebook(handed_in.student, topic),
                                   force=self.force)) is not None
        ]
        todo = self._enrolled(book, todo)
        self._tell({"event": "start", "topic": topic.slug, "total": len(todo),
                    "up_to_date": len(found) - len(todo), "to_grade": sum(t.grade for t in todo)})
        self._total = len(todo)
        for each in todo:
            if each.known is not None and not each.record:
                recorder.folder(each.known)
        try:
            for finished in self._finished(topic, todo):
                recorder.add(finished)
        except (KeyboardInterrupt, ClusterTrouble):
            recorder.flush()  # what was graded so far is kept
            raise
        recorder.flush()

    def recorder(self, book: Book, topic: Topic) -> Recorder:
        """What writes results of this topic, as `convert_notebooks` writes them."""
        return Recorder(book, topic, exercise_hashes(topic), self.penalty(),
                        self._places(topic), self._done, self._failed)

    def _found(self, topic: Topic) -> Iterator[HandedIn]:
        """Every submission that was asked for."""
        named = self._format_source("(?P<assignment_id>.*)", "(?P<student_id>.*)", escape=True)
        excluded = self.coursedir.student_id_exclude.split(",")
        for folder in sorted(self.assignments):
            match = re.fullmatch(named, folder)
            if match is not None and match["student_id"] not in excluded:
                yield look_at(Path(folder), student=match["student_id"], notebook_name=topic.slug)

    def _enrolled(self, book: Book, todo: list[Todo]) -> list[Todo]:
        """Without the students that nobody knows, where they are not to be made."""
        if self.create_student:
            return todo
        strangers = book.strangers([each.handed_in.student for each in todo])
        for student in sorted(strangers):
            self._failed(student, NotInGradebook(
                f"No student with ID {student!r} exists in the gradebook; "
                "add the student, or leave out --Autograde.create_student=False."
            ))
        return [each for each in todo if each.handed_in.student not in strangers]

    def _finished(self, topic: Topic, todo: list[Todo]) -> Iterator[Finished]:
        """Results as they come: known ones, folders with nothing to grade, then the rest."""
        jobs, whose = [], {}
        for each in todo:
            handed_in = each.handed_in
            if each.known is not None:
                if each.record:
                    yield each.known
            elif handed_in.notebook is None:
                yield Finished(handed_in, ungraded(topic, handed_in), hash_of(handed_in))
            else:
                whose[handed_in.student] = handed_in
                jobs.append(Job(handed_in.student, handed_in.notebook, each.kept))
        if not jobs:
            return
        self._try_walls()
        for graded in grade_many(
            jobs,
            topic=topic,
            secret=self._secret(),
            limits=Limits(cpu_seconds=self.cpu_seconds, sandbox=self.sandbox),
            workers=self.workers or None,
            scheduler=self.scheduler or None,
            tell=self._tell,
        ):
            handed_in = whose[graded.student]
            fresh = [each for each in handed_in.events if each not in graded.result.events]
            result = replace(graded.result, events=(*fresh, *graded.result.events))
            yield Finished(handed_in, result, graded.submission)

    def _try_walls(self) -> None:
        """Say which walls stand, or refuse to grade; on a cluster each worker's are compared."""
        if self.scheduler:
            return
        try:
            self.log.info(self_test(Limits(sandbox=self.sandbox)))
        except NoWalls as error:
            raise self._complaint(str(error)) from None

    def _secret(self) -> bytes:
        try:
            return course_secret(Path(self.coursedir.root))
        except ValueError as error:
            raise self._complaint(str(error)) from None

    def _topic(self) -> Topic:
        """The topic behind the assignment. Raises NbGraderException with one sentence."""
        try:
            return Catalogue(Path(self.coursedir.root)).topic(self.coursedir.assignment_id)
        except CatalogueError as error:
            raise self._complaint(str(error)) from None

    def _known(self, release: Release, topic: Topic) -> None:
        if topic.slug not in release.notebooks:
            raise self._complaint(
                f"The gradebook has no notebook {topic.slug} in that assignment; "
                f"run nbgrader generate_assignment {topic.slug} first."
            )
        if not fnmatch(topic.slug, self.coursedir.notebook_id):
            raise self._complaint(f"No notebooks were matched by {self.coursedir.notebook_id!r}")
        for other in sorted(set(release.notebooks) - {topic.slug}):
            self.log.warning("%s has no checks of ours: a person must grade it", other)
        there = {cell.name for cell in release.cells[release.notebooks[topic.slug]]}
        for each in topic.exercises:
            if each.check_id not in there:
                self.log.warning("%s is not in the release: run nbgrader generate_assignment %s",
                                 each.name, topic.slug)

    def _places(self, topic: Topic) -> Places:
        """Our files beside the notebook win over the student's, unless configured otherwise."""
        source = self.coursedir.format_path(self.coursedir.source_directory, ".", topic.slug)
        masters = Path(source), list(self.exclude_overwriting.get(topic.slug, []))
        return Places(
            lambda student: self._graded_notebook(student, topic).parent,
            masters, list(self.coursedir.ignore),
        )

    def _graded_notebook(self, student: str, topic: Topic) -> Path:
        folder = self.coursedir.format_path(
            self.coursedir.autograded_directory, student, topic.slug)
        return Path(folder, f"{topic.slug}.ipynb")

    def penalty(self) -> Penalty:
        """nbgrader's plug-in for late submissions, bounded as nbgrader bounds it."""
        step = AssignLatePenalties(parent=self)
        step.init_plugin()

        def penalty(student: str, score: float, seconds: float) -> float | None:
            self.log.warning("%s is %s seconds late", for_terminal(student), seconds)
            given = step.plugin_inst.late_submission_penalty(student, score, seconds)
            if given is None:
                return None
            return step._check_late_penalty(SimpleNamespace(score=score), given)

        return penalty

    def _done(self, finished: Finished) -> None:
        result, topic = finished.result, self.coursedir.assignment_id
        with self._as_if_alone(finished):
            self.run_pre_convert_hook()
            self.set_permissions(topic, result.student)
            self.run_post_convert_hook()
        self.results.append(result)
        count = len(self.results)
        self._tell(graded_event(result, count, self._total))
        outcome = (f"could not be graded: {result.note}" if result.note
                   else f"{result.score:g} of {result.max_score:g} points")
        self.log.info("[%d/%d] %s %s", count, self._total, for_terminal(result.student), outcome)

    @contextmanager
    def _as_if_alone(self, finished: Finished) -> Iterator[None]:
        """nbgrader's hooks learn of one submission at a time; theirs cannot stop ours."""
        notebook = finished.handed_in.notebook
        self.notebooks = [str(notebook)] if notebook else []
        try:
            yield
        except OSError:
            self.log.exception("The folder of %s has not the permissions that were asked for",
                               for_terminal(finished.handed_in.student))

    def _failed(self, student: str, error: Exception) -> None:
        """What concerns one student: it is named, and costs nobody else."""
        if isinstance(error, NotInGradebook):
            self.log.error(str(error))
        else:
            self.log.error("There was an error processing %s", for_terminal(student),
                           exc_info=error)
        self.failed.append(student)
        self._tell({"event": "failed", "student": student, "why": str(error)})

    def _tell(self, event: dict[str, Any]) -> None:
        if self.watch is not None:
            self.watch(event)

    def _complaint(self, sentence: str) -> Trouble:
        if self.watch is None:
            self.log.error(sentence)
        return Trouble(sentence)

    def _report(self) -> None:
        for result in self.results:
            if worst(result) == "error":
                self.log.error(
                    "The grader failed on something of %s: no points are lost, a person must look",
                    for_terminal(result.student),
                )
        if self.failed:
            names = ", ".join(map(for_terminal, self.failed))
            raise self._complaint(f"There was an error processing the submissions of: {names}")
