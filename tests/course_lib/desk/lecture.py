"""A small lecture to correct, and what a learner does with it."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from nbformat import from_dict
from nbgrader.utils import compute_checksum

SLUG = "00_start_here"
STUB = "def weighted_sum(x, w, b):\n    # YOUR CODE HERE\n    raise NotImplementedError()"
WORK = "def weighted_sum(x, w, b):\n    return 'my work'"

Cell = dict[str, Any]
Notebook = dict[str, Any]


def cell(name: str, source: str, kind: str = "code", role: tuple[str, ...] = (),
         tags: tuple[str, ...] = ()) -> Cell:
    metadata: dict[str, Any] = {"tags": list(tags)} if tags else {}
    if role:
        metadata["nbgrader"] = {
            "grade": "grade" in role, "solution": "solution" in role, "locked": "locked" in role,
            "task": False, "schema_version": 3, "grade_id": name, "points": 5}
    made = {"cell_type": kind, "id": name, "metadata": metadata, "source": source}
    if kind == "code":
        made |= {"outputs": [], "execution_count": None}
    if role:
        metadata["nbgrader"]["checksum"] = compute_checksum(from_dict(made))
    return made


def lecture(**changed: str | None) -> Notebook:
    """The lecture; a keyword gives a cell another text, or takes it out if it is None."""
    cells = [
        cell("title", "# Start", "markdown"),
        cell("setup", "import numpy as np", tags=("setup",)),
        cell("text", "Neurons add up.", "markdown"),
        cell("demo", "print(6 * 7)"),
        cell("weighted_sum", STUB, role=("solution",)),
        cell("check_weighted_sum", 'check("weighted_sum")', role=("grade", "locked")),
        cell("open_why", "Why?\n\nYOUR ANSWER HERE", "markdown", ("grade", "solution")),
        cell("end", "That is all.", "markdown"),
    ]
    kept = [each for each in cells if changed.get(each["id"], "") is not None]
    for each in kept:
        new = changed.get(each["id"])
        if new is not None:
            each["source"] = new
            if "nbgrader" in each["metadata"]:
                each["metadata"]["nbgrader"]["checksum"] = compute_checksum(from_dict(each))
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    return {"cells": kept, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}


def worked(start: Notebook | None = None, **texts: str) -> Notebook:
    """What a learner makes of it: these texts in the cells of these names."""
    made = copy.deepcopy(start or lecture())
    for name, text in texts.items():
        find(made, name)["source"] = text
    return made


def find(notebook: Notebook, name: str) -> Cell:
    found: Cell = next(each for each in notebook["cells"] if each.get("id") == name)
    return found


def put_in(notebook: Notebook, after: str, added: Cell) -> Notebook:
    made = copy.deepcopy(notebook)
    made["cells"].insert(made["cells"].index(find(made, after)) + 1, added)
    return made


def without(notebook: Notebook, strip: Callable[[Cell], Any]) -> Notebook:
    made = copy.deepcopy(notebook)
    for each in made["cells"]:
        strip(each)
    return made


def sources(notebook: Notebook) -> dict[str, str]:
    return {str(each["id"]): each["source"] for each in notebook["cells"]}


def written(path: Path, notebook: Notebook) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(notebook), encoding="utf-8")
    return path
