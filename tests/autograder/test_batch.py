"""Many submissions: the same results whatever the workers do, and our fault is never a zero."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from autograder.catalogue import Topic
from autograder.grading.batch import Job, grade_many
from autograder.grading.results import SubmissionResult
from autograder.sandbox.limits import Limits
from tests.autograder.mini_course import MiniCourse

# A worker that does to each student what the student's name says. It marks in the folder `seen`
# what it was asked, because it does not outlive its own death.
WORKER = """
import json, os, sys, time
from pathlib import Path
seen = Path(sys.argv[1])
for line in sys.stdin:
    job = json.loads(line)
    student, before = job["student"], job["before"]
    times = len(list(seen.glob(f"{student}.*")))
    (seen / f"{student}.{times}").write_text("alone" if before else "")
    if student == "kills" or (student == "kills-once" and times == 0):
        os._exit(3)
    if student == "hangs":
        time.sleep(3600)
    if student == "babbles":
        print("no JSON", flush=True)
        continue
    if student == "raises":
        print(json.dumps({"broken": "Traceback: a bug of ours"}), flush=True)
        continue
    slow = student == "slow" or (student == "slow-in-company" and before is None)
    exercise = {"name": "weighted_sum", "kind": "exercise", "outcome": "failed" if slow else
                "passed", "points": 0.0 if slow else 5.0, "max_points": 5.0, "summary": "",
                "evidence": [], "belief": None, "hint": None, "families": [],
                "check_id": "check_weighted_sum", "timed_out": slow, "for_instructor": None}
    result = {"student": student, "topic": job["slug"], "exercises": [exercise], "note": None,
              "events": [], "sandbox": "", "seconds": 0.0}
    print(json.dumps({"result": result}), flush=True)
"""


class Batch:
    """Runs the worker above on students of these names."""

    def __init__(self, folder: Path, topic: Topic) -> None:
        self.folder, self.topic = folder, topic
        (folder / "worker.py").write_text(WORKER)
        (folder / "seen").mkdir()

    def grade(self, *students: str, workers: int = 2) -> dict[str, SubmissionResult]:
        jobs = [Job(student, self.folder / student) for student in students]
        command = [sys.executable, str(self.folder / "worker.py"), str(self.folder / "seen")]
        limits = Limits(total_cpu_seconds=1)
        done = grade_many(jobs, topic=self.topic, secret=b"s" * 16, limits=limits,
                          workers=workers, command=command)
        return {job.student: result for job, result in done}

    def asked(self, student: str) -> list[str]:
        """"" or "alone" for each time the student was graded."""
        return [path.read_text() for path in sorted((self.folder / "seen").glob(f"{student}.*"))]


@pytest.fixture
def batch(tmp_path: Path, released_course: Path) -> Batch:
    notebook = released_course / "solutions" / "00_start_here" / "00_start_here.ipynb"
    return Batch(tmp_path, Topic("00_start_here", notebook))


@pytest.mark.parametrize("workers", [1, 3])
def test_parallel_equals_serial(batch: Batch, workers: int) -> None:
    students = [f"student-{number}" for number in range(9)]
    results = batch.grade(*students, workers=workers)
    assert sorted(results) == students
    assert all(result.score == 5 for result in results.values())


@pytest.mark.parametrize("student", ["kills", "babbles", "raises", "hangs"])
def test_our_fault_is_tried_again_alone_and_never_a_zero(batch: Batch, student: str) -> None:
    results = batch.grade("ada", student, "bob")
    assert (results["ada"].score, results["bob"].score) == (5, 5)
    assert len(batch.asked(student)) == 2
    [exercise] = results[student].exercises
    assert (exercise.outcome, exercise.points) == ("error", None)
    assert exercise.for_instructor
    assert results[student].note is None


def test_a_worker_that_dies_once_costs_nothing(batch: Batch) -> None:
    assert batch.grade("kills-once", "ada")["kills-once"].score == 5


def test_a_time_out_counts_only_when_it_happens_again_alone(batch: Batch) -> None:
    results = batch.grade("slow", "slow-in-company", "ada")
    assert [results[name].score for name in ("slow", "slow-in-company", "ada")] == [0, 5, 5]
    assert batch.asked("slow") == batch.asked("slow-in-company") == ["", "alone"]
    assert batch.asked("ada") == [""]


def test_stopping_in_the_middle_ends_the_workers(batch: Batch) -> None:
    jobs = [Job(name, batch.folder) for name in ("ada", "hangs")]
    command = [sys.executable, str(batch.folder / "worker.py"), str(batch.folder / "seen")]
    done = grade_many(jobs, topic=batch.topic, secret=b"s" * 16, workers=2, command=command)
    assert next(done)[0].student == "ada"
    done.close()  # returns at once, or this test never ends


def test_the_real_worker_grades(course: MiniCourse) -> None:
    folder = course.hand_in("ada", course.solved())
    slug = "00_start_here"
    topic = Topic(slug, course.root / "solutions" / slug / f"{slug}.ipynb")
    jobs = [Job("ada", folder / f"{slug}.ipynb")]
    [(_, result)] = grade_many(jobs, topic=topic, secret=b"s" * 16)
    assert result.exercise("weighted_sum").outcome == "passed"
