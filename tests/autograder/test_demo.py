"""The demo's class is what the README promises, and a wrong result makes the demo fail."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

import autograder.demo.run
from autograder.catalogue import ROOT, Catalogue, Topic
from autograder.demo.handiwork import Papers
from autograder.demo.run import complaints, run_demo
from autograder.demo.students import CLASS, TOPICS, Student
from autograder.grading.results import ExerciseResult, SubmissionResult
from course_lib.checks.cases import declaration

BY_NAME = {student.name: student for student in CLASS}
OUTCOMES = ("passed", "failed", "missing", "error", "needs a look")


@pytest.fixture(scope="module")
def topics() -> list[Topic]:
    return [Catalogue(ROOT).topic(name) for name in TOPICS]


@pytest.fixture(scope="module")
def lectures() -> dict[str, str]:
    return {slug: (ROOT / "lectures" / slug / f"{slug}.ipynb").read_text("utf-8")
            for slug in TOPICS}


def test_the_class_is_large_enough_and_names_are_unique() -> None:
    assert len(CLASS) >= 16
    assert len(BY_NAME) == len(CLASS)
    beliefs = {(name, value) for student in CLASS for name, value in student.expected.items()
               if value not in OUTCOMES}
    assert len(beliefs) >= 5
    assert {declaration(name).topic for name, _ in beliefs} == {
        "multilayer_perceptrons", "convolutional_layer"}


@pytest.mark.parametrize("student", CLASS, ids=lambda student: student.name)
def test_every_hand_in_differs_from_full_marks_as_the_list_says(
    student: Student, topics: list[Topic], lectures: dict[str, str]
) -> None:
    solved, own = Papers(topics, lectures), Papers(topics, lectures)
    for edit in student.edits:
        edit(own)
    texts = [(solved.text(topic), own.text(topic)) for topic in topics]
    assert any(mine != theirs for theirs, mine in texts) == bool(student.edits)
    for topic, (_, text) in zip(topics, texts, strict=True):
        if topic.slug not in student.note:
            assert "BEGIN SOLUTION" not in text
            names = [cell["metadata"].get("nbgrader", {}).get("grade_id")
                     for cell in json.loads(text)["cells"]]
            assert {exercise.name for exercise in topic.exercises} <= set(names)


def graded(topic: Topic, student: Student, **changes: ExerciseResult) -> SubmissionResult:
    """The result that the class list asks for, with exercises changed."""
    exercises = []
    for cell in topic.exercises:
        expected = student.expected.get(cell.name, student.expected.get("*", "passed"))
        outcome = expected if expected in OUTCOMES else "failed"
        made = ExerciseResult(
            cell.name, cell.kind, outcome,  # type: ignore[arg-type]
            cell.points if outcome == "passed" else 0.0, cell.points, "",
            belief=None if expected == outcome else expected)
        exercises.append(changes.get(cell.name, made))
    return SubmissionResult(student.name, topic.slug, tuple(exercises))


def test_what_differs_from_the_list_is_told(topics: list[Topic]) -> None:
    topic, student = topics[0], BY_NAME["emre"]
    right = graded(topic, student)
    assert complaints(student, topic, right, right.score) == []
    assert complaints(student, topic, None, None) == [
        f"emre (Pred and Succ swapped), {topic.slug}: no result"]
    unnamed = replace(right.exercise("pred_succ"), belief=None)
    [line] = complaints(student, topic, graded(topic, student, pred_succ=unnamed), right.score)
    assert "pred_succ is failed" in line and "expected swaps_pred_and_succ" in line
    [line] = complaints(student, topic, right, right.score + 1)
    assert "points in the gradebook" in line
    [line] = complaints(student, topic, replace(right, note="not JSON"), 0.0)
    assert "not JSON" in line
    broken = BY_NAME["tara"]
    [line] = complaints(broken, topic, graded(topic, broken), 0.0)
    assert "graded" in line


def few(monkeypatch: pytest.MonkeyPatch, *students: Student) -> None:
    monkeypatch.setattr(autograder.demo.run, "CLASS", students)
    monkeypatch.setattr(autograder.demo.run, "TOPICS", TOPICS[:1])


@pytest.mark.slow
def test_a_small_class_runs_from_release_to_feedback(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    few(monkeypatch, BY_NAME["ada"], BY_NAME["fatma"], BY_NAME["priya"], BY_NAME["tara"])
    assert run_demo(ROOT, keep=tmp_path / "kept") == 0
    out = capfd.readouterr().out
    assert "forward_graph: forgets the bias" in out
    assert out.rstrip().splitlines()[-1] == (
        "demo: 4 students, 1 lectures, 4 notebooks graded, 4 pages of feedback: all as expected")
    page = tmp_path / "kept" / "feedback" / "fatma" / TOPICS[0] / f"{TOPICS[0]}.html"
    assert "forgets the bias" in page.read_text("utf-8")


@pytest.mark.slow
def test_an_unexpected_result_makes_the_demo_fail(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    few(monkeypatch, replace(BY_NAME["ada"], expected={"layer": "failed"}))
    assert run_demo(ROOT) == 1
    out = capfd.readouterr().out
    assert "NOT as expected: ada" in out
    assert out.rstrip().splitlines()[-1].startswith("demo: failed")


@pytest.mark.slow
def test_the_whole_demo_is_as_expected(capfd: pytest.CaptureFixture[str]) -> None:
    assert run_demo(ROOT) == 0
    assert "all as expected" in capfd.readouterr().out.splitlines()[-1]
