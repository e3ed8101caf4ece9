"""Files for learning platforms: their columns, nobody mixed up, nobody left out in silence."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from autograder.cli import main
from autograder.reports.lms import Export, TopicMarks, canvas, exercises, moodle
from autograder.reports.marks import Mark, Person
from tests.autograder.mini_course import TOPIC, MiniCourse

ADA = Person("ada", "Ada", "Lovelace", "ada@example.org", "17")
BOB = Person("bob", "Bob", "de Vries, jr.", "bob@example.org", "m-4711")
CID = Person("cid")
EVE = Person("eve", "=cmd|x", "+49", "=eve@example.org", "@9")
PEOPLE = (ADA, BOB, CID, EVE)
FIRST = TopicMarks("03 (812)", 18.0, [
    Mark(ADA, True, {"check_layer": 3.0, "open_why": 1.25}, (), 0.5),
    Mark(BOB, True, {"check_layer": 0.0, "open_why": None}, ("open_why",)),
    Mark(CID, True, {"check_layer": 1e-9, "open_why": 0.0}, (), 2.0),
    Mark(EVE, True, {"check_layer": 3.0}),
])
SECOND = TopicMarks("04", 10.0, [Mark(ADA, True, {"check_sse": 10.0}), Mark(BOB), Mark(CID),
                                 Mark(EVE)])
BOTH = (FIRST, SECOND)


def rows(export: Export) -> list[list[str]]:
    return list(csv.reader(io.StringIO(export.text)))


def test_canvas_has_the_columns_of_its_own_export() -> None:
    header, points, *people = rows(canvas(BOTH))
    assert header == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "03 (812)", "04"]
    assert points == ["    Points Possible", "", "", "", "", "18", "10"]
    assert people[0] == ["Lovelace, Ada", "17", "", "ada", "", "3.75", "10"]
    assert people[1] == ["de Vries, jr., Bob", "", "m-4711", "bob", "", "", ""]
    assert people[2] == ["cid", "", "", "cid", "", "0", ""]


def test_canvas_names_who_has_no_id() -> None:
    first, *_ = canvas(BOTH).notes
    assert first == "1 student has no lms_user_id: Canvas looks for the login instead: cid"


def test_moodle_has_the_columns_of_its_own_export() -> None:
    header, *people = rows(moodle(BOTH))
    assert header == ["First name", "Last name", "ID number", "Username", "Email address",
                      "03 (812)", "04"]
    assert people == [
        ["Ada", "Lovelace", "17", "ada", "ada@example.org", "3.75", "10"],
        ["Bob", "de Vries, jr.", "m-4711", "bob", "bob@example.org", "-", "-"],
    ]


@pytest.mark.parametrize(
    ("by", "inside", "outside"),
    [("email", ["ada", "bob"], "cid, eve"), ("idnumber", ["ada", "bob"], "cid, eve"),
     ("username", ["ada", "bob", "cid", "eve"], None)],
)
def test_moodle_leaves_out_and_names_who_cannot_be_found(
    by: str, inside: list[str], outside: str | None
) -> None:
    export = moodle(BOTH, by)
    assert [row[3] for row in rows(export)[1:]] == inside
    told = [note for note in export.notes if "left out" in note]
    assert [note.partition("left out: ")[2].partition(".")[0] for note in told] == (
        [outside] if outside else [])


@pytest.mark.parametrize("make", [canvas, moodle, exercises])
def test_half_a_score_is_none_and_somebody_is_told(make: object) -> None:
    notes = make(BOTH).notes  # type: ignore[operator]
    assert any("a person must grade something of 1 first" in note and note.endswith("bob")
               for note in notes)
    assert any(note.startswith("04: 3 handed in nothing") for note in notes)


@pytest.mark.parametrize("export", [canvas(BOTH), moodle(BOTH, "username"), exercises(BOTH)])
def test_no_cell_is_a_formula(export: Export) -> None:
    cells = [cell for row in rows(export) for cell in row if cell != "-"]
    assert not [cell for cell in cells if cell.lstrip().startswith(("=", "+", "-", "@", "|"))]
    assert "'=cmd|x" in export.text or '"\'+49, =cmd|x"' in export.text


def test_a_column_an_exercise() -> None:
    header, ada, bob, *_ = rows(exercises(BOTH))
    assert header[5:] == ["03 (812): layer", "03 (812): open_why", "03 (812): penalty",
                          "03 (812): score", "03 (812): max_score", "04: sse", "04: penalty",
                          "04: score", "04: max_score"]
    assert ada[5:] == ["3.0", "1.25", "0.5", "3.75", "18.0", "10.0", "0.0", "10.0", "10.0"]
    assert bob[5:] == ["0.0", "", "0.0", "0.0", "18.0", "", "", "", "10.0"]


def test_many_names_are_cut_and_counted() -> None:
    crowd = TopicMarks("x", 1.0, [Mark(Person(f"s{number:02d}"), True) for number in range(15)])
    assert canvas([crowd]).notes[0].endswith("s08, s09 and 5 more")


def test_the_command_writes_all_forms(
    course: MiniCourse, capsys: pytest.CaptureFixture[str]
) -> None:
    with course.api().gradebook as gradebook:
        gradebook.add_student("ada", first_name="Ada", last_name="Lovelace",
                              email="ada@example.org", lms_user_id="17")
    course.hand_in("ada", course.solved())
    course.hand_in("bob", course.solved())
    assert course.autograde() == 0
    with course.api().gradebook as gradebook:
        for student in ("ada", "bob"):
            gradebook.find_grade("open_bias", TOPIC, TOPIC, student).manual_score = 1.5
        gradebook.db.commit()
    export = ["--course", str(course.root), "export"]
    assert main([*export, "canvas", "00", "--title", "00=Start (99)"]) == 0
    assert "2 students, 1 topic\n" in (printed := capsys.readouterr().out)
    assert "Canvas looks for the login instead: bob" in printed
    found = list(csv.reader((course.root / "grades_canvas.csv").read_text().splitlines()))
    assert found[0][-1] == "Start (99)" and found[2][-1] == "6.5"
    assert main([*export, "moodle", TOPIC, "--to", str(course.root / "m.csv")]) == 0
    assert "left out: bob. nbgrader db student import" in capsys.readouterr().out
    assert (course.root / "m.csv").read_text().splitlines()[1:] == [
        "Ada,Lovelace,17,ada,ada@example.org,6.5"]
    assert main([*export, "exercises", TOPIC]) == 0
    assert "weighted_sum" in (course.root / "grades_exercises.csv").read_text()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["canvas", "00_start_hare"], "Did you mean 00_start_here?"),
        (["canvas", TOPIC], "The gradebook has no students"),
        (["canvas", TOPIC, "--title", "00"], "--title wants TOPIC=TEXT"),
        (["canvas", TOPIC, "--title", "17=x"], "There is no topic '17'"),
    ],
)
def test_every_trouble_is_one_sentence(
    course: MiniCourse, capsys: pytest.CaptureFixture[str], arguments: list[str], sentence: str
) -> None:
    assert main(["--course", str(course.root), "export", *arguments]) == 2
    printed = capsys.readouterr()
    assert sentence in printed.err and printed.out == ""
    assert len(printed.err.strip().splitlines()) == 1


def test_a_file_that_cannot_be_written_or_would_be_empty_is_named(
    course: MiniCourse, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with course.api().gradebook as gradebook:
        gradebook.add_student("ada")
    export = ["--course", str(course.root), "export"]
    assert main([*export, "moodle", TOPIC]) == 2
    told = capsys.readouterr().err
    assert "would be empty" in told and "no usable email address" in told and "ada" in told
    assert not (course.root / "grades_moodle.csv").exists()
    target = tmp_path / "nowhere" / "grades.csv"
    assert main(["--course", str(course.root), "export", "canvas", TOPIC, "--to",
                 str(target)]) == 2
    assert f"{target} cannot be written" in capsys.readouterr().err
