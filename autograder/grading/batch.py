"""Many submissions at once: workers in processes of their own, one stream of results.

Whatever the order and the number of workers, the results are those of grading one by one. A
time-out counts only when it happens again with nothing else running. A submission that breaks
a worker is tried once more alone; if it breaks that too, the result is our error, never a zero.
"""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from autograder.catalogue import ROOT, Topic
from autograder.grading.results import ExerciseResult, SubmissionResult
from autograder.sandbox.limits import Limits

__all__ = ["Job", "broken_result", "cores", "grade_many"]

PATIENCE = 4  # whole-job limit on the clock, as a multiple of the child's total CPU time
Reply = dict[str, Any]


@dataclass(frozen=True)
class Job:
    """One notebook to grade."""

    student: str
    source: Path


def cores() -> int:
    """The cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def grade_many(
    jobs: Sequence[Job],
    *,
    topic: Topic,
    secret: bytes,
    limits: Limits | None = None,
    workers: int | None = None,
    command: Sequence[str] | None = None,
) -> Iterator[tuple[Job, SubmissionResult]]:
    """Grade every job and yield the results as they come; those to repeat alone come last."""
    limits = limits or Limits()
    command = command or [sys.executable, "-P", "-m", "autograder.grading.worker"]
    setting = {
        "slug": topic.slug,
        "solution": str(topic.notebook.resolve()),
        "secret": secret.hex(),
        "limits": asdict(limits),
    }
    crew = _Crew(command, setting, limits.total_cpu_seconds * PATIENCE)
    alone: list[tuple[Job, SubmissionResult | None]] = []
    try:
        for job, reply in crew.run(jobs, min(workers or cores(), len(jobs))):
            result = _result(reply)
            if result is None or result.timed_out:
                alone.append((job, result))
            else:
                yield job, result
        for job, before in alone:
            [(_, reply)] = crew.run([job], 1, before)
            yield job, _result(reply) or broken_result(topic, job.student, reply["broken"])
    finally:
        crew.end()


def broken_result(topic: Topic, student: str, reason: str) -> SubmissionResult:
    """The result when the grader itself failed: every exercise waits for a person."""
    exercises = tuple(
        ExerciseResult(
            name=cell.name,
            kind=cell.kind,
            outcome="error",
            points=None,
            max_points=cell.points,
            summary="The grader failed on this notebook. That is our fault and costs no points.",
            check_id=cell.check_id,
            for_instructor=reason,
        )
        for cell in topic.exercises
    )
    return SubmissionResult(
        student, topic.slug, exercises, events=("the grader failed on this notebook",)
    )


def _result(reply: Reply) -> SubmissionResult | None:
    if "result" not in reply:
        return None
    return SubmissionResult.from_json(json.dumps(reply["result"]))


class _Crew:
    """Workers that are started when needed and replaced when they die."""

    def __init__(self, command: Sequence[str], setting: Reply, patience: float) -> None:
        self.command = command
        self.setting = setting
        self.patience = patience
        self.idle: list[_Worker] = []
        self.all: list[_Worker] = []
        self.lock = threading.Lock()
        self.ended = False

    def run(
        self, jobs: Sequence[Job], width: int, before: SubmissionResult | None = None
    ) -> Iterator[tuple[Job, Reply]]:
        """Answers to all jobs, as they come, from `width` workers at a time."""
        waiting: queue.SimpleQueue[Job] = queue.SimpleQueue()
        done: queue.SimpleQueue[tuple[Job, Reply]] = queue.SimpleQueue()
        for job in jobs:
            waiting.put(job)

        def drain() -> None:
            with suppress(queue.Empty):
                while not self.ended:
                    job = waiting.get_nowait()
                    done.put((job, self._ask(job, before)))

        for _ in range(width):
            threading.Thread(target=drain, daemon=True).start()
        for _ in jobs:
            yield done.get()

    def end(self) -> None:
        """Stop everything, also what is under way."""
        with self.lock:
            self.ended = True
        for worker in self.all:
            worker.end()

    def _ask(self, job: Job, before: SubmissionResult | None) -> Reply:
        question = self.setting | {
            "student": job.student,
            "source": str(job.source),
            "before": None if before is None else json.loads(before.to_json()),
        }
        try:
            worker = self._take()
            reply = worker.ask(json.dumps(question), self.patience)
        except Exception as error:  # a thread that dies silently would leave the batch waiting
            return {"broken": f"the worker could not be asked: {error!r}"}
        if worker.process.poll() is None:
            self.idle.append(worker)
        return reply

    def _take(self) -> _Worker:
        with self.lock:
            if self.ended:
                raise RuntimeError("grading was stopped")
            if self.idle:
                return self.idle.pop()
            worker = _Worker(self.command)
            self.all.append(worker)
            return worker


class _Worker:
    """A process that answers one line with one line."""

    def __init__(self, command: Sequence[str]) -> None:
        self.complaints = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the worker
        environment = os.environ | {"PYTHONPATH": str(ROOT), "OPENBLAS_NUM_THREADS": "1"}
        self.process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.complaints,
            env=environment,
            text=True,
            encoding="utf-8",
        )

    def ask(self, line: str, patience: float) -> Reply:
        """The reply, or {"broken": why} when there is none."""
        assert self.process.stdin is not None and self.process.stdout is not None
        alarm = threading.Timer(patience, self.process.kill)
        alarm.start()
        try:
            self.process.stdin.write(line + "\n")
            self.process.stdin.flush()
            reply = json.loads(self.process.stdout.readline())
        except (OSError, ValueError):
            return {"broken": self._last_words()}
        finally:
            alarm.cancel()
        return reply if isinstance(reply, dict) else {"broken": "the worker spoke nonsense"}

    def end(self) -> None:
        """Kill the process and let go of its files."""
        self.process.kill()
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout, self.complaints):
            if stream is not None:
                with suppress(OSError, ValueError):
                    stream.close()

    def _last_words(self) -> str:
        self.process.kill()
        status = self.process.wait()
        self.complaints.seek(0)
        words = self.complaints.read()[-2000:].decode("utf-8", "replace")
        return f"the worker ended with status {status}. {words}".strip()
