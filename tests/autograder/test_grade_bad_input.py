"""Bad input to `grade`: one clear sentence, a status that is not 0, and nothing half-written."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.cli import main
from autograder.grading import cluster, database
from autograder.grading.cluster import Cluster
from autograder.grading.cluster_trouble import ClusterTrouble
from autograder.grading.desk import differences, inspected
from tests.autograder.mini_course import REPOSITORY, TOPIC, MiniCourse
from tests.autograder.nbgrader_writer import rows


class Asked:
    """What a command said, and that it left everything as it was."""

    def __init__(self, course: MiniCourse, capsys: pytest.CaptureFixture[str]) -> None:
        self.course, self.capsys = course, capsys

    def refuses(self, sentence: str, *arguments: str) -> None:
        before = self.left()
        status = main(["--course", str(self.course.root), "grade", *arguments])
        out, err = self.capsys.readouterr()
        assert status == 2
        assert sentence in err, err
        assert len(err.strip().splitlines()) == 1
        assert out == ""
        assert self.left() == before

    def left(self) -> object:
        """Every row of the gradebook, and every file in autograded/."""
        files = sorted((self.course.root / "autograded").glob("**/*"))
        try:
            with self.course.api().gradebook as gradebook:
                return rows(gradebook), files
        except Exception:
            return (self.course.root / "gradebook.db").read_bytes(), files


@pytest.fixture
def asked(course: MiniCourse, capsys: pytest.CaptureFixture[str]) -> Asked:
    return Asked(course, capsys)


def test_an_unknown_topic(asked: Asked) -> None:
    asked.refuses("There is no topic '00_start_hare'. Did you mean 00_start_here?", "00_start_hare")


def test_an_empty_inbox(asked: Asked) -> None:
    asked.refuses(f"Nothing was handed in for {TOPIC}", TOPIC)
    (asked.course.root / "submitted").mkdir()
    asked.refuses(f"nbgrader collect {TOPIC}", TOPIC)


def test_an_inbox_that_cannot_be_read(asked: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    (asked.course.root / "submitted").mkdir(mode=0o000)
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path).stat().st_mode & 0o500 != 0)
    asked.refuses("submitted cannot be read: permission denied", TOPIC)


@pytest.mark.parametrize("student", ["ada/bob", "../ada", "ada\\bob", "..", " "])
def test_a_student_id_that_is_no_name_of_a_folder(asked: Asked, student: str) -> None:
    asked.course.hand_in("ada", asked.course.solved())
    asked.refuses("is no student id", TOPIC, "--student", student)
    assert asked.course.autograde("--student", student) != 0


def test_a_gradebook_that_somebody_has_locked(
    asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked.course.hand_in("ada", asked.course.solved())
    monkeypatch.setattr(database, "PATIENCE", 0.2)
    other = sqlite3.connect(asked.course.root / "gradebook.db", isolation_level=None)
    other.execute("PRAGMA journal_mode = WAL")
    other.execute("BEGIN IMMEDIATE")
    asked.refuses("is locked by another program", TOPIC)
    other.close()
    assert main(["--course", str(asked.course.root), "grade", TOPIC]) == 0


@pytest.mark.parametrize("where", ["head", "middle"])
def test_a_gradebook_that_is_damaged(asked: Asked, where: str) -> None:
    asked.course.hand_in("ada", asked.course.solved())
    path = asked.course.root / "gradebook.db"
    content = bytearray(path.read_bytes())
    start = 0 if where == "head" else 4096
    content[start : start + 8192] = b"\xa5" * 8192
    path.write_bytes(content)
    asked.refuses("gradebook.db is damaged", TOPIC)


def test_an_address_that_is_no_gradebook(asked: Asked) -> None:
    asked.course.hand_in("ada", asked.course.solved())
    config = asked.course.root / "nbgrader_config.py"
    text = config.read_text()
    for url, sentence in [
        ("nonsense", "is no address of a gradebook"),
        ("nosql://x/y", "needs a driver"),
        ("postgresql+psycopg://me:password@127.0.0.1:1/x", "cannot be used"),
    ]:
        config.write_text(text + f"\nc.CourseDirectory.db_url = {url!r}\n")
        asked.refuses(sentence, TOPIC)
    assert main(["--course", str(asked.course.root), "grade", TOPIC]) == 2
    assert "password" not in asked.capsys.readouterr().err


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("tcp://127.0.0.1:1", "There is no scheduler at tcp://127.0.0.1:1"),
        ("tcp://10.1.2.3:8786", "in the clear"),
        ("cluster.example.org:8786", "in the clear"),
        ("nonsense://127.0.0.1:1", "There is no scheduler at nonsense://127.0.0.1:1"),
    ],
)
def test_a_scheduler_that_is_not_there(
    asked: Asked, address: str, sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "CONNECT_SECONDS", 1)
    asked.course.hand_in("ada", asked.course.solved())
    asked.refuses(sentence, TOPIC, "--scheduler", address)


def test_what_a_worker_must_have_in_common_with_us() -> None:
    ours = inspected("none")
    assert differences(ours, ours) == []
    for key, value, told in [
        ("python", "3.9", "Python 3.9 instead of 3."), ("numpy", "1.26.4", "NumPy 1.26.4 instead"),
        ("code", "0" * 64, "the course's code 000000000000 instead of"),
        ("sandbox", "isolated", "sandbox isolated instead of none"),
    ]:
        [sentence] = differences(json.dumps({**json.loads(ours), key: value}), ours)
        assert sentence.startswith(told)


@pytest.mark.slow
def test_a_full_disk(new_course: Callable[[], MiniCourse], tmp_path: Path) -> None:
    """A memory file system with almost no room, in a mount namespace of the command's own."""
    course = new_course()
    for student in ("ada", "bob", "cid"):
        course.hand_in(student, course.solved())
    size = sum(path.stat().st_size for path in course.root.rglob("*") if path.is_file())
    disk, after = tmp_path / "disk", tmp_path / "after"
    disk.mkdir()
    script = (
        f"mount -t tmpfs -o size={size // 1024 + 3000}k tmpfs {disk} && "
        f"cp -r {course.root}/. {disk} && {{ cat /dev/zero > {disk}/filling; "
        f"{{python}} -m autograder --course {disk} grade "
        f"{TOPIC} --sandbox=none; echo status $?; rm {disk}/filling; {{python}} -m autograder "
        f"--course {disk} grade {TOPIC} --sandbox=none; echo status $?; cp -r {disk} {after}; }}"
    ).replace("{python}", sys.executable)
    flags = ["--mount"] if os.geteuid() == 0 else ["--mount", "--map-root-user"]
    done = subprocess.run(["unshare", *flags, "sh", "-c", script], cwd=REPOSITORY, text=True,
                          capture_output=True, check=False)
    words = done.stderr + done.stdout
    assert words.count("status 2") == 1 and words.count("status 0") == 1, words
    assert "is full" in done.stderr, words
    assert "Traceback" not in words
    copy = MiniCourse.copied(after, tmp_path / "copy")
    for student in ("ada", "bob", "cid"):
        assert copy.grades(student)["check_weighted_sum"] == (5.0, False)


def test_events_for_programs(
    course: MiniCourse, capsys: pytest.CaptureFixture[str]
) -> None:
    course.hand_in("ada", course.solved())
    statuses = [main(["--course", str(course.root), "grade", name, "--json"])
                for name in (TOPIC, TOPIC, "17")]
    events = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert statuses == [0, 3, 2]
    assert [each["event"] for each in events] == ["start", "graded", "end", "start", "end", "end"]
    assert events[0]["total"] == 1
    assert (events[1]["student"], events[1]["score"], events[1]["max_score"]) == ("ada", 5, 5)
    assert events[1]["outcomes"] == {"passed": 1}
    assert [each["status"] for each in events if each["event"] == "end"] == statuses
    assert "There is no topic" in events[-1]["why"]


def test_a_cluster_refuses_before_anything_is_sent() -> None:
    cluster = Cluster(width=1, scheduler="tcp://192.0.2.1:8786", level="none")
    with pytest.raises(ClusterTrouble, match=r"docs/clusters\.md"), cluster:
        pass
