"""`nbgrader autograde` survives every folder a student can hand in, and keeps nbgrader's rules."""

from __future__ import annotations

import copy
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest

from autograder.grading.graded_notebook import stored_result
from autograder.grading.handed_in import look_at
from autograder.grading.results import SubmissionResult
from tests.autograder.mini_course import (
    NO_BIAS,
    RIGHT,
    TOPIC,
    MiniCourse,
    cell,
    notebook,
)

FULL = {"check_weighted_sum": (5.0, False)}
SECRET = "nobody must read this"


def exercise_cell(document: dict[str, Any]) -> dict[str, Any]:
    """The student's solution cell."""
    return next(each for each in document["cells"] if each["id"] == "weighted_sum")


def twice(document: dict[str, Any], other: str | None = None) -> dict[str, Any]:
    """The solution cell a second time, perhaps with other code."""
    again = copy.deepcopy(exercise_cell(document))
    again["source"] = other or again["source"]
    document["cells"].append(again)
    return document


def without_ids(document: dict[str, Any]) -> dict[str, Any]:
    for each in document["cells"]:
        del each["id"]
    return document


def renumbered(document: dict[str, Any]) -> dict[str, Any]:
    """Ids as another editor writes them."""
    for position, each in enumerate(document["cells"]):
        each["id"] = f"colab{position}"
    return document


def with_metadata(document: dict[str, Any], **metadata: Any) -> dict[str, Any]:
    document["metadata"].update(metadata)
    return document


def of_a_future_schema(document: dict[str, Any]) -> dict[str, Any]:
    for each in document["cells"]:
        if "nbgrader" in each["metadata"]:
            each["metadata"]["nbgrader"]["schema_version"] = 99
    return document


def link_to(target: Path) -> Callable[[MiniCourse, str], None]:
    """Hands in a symbolic link in the place of the notebook."""

    def hand_in(course: MiniCourse, student: str) -> None:
        folder = course.hand_in(student, course.solved())
        (folder / f"{TOPIC}.ipynb").unlink()
        (folder / f"{TOPIC}.ipynb").symlink_to(target)

    return hand_in


def beside(name: str, text: str) -> Callable[[MiniCourse, str], None]:
    """Hands in wrong code, and a file next to it that tries to help."""

    def hand_in(course: MiniCourse, student: str) -> None:
        (course.hand_in(student, course.solved(NO_BIAS)) / name).write_text(text)

    return hand_in


def text(make: Callable[[dict[str, Any]], Any]) -> Callable[[MiniCourse, str], None]:
    """Hands in what `make` turns a right notebook into."""

    def hand_in(course: MiniCourse, student: str) -> None:
        course.hand_in(student, make(course.solved()))

    return hand_in


def right(**how: Any) -> Callable[[MiniCourse, str], None]:
    """Hands in right work, with another file name or a timestamp."""

    def hand_in(course: MiniCourse, student: str) -> None:
        course.hand_in(student, course.solved(), **how)

    return hand_in


def two_notebooks(course: MiniCourse, student: str) -> None:
    course.hand_in(student, course.solved(), name="first")
    course.hand_in(student, course.solved(), name="second")


def a_folder(course: MiniCourse, student: str) -> None:
    (course.hand_in(student, course.solved()) / f"{TOPIC}.ipynb").unlink()
    (course.root / "submitted" / student / TOPIC / f"{TOPIC}.ipynb").mkdir()


def a_pipe(course: MiniCourse, student: str) -> None:
    path = course.hand_in(student, course.solved()) / f"{TOPIC}.ipynb"
    path.unlink()
    os.mkfifo(path)


def only_a_pdf(course: MiniCourse, student: str) -> None:
    folder = course.hand_in(student, course.solved())
    (folder / f"{TOPIC}.ipynb").rename(folder / "homework.pdf")


def nothing(course: MiniCourse, student: str) -> None:
    (course.hand_in(student, course.solved()) / f"{TOPIC}.ipynb").unlink()


def a_linked_folder(course: MiniCourse, student: str) -> None:
    other = course.hand_in(f"{student}-target", course.solved())
    (other / "data.csv").write_text(SECRET)
    mine = course.root / "submitted" / student / TOPIC
    mine.parent.mkdir(parents=True)
    mine.symlink_to(other, target_is_directory=True)


def deeply_nested(document: dict[str, Any]) -> str:
    return json.dumps(document)[:-1] + ', "x": ' + "[" * 100_000 + "]" * 100_000 + "}"


LOOK = {"check_weighted_sum": (None, True)}
ZERO = {"check_weighted_sum": (0.0, False)}
ALL_ZERO = ZERO | {"open_bias": (0.0, False)}
ALL_LOOK = LOOK | {"open_bias": (None, True)}
DAMAGE: dict[str, tuple[Callable[[MiniCourse, str], None], dict[str, Any], str | None]] = {
    # what is handed in, the grade it must get, and the named outcome
    "broken-json": (text(lambda d: json.dumps(d)[:300]), ALL_LOOK, "not JSON"),
    "empty-file": (text(lambda d: ""), LOOK, "empty"),
    "a-list": (text(lambda d: "[1, 2]"), LOOK, "not a notebook"),
    "binary": (text(lambda d: "\udcff\x00"[1:]), LOOK, "not JSON"),
    "nested": (text(deeply_nested), LOOK, "nested too deeply"),
    "nbformat-2": (text(lambda d: d | {"nbformat": 2}), LOOK, "nbformat 2"),
    "nbformat-99": (text(lambda d: d | {"nbformat": 99}), LOOK, "nbformat 99"),
    "no-cells": (text(lambda d: d | {"cells": None}), LOOK, "no cells"),
    "too-large": (text(lambda d: with_metadata(d, x="x" * 60_000_000)), LOOK, "too large"),
    "linked": (link_to(Path("/etc/passwd")), LOOK, "a symbolic link"),
    "linked-nowhere": (link_to(Path("/nowhere")), LOOK, "a symbolic link"),
    "linked-folder": (a_linked_folder, LOOK, "the folder is a symbolic link"),
    "folder": (a_folder, LOOK, "not a regular file"),
    "pipe": (a_pipe, LOOK, "not a regular file"),
    "two-names": (two_notebooks, LOOK, f"2 notebooks, none of them called {TOPIC}.ipynb"),
    "pdf": (only_a_pdf, ALL_LOOK, "no notebook"),
    "nothing": (nothing, ALL_ZERO, "no notebook"),
    "no-ids": (text(without_ids), FULL, None),
    "other-ids": (text(renumbered), FULL, None),
    "copied-cell": (text(twice), FULL, None),
    "two-versions": (text(lambda d: twice(d, NO_BIAS)), LOOK, None),
    "schema-99": (text(of_a_future_schema), FULL, None),
    "other-kernel": (text(lambda d: with_metadata(d, kernelspec={"name": "ir"})), FULL, None),
    "bad-time": (right(time="not a date"), FULL, None),
    "no-time": (right(time=""), FULL, None),
    "huge-time": (right(time="9" * 5000), FULL, None),
    "renamed": (right(name="my homework (1)"), FULL, None),
    "own-numpy": (beside("numpy.py", "def dot(x, w): return x @ w + 1"), ZERO, None),
}


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


def test_links_beside_the_notebook_are_not_followed(course: MiniCourse, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text(SECRET)
    folder = course.hand_in("eve", course.solved())
    (folder / "data.csv").write_text("1,2")
    (folder / "link.csv").symlink_to(tmp_path / "secret")
    (folder / "all").symlink_to(tmp_path, target_is_directory=True)
    (folder / "page.html").write_text("<script>alert(1)</script>")
    os.mkfifo(folder / "pipe")
    assert course.autograde() == 0
    copied = course.root / "autograded" / "eve" / TOPIC
    assert sorted(path.name for path in copied.iterdir()) == [f"{TOPIC}.ipynb", "data.csv"]


HOSTILE = [
    "<script>alert('X')</script>",
    "<img src=x onerror=alert('X')>",
    "[X](javascript:alert('X'))",
    "<javascript:alert('X')>",
    "[X]\n\n[X]: javascript:alert('X')",
    "![X](attachment:X)",
    "```mermaid\n</pre><script>alert('X')</script>\n```",
    "$\\href{javascript:alert('X')}{X}$",
    "# check_weighted_sum X",
    "lone surrogate \ud800 X",
    "\x1b[2J X",
]


@pytest.fixture(scope="module")
def attacked(new_course: Callable[[], MiniCourse]) -> MiniCourse:
    """Every attack in every place a student can write to, graded and with feedback."""
    course = new_course()
    for number, attack in enumerate(HOSTILE):
        handed_in = course.solved(answer=attack)
        output = {"output_type": "display_data", "metadata": {}, "data": {"text/html": attack}}
        exercise_cell(handed_in)["outputs"] = [output]
        handed_in["cells"].append(cell("markdown", "own", attack))
        handed_in["cells"].append(cell("code", "code", f"# {attack}\nraise ValueError({attack!r})"))
        course.hand_in(f"eve{number}", handed_in)
    assert course.autograde() == 0
    assert course.nbgrader("generate_feedback", TOPIC) == 0
    return course


@pytest.mark.parametrize("number", range(len(HOSTILE)), ids=HOSTILE)
def test_nothing_a_student_writes_runs_in_the_feedback(attacked: MiniCourse, number: int) -> None:
    folder = attacked.root / "feedback" / f"eve{number}" / TOPIC
    page = (folder / f"{TOPIC}.html").read_text()
    body = page[page.index("<body") :]
    assert "X" in body
    for active in ("<script>alert", "<img src=x", 'href="javascript:', '<h1 id="check_'):
        assert active not in body
    if "href{" in HOSTILE[number]:
        assert "<pre>\n$\\href" in body  # MathJax leaves <pre> alone


def test_outputs_of_the_student_are_dropped_and_ours_are_shown(course: MiniCourse) -> None:
    handed_in = course.solved(NO_BIAS)
    forged = {"output_type": "stream", "name": "stdout", "text": "visible 9 of 9"}
    for each in handed_in["cells"]:
        if each["cell_type"] == "code":
            each["outputs"] = [forged]
    course.hand_in("eve", handed_in)
    course.autograde()
    graded = {each["id"]: each for each in course.graded("eve")["cells"]}
    assert "visible 9 of 9" not in json.dumps(graded)
    shown = graded["check_weighted_sum"]["outputs"][0]["data"]["text/plain"]
    assert shown.startswith("Not right yet (0 of 5 points)")
    assert "forgets the bias" in shown
    assert "not ok: many inputs" in shown


def test_added_cells_and_answers_stay_in_their_places(course: MiniCourse) -> None:
    handed_in = course.solved(answer="Because one neuron has one bias.")
    handed_in["cells"].insert(3, cell("code", "mine", "helper = 1"))
    handed_in["cells"].insert(0, cell("markdown", "note", "my notes"))
    course.hand_in("ada", handed_in)
    course.autograde()
    sources = [each["source"] for each in course.graded("ada")["cells"]]
    assert sources[1] == "my notes"
    assert sources.index("helper = 1") == sources.index(RIGHT.rstrip("\n") + "\n") - 1
    assert "Because one neuron has one bias." in sources


def test_a_thousand_cells_of_their_own_do_not_swell_the_graded_notebook(
    course: MiniCourse,
) -> None:
    handed_in = course.solved()
    own = [cell("markdown", f"own{number}", f"note {number}") for number in range(1000)]
    handed_in["cells"] += own + [cell("markdown", "long", "*a" * 50_000)]
    course.hand_in("ada", handed_in)
    assert course.autograde() == 0
    assert len(course.graded("ada")["cells"]) < 120
    assert course.graded("ada")["cells"][-1]["source"].startswith("901 more cells")


def test_what_was_graded_is_left_alone_unless_newer_or_forced(course: MiniCourse) -> None:
    course.hand_in("ada", course.solved(NO_BIAS), time="2025-01-01 10:00:00 UTC")
    course.autograde()
    course.hand_in("ada", course.solved(), time="2025-01-01 10:00:00 UTC")
    course.autograde()
    assert course.grades("ada")["check_weighted_sum"] == (0.0, False)
    course.autograde("--force")
    assert course.grades("ada")["check_weighted_sum"] == (5.0, False)
    course.hand_in("ada", course.solved(NO_BIAS), time="2025-01-02 10:00:00 UTC")
    course.autograde()
    assert course.grades("ada")["check_weighted_sum"] == (0.0, False)


def test_one_student_alone_and_excluded_students(course: MiniCourse) -> None:
    for student in ("ada", "bob"):
        course.hand_in(student, course.solved())
    course.autograde("--student", "ada")
    assert not (course.root / "autograded" / "bob").exists()
    course.autograde("--CourseDirectory.student_id_exclude=bob")
    assert not (course.root / "autograded" / "bob").exists()
    assert course.autograde("--notebook", "another*") == 1
    assert not (course.root / "autograded" / "bob").exists()


def test_manual_scores_and_comments_are_never_overwritten(course: MiniCourse) -> None:
    course.hand_in("ada", course.solved(NO_BIAS, answer="An answer."))
    course.autograde()
    with course.api().gradebook as gradebook:
        find = (TOPIC, TOPIC, "ada")
        grade = gradebook.find_grade("check_weighted_sum", *find)
        grade.manual_score, grade.extra_credit, grade.needs_manual_grade = 3.0, 1.0, False
        gradebook.find_grade("open_bias", *find).manual_score = 2.0
        gradebook.find_comment("weighted_sum", *find).manual_comment = "Nearly."
        gradebook.db.commit()
    course.autograde("--force")
    with course.api().gradebook as gradebook:
        grade = gradebook.find_grade("check_weighted_sum", *find)
        assert (grade.manual_score, grade.extra_credit, grade.auto_score) == (3.0, 1.0, 0.0)
        assert grade.needs_manual_grade  # nbgrader asks for a second look at a new hand-in
        assert gradebook.find_grade("open_bias", *find).manual_score == 2.0
        comment = gradebook.find_comment("weighted_sum", *find)
        assert comment.comment == "Nearly."
        assert "leave out b" in comment.auto_comment


def test_open_questions_wait_for_a_person_only_when_answered(course: MiniCourse) -> None:
    course.hand_in("ada", course.solved(answer="Because."))
    course.hand_in("bob", course.solved())
    course.autograde()
    assert course.grades("ada")["open_bias"] == (None, True)
    assert course.grades("bob")["open_bias"] == (0.0, False)


def test_late_submissions_keep_their_time_and_penalty(course: MiniCourse) -> None:
    with course.api().gradebook as gradebook:
        gradebook.update_or_create_assignment(TOPIC, duedate="2025-01-01 00:00:00 UTC")
    course.hand_in("ada", course.solved(), time="2025-01-01 00:01:00 UTC")
    course.autograde("--LateSubmissionPlugin.penalty_method=zero")
    with course.api().gradebook as gradebook:
        submission = gradebook.find_submission(TOPIC, "ada")
        assert submission.total_seconds_late == 60
        assert submission.score == 5
        notebook_row = gradebook.find_submission_notebook(TOPIC, TOPIC, "ada")
        assert notebook_row.late_submission_penalty == 5


def test_an_unknown_student_is_an_error_only_if_creation_is_off(course: MiniCourse) -> None:
    course.hand_in("ada", course.solved())
    with course.api().gradebook as gradebook:
        gradebook.add_student("ada")
    course.hand_in("stranger", course.solved())
    assert course.autograde("--Autograde.create_student=False") == 1
    assert course.grades("ada")["check_weighted_sum"] == (5.0, False)
    assert course.autograde() == 0
    assert course.grades("stranger")["check_weighted_sum"] == (5.0, False)


def test_formgraders_button_gives_the_same_and_regrades(course: MiniCourse) -> None:
    course.hand_in("ada", course.solved(NO_BIAS))
    outcome = course.api().autograde(TOPIC, "ada")
    assert outcome["success"], outcome
    assert course.grades("ada")["check_weighted_sum"] == (0.0, False)
    course.hand_in("ada", course.solved())
    assert course.api().autograde(TOPIC, "ada")["success"]
    assert course.grades("ada")["check_weighted_sum"] == (5.0, False)


def test_an_unreleased_topic_and_an_unknown_one_are_one_sentence(
    course: MiniCourse, caplog: pytest.LogCaptureFixture
) -> None:
    outcome = course.api().autograde("00_start_hare", "ada")
    assert not outcome["success"]
    course.hand_in("ada", course.solved())
    (course.root / "gradebook.db").unlink()
    outcome = course.api().autograde(TOPIC, "ada")
    assert not outcome["success"]
    assert f"nbgrader generate_assignment {TOPIC}" in outcome["log"]


OWN_TESTS = {
    "asserts": "assert double(2) == 4",
    "counts": "points = 0\npoints += double(1)\npoints",
    "ends": "double(1)",
}
NUMPY = "import numpy as np\ndouble = lambda x: np.float64(0)"
OWN: dict[str, tuple[str | None, str, tuple[float | None, bool]]] = {
    # what is written, the test cell to look at, and its grade
    "right": ("double = lambda x: x + x", "asserts", (4.0, False)),
    "wrong": ("double = lambda x: 3 * x", "asserts", (0.0, False)),
    "untouched": (None, "asserts", (0.0, False)),
    "exits": ("import os\nos._exit(0)", "asserts", (0.0, False)),
    "partly": ("double = lambda x: 1.5", "counts", (1.5, False)),
    "numpy-zero": (NUMPY, "ends", (0.0, False)),
    "not-a-number": ("double = lambda x: float('nan')", "ends", (None, True)),
    "huge": ("double = lambda x: 10 ** 5000", "ends", (0.0, False)),
    "a-word": ("double = lambda x: 'a word'", "ends", (4.0, False)),
    "true": ("double = lambda x: True", "ends", (4.0, False)),
    "negative": ("double = lambda x: -1", "ends", (None, True)),
    "too-much": ("double = lambda x: 400", "ends", (None, True)),
}


@pytest.fixture(scope="module")
def with_own_tests(tmp_path_factory: pytest.TempPathFactory) -> MiniCourse:
    """A lecture with an instructor's own solution cell and ordinary assert cells, graded."""
    stub = "### BEGIN SOLUTION\ndouble = lambda x: 2 * x\n### END SOLUTION"
    more = [cell("code", "double", stub, {"solution": True})]
    more += [cell("code", name, source, {"grade": True, "locked": True, "points": 4})
             for name, source in OWN_TESTS.items()]
    course = MiniCourse.released(tmp_path_factory.mktemp("own") / "course", more)
    for student, (written, _, _) in OWN.items():
        handed_in = course.solved()
        for each in handed_in["cells"]:
            if each["id"] == "double" and written is not None:
                each["source"] = written
            elif each["id"] in OWN_TESTS:
                each["source"] = "4"  # an edited test is restored
        course.hand_in(student, handed_in)
    assert course.autograde() == 0
    return course


@pytest.mark.parametrize("student", OWN)
def test_an_instructors_assert_cell_scores_as_in_nbgrader(
    with_own_tests: MiniCourse, student: str
) -> None:
    course = with_own_tests
    _, test, grade = OWN[student]
    assert course.grades(student)[test] == grade
    assert course.grades(student)["check_weighted_sum"] == (5.0, False)
    shown = {each["id"]: each for each in course.graded(student)["cells"]}[test]
    assert shown["source"] == OWN_TESTS[test]
    assert "in the student's process" in shown["outputs"][0]["data"]["text/plain"]


def test_an_empty_notebook_is_missing_not_broken(course: MiniCourse) -> None:
    course.hand_in("ada", notebook([]))
    assert course.autograde() == 0
    assert course.grades("ada")["check_weighted_sum"] == (0.0, False)
    assert "This cell was missing" in json.dumps(course.graded("ada"))
