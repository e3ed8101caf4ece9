"""A class on the disk: one released lecture, and as many hand-ins as are wanted, twice.

Once as our course, once as a plain nbgrader course of the same notebooks. Half of the class has
something wrong, taken from the bank; every notebook differs from every other.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from autograder.catalogue import ROOT, Catalogue, Topic
from autograder.demo.handiwork import Papers, adds_cell, unusual, wrong

TOPIC = "99_benchmark"
EXERCISES = ("weighted_sum", "pred_succ", "classify_nodes")
MISTAKES = (
    None, ("weighted_sum", "forgets_the_bias"),
    None, ("pred_succ", "swaps_pred_and_succ"),
    None, ("classify_nodes", "swaps_input_and_output"),
    None, ("pred_succ", "ignores_the_direction"),
)
PLAIN = """
c = get_config()
c.CourseDirectory.course_id = "benchmark"
c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.release_directory = "lectures"
c.ClearSolutions.enforce_metadata = False
"""
DEMONSTRATION = """\
figure, axes = plt.subplots()
axes.plot(np.arange(10), np.arange(10) ** 2)
plt.close(figure)
"""
TRAINING = """\
import time
_rng = np.random.default_rng(0)
_x, _y, _w = _rng.normal(size=(256, 64)), _rng.normal(size=256), np.zeros(64)
_start = time.process_time()
while time.process_time() - _start < 3.0:
    _w -= 1e-4 * _x.T @ (_x @ _w - _y)
"""
BODIES = {
    "weighted_sum": ("x, w, b", "    return float(np.dot(x, w) + b)"),
    "pred_succ": ("nodes, edges", """\
    pred, succ = {i: [] for i in nodes}, {i: [] for i in nodes}
    for j, i in sorted(edges):
        pred[i].append(j)
        succ[j].append(i)
    return pred, succ"""),
    "classify_nodes": ("nodes, edges", """\
    pred, succ = pred_succ(nodes, edges)
    kinds = {"input": [], "hidden": [], "output": []}
    for i in sorted(nodes):
        kinds["input" if not pred[i] else "hidden" if succ[i] else "output"].append(i)
    return kinds"""),
}


def solution() -> dict[str, Any]:
    """Setup with NumPy and Matplotlib, a figure, three exercises: eleven code cells."""
    cells = [
        _cell("markdown", "title", "# Benchmark"),
        _cell("code", "setup", "import numpy as np\nimport matplotlib.pyplot as plt\n"
              "from course_lib.checks import check", tags=["setup"]),
        _cell("code", "figure", DEMONSTRATION),
    ]
    for name, (arguments, body) in BODIES.items():
        source = (f"def {name}({arguments}):\n    ### BEGIN SOLUTION\n{body}\n"
                  "    ### END SOLUTION")
        cells += [
            _cell("markdown", f"{name}-statement", f"Write `{name}`."),
            _cell("code", name, source, nbgrader=_role(name, solution=True),
                  course={"kind": "exercise"}),
            _cell("code", f"try-{name}", f"callable({name})"),
            _cell("code", f"check_{name}", f'check("{name}")', tags=["raises-exception"],
                  nbgrader=_role(f"check_{name}", grade=True, locked=True, points=2)),
        ]
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    return {"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4,
            "nbformat_minor": 5}


def _cell(kind: str, name: str, source: str, **metadata: Any) -> dict[str, Any]:
    made = {"cell_type": kind, "id": name, "metadata": metadata, "source": source}
    return made | ({"outputs": [], "execution_count": None} if kind == "code" else {})


def _role(name: str, **fields: Any) -> dict[str, Any]:
    return {"grade": False, "grade_id": name, "locked": False, "schema_version": 3,
            "solution": False, "task": False} | fields


def environment() -> dict[str, str]:
    """With this Python's programs first: nbgrader calls `alembic` by name. One thread of BLAS."""
    paths = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    return os.environ | {"PATH": paths, "OPENBLAS_NUM_THREADS": "1"}


class Course:
    """A released course folder; `ours` says whose configuration it has."""

    def __init__(self, root: Path, *, ours: bool) -> None:
        self.root, self.ours = root, ours
        folder = root / "solutions" / TOPIC
        folder.mkdir(parents=True)
        (folder / f"{TOPIC}.ipynb").write_text(json.dumps(solution()), encoding="utf-8")
        config = root / "nbgrader_config.py"
        if ours:
            shutil.copy(ROOT / "nbgrader_config.py", config)
        else:
            config.write_text(PLAIN)
        command = [sys.executable, "-m", "nbgrader", "generate_assignment", TOPIC]
        subprocess.run(command, cwd=root, check=True, capture_output=True, env=environment())
        self.topic: Topic = Catalogue(root).topic(TOPIC)
        self.lecture = (root / "lectures" / TOPIC / f"{TOPIC}.ipynb").read_text(encoding="utf-8")

    def fresh(self, root: Path) -> Course:
        """A copy with nothing handed in."""
        shutil.copytree(self.root, root, ignore=shutil.ignore_patterns("submitted", "autograded"))
        course = object.__new__(Course)
        course.root, course.ours, course.lecture = root, self.ours, self.lecture
        course.topic = Catalogue(root).topic(TOPIC)
        return course

    def hand_in(self, number: int, *, training: bool = False) -> None:
        """Students a000, b001, a002, ...: one half for each of two processes."""
        for place in range(number):
            student = f"{'ab'[place % 2]}{place:04d}"
            folder = self.root / "submitted" / student / TOPIC
            folder.mkdir(parents=True)
            (folder / f"{TOPIC}.ipynb").write_text(self.text(place, training=training))

    def text(self, place: int, *, training: bool = False) -> str:
        """The notebook of one student."""
        papers = Papers([self.topic], {TOPIC: self.lecture})
        edits: list[Callable[[Papers], None]] = []
        mistake = MISTAKES[place % len(MISTAKES)]
        if mistake is not None:
            edits.append(wrong(*mistake))
        elif place % 4 == 2:
            edits.append(unusual("pred_succ", "sets_from_comprehensions"))
        edits.append(adds_cell("weighted_sum", f"# student {place}\n{TRAINING * training}"))
        for edit in edits:
            edit(papers)
        return papers.text(self.topic)
