"""Points changed in the middle of a term: stored grades follow, and what a person gave stays."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from autograder.catalogue import Catalogue
from tests.autograder.mini_course import NO_BIAS, TOPIC, MiniCourse
from tools.points import change


@pytest.mark.slow
def test_stored_grades_follow_and_what_a_person_gave_stays(
    released_course: Path, tmp_path: Path
) -> None:
    """Five points become three, then none: graded again, except where a person did it."""
    course = MiniCourse.copied(released_course, tmp_path / "course")
    for student, work in {"ada": course.solved(answer="Once."), "bob": course.solved(NO_BIAS),
                          "cid": course.solved()}.items():
        course.hand_in(student, work)
    assert course.autograde("--TrustedAutograde.sandbox=none") == 0
    with course.api().gradebook as gradebook:
        gradebook.find_grade("check_weighted_sum", TOPIC, TOPIC, "bob").manual_score = 2.5
        gradebook.find_grade("open_bias", TOPIC, TOPIC, "ada").manual_score = 1.5
        gradebook.find_comment("open_bias", TOPIC, TOPIC, "ada").manual_comment = "Well said."
        gradebook.db.commit()

    def scores() -> dict[str, float]:
        with course.api().gradebook as gradebook:
            return {each.student.id: each.score
                    for each in gradebook.assignment_submissions(TOPIC)}

    def become(points: str) -> None:
        change(Catalogue(course.root).topic(TOPIC), {"weighted_sum": float(points)})
        assert course.nbgrader("generate_assignment", TOPIC, "--force") == 0
        assert course.autograde("--TrustedAutograde.sandbox=none") == 0

    assert scores() == {"ada": 6.5, "bob": 2.5, "cid": 5}
    become("3")
    assert scores() == {"ada": 4.5, "bob": 2.5, "cid": 3}
    become("0")
    assert scores() == {"ada": 1.5, "bob": 2.5, "cid": 0}
    with course.api().gradebook as gradebook:
        assert gradebook.find_assignment(TOPIC).max_score == 2
        comment = gradebook.find_comment("open_bias", TOPIC, TOPIC, "ada")
        assert comment.manual_comment == "Well said."
    become("5")
    assert scores() == {"ada": 6.5, "bob": 2.5, "cid": 5}


@pytest.mark.slow
def test_nbgrader_takes_no_cell_out_of_what_was_handed_in(
    released_course: Path, tmp_path: Path
) -> None:
    """The reason for 0 points: the grades are as before when somebody deletes the cells."""
    course = MiniCourse.copied(released_course, tmp_path / "course")
    course.hand_in("ada", course.solved())
    assert course.autograde("--TrustedAutograde.sandbox=none") == 0
    source = course.root / "solutions" / TOPIC / f"{TOPIC}.ipynb"
    notebook = json.loads(source.read_text())
    notebook["cells"] = [each for each in notebook["cells"] if "weighted_sum" not in each["id"]]
    source.write_text(json.dumps(notebook))
    before = course.grades("ada")
    assert course.nbgrader("generate_assignment", TOPIC, "--force") != 0
    assert course.grades("ada") == before
