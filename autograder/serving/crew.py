"""Grading processes that stay, so that a hand-in does not wait for one to start."""

from __future__ import annotations

import json
import os
import selectors
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Protocol

from autograder.catalogue import ROOT, Topic
from autograder.sandbox.limits import Limits

__all__ = ["CannotGrade", "Crew", "Done", "Grader", "Task"]

COMMAND = (sys.executable, "-P", "-m", "autograder.serving.worker")
GRACE = 60.0  # seconds beyond the limit of a whole submission, for the grader's own work
LONGEST_REPLY = 64 * 1024 * 1024
WARMING = -1
MOST_DEATHS = 8  # in a row, for each worker


class CannotGrade(RuntimeError):
    """Grading processes do not start, or all end at once."""


@dataclass(frozen=True)
class Task:
    """A notebook to grade; `key` comes back with its result."""

    key: int
    student: str
    topic: Topic
    source: Path


@dataclass(frozen=True)
class Done:
    """The result of a task as JSON, or why there is none."""

    key: int
    result: str | None
    broken: str | None = None


class Grader(Protocol):
    """What the server needs of whatever grades."""

    def free(self) -> bool: ...
    def start(self, task: Task) -> None: ...
    def finished(self, wait: float) -> list[Done]: ...
    def end(self) -> None: ...


class _Worker:
    def __init__(self, command: Sequence[str]) -> None:
        self.complaints = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the worker
        environment = os.environ | {"PYTHONPATH": str(ROOT), "OPENBLAS_NUM_THREADS": "1"}
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.complaints,
            env=environment, start_new_session=True,
        )
        assert self.process.stdin is not None and self.process.stdout is not None
        self.stdin: IO[bytes] = self.process.stdin
        self.stdout: IO[bytes] = self.process.stdout
        os.set_blocking(self.stdout.fileno(), False)
        self.heard = b""
        self.key: int | None = None
        self.until = 0.0

    def end(self) -> str:
        """Kill it; its last words, the first time."""
        if self.complaints.closed:
            return ""
        self.process.kill()
        status = self.process.wait()
        self.complaints.seek(0)
        words = self.complaints.read()[-2000:].decode("utf-8", "replace")
        for stream in (self.stdin, self.stdout, self.complaints):
            with suppress(OSError):
                stream.close()
        return f"the worker ended with status {status}. {words}".strip()


class Crew:
    """`size` workers. Everything that they hear is ours; what they say is a line of JSON."""

    def __init__(
        self, size: int, secret: bytes, limits: Limits, clock: Callable[[], float],
        command: Sequence[str] = COMMAND,
    ) -> None:
        self.size, self.clock, self.command = size, clock, command
        self.setting = {"secret": secret.hex(), "limits": asdict(limits)}
        self.patience = 2 * limits.session_seconds + GRACE
        self.selector = selectors.DefaultSelector()
        self.deaths = 0  # since the last answer
        self.workers = [self._hired() for _ in range(size)]

    def free(self) -> bool:
        """Whether a task would be begun at once."""
        return any(worker.key is None for worker in self.workers)

    def start(self, task: Task) -> None:
        """Give a task to a worker that is free."""
        worker = next(each for each in self.workers if each.key is None)
        line = json.dumps(self.setting | {
            "student": task.student, "slug": task.topic.slug, "source": str(task.source),
            "solution": str(task.topic.notebook.resolve()),
        })
        worker.key, worker.until = task.key, self.clock() + self.patience
        with suppress(OSError):  # a worker that died is noticed by its silence
            worker.stdin.write(line.encode() + b"\n")
            worker.stdin.flush()

    def warm(self, topic: Topic) -> None:
        """Let each worker grade our own solution, so that no student waits for its start."""
        for _ in self.workers:
            self.start(Task(WARMING, "warming up", topic, topic.notebook))

    def watch(self, descriptor: int) -> None:
        """Let something else end the waiting of `finished`, too."""
        self.selector.register(descriptor, selectors.EVENT_READ, None)

    def finished(self, wait: float) -> list[Done]:
        """What has come to an end; waits up to so many seconds for the first."""
        done = []
        for key, _ in self.selector.select(wait):
            if isinstance(key.data, _Worker):
                done += self._hear(key.data)
        for worker in list(self.workers):
            if worker.key is not None and self.clock() > worker.until:
                done += self._lost(worker, "it took too long")
        return done

    def end(self) -> None:
        """Stop everything, also what is under way."""
        for worker in self.workers:
            worker.end()
        self.selector.close()

    def _hired(self) -> _Worker:
        worker = _Worker(self.command)
        self.selector.register(worker.stdout, selectors.EVENT_READ, worker)
        return worker

    def _hear(self, worker: _Worker) -> list[Done]:
        with suppress(BlockingIOError):
            heard = os.read(worker.stdout.fileno(), 1 << 20)
            worker.heard += heard
            if not heard or len(worker.heard) > LONGEST_REPLY:
                return self._lost(worker, "")
        if not worker.heard.endswith(b"\n"):
            return []
        line, worker.heard = worker.heard, b""
        key, worker.key = worker.key, None
        self.deaths = 0
        if key is None or key == WARMING:
            return []
        reply = json.loads(line)
        return [Done(key, reply.get("result"), reply.get("broken"))]

    def _lost(self, worker: _Worker, why: str) -> list[Done]:
        """Another one takes its place. Raises CannotGrade if none lives for long."""
        self.selector.unregister(worker.stdout)
        words = f"{why} {worker.end()}".strip()
        self.deaths += 1
        if self.deaths > MOST_DEATHS * self.size:
            raise CannotGrade(f"No grading process stays alive: {words.splitlines()[-1]}")
        self.workers[self.workers.index(worker)] = self._hired()
        lost = worker.key not in (None, WARMING)
        return [Done(worker.key, None, words)] if lost and worker.key is not None else []
