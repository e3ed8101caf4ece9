"""A student's data handed over, renamed or deleted; the rest of the class stays as it is."""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from autograder.cli import main
from autograder.people.names import Names
from autograder.serving.journal import Journal
from autograder.serving.spool import Spool
from tests.autograder.mini_course import NO_BIAS, TOPIC, MiniCourse

FIRST, LAST, MAIL = "Zoë", "Quillfeather", "zoe.q@example.org"
SAID = (b"zquill", FIRST.encode(), LAST.encode(), MAIL.encode(), b"Zo\\u00eb")


@pytest.fixture(scope="module")
def filled(new_course: Callable[[], MiniCourse]) -> MiniCourse:
    """Two who handed in, graded, reported, fed back, exported, and served; one left word."""
    course = new_course()
    with course.api().gradebook as gradebook:
        gradebook.add_student("zquill", first_name=FIRST, last_name=LAST, email=MAIL,
                              lms_user_id="471147")
        gradebook.add_student("bob", first_name="Bob", last_name="Stay")
    handed_in = course.solved(NO_BIAS, answer=f"Because. {FIRST} {LAST}")
    handed_in["cells"][0]["source"] = f"# Start, by {LAST} (zquill)"
    course.hand_in("zquill", handed_in, time="2025-01-01 01:00:00 UTC")
    (course.root / "submitted" / "zquill" / TOPIC / "zquill_notes.txt").write_text(f"{FIRST}, hi")
    course.hand_in("bob", course.solved(answer="Once."), time="2025-01-01 01:00:00 UTC")
    for step in ("submitted", "autograded"):
        secret = course.root / step
        if step == "autograded":
            assert course.autograde("--TrustedAutograde.sandbox=none") == 0
        for student in ("zquill", "bob"):
            folder = secret / student / TOPIC
            (folder / "submission_secret.txt").write_text(f"secret of {student[0]}")
    with course.api().gradebook as gradebook:
        gradebook.find_grade("open_bias", TOPIC, TOPIC, "bob").manual_score = 1.5
        comment = gradebook.find_comment("open_bias", TOPIC, TOPIC, "zquill")
        comment.manual_comment = f"Well done, {FIRST}!"
        gradebook.db.commit()
    assert course.nbgrader("generate_feedback", TOPIC) == 0
    assert course.nbgrader("release_feedback", TOPIC) == 0
    assert main(["--course", str(course.root), "report", TOPIC]) == 0
    assert main(["--course", str(course.root), "export", "exercises", TOPIC]) == 0
    exchange = course.root / "exchange" / "cnn_from_scratch" / "inbound"
    for student in ("zquill", "bob"):
        folder = exchange / f"{student}+{TOPIC}+2025-01-01 01:00:00 UTC+x1"
        shutil.copytree(course.root / "submitted" / student / TOPIC, folder)
        for box in ("inbox", "outbox"):
            (course.root / box / student).mkdir(parents=True)
            (course.root / box / student / f"{TOPIC}.ipynb").write_text(json.dumps(handed_in)
                                                                        if student != "bob" else "")
    (course.root / "downloaded" / TOPIC / "archive").mkdir(parents=True)
    (course.root / "downloaded" / TOPIC / "archive" / f"{FIRST} {LAST}_123_x.ipynb").write_text("")
    (course.root / ".nbgrader.log").write_text("about zquill\nabout bob\n")
    serve(course.root)
    return course


def serve(root: Path) -> None:
    """What a watch leaves: rows, a hand-in that waits, and a log that was not written back."""
    state = root / ".serving"
    state.mkdir()
    journal = Journal(state / "journal.db")
    for student in ("zquill", "bob"):
        journal.add(f"{student}/{TOPIC}.ipynb", "1", student, TOPIC, hash="abc")
        waits = Spool(state / "spool").place(student, TOPIC, "abc")
        waits.mkdir()
        (waits / f"{TOPIC}.ipynb").write_text(f"of {student}")
    journal.close()


@pytest.fixture
def course(filled: MiniCourse, tmp_path: Path) -> MiniCourse:
    return MiniCourse.copied(filled.root, tmp_path / "course")


def run(course: MiniCourse, *words: str) -> int:
    return main(["--course", str(course.root), "student", *words])


def files(root: Path) -> dict[str, str]:
    """Every file below the course and what is in it, databases row by row elsewhere."""
    return {path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(root.rglob("*")) if path.is_file() and ".db" not in path.name}


def rows(root: Path, of: str) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of both databases that belongs to a student, or to nobody."""
    found = {}
    for name in ("gradebook.db", ".serving/journal.db"):
        with closing(sqlite3.connect(root / name)) as base:
            tables = [row[0] for row in base.execute(
                "select name from sqlite_master where type = 'table'")]
            for table in tables:
                found[table] = base.execute(f"select * from {table} ").fetchall()
    others = {row[0] for row in found["submitted_assignment"] if of not in row}
    books = {row[0] for row in found["submitted_notebook"] if row[1] in others}
    found["submitted_assignment"] = [r for r in found["submitted_assignment"] if r[0] in others]
    found["submitted_notebook"] = [r for r in found["submitted_notebook"] if r[0] in books]
    for table in ("grade", "comment"):
        found[table] = [row for row in found[table] if {*row} & books]
    for table in ("student", "autograder_result", "arrivals"):
        found[table] = [row for row in found[table] if of not in row]
    return found


def said_below(root: Path, words: tuple[bytes, ...]) -> list[str]:
    found = [path for path in root.rglob("*") if path.is_file()
             and any(word in path.read_bytes() for word in words)]
    found += [path for path in root.rglob("*") if any(word.decode() in path.name for word in words)]
    return [path.relative_to(root).as_posix() for path in found]


def of_others(found: dict[str, str]) -> dict[str, str]:
    """Without the log, what is made from the class, and the one who goes."""
    gone = ("reports/", "grades_", ".nbgrader.log")
    return {name: digest for name, digest in found.items()
            if not name.startswith(gone) and "zquill" not in name and LAST not in name}


@pytest.mark.slow
def test_forgetting_leaves_nothing_and_the_class_as_it_was(
    course: MiniCourse, capsys: pytest.CaptureFixture[str]
) -> None:
    assert said_below(course.root, SAID)
    with closing(sqlite3.connect(course.root / "gradebook.db")) as base:
        base.execute("pragma journal_mode = wal")
    before, before_rows = files(course.root), rows(course.root, "zquill")

    assert run(course, "forget", "zquill") == 0
    told = capsys.readouterr().out
    assert files(course.root) == before
    for line in ("gradebook: 1 rows of student", "gradebook: 1 rows of autograder_result",
                 "journal of the watch: 1 rows", "own: submitted/zquill", "own: feedback/zquill",
                 f"own: exchange/cnn_from_scratch/inbound/zquill+{TOPIC}", "own: outbox/zquill",
                 f"made from the class: reports/{TOPIC}", "lines of .nbgrader.log",
                 f"own: downloaded/{TOPIC}/archive/{FIRST} {LAST}",
                 "Nothing was changed; add --yes to forget."):
        assert line in told, line

    assert run(course, "forget", "zquill", "--yes") == 0
    assert "zquill is forgotten" in capsys.readouterr().out
    assert said_below(course.root, SAID) == []
    spooled = [path.name for path in (course.root / ".serving" / "spool").iterdir()]
    assert spooled == [Spool(course.root / ".serving" / "spool").place("bob", TOPIC, "abc").name]
    after = files(course.root)
    kept = [name for name in of_others(before) if "spool" not in name and "feedback/" not in name]
    assert {name: after.get(name) for name in kept} == {name: before[name] for name in kept}
    assert len([name for name in after if "cnn_from_scratch/feedback/" in name]) == 1
    assert rows(course.root, "zquill") == before_rows
    assert (course.root / ".nbgrader.log").read_text() == "about bob\n"

    assert run(course, "forget", "zquill", "--yes") == 2
    assert "Nothing is kept about zquill" in capsys.readouterr().err
    assert main(["--course", str(course.root), "report", TOPIC]) == 0


@pytest.mark.slow
def test_another_name_keeps_the_marks_and_nothing_of_the_old_one(
    course: MiniCourse, capsys: pytest.CaptureFixture[str]
) -> None:
    before_rows = rows(course.root, "zquill")
    grades = course.grades("zquill")
    assert run(course, "pseudonymise", "zquill", "--as", "p17") == 0
    assert "add --yes" in capsys.readouterr().out and (course.root / "submitted/zquill").is_dir()
    assert run(course, "pseudonymise", "zquill", "--as", "p17", "--yes") == 0
    assert "zquill is p17 from now on" in capsys.readouterr().out
    assert said_below(course.root, SAID) == []
    assert course.grades("p17") == grades
    with course.api().gradebook as gradebook:
        comment = gradebook.find_comment("open_bias", TOPIC, TOPIC, "p17")
        assert comment.manual_comment == "Well done, p17!"
        person = gradebook.find_student("p17")
        assert (person.first_name, person.last_name, person.email) == (None, None, None)
    kept = {table: [row for row in found if "p17" not in row]
            for table, found in rows(course.root, "p17").items()}
    assert kept == before_rows
    text = (course.root / "submitted" / "p17" / TOPIC / f"{TOPIC}.ipynb").read_text()
    assert "# Start, by p17 (p17)" in text
    # What was graded stays graded: only the folder that was removed is made again.
    course.autograde("--TrustedAutograde.sandbox=none")
    assert course.grades("p17") == grades
    assert (course.root / "autograded" / "p17" / TOPIC / f"{TOPIC}.ipynb").is_file()
    assert said_below(course.root, SAID) == []


@pytest.mark.slow
def test_a_name_that_is_taken_or_no_name_is_refused(
    course: MiniCourse, capsys: pytest.CaptureFixture[str]
) -> None:
    before = files(course.root)
    assert run(course, "pseudonymise", "zquill", "--as", "bob", "--yes") == 2
    assert "There is a student bob already" in capsys.readouterr().err
    assert run(course, "pseudonymise", "zquill", "--as", "a b", "--yes") == 2
    assert "--as wants a letter" in capsys.readouterr().err
    assert run(course, "forget", "../bob", "--yes") == 2
    assert files(course.root) == before


@pytest.mark.slow
def test_everything_is_handed_over(course: MiniCourse, tmp_path: Path) -> None:
    before = files(course.root)
    target = tmp_path / "all.zip"
    assert run(course, "export", "zquill", "--to", str(target)) == 0
    assert files(course.root) == before
    with zipfile.ZipFile(target) as archive:
        data = json.loads(archive.read("data.json"))
        names = archive.namelist()
        assert all("bob" not in name for name in names)
        assert b"Stay" not in archive.read("data.json")
    assert data["student"] == "zquill" and data["gradebook"]["student"][0]["email"] == MAIL
    assert len(data["gradebook"]["grade"]) == 2 and len(data["watch"]) == 1
    for place in ("submitted", "autograded", "feedback", "inbox"):
        assert any(name.startswith(f"files/{place}/zquill/") for name in names), place


@pytest.mark.slow
def test_what_a_person_must_look_at_is_named(
    course: MiniCourse, capsys: pytest.CaptureFixture[str]
) -> None:
    other = course.root / "submitted" / "bob" / TOPIC / "thanks.txt"
    other.write_text(f"I worked with {FIRST} {LAST}.")
    assert run(course, "forget", "zquill", "--yes") == 1
    assert f"still there, for you to look at: {other}" in capsys.readouterr().out
    assert other.read_text() == f"I worked with {FIRST} {LAST}."


@pytest.mark.slow
def test_a_gradebook_that_is_open_elsewhere_is_said(
    course: MiniCourse, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("autograder.people.rows.PATIENCE", 0.1)
    with closing(sqlite3.connect(course.root / "gradebook.db")) as base:
        base.execute("pragma journal_mode = wal")
        base.execute("begin")
        base.execute("select * from student").fetchall()
        assert run(course, "forget", "zquill", "--yes") == 2
    assert "is open elsewhere" in capsys.readouterr().err
    assert run(course, "forget", "zquill", "--yes") == 2
    assert "Nothing is kept about zquill" in capsys.readouterr().err
    assert said_below(course.root, SAID) == []


NAMES = Names("max", "Max", "Long", "max@x.org", "4711")


@pytest.mark.parametrize(("text", "found"), [
    ("by max", True), ("max_pool", True), ("maxpool", False), ("climax", False), ("Max", False),
    ("Max Long", True), ("Long, Max", True), ("Long", False), ("a max@x.org b", True),
])
def test_where_a_name_stands(text: str, found: bool) -> None:
    assert NAMES.mentioned_in(text.encode()) is found


@pytest.mark.parametrize(("text", "expected"), [
    ("Max Long and Max, id max", "p1 and p1, id p1"), ("maximum MaxPool", "maximum MaxPool"),
    ('{"by": "Zo\\u00eb"}', '{"by": "Zo\\u00eb"}'),
])
def test_what_is_replaced(text: str, expected: str) -> None:
    assert NAMES.replaced_in(text.encode(), "p1").decode() == expected


def test_every_spelling_of_a_name_is_found() -> None:
    names = Names("zq", "Zoë", "O'Neil & Co")
    for spelled in ("Zoë O'Neil & Co", 'Zo\\u00eb O\'Neil & Co', "Zoë O&#x27;Neil &amp; Co",
                    "Zo%C3%AB%20O%27Neil%20%26%20Co", "Zoe\u0308 O'Neil & Co"):
        assert names.mentioned_in(spelled.encode()), spelled
