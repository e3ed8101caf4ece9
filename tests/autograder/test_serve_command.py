"""`serve` with real children and a real gradebook: what it leaves is what `grade` would leave."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.cli import main
from autograder.sandbox.limits import Limits
from autograder.serving.crew import CannotGrade, Crew, Done, Task
from tests.autograder.mini_course import NO_BIAS, REPOSITORY, RIGHT, TOPIC, MiniCourse


def put(course: MiniCourse, student: str, source: str = RIGHT) -> None:
    """Into the inbox in one step."""
    folder = course.root / "inbox" / student
    folder.mkdir(parents=True, exist_ok=True)
    made = course.root / "made.ipynb"
    made.write_text(json.dumps(course.solved(source)))
    os.replace(made, folder / f"{TOPIC}.ipynb")


def command(course: MiniCourse, *more: str) -> list[str]:
    return ["--course", str(course.root), "serve", "--inbox", str(course.root / "inbox"),
            "--workers", "1", *more]


def started(course: MiniCourse, *more: str) -> subprocess.Popen[str]:
    """A server in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "autograder", *command(course, *more)], cwd=REPOSITORY,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )


def lines_until(server: subprocess.Popen[str], word: str) -> str:
    """What it prints, up to a line with this word in it."""
    assert server.stdout is not None
    read = ""
    for line in server.stdout:
        read += line
        if word in line:
            return read
    raise AssertionError(f"no line with {word!r} in: {read}")


@pytest.fixture(scope="module")
def served(new_course: Callable[[], MiniCourse]) -> MiniCourse:
    """Two hand-ins graded by `serve --once`, in a course whose due date is long past."""
    course = new_course()
    with course.api().gradebook as gradebook:
        gradebook.update_or_create_assignment(TOPIC, duedate="2024-01-01 00:00:00 UTC")
    config = course.root / "nbgrader_config.py"
    config.write_text(config.read_text() + '\nc.LateSubmissionPlugin.penalty_method = "zero"\n')
    put(course, "ada")
    put(course, "bob", NO_BIAS)
    assert main(command(course, "--once")) == 0
    return course


def test_marks_feedback_and_files_are_where_nbgrader_has_them(served: MiniCourse) -> None:
    assert served.grades("ada")["check_weighted_sum"] == (5.0, False)
    assert served.grades("bob")["check_weighted_sum"] == (0.0, False)
    told = (served.root / "outbox" / "bob" / TOPIC / "feedback.txt").read_text()
    assert "Not right yet (0 of 5 points)" in told and "leave out b" in told
    page = (served.root / "outbox" / "bob" / TOPIC / "feedback.html").read_text()
    assert "forgets the bias" in page
    assert (served.root / "submitted" / "ada" / TOPIC / f"{TOPIC}.ipynb").is_file()
    assert served.graded("ada")["metadata"]["course"]["result"]["student"] == "ada"


def test_the_time_of_arrival_decides_on_the_penalty(served: MiniCourse) -> None:
    with served.api().gradebook as gradebook:
        assert gradebook.find_submission(TOPIC, "ada").total_seconds_late > 365 * 24 * 3600
        notebook = gradebook.find_submission_notebook(TOPIC, TOPIC, "ada")
        assert notebook.late_submission_penalty == 5


def test_grading_the_topic_grades_none_of_it_again(
    served: MiniCourse, monkeypatch: pytest.MonkeyPatch
) -> None:
    graded = served.root / "autograded" / "ada" / TOPIC / f"{TOPIC}.ipynb"
    before = graded.stat().st_mtime_ns
    monkeypatch.setenv("PYTHONPATH", "/nowhere")  # a grading process could not even start
    main(["--course", str(served.root), "grade", TOPIC])
    assert graded.stat().st_mtime_ns == before
    assert served.grades("ada")["check_weighted_sum"] == (5.0, False)


def test_served_again_nothing_is_done(served: MiniCourse) -> None:
    page = served.root / "outbox" / "ada" / TOPIC / "feedback.html"
    before = page.stat().st_mtime_ns
    assert main(command(served, "--once")) == 0
    assert page.stat().st_mtime_ns == before


@pytest.mark.slow
def test_a_killed_server_goes_on_and_ctrl_c_ends_it(course: MiniCourse) -> None:
    (course.root / "inbox").mkdir()
    server = started(course)
    lines_until(server, "watching")
    other = subprocess.run([sys.executable, "-m", "autograder", *command(course)], cwd=REPOSITORY,
                           capture_output=True, text=True, check=False)
    assert other.returncode == 2 and "Another server is at work" in other.stderr
    students = [f"s{number}" for number in range(6)]
    for student in students:
        put(course, student)
    lines_until(server, "points")
    server.kill()
    server.communicate()
    server = started(course)
    lines_until(server, "watching")
    put(course, "late")
    while "late," not in lines_until(server, "points"):
        pass
    server.send_signal(signal.SIGINT)
    assert server.stdout is not None
    assert "7 done" in server.stdout.read()
    assert server.wait() == 0
    for student in (*students, "late"):
        assert course.grades(student)["check_weighted_sum"] == (5.0, False)
    with sqlite3.connect(course.root / ".serving" / "journal.db") as journal:
        rows = journal.execute("select student, count(*), max(attempts) from arrivals "
                               "group by student").fetchall()
    journal.close()
    assert {count for _, count, _ in rows} == {1}
    assert sum(attempts > 1 for _, _, attempts in rows) <= 1  # the one under way when it was killed


@pytest.mark.parametrize(
    ("more", "sentence"),
    [(["--inbox", "/nowhere"], "/nowhere is not there"),
     (["--most", "0"], "must be more than 0")],
)
def test_every_trouble_is_one_sentence(
    course: MiniCourse, capsys: pytest.CaptureFixture[str], more: list[str], sentence: str
) -> None:
    (course.root / "inbox").mkdir()
    assert main([*command(course), *more]) == 2
    printed = capsys.readouterr().err
    assert sentence in printed and len(printed.strip().splitlines()) == 1


def test_a_course_without_a_release_is_one_sentence(
    course: MiniCourse, capsys: pytest.CaptureFixture[str]
) -> None:
    (course.root / "inbox").mkdir()
    with course.api().gradebook as gradebook:
        gradebook.remove_assignment(TOPIC)
    assert main(command(course)) == 2
    assert "No topic is released" in capsys.readouterr().err


# ---- the crew, with workers of the test ----------------------------------------------------------

ECHO = "import sys\nfor line in sys.stdin: print('{\"result\": \"well\"}', flush=True)"
DIES = "import sys\nsys.stdin.readline(); sys.exit('no memory left')"
FLOODS = "import sys\nsys.stdin.readline(); print('x' * 10**6, end='', flush=True); sys.exit()"


def crew_of(source: str) -> Crew:
    return Crew(1, b"secret", Limits(), lambda: 0.0, [sys.executable, "-c", source])


def answer(crew: Crew, task: Task) -> Done:
    crew.start(task)
    done: list[Done] = []
    while not done:
        done = crew.finished(10.0)
    return done[0]


@pytest.fixture
def task(small_topic: object) -> Task:
    return Task(7, "ada", small_topic, Path("x.ipynb"))  # type: ignore[arg-type]


def test_a_worker_answers_again_and_again(task: Task) -> None:
    crew = crew_of(ECHO)
    assert [answer(crew, task) for _ in range(3)] == [Done(7, "well")] * 3
    assert crew.free()
    crew.end()


@pytest.mark.parametrize(("source", "word"), [(DIES, "no memory left"), (FLOODS, "status")])
def test_a_worker_that_ends_is_replaced_and_its_words_are_kept(
    task: Task, source: str, word: str
) -> None:
    crew = crew_of(source)
    done = answer(crew, task)
    assert done.result is None and word in (done.broken or "")
    assert crew.free()
    crew.end()


def test_workers_that_never_live_are_given_up(task: Task) -> None:
    crew = crew_of("import sys; sys.exit('no library')")

    def wait() -> None:
        while True:
            crew.finished(10.0)

    with pytest.raises(CannotGrade, match="no library"):
        wait()
    crew.end()


def test_a_worker_that_takes_too_long_is_ended(task: Task) -> None:
    clock = [0.0]
    crew = Crew(1, b"secret", Limits(), lambda: clock[0],
                [sys.executable, "-c", "import sys\nfor line in sys.stdin: pass"])
    crew.start(task)
    assert crew.finished(0.0) == []
    clock[0] = 10**6
    assert "too long" in (crew.finished(0.0)[0].broken or "")
    crew.end()
