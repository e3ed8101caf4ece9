"""Points shown, and changed in the solution notebook: nothing else changes in it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from autograder.catalogue import ROOT, Catalogue
from tools.notebooks import problems
from tools.points import graded_cells, main
from tools.release import generate

LECTURE = "03_multilayer_perceptrons"


@pytest.fixture
def course(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "solutions" / LECTURE, tmp_path / "solutions" / LECTURE)
    return tmp_path


def test_points_are_shown_and_changed_and_nothing_else(
    course: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = course / "solutions" / LECTURE / f"{LECTURE}.ipynb"
    before = json.loads(path.read_text(encoding="utf-8"))
    assert main(["03", "layer=0", "count_fc=2.5", "--course", str(course)]) == 0
    assert "     0  layer\n" in capsys.readouterr().out
    found = {name: points for name, (_, points) in graded_cells(
        Catalogue(course).topic("03")).items()}
    assert (found["layer"], found["count_fc"]) == (0, 2.5)
    text = path.read_text(encoding="utf-8")
    assert list(problems(text)) == []
    after = json.loads(text)
    for cell in (*before["cells"], *after["cells"]):
        if cell["id"] in ("check_layer", "check_count_fc"):
            del cell["metadata"]["nbgrader"]["points"]
    assert after == before
    assert '"points": 0' in generate(path)      # the guard lets it out


@pytest.mark.parametrize(("words", "said"), [
    (["77"], "no topic '77'"), (["03", "layers=1"], "has no 'layers'; it has pred_succ"),
    (["03", "layer"], "write NAME=POINTS"), (["03", "layer=-1"], "cannot earn -1 points"),
    (["03", "layer=nan"], "cannot earn nan points"),
])
def test_what_cannot_be_is_one_sentence_and_changes_nothing(
    course: Path, words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = course / "solutions" / LECTURE / f"{LECTURE}.ipynb"
    before = path.read_bytes()
    assert main([*words, "--course", str(course)]) == 1
    assert said in capsys.readouterr().err
    assert path.read_bytes() == before
