"""Many submissions: the same results whatever the workers do, and our fault is never a zero."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import psutil
import pytest

from autograder.catalogue import Topic
from autograder.grading import alone, local_workers
from autograder.grading.batch import Job, grade_many
from autograder.grading.fingerprint import submission_hash
from autograder.grading.results import SubmissionResult
from autograder.sandbox.limits import Limits
from tests.autograder.mini_course import MiniCourse

STRANGE = Path(__file__).with_name("strange_grader.py")
SLUG = "00_start_here"


class Batch:
    """Runs the strange grader on students of these names."""

    def __init__(self, folder: Path, topic: Topic) -> None:
        self.folder, self.topic = folder, topic
        self.events: list[dict[str, Any]] = []

    def jobs(self, *students: str) -> list[Job]:
        for student in students:
            (self.folder / student).write_text(student)
        return [Job(student, self.folder / student) for student in students]

    def start(self, *students: str, workers: int = 2) -> Any:
        limits = Limits(total_cpu_seconds=1, sandbox="none")
        return grade_many(self.jobs(*students), topic=self.topic, secret=b"s" * 16, limits=limits,
                          workers=workers, tell=self.events.append)

    def grade(self, *students: str, workers: int = 2) -> dict[str, SubmissionResult]:
        done = list(self.start(*students, workers=workers))
        assert len(done) == len({each.student for each in done})  # each once
        return {each.student: each.result for each in done}

    def asked(self, student: str) -> list[dict[str, Any]]:
        """What the grader noted each time it was asked about the student."""
        found = sorted((self.folder / "seen").glob(f"{student}.[0-9]"))
        return [json.loads(path.read_text()) for path in found]


@pytest.fixture
def strange(
    tmp_path: Path, released_course: Path, monkeypatch: pytest.MonkeyPatch
) -> Batch:
    (tmp_path / "seen").mkdir()
    monkeypatch.setenv("SEEN", str(tmp_path / "seen"))
    monkeypatch.setattr(local_workers, "COMMAND", (sys.executable, str(STRANGE), "desk"))
    monkeypatch.setattr(alone, "COMMAND", (sys.executable, str(STRANGE), "worker"))
    return Batch(tmp_path, Topic(SLUG, released_course / "solutions" / SLUG / f"{SLUG}.ipynb"))


@pytest.mark.parametrize("workers", [1, 3])
def test_parallel_equals_serial(strange: Batch, workers: int) -> None:
    students = [f"student-{number}" for number in range(9)]
    results = strange.grade(*students, workers=workers)
    assert sorted(results) == students
    assert all(result.score == 5 for result in results.values())
    assert all(len(strange.asked(student)) == 1 for student in students)


@pytest.mark.slow
def test_what_can_go_wrong_in_company_is_tried_again_alone_and_never_a_zero(
    strange: Batch,
) -> None:
    odd = ("kills", "kills-once", "raises", "hangs", "slow", "slow-in-company")
    results = strange.grade("ada", *odd, "bob", "cid")
    scores = {student: result.score for student, result in results.items()}
    assert scores == {"ada": 5, "bob": 5, "cid": 5, "kills-once": 5, "slow-in-company": 5,
                      "kills": 0, "raises": 0, "hangs": 0, "slow": 0}
    for student in ("kills", "raises", "hangs"):
        [exercise] = results[student].exercises
        assert (exercise.outcome, exercise.points) == ("error", None)
        assert exercise.for_instructor
        assert results[student].note is None
    assert results["slow"].exercise("weighted_sum").outcome == "failed"
    for student in odd:
        assert len(strange.asked(student)) >= 2, student
        assert strange.asked(student)[-1]["busy"] == [], f"{student} was not alone"


@pytest.mark.parametrize(
    "student", ["kills", "raises", pytest.param("hangs", marks=pytest.mark.slow)]
)
def test_one_submission_that_breaks_us_needs_no_cluster(strange: Batch, student: str) -> None:
    result = strange.grade(student)[student]
    assert result.exercise("weighted_sum").outcome == "error"
    assert len(strange.asked(student)) == 3


def test_few_submissions_start_no_cluster(
    strange: Batch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(local_workers, "COMMAND", ("false",))
    assert strange.grade("ada", "slow-in-company")["slow-in-company"].score == 5


def test_workers_that_never_start_are_one_sentence(
    strange: Batch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(local_workers, "COMMAND", ("false",))
    with pytest.raises(RuntimeError, match="Grading processes end as soon as they start"):
        strange.grade("ada", "bob", "cid")


def test_every_port_of_a_local_cluster_is_on_loopback(strange: Batch) -> None:
    done = strange.start("ada", "bob", "cid")
    next(done)
    ours = [psutil.Process(), *psutil.Process().children(recursive=True)]
    ports = [each.laddr for process in ours for each in process.net_connections("tcp")
             if each.status == psutil.CONN_LISTEN]
    done.close()
    assert len(ports) >= 3
    assert {each.ip for each in ports} == {"127.0.0.1"}


def test_stopping_in_the_middle_ends_the_workers(strange: Batch) -> None:
    before = set(psutil.Process().children(recursive=True))
    done = strange.start("ada", "hangs", "bob")
    next(done)
    done.close()  # returns at once, or this test never ends
    left = set(psutil.Process().children(recursive=True)) - before
    assert [each for each in left if "strange_grader" in " ".join(each.cmdline())] == []


def test_a_worker_gets_the_bytes_and_the_seeds_and_never_the_secret(strange: Batch) -> None:
    for names in (["ada"], ["ada", "bob", "cid"]):
        strange.grade(*names)
        assert strange.asked("ada")[-1]["bytes"] == 3
        assert strange.asked("ada")[-1]["secret"] == ["weighted_sum"]


def test_what_cannot_be_read_is_a_result_and_the_hash_is_of_what_was_graded(
    strange: Batch,
) -> None:
    jobs = [*strange.jobs("ada", "bob", "cid"), Job("dan", strange.folder / "nothing")]
    limits = Limits(sandbox="none")
    found = {each.student: each for each in grade_many(
        jobs, topic=strange.topic, secret=b"s" * 16, limits=limits)}
    assert found["dan"].result.note == "no notebook"
    assert found["dan"].submission == submission_hash("no notebook")
    assert found["bob"].submission == submission_hash(b"bob")
    assert len(found) == 4
    [alone_] = grade_many([jobs[3]], topic=strange.topic, secret=b"s" * 16)
    assert alone_.result.note == "no notebook"


@pytest.mark.parametrize("number", [1, 5])
def test_the_real_workers_grade(course: MiniCourse, number: int) -> None:
    topic = Topic(SLUG, course.root / "solutions" / SLUG / f"{SLUG}.ipynb")
    jobs = []
    for each in range(number):
        folder = course.hand_in(f"student-{each}", course.solved())
        jobs.append(Job(f"student-{each}", folder / f"{SLUG}.ipynb"))
    results = [each.result for each in grade_many(jobs, topic=topic, secret=b"s" * 16)]
    assert len(results) == number
    assert all(each.exercise("weighted_sum").outcome == "passed" for each in results)
    assert all(each.sandbox.startswith("isolated") for each in results)


