"""`nbgrader autograde` on top of ours keeps nbgrader's rules, and shows nothing hostile."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.autograder.damage import SECRET, exercise_cell
from tests.autograder.mini_course import NO_BIAS, RIGHT, TOPIC, MiniCourse, cell, notebook


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
        assert re.search(r"<pre>\s*\$\\href", body)  # MathJax leaves <pre> alone


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


def test_what_was_graded_is_left_alone_unless_it_changed(course: MiniCourse) -> None:
    course.hand_in("ada", course.solved(NO_BIAS), time="2025-01-01 10:00:00 UTC")
    course.autograde()
    path = course.root / "autograded" / "ada" / TOPIC / f"{TOPIC}.ipynb"
    before = path.stat().st_ino
    course.autograde()
    assert path.stat().st_ino == before
    course.hand_in("ada", course.solved(), time="2025-01-01 10:00:00 UTC")
    course.autograde()
    assert course.grades("ada")["check_weighted_sum"] == (5.0, False)
    assert path.stat().st_ino != before


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


def test_an_empty_notebook_is_missing_not_broken(course: MiniCourse) -> None:
    course.hand_in("ada", notebook([]))
    assert course.autograde() == 0
    assert course.grades("ada")["check_weighted_sum"] == (0.0, False)
    assert "This cell was missing" in json.dumps(course.graded("ada"))
