"""Hostile folders and archives, through nbgrader's own commands: each ends as it must."""

from __future__ import annotations

import csv
import io
import logging
import unicodedata
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import pytest

from autograder.grading.archives import CappedExtractor
from autograder.grading.class_report import report
from autograder.grading.clean import UNSEEN
from autograder.grading.exports import for_cell
from autograder.grading.graded_notebook import stored_result
from autograder.grading.results import SubmissionResult
from tests.autograder.attacking import CANARY, attacks
from tests.autograder.mini_course import TOPIC, MiniCourse

FOLDERS = attacks("folder")
ARCHIVES = attacks("archive")
HONEST = ("honest", "zoe")
ACTIVE = ("<script>owned", "<img src=x", 'href="javascript:', "<svg onload", "<iframe src='j",
          "<p style", '<p class="hide', "<p hidden", 'src="http', 'src="data:image/svg', "owned.js")
LARGEST_PAGE = 20_000_000


@dataclass(frozen=True)
class Class:
    """A course in which everybody but two attacks, graded; and all that was printed."""

    course: MiniCourse
    status: int
    printed: str


def student(name: str) -> str:
    return FOLDERS[name].student or name


@pytest.fixture(scope="module")
def attacked(new_course: Callable[[], MiniCourse]) -> Class:
    course = new_course()
    for each in HONEST:
        course.hand_in(each, course.solved())
    for name, attack in FOLDERS.items():
        assert attack.hand_in is not None
        attack.hand_in(course, student(name))
    (course.root / ".course_secret").write_bytes(CANARY.encode())
    printed = io.StringIO()
    with redirect_stdout(printed), redirect_stderr(printed):
        status = course.autograde()
        course.nbgrader("generate_feedback", TOPIC)
        course.nbgrader("export")
        results = [result_of(course, student(name)) for name in FOLDERS]
        print("\n".join(report(results)))
    return Class(course, status, printed.getvalue())


def result_of(course: MiniCourse, who: str) -> SubmissionResult:
    found = stored_result(course.root / "autograded" / who / TOPIC / f"{TOPIC}.ipynb")
    assert found is not None, who
    return found


@pytest.mark.parametrize("name", FOLDERS)
def test_a_hostile_folder_gets_what_it_deserves(attacked: Class, name: str) -> None:
    attack, who = FOLDERS[name], student(name)
    grades = attacked.course.grades(who)
    assert grades["check_weighted_sum"] == (attack.points, attack.points is None)
    assert result_of(attacked.course, who).note == attack.note
    for step in ("autograded", "feedback"):
        for path in (attacked.course.root / step / who).rglob("*"):
            if path.is_file():
                assert not path.is_symlink()
                text = path.read_text(encoding="utf-8", errors="replace")
                assert CANARY not in text
                assert "root:" not in text
                assert len(text) < LARGEST_PAGE
                assert UNSEEN.search(text) is None or path.suffix != ".html"
                body = text[text.find("<body") :]
                assert [each for each in ACTIVE if each in body and path.suffix == ".html"] == []


def test_the_rest_of_the_class_is_graded_as_if_they_were_alone(attacked: Class) -> None:
    assert attacked.status == 0
    for each in HONEST:
        result = result_of(attacked.course, each)
        assert (result.score, result.note, result.events) == (5.0, None, ())
        assert attacked.course.grades(each)["check_weighted_sum"] == (5.0, False)


def test_nothing_that_is_printed_steers_a_terminal(attacked: Class) -> None:
    steering = {
        character for character in attacked.printed.replace("\n", "")
        if unicodedata.category(character) in ("Cc", "Cf", "Cs")
    }
    assert steering == set()
    assert "allory" in attacked.printed


def test_no_cell_of_the_export_is_a_formula(attacked: Class) -> None:
    with open(attacked.course.root / "grades.csv", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {len(row) for row in rows} == {11}
    assert None not in rows[0]
    mine = next(row for row in rows if "cmd" in row["student_id"])
    assert mine["student_id"] == "'=cmd|'x'!A0"
    assert float(mine["score"]) == 5.0
    for row in rows:
        assert [value for value in row.values() if value.startswith(("=", "+", "@", "\t"))] == []


def test_what_lies_beside_a_notebook_is_bounded(attacked: Class) -> None:
    folder = attacked.course.root / "autograded" / "gigabyte_beside_the_notebook" / TOPIC
    copied = [path for path in folder.iterdir() if path.suffix != ".ipynb"]
    assert len(copied) <= 500
    assert sum(path.stat().st_size for path in copied) < 25_000_000


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1", " =1", "|x", "%x"])
def test_text_that_begins_a_formula_is_disarmed(text: str) -> None:
    assert for_cell(text).startswith("'")


def test_numbers_and_plain_text_stay_as_they_are() -> None:
    assert [for_cell(each) for each in (-1.5, 3, None, "ada", "a,b")] == [
        "-1.5", "3", "", "ada", "a,b"
    ]


@pytest.mark.parametrize("name", ARCHIVES)
def test_a_hostile_archive_writes_nothing_outside_and_not_much_inside(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, name: str
) -> None:
    make, source, target = ARCHIVES[name].archive, tmp_path / "a" / "b", tmp_path / "c" / "d"
    source.mkdir(parents=True)
    assert make is not None
    make(source)
    (source / "plain.ipynb").write_text("{}")
    before = sorted(tmp_path.rglob("*"))
    with caplog.at_level(logging.WARNING):
        CappedExtractor(log=logging.getLogger("archives")).extract(str(source), str(target))
    after = [path for path in sorted(tmp_path.rglob("*")) if target not in path.parents]
    assert {*after} - {*before} <= {target, target.parent}
    inside = [path for path in target.rglob("*") if path.is_file()]
    # What was meant to go through a link lies inside, in a folder of that name.
    assert {path.name for path in inside} - {"escaped.txt"} == {"plain.ipynb"}
    assert sum(path.stat().st_size for path in inside) < 10
    assert not any(path.is_symlink() for path in target.rglob("*"))
    assert len(caplog.records) >= 2


def test_an_honest_archive_of_archives_is_unpacked(tmp_path: Path) -> None:
    import tarfile
    import zipfile

    source = tmp_path / "archive"
    source.mkdir()
    (tmp_path / "ada.ipynb").write_text("{}" * 1000)
    with tarfile.open(tmp_path / "ada.tar.gz", "w:gz") as packed:
        packed.add(tmp_path / "ada.ipynb", "work/ada.ipynb")
    with zipfile.ZipFile(source / "class.zip", "w") as made:
        made.write(tmp_path / "ada.ipynb", "bob.ipynb")
        made.write(tmp_path / "ada.tar.gz", "ada.tar.gz")
    CappedExtractor().extract(str(source), str(tmp_path / "out"))
    found = {path.relative_to(tmp_path / "out").as_posix()
             for path in (tmp_path / "out").rglob("*.ipynb")}
    assert found == {"class/bob.ipynb", "class/ada.tar/work/ada.ipynb"}
