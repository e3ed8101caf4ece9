"""What is done and what comes next: for the terminal, for programs, and as the page."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from course_lib.desk import commands
from course_lib.desk.contents import lectures
from course_lib.desk.lab import PAGE, course_folder, start, write_page
from course_lib.desk.page import markdown, next_task, table
from course_lib.desk.progress import FILE, VARIABLE

EVERY = [task.name for lecture in lectures() for task in lecture.tasks]


def test_the_next_task_is_the_first_one_open_in_the_order_of_the_course() -> None:
    lecture, task = next_task(EVERY[:3] + EVERY[4:]) or (None, None)
    assert task is not None and task.name == EVERY[3] and lecture is not None
    assert task in lecture.tasks
    assert next_task(EVERY) is None


def test_the_table_counts_and_says_what_comes_next() -> None:
    lines = table({"weighted_sum"}).splitlines()
    assert lines[0].split() == ["lecture", "passed", "points"]
    assert lines[1].startswith("00 ") and " 1 of 2 " in lines[1]
    assert f" 1 of {len(EVERY)} " in lines[-3]
    assert lines[-1].startswith("Next: quiz_start in lecture 00: ")
    assert table(EVERY).splitlines()[-1] == "Everything has passed."


def test_the_page_links_every_lecture() -> None:
    text = markdown(())
    for lecture in lectures():
        assert f"({lecture.path})" in text and lecture.in_class in text
    assert "Next: weighted_sum in [lecture 00](lectures/00_start_here/00_start_here.ipynb)" in text


def test_the_page_is_written_with_what_has_passed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    (tmp_path / FILE).write_text('{"passed": "weighted_sum", "at": "now"}\n')
    write_page(tmp_path)
    assert "| 1 of 2 |" in (tmp_path / PAGE).read_text(encoding="utf-8")
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(f".{PAGE}")] == []


def test_the_course_is_found_from_inside(tmp_path: Path) -> None:
    inside = tmp_path / "course" / "lectures" / "00_start_here"
    inside.mkdir(parents=True)
    assert course_folder(inside) == tmp_path / "course"
    assert course_folder(tmp_path) is None


def test_a_folder_that_cannot_be_written_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / PAGE).mkdir()
    assert start(tmp_path, [], "student") == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1 and "Start it in a folder of your own" in said


def test_outside_a_course_the_commands_say_where_to_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.chdir(tmp_path)
    assert commands.progress([]) == 1 and commands.lab([]) == 1
    assert capsys.readouterr().err.count("Go to the folder that you unpacked") == 2


@pytest.mark.parametrize("name", commands.__all__)
def test_every_command_says_what_it_takes_and_does_nothing(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as ended:
        getattr(commands, name)(["--help"])
    assert ended.value.code == 0
    assert capsys.readouterr().out.startswith(f"usage: course-{name} [-h]")
    assert not list(tmp_path.iterdir())


def test_the_command_prints_for_people_and_for_programs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    inside = tmp_path / "lectures" / "00_start_here"
    inside.mkdir(parents=True)
    monkeypatch.chdir(inside)
    code = "from course_lib.desk.progress import record; record('weighted_sum')"
    subprocess.run([sys.executable, "-c", code], check=True)
    assert commands.progress([]) == 0
    assert "Next: quiz_start" in capsys.readouterr().out
    assert commands.progress(["--json"]) == 0
    assert list(json.loads(capsys.readouterr().out)) == ["weighted_sum"]
