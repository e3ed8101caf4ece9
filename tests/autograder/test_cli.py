"""`python -m autograder`: what an instructor reads, and one sentence for every trouble."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import autograder.verify
from autograder.cli import main
from autograder.cli.progress import Progress, duration
from autograder.grading.class_report import class_table
from autograder.grading.results import ExerciseResult, SubmissionResult
from tests.autograder.mini_course import NO_BIAS, REPOSITORY, TOPIC, MiniCourse

PAINTS = "def weighted_sum(x, w, b):\n    raise ValueError('\\x1b[2J\\x1b[31m red')\n"


class Terminal:
    """Runs commands in a course and keeps what they print."""

    def __init__(self, course: MiniCourse, capsys: pytest.CaptureFixture[str]) -> None:
        self.course, self.capsys = course, capsys
        self.out = self.err = ""

    def __call__(self, *arguments: str) -> int:
        status = main(["--course", str(self.course.root), *arguments])
        self.out, self.err = self.capsys.readouterr()
        return status


@pytest.fixture
def terminal(course: MiniCourse, capsys: pytest.CaptureFixture[str]) -> Terminal:
    return Terminal(course, capsys)


def test_grade_prints_the_class_and_what_it_believes(terminal: Terminal) -> None:
    course = terminal.course
    course.hand_in("ada", course.solved())
    course.hand_in("bob", course.solved(NO_BIAS))
    course.hand_in("cid", "{broken")
    assert terminal("grade", "00") == 0
    rows = {line.split()[0]: line for line in terminal.out.splitlines() if line}
    assert "5/7" in rows["ada"] and "everything right" in rows["ada"]
    assert "0/7" in rows["bob"] and "weighted_sum: forgets the bias" in rows["bob"]
    assert "not JSON" in rows["cid"]
    assert "1 x weighted_sum: forgets the bias" in terminal.out
    assert "Sandbox: isolated. Tried from inside" in terminal.out
    assert course.grades("ada")["check_weighted_sum"] == (5.0, False)


def test_the_course_is_named_before_or_after_the_command(
    course: MiniCourse, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = str(course.root)
    for words in (["--course", folder, "extension"], ["extension", f"--course={folder}"],
                  ["extension", "--course", folder]):
        assert main(words) == 0
        assert capsys.readouterr().out == "No extensions.\n"


def test_grade_again_keeps_the_table_of_the_whole_class(terminal: Terminal) -> None:
    course = terminal.course
    course.hand_in("ada", course.solved())
    terminal("grade", TOPIC)
    course.hand_in("bob", course.solved(NO_BIAS))
    assert terminal("grade", TOPIC, "--workers", "1") == 0
    assert "ada" in terminal.out and "bob" in terminal.out
    assert terminal("grade", TOPIC, "--student", "bob", "--force") == 0
    assert "ada" not in terminal.out


def test_no_sandbox_is_stamped_on_the_results(terminal: Terminal) -> None:
    course = terminal.course
    course.hand_in("ada", course.solved())
    assert terminal("grade", TOPIC, "--sandbox=none") == 0
    assert "Sandbox: none, as --sandbox=none asked for" in terminal.out
    graded = course.graded("ada")
    assert graded["metadata"]["course"]["result"]["sandbox"].startswith("none")
    assert "sandbox" not in json.dumps(graded["cells"])  # no invitation to students


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["grade", "00_start_hare"], "Did you mean 00_start_here?"),
        (["grade", TOPIC], f"Nothing was handed in for {TOPIC}"),
        (["grade", TOPIC, "--student", "ada"], "Nothing was handed in from ada"),
        (["explain", "ada", TOPIC], f"ada has no graded {TOPIC}"),
        (["explain", "ada", TOPIC, "weighted_sun"], "Did you mean weighted_sum?"),
        (["replay", "ada", "weighted_sum"], f"ada has handed in nothing for {TOPIC}"),
        (["replay", "ada", "weighted_sun"], "Did you mean weighted_sum?"),
        (["verify", "17"], "There is no topic '17'"),
    ],
)
def test_every_trouble_is_one_sentence(
    terminal: Terminal, arguments: list[str], sentence: str
) -> None:
    assert terminal(*arguments) == 2
    assert sentence in terminal.err
    assert len(terminal.err.strip().splitlines()) == 1
    assert terminal.out == ""


def test_without_a_gradebook_grade_says_how_to_make_one(terminal: Terminal) -> None:
    (terminal.course.root / "gradebook.db").unlink()
    assert terminal("grade", TOPIC) == 2
    assert f"nbgrader generate_assignment {TOPIC}" in terminal.err


def test_a_folder_that_is_no_course_is_named(
    tmp_path: Path, course: MiniCourse, capsys: pytest.CaptureFixture[str]
) -> None:
    (course.root / "nbgrader_config.py").unlink()
    assert main(["--course", str(course.root), "grade", TOPIC]) == 2
    assert "has no nbgrader_config.py" in capsys.readouterr().err


def test_what_could_not_be_written_is_a_failure(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    course = terminal.course
    for student in ("ada", "bob"):
        course.hand_in(student, course.solved())
    (course.root / "autograded").mkdir()
    (course.root / "autograded" / "bob").write_text("a file where a folder must be")
    assert terminal("grade", TOPIC) == 1
    assert "were not graded" in terminal.out
    assert course.grades("ada")["check_weighted_sum"] == (5.0, False)


def test_explain_tells_all_that_the_bank_knows(terminal: Terminal) -> None:
    course = terminal.course
    course.hand_in("bob", course.solved(NO_BIAS))
    terminal("grade", TOPIC)
    assert terminal("explain", "bob", "00") == 0
    assert "belief: forgets the bias" in terminal.out
    assert "not ok many inputs" in terminal.out
    assert "You add up the products but leave out b" in terminal.out
    text = " ".join(terminal.out.split())
    from autograder.bank import belief_text
    from course_lib.checks.cases import Exercise, declaration

    declared = declaration("weighted_sum")
    assert isinstance(declared, Exercise)
    assert " ".join(belief_text(declared, "forgets_the_bias").split()) in text


def test_replay_shows_the_hidden_inputs_and_draws_them_again(terminal: Terminal) -> None:
    course = terminal.course
    for student in ("bob", "eve"):
        course.hand_in(student, course.solved(NO_BIAS))
    assert terminal("replay", "bob", "weighted_sum") == 0
    first = terminal.out
    assert "inputs" in first and "expected" in first and "got" in first
    assert "0 of" in first.splitlines()[-1]
    terminal("replay", "bob", "weighted_sum")
    assert terminal.out == first
    terminal("replay", "eve", "weighted_sum")
    assert terminal.out.splitlines()[1] != first.splitlines()[1]


def test_replay_of_a_broken_notebook_is_one_sentence(terminal: Terminal) -> None:
    terminal.course.hand_in("bob", "{broken")
    assert terminal("replay", "bob", "weighted_sum") == 2
    assert "cannot be read" in terminal.err


def test_nothing_a_student_writes_steers_the_terminal(terminal: Terminal) -> None:
    course = terminal.course
    for student in ("bob", "a\x1b[2Jb", "c\u202ed"):
        course.hand_in(student, course.solved(PAINTS))
        shown = ""
        assert terminal("grade", TOPIC, "--student", student) == 0
        shown += terminal.out + terminal.err
        terminal("explain", student, TOPIC)
        shown += terminal.out + terminal.err
        terminal("replay", student, "weighted_sum")
        shown += terminal.out + terminal.err
        assert "weighted_sum" in shown
        assert "\x1b" not in shown and "\u202e" not in shown


def test_verify_hands_over_topics_and_seeds(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: dict[str, Any] = {}

    def verify(topics: list[Any], **options: Any) -> int:
        asked.update(options, topics=[topic.slug for topic in topics])
        return 1

    monkeypatch.setattr(autograder.verify, "verify", verify)
    assert terminal("verify", "--seeds", "7") == 1
    assert asked["topics"] == [TOPIC]
    assert asked["seeds"] == 7
    assert asked["lectures"] == terminal.course.root / "lectures"


def test_help_names_every_command() -> None:
    command = [sys.executable, "-m", "autograder", "--help"]
    shown = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=True)
    for name in ("grade", "explain", "replay", "verify", "bundle", "demo"):
        assert name in shown.stdout


def test_the_plug_in_lists_every_family_as_an_item(course: MiniCourse) -> None:
    folder = course.hand_in("bob", course.solved(NO_BIAS))
    command = [sys.executable, "-m", "pytest", "-v", "--submission",
               str(folder / f"{TOPIC}.ipynb"), "--course", str(course.root), "autograder"]
    shown = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True)
    assert shown.returncode == 1
    for family in ("small numbers", "many inputs", "one input", "no input"):
        for side in ("visible", "hidden"):
            assert f"{side}: {family} FAILED" in shown.stdout
    assert "Traceback" not in shown.stdout and "Error" not in shown.stdout
    assert "expected 1.5, got 1" in shown.stdout


def outcome(name: str, **more: Any) -> ExerciseResult:
    return ExerciseResult(name, "exercise", more.pop("outcome", "failed"), more.pop("points", 0.0),
                          5.0, more.pop("summary", "It fails in: this; that. More."), **more)


@pytest.mark.parametrize(
    ("exercises", "remark"),
    [
        ([outcome("a", outcome="passed", points=5.0)], "everything right"),
        ([outcome("a", belief="forgets_it")], "a: forgets it"),
        ([outcome("a", timed_out=True)], "a: ran out of time"),
        ([outcome("a")], "a: It fails in: this; that"),
        ([outcome("a", outcome="missing")], "03: nothing written yet"),
        ([outcome("a"), outcome("b", outcome="missing")], "03: 1 of 2 not written"),
        ([outcome("a", outcome="error", points=None)], "a: our fault"),
        ([outcome("a", outcome="needs a look", points=None)], "a: needs a look"),
    ],
)
def test_one_line_says_what_a_student_believes(
    exercises: list[ExerciseResult], remark: str
) -> None:
    line = class_table([SubmissionResult("ada", "03_x", tuple(exercises))])[-1]
    assert remark in line


class Screen(io.StringIO):
    """A terminal that remembers what is written to it."""

    def isatty(self) -> bool:
        return True


def test_progress_is_a_bar_on_a_terminal_and_ten_lines_elsewhere() -> None:
    screen, log = Screen(), io.StringIO()
    for out in (screen, log):
        clock = iter(range(0, 1000, 2))
        progress = Progress("grading", out, clock=lambda clock=clock: float(next(clock)))
        for done in range(1, 101):
            progress.show(done, 100, f"student {done}")
        progress.end()
    half = "[############............] 50/100 30 a minute 1:40 min left student 50"
    assert half[:60] in screen.getvalue()
    assert "\n" not in screen.getvalue()
    assert len(log.getvalue().splitlines()) == 10
    assert log.getvalue().splitlines()[0] == (
        "grading: 10 of 100, 30 a minute, 3:00 min left, student 10")
    assert log.getvalue().splitlines()[-1] == "grading: 100 of 100, 30 a minute, student 100"


@pytest.mark.parametrize(
    ("seconds", "words"), [(-1, "0 s"), (59.4, "59 s"), (125, "2:05 min"), (5400, "1:30 h")]
)
def test_a_duration_in_words(seconds: float, words: str) -> None:
    assert duration(seconds) == words


def test_the_demo_does_not_write_into_a_folder_that_is_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["demo", "--keep", str(tmp_path)]) == 2
    assert "--keep wants a new folder" in capsys.readouterr().err
