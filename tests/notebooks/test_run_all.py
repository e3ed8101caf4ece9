"""Every notebook in a real kernel: solutions run clean, untouched lectures run to the last cell."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from autograder.catalogue import Catalogue
from tools.run_all import run_all

TOPICS = Catalogue().topics
ROOT = Catalogue().root
LECTURES = [ROOT / "lectures" / topic.slug / f"{topic.slug}.ipynb" for topic in TOPICS]
MAX_GAP_LINES = 12


@pytest.fixture(autouse=True)
def _short_training(monkeypatch):
    monkeypatch.setenv("COURSE_FAST", "1")


def run(path: Path):
    return run_all(nbformat.read(path, as_version=4), path.parent)


def outputs_of(cell):
    return "".join(
        output.get("text", "") + "\n".join(output.get("traceback", ()))
        for output in cell.get("outputs", ())
    )


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.slug)
def test_a_solution_notebook_runs_clean(topic):
    notebook = run(topic.notebook)
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            assert output.output_type != "error", f"{cell.id}: {outputs_of(cell)}"
            assert output.get("name") != "stderr", f"{cell.id}: {outputs_of(cell)}"
    for exercise in topic.exercises:
        cell = next(c for c in notebook.cells if c.id == exercise.check_id)
        assert "visible" in outputs_of(cell) or "right" in outputs_of(cell) or (
            "expose" in outputs_of(cell)
        )


@pytest.mark.slow
@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.slug)
def test_a_solution_notebook_runs_clean_at_full_length(topic, monkeypatch):
    monkeypatch.delenv("COURSE_FAST")
    test_a_solution_notebook_runs_clean(topic)


def cells_of(path):
    return {cell.id: cell for cell in nbformat.read(path, as_version=4).cells}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("topic", "name"),
    [
        pytest.param(topic, exercise.name, id=exercise.name)
        for topic in TOPICS
        for exercise in topic.exercises
        if exercise.kind == "exercise"
    ],
)
def test_one_exercise_left_out_fails_its_own_cells_only(topic, name):
    """The library's function stands in, and everything but the tries before the check works."""
    path = ROOT / "lectures" / topic.slug / f"{topic.slug}.ipynb"
    notebook = nbformat.read(topic.notebook, as_version=4)
    ids = [cell.id for cell in notebook.cells]
    exercise = next(each for each in topic.exercises if each.name == name)
    notebook.cells[ids.index(name)].source = cells_of(path)[name].source
    run_all(notebook, path.parent)
    last = ids.index(exercise.check_id)
    own = set(ids[ids.index(name) : last + 1])
    failed = {
        cell.id for cell in notebook.cells
        if any(each.output_type == "error" for each in cell.get("outputs", ()))
    }
    assert exercise.check_id in failed
    assert failed <= own
    assert "stands in" in outputs_of(notebook.cells[last])


@pytest.mark.parametrize("path", LECTURES, ids=lambda path: path.stem)
def test_run_all_on_an_untouched_lecture_reaches_the_last_cell(path):
    notebook = run(path)
    last = [cell for cell in notebook.cells if cell.cell_type == "code"][-1]
    assert last.execution_count is not None, "Run All stopped before the last code cell"
    for cell in notebook.cells:
        errors = [o for o in cell.get("outputs", ()) if o.output_type == "error"]
        if errors and "nbgrader" in cell.metadata:
            shown = re.sub(r"\x1b\[[0-9;]*m", "", "\n".join(errors[0].traceback))
            assert len(shown.splitlines()) <= 3, f"{cell.id}: a traceback of many lines: {shown}"
        elif errors:
            assert "raises-exception" in cell.metadata.get("tags", ()), outputs_of(cell)


@pytest.mark.parametrize("path", LECTURES[:1], ids=lambda path: path.stem)
def test_nbgrader_validate_says_what_is_missing(path, tmp_path):
    copy = tmp_path / path.name
    copy.write_bytes(path.read_bytes())
    command = [sys.executable, "-m", "nbgrader", "validate", str(copy)]
    done = subprocess.run(
        command, cwd=tmp_path, env={**os.environ}, capture_output=True, text=True, check=False
    )
    told = done.stdout + done.stderr
    topic = next(topic for topic in TOPICS if topic.slug == path.stem)
    assert f"VALIDATION FAILED ON {len(topic.exercises)} CELL(S)" in told, told[-2000:]
    for exercise in topic.exercises:
        assert f'check("{exercise.name}")' in told


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.slug)
def test_gaps_are_short_and_asserts_stand_between_gap_and_check(topic):
    cells = [cell for cell in topic.cells if cell["cell_type"] == "code"]
    ids = [cell["id"] for cell in cells]
    for exercise in topic.exercises:
        source = cells[ids.index(exercise.name)]["source"]
        gap = source.partition("### BEGIN SOLUTION\n")[2].partition("### END SOLUTION")[0]
        if exercise.kind != "quiz":
            assert 1 <= len(gap.strip().splitlines()) <= MAX_GAP_LINES, exercise.name
        if exercise.kind == "exercise":
            between = cells[ids.index(exercise.name) + 1 : ids.index(exercise.check_id)]
            assert any("assert" in cell["source"] for cell in between), (
                f"{exercise.name} has no open cell with plain asserts before its check"
            )
            assert ast.get_docstring(ast.parse(source).body[0]), f"{exercise.name}: no docstring"


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.slug)
def test_every_figure_has_alt_text(topic):
    for cell in topic.cells:
        if cell["cell_type"] == "markdown":
            assert not re.search(r"!\[\]\(", cell["source"]), f"{cell['id']}: an image without text"
        elif "plt.show(" in cell["source"]:
            raise AssertionError(f"{cell['id']}: use plots.show(fig, alt=...) instead of plt.show")
