"""More time for a student: before or after hand-in, and everything goes by it."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from autograder.cli import main
from autograder.grading.gradebook import opened
from autograder.people.rows import rows_of
from autograder.reports.marks import marks
from tests.autograder.mini_course import TOPIC, MiniCourse


@pytest.fixture
def due(course: MiniCourse) -> MiniCourse:
    """A course whose topic was due on the first of January, and a penalty for being late."""
    with course.api().gradebook as gradebook:
        gradebook.update_or_create_assignment(TOPIC, duedate="2025-01-01 12:00:00 UTC")
    with open(course.root / "nbgrader_config.py", "a", encoding="utf-8") as config:
        config.write('\nc.LateSubmissionPlugin.penalty_method = "zero"\n')
    return course


def run(course: MiniCourse, *words: str) -> int:
    return main(["--course", str(course.root), "extension", *words])


def url(course: MiniCourse) -> str:
    return f"sqlite:///{course.root / 'gradebook.db'}"


def penalties(course: MiniCourse) -> dict[str, float]:
    with opened(url(course), "cnn_from_scratch") as book:
        return {each.person.id: each.penalty for each in marks(book, TOPIC) if each.handed_in}


@pytest.mark.slow
def test_what_was_promised_before_and_after_hand_in_counts(
    due: MiniCourse, capsys: pytest.CaptureFixture[str]
) -> None:
    """ada in time by her own date, bob one minute past his, cid all topics, dan none, eve after."""
    times = {"ada": "2025-01-03 12:00", "bob": "2025-01-03 12:01", "cid": "2025-01-08 12:00",
             "dan": "2025-01-01 12:01", "eve": "2025-01-02 12:00"}
    assert run(due, "ada", TOPIC, "--until", "2025-01-03 12:00") == 0
    assert f"ada, {TOPIC}: until 2025-01-03 12:00 UTC\n  the gradebook does not know ada yet" in (
        capsys.readouterr().out)
    assert run(due, "bob", "00", "--days", "2") == 0
    assert run(due, "cid", "all", "--days", "7") == 0
    for student, time in times.items():
        due.hand_in(student, due.solved(), time=f"{time}:00 UTC")
    assert due.autograde("--TrustedAutograde.sandbox=none") == 0
    assert penalties(due) == {"ada": 0, "bob": 5, "cid": 0, "dan": 5, "eve": 5}
    with due.api().gradebook as gradebook:
        assert gradebook.find_submission(TOPIC, "bob").total_seconds_late == 60

    assert run(due, "eve", "00", "--hours", "24") == 0     # graded already: put right at once
    assert run(due, "dan", "all", "--days", "0.5") == 0
    assert run(due, "bob", "00", "--none") == 0
    assert penalties(due) == {"ada": 0, "bob": 5, "cid": 0, "dan": 0, "eve": 0}
    assert run(due, "cid", "00", "--days", "1") == 0       # what is said for the topic wins
    assert penalties(due)["cid"] == 5
    assert run(due, "cid", "00", "--none") == 0
    assert penalties(due)["cid"] == 0

    assert due.autograde("--TrustedAutograde.sandbox=none", "--force") == 0
    assert penalties(due) == {"ada": 0, "bob": 5, "cid": 0, "dan": 0, "eve": 0}
    assert main(["--course", str(due.root), "report", TOPIC]) == 0
    reports = due.root / "reports" / TOPIC
    assert "7 days more time" in (reports / "report.html").read_text()
    assert "more time" not in (reports / "report_without_names.html").read_text()
    with open(reports / "students.csv", encoding="utf-8") as file:
        more = {row["student_id"]: float(row["seconds_more"]) for row in csv.DictReader(file)}
    assert more == {"ada": 172800, "bob": 0, "cid": 604800, "dan": 43200, "eve": 86400}

    capsys.readouterr()
    assert run(due) == 0
    assert capsys.readouterr().out.splitlines() == [
        f"ada, {TOPIC}: until 2025-01-03 12:00 UTC", "cid, all topics: 7 days more",
        "dan, all topics: 12:00:00 more", f"eve, {TOPIC}: 1 day more"]
    assert len(rows_of(url(due), "cid")["course_extension"]) == 1
    assert main(["--course", str(due.root), "student", "forget", "cid", "--yes"]) == 0
    assert rows_of(url(due), "cid").get("course_extension") == []


def test_a_table_of_them_is_all_or_nothing(
    due: MiniCourse, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "extensions.csv"
    table.write_text("student,topic,until,days\nada,00,2025-01-03 12:00,\nbob,all,,7\n")
    assert run(due, "--from", str(table)) == 0
    capsys.readouterr()
    assert run(due) == 0
    assert capsys.readouterr().out.count("\n") == 2
    table.write_text("\ufeffstudent;topic;until;days\nbob;00;2025-02-01 23:59 +0100;\n"
                     "fay;00;2025-07-01 23:59 Europe/Berlin;\n")
    assert run(due, "--from", str(table)) == 0      # as a German spreadsheet writes it
    assert capsys.readouterr().out.startswith(
        f"bob, {TOPIC}: until 2025-02-01 22:59 UTC\nfay, {TOPIC}: until 2025-07-01 21:59 UTC\n")
    table.write_text("student,topic,until,days\ncid,00,2025-01-03 12:00,\ndan,00,soon,\n")
    assert run(due, "--from", str(table)) == 2
    assert f"{table}, line 3: 'soon' is no time" in capsys.readouterr().err
    assert run(due) == 0
    assert "cid" not in capsys.readouterr().out


@pytest.mark.parametrize(("words", "said"), [
    (["ada"], "say the topic"), (["ada", "77", "--days", "1"], "There is no topic '77'"),
    (["ada", "00"], "either until a time, or a number"),
    (["ada", "00", "--days", "1", "--until", "2025-02-01"], "either until a time, or a number"),
    (["ada", "00", "--days", "-1"], "more than 0"), (["ada", "00", "--days", "x"], "are numbers"),
    (["ada", "00", "--days", "9999999"], "at most ten years"),
    (["ada", "00", "--until", "soon"], "'soon' is no time"),
    (["ada", "00", "--until", "7.2.2025 23:59"], "is no time; write it as 2027-02-07 23:59 (UTC)"),
    (["ada", "00", "--until", "2025-02-01 23:59 MEZ"], "MEZ' is no time"),
    (["ada", "all", "--until", "2025-02-01"], "their due dates differ"),
    (["../x", "00", "--days", "1"], "no student id"), (["ada", "00", "--none", "--days", "1"],
                                                       "goes without a time"),
    (["--from", "nowhere.csv"], "nowhere.csv cannot be read"),
    (["ada", "00", "--until", "2025-02-01"], "has no due date"),
])
def test_what_cannot_be_granted_is_one_sentence(
    course: MiniCourse, words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(course, *words) == 2
    told = capsys.readouterr().err
    assert said in told and told.count("\n") == 1


def test_what_was_granted_is_said_without_a_due_date_and_when_it_is_taken_back(
    course: MiniCourse, capsys: pytest.CaptureFixture[str]
) -> None:
    for words, said in (
        (["ada", "00", "--days", "1.5"], f"ada, {TOPIC}: 1 day 12:00:00 more; it has no due date "),
        (["ada", "all", "--days", "7"], "ada, all topics: 7 days more\n"),
        (["ada", "all", "--none"], "ada, all topics: no extension now\n"),
    ):
        assert run(course, *words) == 0
        assert capsys.readouterr().out.startswith(said)


def test_without_any_it_says_so(course: MiniCourse, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(course) == 0
    assert capsys.readouterr().out == "No extensions.\n"
