"""A server that watches a folder of the test, with graders and a gradebook made of lists."""

from __future__ import annotations

import json
import os
from pathlib import Path

from autograder.catalogue import Topic
from autograder.grading.batch import broken_result
from autograder.grading.results import ExerciseResult, SubmissionResult
from autograder.serving.crew import Done, Task
from autograder.serving.inbox import Inbox
from autograder.serving.journal import Journal
from autograder.serving.pace import Pace, Rate
from autograder.serving.server import Clocks, Server
from autograder.serving.spool import Spool
from tests.autograder.small_course import SLUG, handed_in


class Clock:
    def __init__(self) -> None:
        self.now = 1_700_000_000.0

    def __call__(self) -> float:
        return self.now


class Graders:
    """As many at once as there are places; ends a task when the test says so."""

    def __init__(self, places: int = 2) -> None:
        self.places = places
        self.tasks: list[Task] = []
        self.sources: list[str] = []
        self.dies = 0
        self.holds = False

    def free(self) -> bool:
        return len(self.tasks) < self.places

    def start(self, task: Task) -> None:
        self.tasks.append(task)
        self.sources.append(task.source.read_text())

    def finished(self, wait: float) -> list[Done]:
        if self.holds:
            return []
        tasks, self.tasks = self.tasks, []
        if self.dies and tasks:
            self.dies -= 1
            return [Done(task.key, None, "it died") for task in tasks]
        return [Done(task.key, passed(task).to_json()) for task in tasks]

    def end(self) -> None:
        self.tasks = []


def passed(task: Task) -> SubmissionResult:
    exercises = (ExerciseResult("weighted_sum", "exercise", "passed", 1.0, 1.0, "well"),)
    events = ("<b>well</b>",)
    return SubmissionResult(task.student, task.topic.slug, exercises, events=events)


class Book:
    """The gradebook of the tests: who got what, in order."""

    def __init__(self) -> None:
        self.rows: list[tuple[str, str, str]] = []
        self.breaks = 0

    def record(self, student: str, topic: Topic, folder: Path, result: SubmissionResult) -> None:
        if self.breaks:
            self.breaks -= 1
            raise OSError("the disk is full")
        notebook = (folder / f"{topic.slug}.ipynb").read_text()
        self.rows.append((student, result.exercises[0].outcome, notebook))
        assert (folder / "timestamp.txt").read_text().endswith("UTC\n")

    def broken(self, student: str, topic: Topic, reason: str) -> SubmissionResult:
        return broken_result(topic, student, reason)


class Watch:
    """A server on a folder of the test, and everything around it."""

    def __init__(self, root: Path, topic: Topic) -> None:
        self.root, self.topic = root, topic
        self.inbox, self.outbox = root / "inbox", root / "outbox"
        self.inbox.mkdir(exist_ok=True)
        self.clock, self.graders, self.book = Clock(), Graders(), Book()
        self.lines: list[str] = []
        self.rate, self.most_waiting = Rate(100, 600.0), 1000
        self.server = self.started()

    def started(self) -> Server:
        """A server that goes on from what is on the disk, as after a crash."""
        journal = Journal(self.root / "journal.db")
        self.server = Server(
            Inbox(self.inbox, {SLUG: self.topic, "98": self.topic}.get),
            Spool(self.root / "spool"), journal, self.graders, self.book,
            Pace(self.rate, journal.starts(0.0)), self.outbox, self.lines.append,
            self.most_waiting, Clocks(self.clock, self.clock),
        )
        return self.server

    def put(self, student: str, content: str | None = None, name: str = f"{SLUG}.ipynb") -> Path:
        """Put a whole file into the inbox in one step."""
        path = self.inbox / student / name
        path.parent.mkdir(exist_ok=True)
        text = json.dumps(handed_in()) if content is None else content
        made = self.root / "made"
        made.write_text(text)
        os.replace(made, path)
        return path

    def steps(self, number: int = 2) -> None:
        for _ in range(number):
            self.server.step()

    def short(self, student: str) -> str:
        return (self.outbox / student / SLUG / "feedback.txt").read_text()

    @property
    def graded(self) -> list[str]:
        return [student for student, _, _ in self.book.rows]


def notebook(mark: str) -> str:
    return json.dumps(handed_in({"weighted_sum": f"# {mark}"}))
