"""Results of the watch, put where `nbgrader collect` and `nbgrader autograde` would put them.

So everything after that is nbgrader's own: formgrader, feedback, exports. And grading the topic
as a whole finds these results, and does not grade them again.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

from autograder.catalogue import Topic
from autograder.grading.autograde import TrustedAutograde
from autograder.grading.batch import broken_result
from autograder.grading.gradebook import Book, NotInGradebook, opened
from autograder.grading.handed_in import look_at
from autograder.grading.recorder import Recorder
from autograder.grading.results import SubmissionResult
from autograder.grading.todo import hash_of
from autograder.grading.write import Finished

__all__ = ["GradebookRecorder", "put_in_place"]


def put_in_place(source: Path, target: Path) -> None:
    """Copy a folder of ours to `target`, which is replaced. Whoever reads sees one or the other."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".arriving-", dir=target.parent) as workshop:
        made = Path(workshop, "new")
        shutil.copytree(source, made)
        if target.exists() or target.is_symlink():
            os.replace(target, Path(workshop, "before"))
        os.replace(made, target)


class GradebookRecorder:
    """One open gradebook for as long as the watch lasts. Use as a context manager."""

    def __init__(self, app: Any) -> None:
        self.app = app
        self.stack = ExitStack()
        self.writers: dict[str, tuple[TrustedAutograde, Recorder]] = {}

    def __enter__(self) -> GradebookRecorder:
        directory = self.app.coursedir
        self.book: Book = self.stack.enter_context(opened(directory.db_url, directory.course_id))
        return self

    def __exit__(self, *error: Any) -> None:
        self.stack.close()

    def released(self, topic: Topic) -> bool:
        """Whether the gradebook knows the topic, so that marks have a place."""
        try:
            return topic.slug in self.book.release(topic.slug).notebooks
        except NotInGradebook:
            return False

    def record(self, student: str, topic: Topic, folder: Path, result: SubmissionResult) -> None:
        """Write a result; raises what went wrong. To do it twice does no harm."""
        directory = self.app.coursedir
        target = Path(directory.format_path(directory.submitted_directory, student, topic.slug))
        if folder.exists():
            put_in_place(folder, target)
        handed_in = look_at(target, student=student, notebook_name=topic.slug)
        fresh = [each for each in handed_in.events if each not in result.events]
        told = replace(result, events=(*fresh, *result.events))
        converter, recorder = self._writer(topic)
        directory.assignment_id = topic.slug
        converter.results, converter.failed = [], []
        told_why: list[str] = []
        converter.watch = lambda event: told_why.append(str(event.get("why", "")))
        recorder.add(Finished(handed_in, told, hash_of(handed_in)))
        recorder.flush()
        if converter.failed:
            raise RuntimeError("; ".join(filter(None, told_why)))

    def broken(self, student: str, topic: Topic, reason: str) -> SubmissionResult:
        """The result when we failed: a person looks, and nobody loses a point."""
        return broken_result(topic, student, reason)

    def _writer(self, topic: Topic) -> tuple[TrustedAutograde, Recorder]:
        """With the hooks, the plug-in for late hand-ins and the places of `nbgrader autograde`."""
        if topic.slug not in self.writers:
            converter = TrustedAutograde(coursedir=self.app.coursedir, parent=self.app)
            self.writers[topic.slug] = converter, converter.recorder(self.book, topic)
        return self.writers[topic.slug]
