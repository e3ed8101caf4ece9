"""Progress is kept beside the lectures, survives bad lines, and never stops work."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from course_lib.desk.contents import lectures
from course_lib.desk.page import PAGE
from course_lib.desk.progress import FILE, VARIABLE, passed, place, record

SLUG = "03_multilayer_perceptrons"


@pytest.fixture(autouse=True)
def kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)


@pytest.mark.parametrize(("folder", "home"), [
    (f"course/lectures/{SLUG}", "course"), (f"fetched/{SLUG}", "fetched"),
    (f"course/solutions/{SLUG}", None), ("course/lectures", None), ("elsewhere", None),
])
def test_where_the_file_lies(tmp_path: Path, folder: str, home: str | None) -> None:
    expected = None if home is None else tmp_path / home / FILE
    assert place(tmp_path / folder) == expected


def test_the_variable_names_another_place_or_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path / "mine"))
    assert place(tmp_path / "anywhere") == tmp_path / "mine"
    monkeypatch.setenv(VARIABLE, "off")
    assert place(tmp_path / "lectures" / SLUG) is None


def lecture(tmp_path: Path) -> Path:
    folder = tmp_path / "lectures" / SLUG
    folder.mkdir(parents=True)
    return folder


def test_a_pass_is_one_line_of_json_and_stands_once(tmp_path: Path) -> None:
    folder = lecture(tmp_path)
    for name in ("pred_succ", "layer", "pred_succ"):
        record(name, folder)
    lines = (tmp_path / FILE).read_text().splitlines()
    assert [json.loads(line)["passed"] for line in lines] == ["pred_succ", "layer"]
    assert list(passed(tmp_path / FILE)) == ["pred_succ", "layer"]


def test_the_page_follows_where_there_is_one(tmp_path: Path) -> None:
    folder = lecture(tmp_path)
    record("pred_succ", folder)
    assert not (tmp_path / PAGE).exists()
    (tmp_path / PAGE).write_text("of yesterday")
    record("layer", folder)
    assert "| 2 of 9 |" in (tmp_path / PAGE).read_text(encoding="utf-8")
    (tmp_path / PAGE).unlink()
    (tmp_path / PAGE).symlink_to(tmp_path)
    record("count_fc", folder)
    assert "count_fc" in passed(tmp_path / FILE)


def test_lines_that_cannot_be_read_cost_nothing(tmp_path: Path) -> None:
    folder = lecture(tmp_path)
    file = tmp_path / FILE
    file.write_bytes(b'{"passed": "layer", "at": "then"}\n{"pas\n[1]\nnull\n\xff\n')
    record("pred_succ", folder)
    assert list(passed(file)) == ["layer", "pred_succ"]
    assert file.read_bytes().startswith(b'{"passed": "layer"')


def test_what_cannot_be_written_is_said_and_nothing_else(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = lecture(tmp_path)
    (tmp_path / FILE).mkdir()
    record("layer", folder)
    said = capsys.readouterr().out
    assert said.startswith("  Note: progress is not kept, because ") and FILE in said


def test_every_task_of_the_course_has_a_title_and_stands_once() -> None:
    names = [task.name for each in lectures() for task in each.tasks]
    assert len(names) == len(set(names)) > 60
    assert all(task.title for each in lectures() for task in each.tasks)
