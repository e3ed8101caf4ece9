"""A course of one tiny topic, so that these tests stand on no real lecture."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tools.notebooks import ROOT, canonical, to_text

Cell = dict[str, Any]
GRADED = {"locked": False, "schema_version": 3, "task": False}


def cell(kind: str, name: str, source: str, **metadata: Any) -> Cell:
    made: Cell = {"cell_type": kind, "id": name, "metadata": metadata, "source": source}
    return made | ({"execution_count": None, "outputs": []} if kind == "code" else {})


def gap(name: str, source: str, kind: str = "exercise", **course: Any) -> Cell:
    nbgrader = {**GRADED, "grade": False, "grade_id": name, "solution": True}
    return cell("code", name, source, nbgrader=nbgrader, course={"kind": kind, **course})


def check(name: str, points: int = 2) -> Cell:
    nbgrader = {**GRADED, "grade": True, "grade_id": f"check_{name}", "solution": False,
                "locked": True, "points": points}
    return cell("code", f"check_{name}", f'check("{name}")', nbgrader=nbgrader,
                tags=["raises-exception"])


def open_question(name: str, source: str) -> Cell:
    nbgrader = {**GRADED, "grade": True, "grade_id": name, "solution": True, "points": 0}
    return cell("markdown", name, source, nbgrader=nbgrader, course={"kind": "open"})


DOUBLE = '''def double(x):
    """Twice x, for any array."""
    ### BEGIN SOLUTION
    factor_of_two = 1 + 1
    return factor_of_two * x
    ### END SOLUTION'''
QUIZ = '''quiz_sizes = {"a": None, "b": None}
### BEGIN SOLUTION
quiz_sizes = {"a": "x", "b": 266610}
### END SOLUTION'''
WHY = """Why is twice x even?

### BEGIN SOLUTION
Because two divides it without remainder.
### END SOLUTION"""


@pytest.fixture
def cells() -> list[Cell]:
    """The cells of a sound solution notebook."""
    return [
        cell("markdown", "title", "# Doubling\n\nHow to double."),
        cell("code", "setup", "from course_lib.checks import check", tags=["setup"]),
        gap("double", DOUBLE),
        cell("code", "try-double", "assert double(2) == 4", tags=["raises-exception"]),
        check("double"),
        gap("quiz_sizes", QUIZ, kind="quiz"),
        check("quiz_sizes", 1),
        open_question("open_why", WHY),
    ]


@pytest.fixture
def course(tmp_path: Path) -> Callable[..., Path]:
    """Writes a course folder with these cells as its only topic; returns the notebook."""

    def write(cells: list[Cell], settings: str = "") -> Path:
        folder = tmp_path / "course"
        notebook = folder / "solutions" / "01_doubling" / "01_doubling.ipynb"
        notebook.parent.mkdir(parents=True, exist_ok=True)
        notebook.write_text(to_text(canonical({"cells": cells})), encoding="utf-8")
        config = (ROOT / "nbgrader_config.py").read_text()
        (folder / "nbgrader_config.py").write_text(f"{config}\n{settings}\n")
        return notebook

    return write


@pytest.fixture
def source_of_released() -> Callable[[str], dict[str, str]]:
    """The sources of a released notebook by cell id."""

    def read(text: str) -> dict[str, str]:
        return {one["id"]: "".join(one["source"]) for one in json.loads(text)["cells"]}

    return read
