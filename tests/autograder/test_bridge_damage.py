"""`nbgrader autograde` gives every folder a student can hand in a named outcome."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest

from autograder.grading.graded_notebook import stored_result
from autograder.grading.handed_in import look_at
from autograder.grading.results import SubmissionResult
from tests.autograder.damage import DAMAGE
from tests.autograder.mini_course import TOPIC, MiniCourse


@pytest.fixture(scope="module")
def damaged(new_course: Callable[[], MiniCourse]) -> tuple[MiniCourse, int]:
    """A class in which everybody but one hands in something odd; with the exit status."""
    course = new_course()
    course.hand_in("honest", course.solved())
    for student, (hand_in, _, _) in DAMAGE.items():
        hand_in(course, student)
    return course, course.autograde()


def result_of(course: MiniCourse, student: str) -> SubmissionResult:
    found = stored_result(course.root / "autograded" / student / TOPIC / f"{TOPIC}.ipynb")
    assert found is not None
    return found


@pytest.mark.parametrize("student", DAMAGE)
def test_a_damaged_notebook_ends_as_a_named_outcome(
    damaged: tuple[MiniCourse, int], student: str
) -> None:
    course, _ = damaged
    _, grades, note = DAMAGE[student]
    result = result_of(course, student)
    assert result.note == note, result
    assert {name: course.grades(student)[name] for name in grades} == grades


def test_the_rest_of_the_class_is_graded_and_the_exit_status_is_zero(
    damaged: tuple[MiniCourse, int],
) -> None:
    course, status = damaged
    assert status == 0
    assert course.grades("honest")["check_weighted_sum"] == (5.0, False)


def test_every_graded_notebook_is_valid_and_gets_feedback(damaged: tuple[MiniCourse, int]) -> None:
    course, _ = damaged
    for student in DAMAGE:
        nbformat.validate(nbformat.from_dict(course.graded(student)))
    assert course.nbgrader("generate_feedback", TOPIC) == 0
    for student, (_, _, note) in DAMAGE.items():
        page = (course.root / "feedback" / student / TOPIC / f"{TOPIC}.html").read_text()
        assert "check_weighted_sum" in page
        assert note is None or note in page


def test_a_placeholder_says_why_and_shows_nothing_of_the_file(
    damaged: tuple[MiniCourse, int],
) -> None:
    course, _ = damaged
    first = course.graded("linked")["cells"][0]["source"]
    assert "could not be graded: a symbolic link" in first
    assert "root:" not in json.dumps(course.graded("linked"))


def test_a_folder_that_cannot_be_read_is_no_zero(
    course: MiniCourse, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = course.hand_in("ada", course.solved(), name="other")

    def refuse(path: Path) -> list[str]:
        raise PermissionError(str(path))

    monkeypatch.setattr(os, "listdir", refuse)
    found = look_at(folder, student="ada", notebook_name=TOPIC)
    assert (found.note, found.empty) == ("a folder that cannot be read", False)


def test_nothing_is_copied_out_of_a_linked_folder(damaged: tuple[MiniCourse, int]) -> None:
    course, _ = damaged
    copied = course.root / "autograded" / "linked-folder" / TOPIC
    assert [path.name for path in copied.iterdir()] == [f"{TOPIC}.ipynb"]


def test_odd_things_that_cost_nothing_are_told(damaged: tuple[MiniCourse, int]) -> None:
    course, _ = damaged
    told = {student: " ".join(result_of(course, student).events) for student in DAMAGE}
    assert "handed in as my homework (1).ipynb" in told["renamed"]
    assert "timestamp.txt cannot be read" in told["bad-time"]
