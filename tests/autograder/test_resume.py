"""Only what is missing is graded, and what a person gave stays, whatever happened before."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.catalogue import Topic
from autograder.cli import main
from autograder.grading import alone, autograde
from autograder.grading.fingerprint import exercise_hashes
from autograder.grading.grade import grade_one
from autograder.grading.results import ExerciseResult, SubmissionResult
from autograder.grading.store import Stored
from tests.autograder.mini_course import NO_BIAS, TOPIC, MiniCourse
from tests.autograder.small_course import QUICK, SECRET, SLUG, handed_in

STRANGE = Path(__file__).with_name("strange_grader.py")


class Marked(MiniCourse):
    """A course whose grader marks in the folder `seen` what it was asked."""

    def grade(self, *arguments: str) -> int:
        return main(["--course", str(self.root), "grade", TOPIC, "--sandbox=none", *arguments])

    def asked(self, student: str) -> int:
        return len(list((self.root / "seen").glob(f"{student}.[0-9]")))

    def file(self, student: str) -> Path:
        return self.root / "autograded" / student / TOPIC / f"{TOPIC}.ipynb"


@pytest.fixture
def marked(
    new_course: Callable[[], MiniCourse], monkeypatch: pytest.MonkeyPatch
) -> Marked:
    course = Marked(new_course().root)
    (course.root / "seen").mkdir()
    monkeypatch.setenv("SEEN", str(course.root / "seen"))
    monkeypatch.setattr(alone, "COMMAND", (sys.executable, str(STRANGE), "worker"))
    course.hand_in("ada", course.solved(), time="2025-01-01 10:00:00 UTC")
    return course


def by_hand(course: MiniCourse) -> None:
    with course.api().gradebook as gradebook:
        find = (TOPIC, TOPIC, "ada")
        grade = gradebook.find_grade("check_weighted_sum", *find)
        grade.manual_score, grade.extra_credit, grade.needs_manual_grade = 3.0, 1.0, False
        gradebook.find_comment("weighted_sum", *find).manual_comment = "Nearly."
        gradebook.db.commit()


def given(course: MiniCourse) -> tuple[object, ...]:
    with course.api().gradebook as gradebook:
        find = (TOPIC, TOPIC, "ada")
        grade = gradebook.find_grade("check_weighted_sum", *find)
        comment = gradebook.find_comment("weighted_sum", *find)
        return (grade.manual_score, grade.extra_credit, comment.manual_comment,
                grade.needs_manual_grade)


def test_again_there_is_nothing_to_do_and_that_is_an_exit_status(marked: Marked) -> None:
    assert marked.grade() == 0
    by_hand(marked)
    assert marked.grade() == 3
    assert marked.asked("ada") == 1
    assert given(marked) == (3.0, 1.0, "Nearly.", False)


def test_a_graded_folder_that_is_missing_or_old_is_made_again_without_grading(
    marked: Marked,
) -> None:
    marked.grade()
    by_hand(marked)
    whole = marked.file("ada").read_text()
    shutil.rmtree(marked.file("ada").parent)
    (marked.root / "autograded" / "ada" / ".grading-killed").mkdir()
    assert marked.grade() == 0
    assert marked.file("ada").read_text() == whole
    marked.file("ada").write_text(whole.replace('"stamp": "', '"stamp": "0')[:-1])
    assert marked.grade() == 0
    assert marked.file("ada").read_text() == whole
    assert [path.name for path in (marked.root / "autograded" / "ada").iterdir()] == [TOPIC]
    assert marked.asked("ada") == 1
    assert given(marked) == (3.0, 1.0, "Nearly.", False)


def test_a_submission_that_changed_is_graded_again(marked: Marked) -> None:
    marked.grade()
    marked.hand_in("ada", marked.solved(NO_BIAS), time="2025-01-01 10:00:00 UTC")
    assert marked.grade() == 0
    assert marked.asked("ada") == 2


def test_a_new_time_of_hand_in_is_recorded_without_grading(marked: Marked) -> None:
    marked.grade()
    marked.hand_in("ada", marked.solved(), time="2025-02-01 10:00:00 UTC")
    assert marked.grade() == 0
    assert marked.asked("ada") == 1
    with marked.api().gradebook as gradebook:
        assert gradebook.find_submission(TOPIC, "ada").timestamp.month == 2
    assert "2025-02-01" in (marked.file("ada").parent / "timestamp.txt").read_text()
    assert marked.grade() == 3


def test_when_checks_change_it_is_graded_again_and_what_a_person_gave_stays(
    marked: Marked, monkeypatch: pytest.MonkeyPatch
) -> None:
    marked.grade()
    by_hand(marked)
    monkeypatch.setattr(autograde, "exercise_hashes", lambda topic: {"weighted_sum": "another"})
    assert marked.grade() == 0
    assert marked.asked("ada") == 2
    assert given(marked) == (3.0, 1.0, "Nearly.", True)  # nbgrader asks for a second look
    assert marked.grade() == 3


def test_what_broke_us_is_tried_again_next_time(
    marked: Marked, monkeypatch: pytest.MonkeyPatch
) -> None:
    marked.hand_in("raises", marked.solved())
    assert marked.grade() == 1
    assert marked.grades("raises")["check_weighted_sum"] == (None, True)
    before = marked.asked("raises")
    assert marked.grade() == 1
    assert marked.asked("raises") > before
    assert marked.asked("ada") == 1


def test_another_student_is_graded_alone(marked: Marked) -> None:
    marked.grade()
    marked.hand_in("bob", marked.solved())
    assert marked.grade() == 0
    assert (marked.asked("ada"), marked.asked("bob")) == (1, 1)
    assert marked.grade("--force") == 0
    assert (marked.asked("ada"), marked.asked("bob")) == (2, 2)


def result(name: str, outcome: str = "passed") -> ExerciseResult:
    points = None if outcome == "error" else 1.0
    return ExerciseResult(name, "exercise", outcome, points, 1.0, "")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("checks", "good", "kept"),
    [
        ({"a": "1", "b": "2", "c": "3"}, None, ["a", "b"]),  # we failed in c
        ({"a": "1", "b": "2"}, ["a", "b"], ["a", "b"]),  # c is no exercise any more
        ({"a": "1", "b": "9"}, None, ["a"]),
        ({"a": "1", "b": "2", "d": "4"}, None, ["a", "b"]),
        ({"a": "9"}, None, None),
    ],
)
def test_what_holds_of_a_stored_result(
    checks: dict[str, str], good: list[str] | None, kept: list[str] | None
) -> None:
    exercises = (result("a"), result("b"), result("c", "error"))
    text = SubmissionResult("ada", SLUG, exercises).to_json()
    stored = Stored("ada", "f" * 64, {"a": "1", "b": "2", "c": "3"}, text)
    for found, expected in ((stored.still_good(checks), good), (stored.part(checks), kept)):
        assert (found and [each.name for each in found.exercises]) == expected


def test_what_is_kept_is_not_judged_again(small_topic: Topic, tmp_path: Path) -> None:
    import json

    content = json.dumps(handed_in({"classify_nodes": "classify_nodes = 3"})).encode()
    kept = SubmissionResult(
        "ada", SLUG, (result("classify_nodes"), result("weighted_sum")),
        events=("weighted_sum uses course_lib.x", "pred_succ uses course_lib.y"))
    found = grade_one(content, student="ada", topic=small_topic, secret=SECRET, limits=QUICK,
                      kept=kept)
    assert [each.name for each in found.exercises] == [e.name for e in small_topic.exercises]
    assert found.exercise("classify_nodes") == result("classify_nodes")  # it would fail
    assert found.exercise("pred_succ").outcome == "passed"
    assert found.events == ("weighted_sum uses course_lib.x",)


def test_every_exercise_of_a_topic_has_its_own_hash(small_topic: Topic) -> None:
    found = exercise_hashes(small_topic)
    assert list(found) == [each.name for each in small_topic.exercises]
    assert len(set(found.values())) == len(found)
