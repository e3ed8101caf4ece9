"""Many submissions at once: one stream of results, whatever happens to who computes them.

Whatever the order and the number of workers, the results are those of grading one by one. A
time-out counts only when it happens again with nothing else running. A submission that breaks
a worker is tried again alone; if it breaks that too, the result is our error, never a zero.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Protocol

from autograder.catalogue import Topic
from autograder.grading.alone import Alone
from autograder.grading.fingerprint import submission_hash
from autograder.grading.grade import grade_one
from autograder.grading.notebook_file import UnreadableError, read_bytes
from autograder.grading.results import ExerciseResult, SubmissionResult
from autograder.grading.secret import seeds_for
from autograder.grading.worker import Order, patience_of
from autograder.sandbox.limits import Limits

__all__ = ["Graded", "Job", "broken_result", "cores", "grade_many"]

FEW = 2  # a cluster costs more than it brings
TRIES = 2  # alone: whoever killed the first may not have been the submission
Reply = dict[str, Any]
Tell = Callable[[dict[str, Any]], None]


@dataclass(frozen=True)
class Job:
    """One notebook to grade; what `kept` holds is not graded again."""

    student: str
    source: Path
    kept: SubmissionResult | None = None


@dataclass(frozen=True)
class Graded:
    """A result, and the hash of the notebook that it is about."""

    student: str
    result: SubmissionResult
    submission: str


class Engine(Protocol):
    """Where orders are carried out."""

    def run(self, orders: Iterable[tuple[Any, Order]]) -> Iterator[tuple[Any, Reply]]: ...

    def alone(self, order: Order) -> Reply: ...

    def __enter__(self) -> Engine: ...

    def __exit__(self, *error: Any) -> None: ...


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
    scheduler: str | None = None,
    tell: Tell = lambda event: None,
) -> Iterator[Graded]:
    """Grade every job and yield the results as they come; those to repeat alone come last.

    `scheduler` is the address of a Dask cluster that is there; without it, this machine's cores
    are used, or `workers` of them. Raises ClusterTrouble if the cluster cannot be used.
    """
    limits = limits or Limits()
    batch = _Batch(topic, secret, limits)
    readable = [job for job in jobs if not batch.damaged(job)]
    yield from batch.without_grading
    if not readable:
        return
    repeat: list[tuple[Job, bool]] = []  # and whether it ran out of time
    with _engine(len(readable), limits, workers, scheduler, tell) as engine:
        for (job, digest), reply in engine.run(batch.orders(readable)):
            result = _result(reply)
            if result is None or result.unsteady:
                repeat.append((job, result is not None and result.timed_out))
            else:
                yield Graded(job.student, result, digest)
        yield from batch.without_grading
        for job, slow in repeat:
            for (_, digest), order in batch.orders([job]):
                yield Graded(job.student, _alone(engine, order, topic, slow), digest)
    yield from batch.without_grading


def _alone(engine: Engine, order: Order, topic: Topic, slow: bool) -> SubmissionResult:
    """The result with nothing else running; `slow` if it ran out of time in company.

    What is slow again counts. Whoever killed a process may not have been the submission, so a
    death counts only when it goes on and on.
    """
    for _ in range(TRIES):
        reply = engine.alone(order)
        result = _result(reply)
        if result is not None and (not result.unsteady or (slow and result.timed_out)):
            return result
        slow = slow or (result is not None and result.timed_out)
    return result or broken_result(topic, order.student, reply["broken"])


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


class _Batch:
    """Makes orders out of jobs, one at a time: the notebooks of a class need not fit in memory."""

    def __init__(self, topic: Topic, secret: bytes, limits: Limits) -> None:
        self.topic, self.secret = topic, secret
        self.solution, self.limits = topic.source, asdict(limits)
        self.names = [exercise.name for exercise in topic.exercises]
        self._damaged: list[Graded] = []

    @property
    def without_grading(self) -> Iterator[Graded]:
        """Results of files that nobody can grade, each once."""
        while self._damaged:
            yield self._damaged.pop()

    def damaged(self, job: Job) -> bool:
        """Whether the file cannot even be read; then its result waits in `without_grading`."""
        try:
            read_bytes(job.source)
        except UnreadableError as error:
            self._spoiled(job, error)
            return True
        return False

    def orders(self, jobs: Iterable[Job]) -> Iterator[tuple[tuple[Job, str], Order]]:
        """Each job with the hash of its notebook, and the order to grade it."""
        for job in jobs:
            try:
                content = read_bytes(job.source)
            except UnreadableError as error:  # it was there a moment ago
                self._spoiled(job, error)
                continue
            seeds = seeds_for(self.secret, self.topic.slug, job.student, self.names)
            kept = job.kept.to_json() if job.kept else None
            order = Order(self.topic.slug, self.solution, job.student, content, seeds,
                          self.limits, kept)
            yield (job, submission_hash(content)), order

    def _spoiled(self, job: Job, error: UnreadableError) -> None:
        result = grade_one(job.source, student=job.student, topic=self.topic, secret=self.secret)
        self._damaged.append(Graded(job.student, result, submission_hash(error.note)))


def _engine(
    number: int, limits: Limits, workers: int | None, scheduler: str | None, tell: Tell
) -> Engine:
    if number <= FEW and scheduler is None:
        return _OneProcess(patience_of(limits))
    from autograder.grading.cluster import Cluster  # Dask takes a while to import

    width = min(workers or cores(), number)
    return Cluster(width=width, scheduler=scheduler, level=limits.sandbox, tell=tell)


class _OneProcess:
    """One process beside this one does everything in turn."""

    def __init__(self, patience: float) -> None:
        self.process = Alone(patience)

    def __enter__(self) -> _OneProcess:
        return self

    def __exit__(self, *error: Any) -> None:
        self.process.end()

    def run(self, orders: Iterable[tuple[Any, Order]]) -> Iterator[tuple[Any, Reply]]:
        for whose, order in orders:
            yield whose, self.alone(order)

    def alone(self, order: Order) -> Reply:
        return self.process.ask(order)


def _result(reply: Reply) -> SubmissionResult | None:
    return SubmissionResult.from_json(reply["result"]) if "result" in reply else None
