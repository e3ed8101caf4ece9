"""The time of hand-in is what the instructor's side saw, whatever the student wrote down."""

from __future__ import annotations

import json
import logging
import os
import pwd
import shutil
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from autograder.cli import main
from autograder.grading.arrival import fits_a_folder, last_change, mounted_inside, stamp
from autograder.grading.handed_in import read_timestamp
from tests.autograder.mini_course import RIGHT, TOPIC, MiniCourse

COURSE = "cnn_from_scratch"
LONG_AGO = "2016-01-01 00:00:00.000000 UTC"


def now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)


def tick(probe: Path, time: datetime) -> None:
    """Wait until the file system's clock, which moves in steps, is past `time`."""
    probe.touch()
    while last_change(probe) <= time:
        probe.touch()


def by_hand(course: MiniCourse, student: str, claimed: str = LONG_AGO) -> Path:
    """What somebody can put into the exchange without `nbgrader submit`."""
    folder = course.root / "exchange" / COURSE / "inbound" / f"{student}+{TOPIC}+{claimed}+xyz"
    folder.mkdir(parents=True)
    (folder / f"{TOPIC}.ipynb").write_text(json.dumps(course.solved(RIGHT)))
    (folder / "timestamp.txt").write_text(claimed)
    return folder


def collected(course: MiniCourse, student: str) -> Path:
    return course.root / "submitted" / student / TOPIC


@pytest.fixture
def due(course: MiniCourse) -> MiniCourse:
    """A course in whose exchange everything of now is late."""
    (course.root / "exchange" / COURSE / "inbound").mkdir(parents=True)
    (course.root / "exchange").chmod(0o777)
    with course.api().gradebook as gradebook:
        gradebook.update_or_create_assignment(TOPIC, duedate="2024-01-01 00:00:00 UTC")
    return course


def penalty(course: MiniCourse, student: str) -> tuple[float, float | None]:
    with course.api().gradebook as gradebook:
        late = gradebook.find_submission(TOPIC, student).total_seconds_late
        found = gradebook.find_submission_notebook(TOPIC, TOPIC, student)
        return late, found.late_submission_penalty


def test_a_folder_dated_back_is_late_all_the_same(due: MiniCourse) -> None:
    start = now() - timedelta(seconds=5)
    source = by_hand(due, "mallory")
    os.utime(source / f"{TOPIC}.ipynb", (0, 0))
    os.utime(source, (0, 0))
    assert due.nbgrader("collect", TOPIC) == 0
    seen, events = read_timestamp(collected(due, "mallory"))
    assert seen is not None and start <= seen <= now() and events == ()
    assert due.autograde("--LateSubmissionPlugin.penalty_method=zero") == 0
    late, taken = penalty(due, "mallory")
    assert late > 365 * 24 * 3600 and taken == 5.0


def test_before_the_due_date_means_each_students_own(
    due: MiniCourse, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three hand-ins on three days: bob has two days more, cid one, and eve handed in late only."""
    first, second, third, fourth = (f"202{year}" for year in ("3-12-31", "4-01-01", "4-01-02",
                                                              "4-01-03"))
    for student, days in {"ada": (first, second, third), "bob": (first, second, third, fourth),
                          "cid": (first, second, third), "eve": (third, fourth)}.items():
        for day in days:
            by_hand(due, student, f"{day} 12:00:00 UTC")
    monkeypatch.setattr("autograder.grading.arrival.last_change", lambda path: (
        datetime.fromisoformat(path.name.split("+")[2].removesuffix(" UTC"))))
    more = ["--course", str(due.root), "extension"]
    assert main([*more, "bob", "00", "--until", "2024-01-03 00:00"]) == 0
    assert main([*more, "cid", "all", "--days", "7"]) == 0
    assert main([*more, "cid", "00", "--days", "1"]) == 0   # what is said for the topic wins
    assert due.nbgrader("collect", TOPIC, "--before-duedate") == 0
    came = {student: str(read_timestamp(collected(due, student))[0])[:10]
            for student in ("ada", "bob", "cid", "eve")}
    assert came == {"ada": first, "bob": third, "cid": second, "eve": fourth}


def test_work_changed_after_it_was_handed_in_has_the_later_time(due: MiniCourse) -> None:
    source = by_hand(due, "mallory")
    before = last_change(source)
    tick(due.root / "probe", before)
    with open(source / f"{TOPIC}.ipynb", "a") as file:
        file.write(" ")
    os.utime(source / f"{TOPIC}.ipynb", (0, 0))
    assert last_change(source) > before
    assert due.nbgrader("collect", TOPIC) == 0
    assert read_timestamp(collected(due, "mallory"))[0] == last_change(source)


def test_collect_update_goes_by_the_clock_of_the_exchange(due: MiniCourse) -> None:
    by_hand(due, "ada", "2030-01-01 00:00:00 UTC")
    assert due.nbgrader("collect", TOPIC) == 0
    first = read_timestamp(collected(due, "ada"))[0]
    assert first is not None
    tick(due.root / "probe", first)
    second = by_hand(due, "ada", "2020-01-01 00:00:00 UTC")
    (second / "note.csv").write_text("second")
    assert due.nbgrader("collect", TOPIC, "--update") == 0
    assert (collected(due, "ada") / "note.csv").read_text() == "second"
    again = read_timestamp(collected(due, "ada"))[0]
    assert again is not None and again > first


def test_where_it_is_asked_for_a_folder_counts_for_its_owner_alone(
    due: MiniCourse, capfd: pytest.CaptureFixture[str]
) -> None:
    me = pwd.getpwuid(os.getuid()).pw_name
    by_hand(due, "ada", "2030-01-01 00:00:00 UTC")     # mine, in the name of somebody else
    by_hand(due, me)
    assert due.nbgrader("collect", TOPIC, "--TrustedCollect.only_by_owner=True") == 0
    assert [path.name for path in (due.root / "submitted").iterdir()] == [me]
    assert f"says it is of ada, and belongs to {me}" in capfd.readouterr().err
    assert due.nbgrader("collect", TOPIC) == 0
    assert collected(due, "ada").is_dir()


def test_one_bad_folder_does_not_stop_collecting(
    due: MiniCourse, caplog: pytest.LogCaptureFixture
) -> None:
    inbound = due.root / "exchange" / COURSE / "inbound"
    linked = by_hand(due, "eve")
    (linked / f"{TOPIC}.ipynb").unlink()
    (linked / f"{TOPIC}.ipynb").symlink_to(due.root / "solutions" / TOPIC / f"{TOPIC}.ipynb")
    (linked / "timestamp.txt").unlink()
    (linked / "timestamp.txt").symlink_to(due.root / "gradebook.db")
    os.mkfifo(by_hand(due, "fred") / "pipe")
    (inbound / f"gil+{TOPIC}+no time at all").mkdir()
    (inbound / f"..+{TOPIC}+{LONG_AGO}+x").mkdir()
    huge = by_hand(due, "huge")
    with open(huge / "zeros", "wb") as file:
        file.truncate(2 * 10**9)
    by_hand(due, "zoe")
    book = (due.root / "gradebook.db").read_bytes()
    with caplog.at_level(logging.ERROR):
        assert due.nbgrader("collect", TOPIC) == 0
    assert (collected(due, "eve") / f"{TOPIC}.ipynb").is_symlink()
    assert (due.root / "gradebook.db").read_bytes() == book
    assert sorted(path.name for path in collected(due, "fred").iterdir()) == [
        f"{TOPIC}.ipynb", "submission_secret.txt", "timestamp.txt"
    ]
    assert not collected(due, "huge").exists() and not (due.root / TOPIC).exists()
    assert collected(due, "gil").is_dir() and collected(due, "zoe").is_dir()
    assert due.autograde() == 0
    assert due.grades("eve")["check_weighted_sum"] == (None, True)
    assert due.grades("zoe")["check_weighted_sum"] == (5.0, False)


def test_feedback_is_released_though_somebody_left_out_the_secret(due: MiniCourse) -> None:
    by_hand(due, "mallory")
    assert due.nbgrader("collect", TOPIC) == 0
    assert due.autograde() == 0
    assert due.nbgrader("generate_feedback", TOPIC) == 0
    assert due.nbgrader("release_feedback", TOPIC) == 0
    assert len(list((due.root / "exchange" / COURSE / "feedback").glob("*.html"))) == 1


def test_the_timestamp_in_an_archive_is_not_taken(due: MiniCourse) -> None:
    archive = due.root / "downloaded" / TOPIC / "archive"
    archive.mkdir(parents=True)
    with zipfile.ZipFile(archive / "class.zip", "w") as made:
        made.writestr(f"mallory_2024-02-03-04-05-06_{TOPIC}.ipynb", json.dumps(due.solved()))
        made.writestr("mallory_2024-02-03-04-05-06_timestamp.txt", LONG_AGO)
    names = r".*/(?P<student_id>[a-z]+)_(?P<timestamp>[0-9-]+)_(?P<file_id>\w+)"
    assert due.nbgrader(
        "zip_collect", TOPIC, f"--FileNameCollectorPlugin.named_regexp={names}",
        "--FileNameCollectorPlugin.valid_ext=.ipynb", "--FileNameCollectorPlugin.valid_ext=.txt",
    ) == 0
    seen = read_timestamp(collected(due, "mallory"))[0]
    assert seen == datetime(2024, 2, 3, 4, 5, 6)


def test_a_stamp_replaces_what_lay_there_and_follows_no_link(tmp_path: Path) -> None:
    target = tmp_path / "private"
    target.write_text("private")
    folder = tmp_path / "folder"
    folder.mkdir()
    for lay in ("link", "folder", "file", "nothing"):
        path = folder / "timestamp.txt"
        if lay == "link":
            path.symlink_to(target)
        elif lay == "folder":
            (path / "deep").mkdir(parents=True)
        elif lay == "file":
            path.write_text(LONG_AGO)
        stamp(folder, datetime(2025, 1, 2, 3, 4, 5, 678))
        assert read_timestamp(folder) == (datetime(2025, 1, 2, 3, 4, 5, 678), ())
        path.unlink()
    assert target.read_text() == "private"


def test_links_are_not_followed_and_deep_folders_end(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    deep = folder.joinpath(*["d"] * 600)
    deep.mkdir(parents=True)
    before = last_change(folder)
    other = tmp_path / "other"
    other.mkdir()
    (folder / "link").symlink_to(other)
    linked = last_change(folder)
    (other / "later").write_text("later")
    assert before <= linked == last_change(folder)
    shutil.rmtree(deep.parents[500])


def test_a_file_system_in_the_folder_counts_as_now(tmp_path: Path) -> None:
    folder = tmp_path / "a b"
    folder.mkdir()
    line = f"36 35 98:0 / {str(folder).replace(' ', chr(92) + '040')}/m rw - fuse x rw"
    assert mounted_inside(folder, f"odd line\n{line}")
    assert not mounted_inside(tmp_path / "a", line)
    assert not mounted_inside(folder, "")


@pytest.mark.parametrize("name", ["ada", "Ada Lovelace", "a+b", "müller", "..a"])
def test_ordinary_ids_fit(name: str) -> None:
    assert fits_a_folder(name)


@pytest.mark.parametrize("name", ["", ".", "..", "a/b", "a\\b", "a*", "a\nb", "a\x1b[2J"])
def test_ids_that_name_another_place_do_not_fit(name: str) -> None:
    assert not fits_a_folder(name)
