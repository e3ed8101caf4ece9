"""`report` over a graded course: the numbers are the gradebook's, the files are whole."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.cli import main
from autograder.grading.gradebook import NotInGradebook, opened
from autograder.reports.marks import marks, most_points
from tests.autograder.mini_course import NO_BIAS, RIGHT, TOPIC, MiniCourse

ODD = RIGHT.replace("return float(np.dot(x, w) + b)", """\
total = 0.0
    for place in range(len(x)):
        total = total + x[place] * w[place]
    return float(total + b)
""")
RENAMED = ODD.replace("total", "net").replace("place", "i")


def fill_in_people(course: MiniCourse) -> None:
    with course.api().gradebook as gradebook:
        gradebook.update_or_create_assignment(TOPIC, duedate="2025-01-01 00:00:00 UTC")
        gradebook.add_student("ada", first_name="Ada", last_name="Lovelace",
                              email="ada@example.org", lms_user_id="17")
        gradebook.add_student("never", first_name="Never", last_name="Came")


@pytest.fixture(scope="module")
def graded(new_course: Callable[[], MiniCourse]) -> MiniCourse:
    """Ada late, bob without a bias, two with the same loop, one broken; ada graded by hand."""
    course = new_course()
    fill_in_people(course)
    course.hand_in("ada", course.solved(answer="Once."), time="2025-01-01 01:00:00 UTC")
    course.hand_in("bob", course.solved(NO_BIAS))
    course.hand_in("cid", course.solved(ODD))
    course.hand_in("dev", course.solved(RENAMED))
    course.hand_in("eve", "{broken")
    with course.api().gradebook as gradebook:
        gradebook.add_student("fred")
    assert course.autograde("--LateSubmissionPlugin.penalty_method=zero") == 0
    with course.api().gradebook as gradebook:
        gradebook.find_grade("open_bias", TOPIC, TOPIC, "ada").manual_score = 1.5
        gradebook.find_grade("check_weighted_sum", TOPIC, TOPIC, "bob").extra_credit = 0.25
        gradebook.db.commit()
    return course


def test_marks_are_what_nbgrader_exports(graded: MiniCourse, tmp_path: Path) -> None:
    target = tmp_path / "grades.csv"
    assert graded.nbgrader("export", f"--to={target}") == 0
    exported = {row["student_id"]: row for row in csv.DictReader(target.read_text().splitlines())}
    with opened(f"sqlite:///{graded.root / 'gradebook.db'}", "cnn_from_scratch") as book:
        found = {each.person.id: each for each in marks(book, TOPIC)}
        assert sum(most_points(book, TOPIC).values()) == 7
        with pytest.raises(NotInGradebook):
            marks(book, "99_nothing")
    assert list(found) == sorted(exported)
    for student, row in exported.items():
        assert found[student].score == float(row["score"]), student
        assert found[student].penalty == float(row["late_submission_penalty"])
    assert found["ada"].late == 3600 and found["ada"].penalty > 0
    assert found["bob"].score == 0.25
    assert not found["never"].handed_in and found["never"].person.name == "Never Came"
    assert found["ada"].person.lms_id == "17"


def test_only_what_is_worth_points_waits_for_a_person(graded: MiniCourse) -> None:
    with opened(f"sqlite:///{graded.root / 'gradebook.db'}", "cnn_from_scratch") as book:
        waiting = {each.person.id: each.waiting for each in marks(book, TOPIC)}
    assert waiting["ada"] == ()
    assert waiting["eve"] == ("check_weighted_sum", "open_bias")


def test_the_report_of_a_course(graded: MiniCourse, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--course", str(graded.root), "report", "00"]) == 0
    printed = capsys.readouterr().out
    assert "5 submissions, 1 beliefs, 1 groups that share code" in printed
    folder = graded.root / "reports" / TOPIC
    assert sorted(path.name for path in folder.iterdir()) == [
        "beliefs.csv", "exercises.csv", "report.html", "report_without_names.html",
        "students.csv"]
    page = (folder / "report.html").read_text()
    assert "cid, dev" in page and "forgets the bias" in page and "not JSON" in page
    assert "Ada Lovelace" in page
    nameless = (folder / "report_without_names.html").read_text()
    for name in ("ada", "bob", "cid", "dev", "eve", "Lovelace"):
        assert name not in nameless.split("</style>")[1].replace("leave", "").split()
    students = (folder / "students.csv").read_text().splitlines()
    rows = {row["student_id"]: row for row in csv.DictReader(students)}
    assert float(rows["ada"]["seconds_late"]) == 3600
    assert rows["eve"]["note"] == "not JSON"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["report", "00_start_hare"], "Did you mean 00_start_here?"),
        (["report", TOPIC], f"Nothing of {TOPIC} is graded yet"),
    ],
)
def test_every_trouble_is_one_sentence(
    course: MiniCourse, capsys: pytest.CaptureFixture[str], arguments: list[str], sentence: str
) -> None:
    assert main(["--course", str(course.root), *arguments]) == 2
    printed = capsys.readouterr()
    assert sentence in printed.err and printed.out == ""
    assert len(printed.err.strip().splitlines()) == 1


def test_a_folder_that_cannot_be_written_is_one_sentence(
    graded: MiniCourse, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("")
    assert main(["--course", str(graded.root), "report", TOPIC, "--to",
                 str(tmp_path / "file")]) == 2
    assert "cannot be written" in capsys.readouterr().err


def test_without_a_gradebook_there_is_no_report(
    course: MiniCourse, capsys: pytest.CaptureFixture[str]
) -> None:
    (course.root / "gradebook.db").unlink()
    assert main(["--course", str(course.root), "report", TOPIC]) == 2
    assert "There is no gradebook yet" in capsys.readouterr().err
