"""A lecture for the projector: found by number, opened alone, with settings JupyterLab knows."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import jupyterlab.labapp
import pytest
from jupyterlab.commands import get_app_dir

from course_lib.desk import commands
from course_lib.desk.present import SIZES, THEMES, arguments, notebook_of, write_settings
from tests.course_lib.desk.lecture import SLUG, lecture, written


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    written(tmp_path / "lectures" / SLUG / f"{SLUG}.ipynb", lecture())
    written(tmp_path / "mine" / "own.ipynb", lecture())
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("JUPYTER_CONFIG_PATH", raising=False)
    return tmp_path


@pytest.mark.parametrize(("said", "found"), [
    ("00", f"lectures/{SLUG}/{SLUG}.ipynb"), (SLUG, f"lectures/{SLUG}/{SLUG}.ipynb"),
    ("mine/own.ipynb", "mine/own.ipynb"), ("77", None), ("", None), ("mine/no.ipynb", None),
    ("../x.ipynb", None),
])
def test_a_lecture_is_found_by_number_name_or_path(
    home: Path, said: str, found: str | None
) -> None:
    assert notebook_of(home, said) == found


def test_jupyterlab_is_started_on_it_with_large_letters(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[list[str]] = []
    sizes = []

    def start(words: list[str]) -> None:
        started.append(words)
        file = Path(os.environ["JUPYTERLAB_SETTINGS_DIR"], THEMES)
        sizes.append(json.loads(file.read_text())["overrides"])

    monkeypatch.setattr(jupyterlab.labapp, "main", start)
    monkeypatch.setattr(sys, "argv", ["course-lab", "--present", "00", "--port", "9000"])
    monkeypatch.setenv("JUPYTERLAB_SETTINGS_DIR", str(home / "own"))
    assert commands.lab() == 0
    place = f"lectures/{SLUG}/{SLUG}.ipynb"
    assert started == [arguments(home, place, ["--port", "9000"])]
    assert f"--LabApp.default_url=/doc/tree/{place}" in started[0]
    assert sizes == [SIZES] and not (home / "own").exists()
    assert not Path(os.environ["JUPYTERLAB_SETTINGS_DIR"]).exists()


@pytest.mark.parametrize(("own", "kept"), [
    ('{"theme": "JupyterLab Dark", "overrides": {"code-font-size": "9px"}}',
     {"theme": "JupyterLab Dark"}),
    ("// with a comment\n{}", {}),
])
def test_a_users_settings_are_copied_and_stay(tmp_path: Path, own: str, kept: object) -> None:
    file = tmp_path / "own" / THEMES
    file.parent.mkdir(parents=True)
    file.write_text(own)
    write_settings(tmp_path / "copy", tmp_path / "own")
    made = json.loads((tmp_path / "copy" / THEMES).read_text())
    assert made.pop("overrides") == SIZES and made == kept
    assert file.read_text() == own


def test_a_lecture_that_is_not_there_is_one_sentence(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for words in (["--present", "77"], ["--present"]):
        monkeypatch.setattr(sys, "argv", ["course-lab", *words])
        assert commands.lab() == 1
        said = capsys.readouterr().err
        assert "there is no lecture" in said and said.count("\n") == 1


def test_the_sizes_are_ones_that_jupyterlab_has() -> None:
    schemas = Path(get_app_dir()) / "schemas" / "@jupyterlab" / "apputils-extension"
    schema = json.loads((schemas / "themes.json").read_text(encoding="utf-8"))
    assert SIZES.keys() <= schema["definitions"]["cssOverrides"]["properties"].keys()
