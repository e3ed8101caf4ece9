"""A course small enough to release, hand in and grade within a test: one topic, three cells."""

from __future__ import annotations

import copy
import json
import logging
import shutil
from collections.abc import Callable
from contextlib import chdir
from pathlib import Path
from typing import Any

import pytest
from jupyter_core.application import NoStart
from nbgrader.apps import NbGraderApp
from nbgrader.apps.api import NbGraderAPI
from nbgrader.apps.autogradeapp import AutogradeApp

TOPIC = "00_start_here"
REPOSITORY = Path(__file__).resolve().parents[2]
RIGHT = "def weighted_sum(x, w, b):\n    return float(np.dot(x, w) + b)\n"
NO_BIAS = "def weighted_sum(x, w, b):\n    return float(np.dot(x, w))\n"
STUB = """def weighted_sum(x, w, b):
    \"\"\"Add up inputs times weights, then the bias.\"\"\"
    ### BEGIN SOLUTION
    return float(np.dot(x, w) + b)
    ### END SOLUTION
"""
STUDENT_CONFIG = """
c = get_config()
c.CourseDirectory.course_id = "cnn_from_scratch"
c.Exchange.root = {exchange!r}
c.ExchangeFetchFeedback.root = {exchange!r}
"""
OPEN = "Why is the bias added once?\n\n### BEGIN SOLUTION\nOne bias a neuron.\n### END SOLUTION"


def cell(kind: str, name: str, source: str, role: dict[str, Any] | None = None,
         **metadata: Any) -> dict[str, Any]:
    """One notebook cell; `role` is its nbgrader metadata."""
    if role is not None:
        whole = {"grade": False, "solution": False, "locked": False, "task": False,
                 "schema_version": 3, "grade_id": name}
        metadata["nbgrader"] = whole | role
    made = {"cell_type": kind, "id": name, "metadata": metadata, "source": source}
    return made | ({"outputs": [], "execution_count": None} if kind == "code" else {})


def notebook(cells: list[dict[str, Any]]) -> dict[str, Any]:
    """A notebook in the stored form."""
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    return {"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}


def solution(more: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    """The solution notebook: one exercise worth 5 points, and an open question worth 2."""
    return notebook([
        cell("markdown", "title", "# Start"),
        cell("code", "setup", "import numpy as np\nfrom course_lib.checks import check",
             tags=["setup"]),
        cell("markdown", "statement", "Write `weighted_sum(x, w, b)`."),
        cell("code", "weighted_sum", STUB, {"solution": True}, course={"kind": "exercise"}),
        cell("code", "check_weighted_sum", 'check("weighted_sum")',
             {"grade": True, "locked": True, "points": 5}, tags=["raises-exception"]),
        cell("markdown", "open_bias", OPEN, {"grade": True, "solution": True, "points": 2},
             course={"kind": "open"}),
        *(more or []),
    ])


class MiniCourse:
    """A course folder with a gradebook, released and ready for submissions."""

    def __init__(self, root: Path) -> None:
        self.root = root

    @classmethod
    def drafted(
        cls, root: Path, more: list[dict[str, Any]] | None = None, *, db_url: str | None = None
    ) -> MiniCourse:
        """Make the folder and write the solution, with `more` cells at its end.

        The gradebook is a file in the folder, or the database at `db_url`.
        """
        source = root / "solutions" / TOPIC
        source.mkdir(parents=True)
        config = (REPOSITORY / "nbgrader_config.py").read_text(encoding="utf-8")
        if db_url is not None:
            config += f"\nc.CourseDirectory.db_url = {db_url!r}\n"
        (root / "nbgrader_config.py").write_text(config, encoding="utf-8")
        (source / f"{TOPIC}.ipynb").write_text(json.dumps(solution(more)), encoding="utf-8")
        return cls(root)

    @classmethod
    def released(
        cls, root: Path, more: list[dict[str, Any]] | None = None, *, db_url: str | None = None
    ) -> MiniCourse:
        """The same, with the lecture generated."""
        course = cls.drafted(root, more, db_url=db_url)
        assert course.nbgrader("generate_assignment", TOPIC) == 0
        return course

    @classmethod
    def copied(cls, original: Path, root: Path) -> MiniCourse:
        """A copy of a released course, gradebook included."""
        shutil.copytree(original, root)
        return cls(root)

    def nbgrader(self, *arguments: str) -> int:
        """Run `nbgrader ARGUMENTS` in this process, in the course folder; its exit status."""
        app = NbGraderApp()
        try:
            with chdir(self.root):
                app.initialize([*arguments, "--log-level=ERROR"])
                app.start()
        except NoStart:  # how Jupyter says that the subcommand has run
            return 0
        except SystemExit as end:
            return int(end.code or 0)
        finally:
            app.reset()
        return 0

    def autograde(self, *arguments: str) -> int:
        """`nbgrader autograde` in this process; its exit status."""
        return self.nbgrader("autograde", TOPIC, *arguments)

    def api(self) -> NbGraderAPI:
        """What formgrader's buttons call."""
        app = AutogradeApp(log_level=logging.CRITICAL)
        with chdir(self.root):
            app.initialize([])
            return NbGraderAPI(app.coursedir, parent=app)

    @property
    def lecture(self) -> dict[str, Any]:
        """The released notebook."""
        text = (self.root / "lectures" / TOPIC / f"{TOPIC}.ipynb").read_text(encoding="utf-8")
        return copy.deepcopy(json.loads(text))

    def solved(self, source: str = RIGHT, answer: str | None = None) -> dict[str, Any]:
        """The released notebook with this code, and perhaps an answer to the open question."""
        handed_in = self.lecture
        for each in handed_in["cells"]:
            if each["id"] == "weighted_sum":
                each["source"] = source
            elif each["id"] == "open_bias" and answer is not None:
                each["source"] = answer
        return handed_in

    def hand_in(self, student: str, content: dict[str, Any] | str, *, name: str = TOPIC,
                time: str | None = None) -> Path:
        """Put a notebook where `nbgrader collect` would; returns its folder."""
        folder = self.root / "submitted" / student / TOPIC
        folder.mkdir(parents=True, exist_ok=True)
        text = content if isinstance(content, str) else json.dumps(content)
        (folder / f"{name}.ipynb").write_text(text, encoding="utf-8")
        if time is not None:
            (folder / "timestamp.txt").write_text(time, encoding="utf-8")
        return folder

    def grades(self, student: str) -> dict[str, tuple[float | None, bool]]:
        """Grade cell to (auto_score, needs_manual_grade), as the gradebook has them."""
        with self.api().gradebook as gradebook:
            found = gradebook.find_submission_notebook(TOPIC, TOPIC, student)
            return {each.name: (each.auto_score, each.needs_manual_grade) for each in found.grades}

    def graded(self, student: str) -> dict[str, Any]:
        """The notebook in autograded/."""
        path = self.root / "autograded" / student / TOPIC / f"{TOPIC}.ipynb"
        return dict(json.loads(path.read_text(encoding="utf-8")))


class Learner(MiniCourse):
    """A student's folder: the same commands, run from there."""

    def __init__(self, root: Path, exchange: Path) -> None:
        super().__init__(root)
        root.mkdir()
        config = STUDENT_CONFIG.format(exchange=str(exchange))
        (root / "nbgrader_config.py").write_text(config)


def databases(
    kind: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str | None], str]:
    """Makes the address of a database of that kind: empty, or a copy of the one at an address."""
    if kind == "postgresql":
        make: Callable[[str | None], str] = request.getfixturevalue("postgresql").new_database
        return make

    def new_file(like: str | None = None) -> str:
        path = tmp_path_factory.mktemp("database") / "gradebook.db"
        if like is not None:
            shutil.copy(like.removeprefix("sqlite:///"), path)
        return f"sqlite:///{path}"

    return new_file
