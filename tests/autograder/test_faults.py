"""Processes are killed at random while a class is graded; the gradebook ends as if nothing was."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from random import Random

import psutil
import pytest

from tests.autograder.mini_course import NO_BIAS, REPOSITORY, RIGHT, TOPIC, MiniCourse
from tests.autograder.nbgrader_writer import Rows, rows

SECRET = "the same secret of the course, for both"
SOURCES = (RIGHT, NO_BIAS, "def weighted_sum(x, w, b):\n    return x[7]\n", "weighted_sum = 3\n")
PATIENCE = 900  # seconds until we say that it hangs


def class_of(course: MiniCourse, number: int, answer: str = "Because.") -> MiniCourse:
    """The first `number` students hand in; a third of them answer the open question."""
    for each in range(number):
        given = answer if each % 3 == 0 else None
        source = SOURCES[each % 4] + f"# {answer}\n"
        course.hand_in(f"student{each:03}", course.solved(source, answer=given))
    return course


def started(course: MiniCourse) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "autograder", "--course", str(course.root), "grade", TOPIC,
               "--workers", "2"]
    with open(course.root / "said", "wb") as said:
        return subprocess.Popen(command, cwd=REPOSITORY, env=os.environ | {"COURSE_SECRET": SECRET},
                                stdout=said, stderr=subprocess.STDOUT)


def kind_of(process: psutil.Process, coordinator: int) -> str:
    if process.pid == coordinator:
        return "coordinator"
    words = " ".join(process.cmdline())
    return "worker" if "autograder.grading.desk" in words else "child"


def graded_rows(course: MiniCourse) -> Rows:
    with course.api().gradebook as gradebook:
        return rows(gradebook)


def graded_while_killing(course: MiniCourse, kills: int, random: Random) -> list[str]:
    """Grade until nothing is left to do; the kinds of processes killed on the way."""
    killed: list[str] = []
    process, status = started(course), None
    while status != 3:
        if len(killed) < kills:
            with suppress(subprocess.TimeoutExpired):
                process.wait(random.uniform(0.3, 3.0))
            with suppress(psutil.Error):
                killed += one_killed(process.pid, random)
        else:
            process.wait(PATIENCE)
        if process.poll() is not None:
            status = process.returncode
            # 2: the walls are tried before anything else, and a kill then is a sentence
            assert status in (0, 1, 2, 3, -9), (course.root / "said").read_text()[-2000:]
            if status != 3:
                process = started(course)
        if status == 3 and len(killed) < kills:  # it was done before we were
            number = len(list((course.root / "submitted").iterdir()))
            class_of(course, min(number, 40), f"After {len(killed)}.")
            status, process = None, started(course)
    return killed


def one_killed(coordinator: int, random: Random) -> list[str]:
    """Kill one process, most of the time only once workers are there; its kind."""
    whole = psutil.Process(coordinator)
    tree = [(kind_of(each, coordinator), each) for each in [whole, *whole.children(recursive=True)]]
    if "worker" not in dict(tree) and random.random() < 0.9:
        return []
    wanted = random.choice(["coordinator", "worker", "worker", "child", "child", "child"])
    those = [each for kind, each in tree if kind == wanted]
    if not those:
        return []
    random.choice(those).kill()
    return [wanted]


def compared(new_course: Callable[[], MiniCourse], number: int, kills: int) -> list[str]:
    quiet, shaken = class_of(new_course(), number), class_of(new_course(), number)
    killed = graded_while_killing(shaken, kills, Random(kills))
    shutil.copytree(shaken.root / "submitted", quiet.root / "submitted", dirs_exist_ok=True)
    process = started(quiet)
    assert process.wait(PATIENCE) == 0
    assert graded_rows(shaken) == graded_rows(quiet)
    for student in sorted(path.name for path in (quiet.root / "submitted").iterdir()):
        assert shaken.graded(student)["cells"] == quiet.graded(student)["cells"]
        folders = [path.name for path in (shaken.root / "autograded" / student).iterdir()]
        assert folders == [TOPIC]
    return killed


@pytest.mark.slow
def test_a_few_kills_change_no_row(new_course: Callable[[], MiniCourse]) -> None:
    assert len(compared(new_course, number=10, kills=4)) >= 4


@pytest.mark.slow
def test_thirty_kills_change_no_row_of_two_hundred(new_course: Callable[[], MiniCourse]) -> None:
    killed = compared(new_course, number=200, kills=30)
    assert {"coordinator", "worker", "child"} == set(killed)


def test_nothing_outlives_a_coordinator_that_is_killed(
    new_course: Callable[[], MiniCourse],
) -> None:
    course = class_of(new_course(), 6)
    process = started(course)
    tree, kinds = [], set()
    while process.poll() is None and kinds < {"worker", "child"}:
        with suppress(psutil.Error):
            tree = psutil.Process(process.pid).children(recursive=True)
            kinds = {kind_of(each, process.pid) for each in tree}
    process.kill()
    process.wait()
    assert tree
    _, alive = psutil.wait_procs(tree, timeout=60)
    assert alive == []
