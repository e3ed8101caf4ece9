"""A Dask cluster that somebody else started: who may grade, who is refused, what gets there."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from distributed import Client, LocalCluster

from autograder.catalogue import Topic
from autograder.cli import main
from autograder.grading.batch import Job, grade_many
from autograder.grading.cluster_trouble import ClusterTrouble
from autograder.sandbox.limits import Limits
from tests.autograder.mini_course import NO_BIAS, REPOSITORY, TOPIC, MiniCourse


class Elsewhere:
    """A scheduler with no workers; each that joins is a program of its own."""

    def __init__(self, address: str, folder: Path, things: ExitStack) -> None:
        self.address, self.folder, self.things = address, folder, things
        self.number = 0

    def join(self, *, knows_us: bool = True) -> None:
        self.number += 1
        path = str(REPOSITORY) if knows_us else ""
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "distributed.cli.dask_worker", self.address,
             "--nthreads=1", "--no-nanny", "--no-dashboard", "--memory-limit=0",
             f"--local-directory={self.folder}"],
            env=os.environ | {"PYTHONPATH": path, "OPENBLAS_NUM_THREADS": "1"},
            cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )
        self.things.callback(process.wait)
        self.things.callback(process.kill)
        with Client(self.address) as client:
            client.wait_for_workers(self.number)


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Elsewhere]:
    with ExitStack() as things:
        cluster = things.enter_context(LocalCluster(
            n_workers=0, host="127.0.0.1", dashboard_address="127.0.0.1:0",
            scheduler_kwargs={"dashboard": False}))
        yield Elsewhere(cluster.scheduler_address, tmp_path, things)


def jobs(course: MiniCourse, number: int) -> tuple[Topic, list[Job]]:
    topic = Topic(TOPIC, course.root / "solutions" / TOPIC / f"{TOPIC}.ipynb")
    found = []
    for each in range(number):
        folder = course.hand_in(f"student{each}", course.solved() if each else
                                course.solved(NO_BIAS))
        found.append(Job(f"student{each}", folder / f"{TOPIC}.ipynb"))
    return topic, found


def test_a_worker_that_does_not_match_is_refused_by_name_and_the_others_grade(
    course: MiniCourse, elsewhere: Elsewhere
) -> None:
    elsewhere.join()
    elsewhere.join(knows_us=False)
    events: list[dict[str, Any]] = []
    topic, todo = jobs(course, 4)
    found = {each.student: each.result.score for each in grade_many(
        todo, topic=topic, secret=b"s" * 16, scheduler=elsewhere.address, tell=events.append)}
    assert found == {"student0": 0, "student1": 5, "student2": 5, "student3": 5}
    [refused] = [each for each in events if each["event"] == "refused"]
    assert refused["worker"].startswith("tcp://127.0.0.1:")
    assert "cannot load autograder" in refused["why"][0]


def test_with_no_worker_that_matches_nothing_is_graded(
    course: MiniCourse, elsewhere: Elsewhere
) -> None:
    elsewhere.join(knows_us=False)
    topic, todo = jobs(course, 1)
    with pytest.raises(ClusterTrouble, match=r"may grade this course.*cannot load autograder"):
        list(grade_many(todo, topic=topic, secret=b"s" * 16, scheduler=elsewhere.address,
                        limits=Limits(sandbox="none")))


def test_the_command_grades_on_it(
    course: MiniCourse, elsewhere: Elsewhere, capsys: pytest.CaptureFixture[str]
) -> None:
    jobs(course, 3)
    elsewhere.join()
    status = main(["--course", str(course.root), "grade", TOPIC,
                   "--scheduler", elsewhere.address])
    said = capsys.readouterr()
    assert status == 0, said.err
    assert course.grades("student0")["check_weighted_sum"] == (0.0, False)
    assert course.grades("student2")["check_weighted_sum"] == (5.0, False)
    assert "isolated, on every worker" in said.out
