"""The watch: what arrives is graded once, whatever happens meanwhile. Time is a variable."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from autograder.catalogue import Topic
from autograder.serving.inbox import QUIET_BROKEN, QUIET_FOLDER
from autograder.serving.pace import Rate
from tests.autograder.serving_course import Watch, notebook
from tests.autograder.small_course import SLUG


@pytest.fixture
def watch(tmp_path: Path, small_topic: Topic) -> Iterator[Watch]:
    made = Watch(tmp_path, small_topic)
    yield made
    made.server.journal.close()


def test_a_file_put_there_whole_is_graded_at_once(watch: Watch) -> None:
    watch.put("ada")
    watch.steps(1)
    assert watch.graded == ["ada"]
    assert "1 of 1 points" in watch.short("ada")
    page = (watch.outbox / "ada" / SLUG / "feedback.html").read_text()
    assert "&lt;b&gt;well" in page and "<b>well" not in page and "<script" not in page
    watch.steps(3)
    assert watch.graded == ["ada"]


def test_a_growing_file_is_taken_when_it_is_whole(watch: Watch) -> None:
    text = notebook("grown")
    path = watch.inbox / "ada" / f"{SLUG}.ipynb"
    path.parent.mkdir()
    for end in (100, 400, 900):
        path.write_text(text[:end])
        watch.steps()
        watch.clock.now += QUIET_BROKEN - 0.1
    assert watch.graded == []
    path.write_text(text)
    watch.steps(1)
    assert watch.book.rows == [("ada", "passed", text)]


def test_a_broken_file_is_taken_when_nothing_comes_after_it(watch: Watch) -> None:
    watch.put("ada", "{broken")
    watch.steps()
    watch.clock.now += QUIET_BROKEN - 0.1
    watch.steps()
    assert watch.graded == []
    watch.clock.now += 0.2
    watch.steps(1)
    assert watch.graded == ["ada"]


def test_a_folder_is_taken_when_it_is_quiet(watch: Watch) -> None:
    folder = watch.inbox / "ada" / SLUG
    folder.mkdir(parents=True)
    (folder / f"{SLUG}.ipynb").write_text(notebook("one"))
    watch.steps()
    watch.clock.now += QUIET_FOLDER - 0.1
    (folder / "data.csv").write_text("1")
    watch.steps()
    watch.clock.now += QUIET_FOLDER - 0.1
    watch.steps()
    assert watch.graded == []
    watch.clock.now += 0.2
    watch.steps(1)
    assert watch.graded == ["ada"]


def test_the_exchange_of_nbgrader_is_an_inbox_too(watch: Watch) -> None:
    folder = watch.inbox / f"ada+{SLUG}+2020-01-01 00:00:00 UTC+random"
    folder.mkdir()
    (folder / f"{SLUG}.ipynb").write_text(notebook("one"))
    (folder / "timestamp.txt").write_text("2020-01-01 00:00:00 UTC")
    watch.steps()
    watch.clock.now += QUIET_FOLDER
    watch.steps(1)
    assert watch.graded == ["ada"]
    assert "Arrived 2020" not in watch.short("ada")


def test_what_came_first_is_taken_first(watch: Watch) -> None:
    """After a pause of the server, the newest of several hand-ins must be the last."""
    for name, mark in (("z", "first"), ("m", "second"), ("a", "third")):
        folder = watch.inbox / f"ada+{SLUG}+{name}"
        folder.mkdir()
        (folder / f"{SLUG}.ipynb").write_text(notebook(mark))
        before = folder.stat().st_ctime_ns
        while folder.stat().st_ctime_ns == before:  # the clock of the file system moves in steps
            folder.chmod(0o755)
    watch.steps()
    watch.clock.now += QUIET_FOLDER
    watch.steps(4)
    assert watch.book.rows[-1] == ("ada", "passed", notebook("third"))
    assert watch.server.journal.counts() == {"superseded": 2, "done": 1}


def test_newer_work_takes_the_place_of_what_waits(watch: Watch) -> None:
    watch.graders.places = 0
    watch.put("ada", notebook("old"))
    watch.steps()
    watch.put("ada", notebook("new"), "98.ipynb")
    watch.steps()
    watch.graders.places = 2
    watch.steps()
    assert watch.book.rows == [("ada", "passed", notebook("new"))]
    assert watch.server.journal.counts() == {"superseded": 1, "done": 1}


def test_the_same_again_is_not_graded_again(watch: Watch) -> None:
    watch.put("ada", notebook("one"))
    watch.steps()
    watch.put("ada", notebook("one"))
    watch.steps()
    assert watch.graded == ["ada"] and len(watch.graders.sources) == 1
    watch.put("ada", notebook("two"))
    watch.put("bob", notebook("one"))
    watch.steps()
    assert sorted(watch.graded) == ["ada", "ada", "bob"]
    assert list(watch.server.spool.folder.iterdir()) == []


def test_who_hands_in_too_often_waits_and_is_told(watch: Watch) -> None:
    watch.rate = Rate(2, 600.0)
    watch.started()
    for mark in ("one", "two", "three", "four"):
        watch.clock.now += 1
        watch.put("ada", notebook(mark))
        watch.put("bob")
        watch.steps()
    assert sorted(watch.graded) == ["ada", "ada", "bob"]
    told = watch.short("ada")
    assert "At most 2 hand-ins within 10 minutes are graded; you had 2" in told
    assert "is graded at" in told
    watch.started()  # the limit outlives the server
    watch.steps()
    assert sorted(watch.graded) == ["ada", "ada", "bob"]
    watch.clock.now += 600
    watch.steps()
    assert watch.book.rows[-1] == ("ada", "passed", notebook("four"))
    assert watch.server.journal.counts()["superseded"] == 1


def test_the_queue_is_bounded_and_the_rest_stays_in_the_inbox(watch: Watch) -> None:
    watch.most_waiting, watch.graders.places = 3, 1
    watch.started()
    watch.graders.holds = True
    for number in range(10):
        watch.put(f"s{number}", notebook(str(number)))
    watch.steps(5)
    assert watch.server.journal.waiting() == 3
    assert len(list(watch.server.spool.folder.iterdir())) == 3
    assert sum("wait" in line for line in watch.lines) == 1
    watch.graders.holds = False
    watch.steps(20)
    assert sorted(watch.graded) == [f"s{number}" for number in range(10)]


def test_links_pipes_and_odd_names_are_refused_and_told(watch: Watch) -> None:
    secret = watch.root / "secret"
    secret.write_text(notebook("secret"))
    home = watch.inbox / "eve"
    home.mkdir()
    os.mkfifo(home / f"{SLUG}.ipynb")
    (home / "98.ipynb").symlink_to(secret)
    (home / "nothing.ipynb").write_text("{}")
    (home / SLUG).mkdir()
    (home / SLUG / f"{SLUG}.ipynb").symlink_to(secret)
    (watch.inbox / "98_small.ipynb").write_text("{}")
    (watch.inbox / f"..+{SLUG}+x").mkdir()
    (watch.inbox / "mallory").symlink_to(home)
    os.link(secret, watch.inbox / f"fred+{SLUG}.ipynb")
    os.mkdir(os.fsencode(watch.inbox) + b"/bad\xff+98+\xfe")
    watch.put("zoe")
    for _ in range(3):
        watch.steps()
        watch.clock.now += QUIET_BROKEN
    assert watch.graded == ["zoe"]
    told = "\n".join(watch.lines)
    for word in ("symbolic link", "pipe", "no topic", "no student", "hard link"):
        assert word in told, word
    assert sorted(path.name for path in watch.outbox.iterdir()) == ["eve", "zoe"]
    assert [path.name for path in (watch.outbox / "eve").iterdir()] == ["not_taken.txt"]
    before = len(watch.lines)
    watch.steps(5)
    assert len(watch.lines) == before


def test_a_flood_of_files_is_cut_and_told(watch: Watch) -> None:
    for number in range(100):
        watch.put("eve", "{}", f"{number}.txt")
    watch.put("zoe")
    watch.steps()
    assert watch.graded == ["zoe"]
    assert any("the others are not looked at" in line for line in watch.lines)
    assert len(watch.lines) < 70


def test_a_large_file_is_refused_unread(watch: Watch) -> None:
    path = watch.put("eve", "{}")
    os.truncate(path, 10**9)
    watch.steps()
    watch.clock.now += QUIET_BROKEN
    watch.steps()
    assert watch.graded == [] and "more than 20 MB" in watch.lines[-1]


def stop_at(watch: Watch, point: str) -> Callable[..., Any]:
    """Let the server end, as by kill -9, when it comes to this point."""

    def end(*_: Any, **__: Any) -> Any:
        raise KeyboardInterrupt(point)

    return end


POINTS = {
    "spool.take": ("spool", "take"), "journal.add": ("journal", "add"),
    "journal.start": ("journal", "start"), "grader.start": ("grader", "start"),
    "grader.finished": ("grader", "finished"), "journal.graded": ("journal", "graded"),
    "recorder.record": ("recorder", "record"), "journal.done": ("journal", "done"),
    "spool.drop": ("spool", "drop"),
}


@pytest.mark.parametrize("point", POINTS)
def test_a_server_that_ends_anywhere_loses_nothing_and_counts_nothing_twice(
    watch: Watch, monkeypatch: pytest.MonkeyPatch, point: str
) -> None:
    part, method = POINTS[point]
    watch.graders.places = 1
    for student in ("ada", "bob", "cid"):
        watch.put(student, notebook(student))
    for _ in range(3):  # every server ends at the same point
        with monkeypatch.context() as patch:
            patch.setattr(getattr(watch.server, part), method, stop_at(watch, point))
            with pytest.raises(KeyboardInterrupt):
                watch.steps(4)
        watch.server.journal.close()
        watch.graders.tasks = []
        watch.started()
    watch.steps(6)
    assert sorted({student for student, _, _ in watch.book.rows}) == ["ada", "bob", "cid"]
    assert set(watch.book.rows) == {
        (student, "passed", notebook(student)) for student in ("ada", "bob", "cid")}
    done = [each.student for each in watch.server.journal.all("done")]
    assert sorted(done) == ["ada", "bob", "cid"]
    assert watch.server.idle and list(watch.server.spool.folder.iterdir()) == []
    results_kept = point in ("recorder.record", "journal.done", "spool.drop")
    if results_kept:  # a result once stored is never worked out again
        assert len(watch.graders.sources) == 3


def test_a_grader_that_dies_is_tried_again_and_then_it_is_our_error(watch: Watch) -> None:
    watch.graders.dies = 1
    watch.put("ada")
    watch.steps(3)
    assert watch.book.rows[0][:2] == ("ada", "passed")
    watch.graders.dies = 2
    watch.put("bob")
    watch.steps(4)
    assert watch.book.rows[1][:2] == ("bob", "error")
    assert "our fault" in watch.short("bob")


def test_a_gradebook_that_cannot_be_written_is_tried_again(watch: Watch) -> None:
    watch.book.breaks = 2
    watch.put("ada")
    watch.steps()
    assert watch.graded == [] and "1 of 1 points" in watch.short("ada")
    assert not watch.server.idle
    watch.steps()
    assert watch.graded == []
    for _ in range(2):
        watch.clock.now += 60
        watch.steps()
    assert watch.graded == ["ada"] and len(watch.graders.sources) == 1
    assert sum("the disk is full" in line for line in watch.lines) == 1


def test_feedback_that_cannot_be_written_is_tried_again(watch: Watch) -> None:
    watch.outbox.write_text("a file where a folder must be")
    watch.put("ada")
    watch.steps()
    assert watch.graded == []
    watch.outbox.unlink()
    watch.clock.now += 60
    watch.steps()
    assert watch.graded == ["ada"] and watch.short("ada")


def test_an_inbox_that_is_gone_is_told_once_and_found_again(watch: Watch) -> None:
    shutil.move(watch.inbox, watch.root / "away")
    watch.steps(4)
    assert [line for line in watch.lines if "cannot be read" in line] == watch.lines
    shutil.move(watch.root / "away", watch.inbox)
    watch.put("ada")
    watch.steps()
    assert watch.graded == ["ada"]


