"""A course of one small notebook, made from declared exercises, and what students do to it."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from autograder.catalogue import Catalogue, Topic
from autograder.grading.results import ExerciseResult, SubmissionResult
from autograder.sandbox.limits import Limits
from course_lib.checks.cases import Exercise, declaration

SLUG = "98_small"
SECRET = b"a secret of the tests, long enough"
# A busy machine must fail no test: the clock is generous, the CPU time is not.
QUICK = Limits(cpu_seconds=1.0, wall_factor=60.0)

Cell = dict[str, Any]
Notebook = dict[str, Any]
Grade = Callable[..., SubmissionResult]
Alone = Callable[[str, str], ExerciseResult]

SOLUTIONS = {
    "weighted_sum": '''\
def weighted_sum(x, w, b):
    """The net input of one neuron."""
    ### BEGIN SOLUTION
    return float(np.dot(x, w) + b)
    ### END SOLUTION''',
    "pred_succ": '''\
def pred_succ(nodes, edges):
    ### BEGIN SOLUTION
    pred, succ = {i: [] for i in nodes}, {i: [] for i in nodes}
    for j, i in sorted(edges):
        pred[i].append(j)
        succ[j].append(i)
    return pred, succ
    ### END SOLUTION''',
    "classify_nodes": '''\
def classify_nodes(nodes, edges):
    ### BEGIN SOLUTION
    pred, succ = pred_succ(nodes, edges)
    kinds = {"input": [], "hidden": [], "output": []}
    for i in sorted(nodes):
        kinds["input" if not pred[i] else "hidden" if succ[i] else "output"].append(i)
    return kinds
    ### END SOLUTION''',
    "quiz_sharing": '''\
quiz_sharing = {"a": None, "b": None, "c": None, "d": None}
### BEGIN SOLUTION
quiz_sharing = {"a": "q", "b": 751, "c": 1024, "d": "r"}
### END SOLUTION''',
    "kill_flipped_kernel": '''\
def kill_flipped_kernel():
    ### BEGIN SOLUTION
    x = np.zeros((1, 1, 5, 5))
    x[0, 0, 2, 2] = 1
    return x, np.arange(9.0).reshape(1, 1, 3, 3)
    ### END SOLUTION''',
}
POINTS = {"weighted_sum": 1, "pred_succ": 2, "classify_nodes": 3, "quiz_sharing": 4,
          "kill_flipped_kernel": 5}
COURSE = {
    "classify_nodes": {"kind": "exercise", "depends": ["pred_succ"]},
    "quiz_sharing": {"kind": "quiz"},
    "kill_flipped_kernel": {"kind": "kill"},
}
REGION = re.compile(r"^( *)### BEGIN SOLUTION\n.*?### END SOLUTION", re.DOTALL | re.MULTILINE)


def code(name: str, source: str, **metadata: Any) -> Cell:
    return {"cell_type": "code", "id": name, "metadata": metadata, "source": source,
            "outputs": [], "execution_count": None}


def nbgrader(name: str, **fields: Any) -> dict[str, Any]:
    return {"grade": False, "grade_id": name, "locked": False, "schema_version": 3,
            "solution": False, "task": False, **fields}


def solution_notebook() -> Notebook:
    """Setup, a demonstration, five exercises with their checks, and training at the end."""
    cells = [
        {"cell_type": "markdown", "id": "title", "metadata": {}, "source": "# Small"},
        code("setup", "import numpy as np\nfrom course_lib.checks import check", tags=["setup"]),
        code("demonstration", "shown = 6 * 7"),
    ]
    for name, source in SOLUTIONS.items():
        cells.append(
            code(name, source, nbgrader=nbgrader(name, solution=True),
                 course=COURSE.get(name, {"kind": "exercise"}))
        )
        check = nbgrader(f"check_{name}", grade=True, locked=True, points=POINTS[name])
        cells.append(code(f"check_{name}", f'check("{name}")', nbgrader=check))
    cells.append(code("training", "raise RuntimeError('training does not run')"))
    return {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells}


def lecture() -> Notebook:
    """What students get: a stub for each solution, and an empty one for the quiz."""
    notebook = solution_notebook()
    for cell in notebook["cells"]:
        stub = "" if cell["id"].startswith("quiz") else "raise NotImplementedError()"
        cell["source"] = REGION.sub(lambda found, stub=stub: found[1] + stub, cell["source"])
    return notebook


def make_topic(root: Path) -> Topic:
    """The topic, from a solution notebook written under `root`."""
    folder = root / "solutions" / SLUG
    folder.mkdir(parents=True)
    (folder / f"{SLUG}.ipynb").write_text(json.dumps(solution_notebook()), encoding="utf-8")
    return Catalogue(root).topic(SLUG)


def cell_of(notebook: Notebook, name: str) -> Cell:
    found: Cell = next(cell for cell in notebook["cells"] if cell["id"] == name)
    return found


def handed_in(
    sources: Mapping[str, str] | None = None,
    *,
    start: Callable[[], Notebook] = solution_notebook,
    before: tuple[Cell, ...] = (),
    edit: Callable[[Notebook], None] | None = None,
) -> Notebook:
    """A notebook handed in: `start` with some sources replaced, cells added in front, an edit."""
    notebook = copy.deepcopy(start())
    for name, source in (sources or {}).items():
        cell_of(notebook, name)["source"] = source
    notebook["cells"] = [*before, *notebook["cells"]]
    if edit is not None:
        edit(notebook)
    return notebook


def outcomes(result: SubmissionResult) -> dict[str, str]:
    """Outcome by name."""
    return {each.name: each.outcome for each in result.exercises}


def but(**changed: str) -> dict[str, str]:
    """All passed, except for what is named."""
    return {**dict.fromkeys(POINTS, "passed"), **changed}


def by_heart() -> str:
    """A table of the public cases and their results, as a student could write it."""
    weighted = declaration("weighted_sum")
    assert isinstance(weighted, Exercise)
    return repr({repr(case.args): weighted.expected(case).value for case in weighted.cases()})
