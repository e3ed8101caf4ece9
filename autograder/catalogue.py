"""The only reader of notebook metadata: which topics there are, which exercises, what they earn.

The solution notebooks are the one declaration of an exercise. This module reads them and never
decides anything: kinds, points and dependencies are what the cells say.
"""

from __future__ import annotations

import difflib
import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

__all__ = ["ROOT", "AssertCell", "Catalogue", "CatalogueError", "Cell", "ExerciseCell",
           "OpenQuestion", "Topic", "module_name"]

ROOT = Path(__file__).resolve().parents[1]
KINDS = ("exercise", "quiz", "kill")
Cell = dict[str, Any]


class CatalogueError(ValueError):
    """A solution notebook, or a name that should stand in one, is not as it must be."""


@dataclass(frozen=True)
class ExerciseCell:
    """One exercise as its notebook declares it."""

    name: str
    kind: str
    points: float
    depends: tuple[str, ...]
    check_id: str

    @property
    def cell_id(self) -> str:
        """The id of the solution cell: the name itself."""
        return self.name


@dataclass(frozen=True)
class OpenQuestion:
    """A question a person grades; `points` is 0 unless the instructor sets them."""

    name: str
    points: float


@dataclass(frozen=True)
class AssertCell:
    """An ordinary nbgrader test cell that an instructor added; the course itself has none."""

    name: str
    points: float
    source: str


@dataclass(frozen=True)
class Topic:
    """One solution notebook: the file, or its text where another machine has the file."""

    slug: str
    notebook: Path
    text: str | None = None

    @property
    def module(self) -> str:
        """The slug without its number: the name of the topic's Python modules."""
        return module_name(self.slug)

    @property
    def source(self) -> str:
        """The notebook as JSON."""
        return self.notebook.read_text(encoding="utf-8") if self.text is None else self.text

    @cached_property
    def cells(self) -> list[Cell]:
        """The cells of the solution notebook, sources as single strings."""
        try:
            document = json.loads(self.source)
        except (OSError, ValueError) as error:
            raise CatalogueError(f"{self.notebook} cannot be read as a notebook: {error}") from None
        cells: list[Cell] = document["cells"]
        for cell in cells:
            cell["source"] = "".join(cell["source"])
        return cells

    @cached_property
    def exercises(self) -> tuple[ExerciseCell, ...]:
        """The exercises in the order of the notebook."""
        checks = {_grade_id(cell): cell for cell in self.cells if _is(cell, "grade")}
        found = []
        for cell in self.cells:
            if not _is(cell, "solution") or _is(cell, "grade"):
                continue
            name = str(_grade_id(cell))
            course = cell["metadata"].get("course", {})
            kind = course.get("kind", "exercise")
            check = checks.get(f"check_{name}")
            if check is None and not course:
                continue
            if check is None:
                raise CatalogueError(f"{self.slug}: {name} has no grade cell check_{name}")
            if kind not in KINDS:
                raise CatalogueError(f"{self.slug}: {name} has the kind {kind!r}; use {KINDS}")
            points = float(check["metadata"]["nbgrader"]["points"])
            depends = tuple(course.get("depends", ()))
            found.append(ExerciseCell(name, kind, points, depends, f"check_{name}"))
        return tuple(found)

    @cached_property
    def open_questions(self) -> tuple[OpenQuestion, ...]:
        """The questions that a person grades."""
        return tuple(
            OpenQuestion(str(_grade_id(cell)), float(cell["metadata"]["nbgrader"]["points"]))
            for cell in self.cells
            if _is(cell, "solution") and _is(cell, "grade")
        )

    @cached_property
    def own_solutions(self) -> tuple[str, ...]:
        """Solution cells without a check of ours: an instructor's own, for the assert cells."""
        names = {exercise.name for exercise in self.exercises}
        return tuple(
            str(_grade_id(cell))
            for cell in self.cells
            if _is(cell, "solution") and not _is(cell, "grade") and _grade_id(cell) not in names
        )

    @cached_property
    def assert_cells(self) -> tuple[AssertCell, ...]:
        """Test cells that are not the check of an exercise."""
        checks = {exercise.check_id for exercise in self.exercises}
        return tuple(
            AssertCell(
                str(_grade_id(cell)), float(cell["metadata"]["nbgrader"]["points"]), cell["source"]
            )
            for cell in self.cells
            if cell["cell_type"] == "code"
            and _is(cell, "grade")
            and not _is(cell, "solution")
            and _grade_id(cell) not in checks
        )

    def exercise(self, name: str) -> ExerciseCell:
        """The exercise of that name. Raises CatalogueError with the nearest names."""
        for exercise in self.exercises:
            if exercise.name == name:
                return exercise
        raise CatalogueError(_unknown("exercise", name, [e.name for e in self.exercises]))


class Catalogue:
    """All topics of a course folder, that is, of a folder that holds `solutions/`."""

    def __init__(self, root: Path = ROOT) -> None:
        self.root = Path(root)

    @cached_property
    def topics(self) -> tuple[Topic, ...]:
        """The topics in the order of their numbers."""
        folders = sorted(path for path in (self.root / "solutions").glob("*") if path.is_dir())
        found = [Topic(folder.name, folder / f"{folder.name}.ipynb") for folder in folders]
        return tuple(topic for topic in found if topic.notebook.is_file())

    def topic(self, name: str) -> Topic:
        """The topic by its folder name, its number or its module name ("03", "08b", ...)."""
        for topic in self.topics:
            if name in (topic.slug, topic.module, topic.slug.partition("_")[0]):
                return topic
        raise CatalogueError(_unknown("topic", name, [topic.slug for topic in self.topics]))

    def find(self, exercise: str) -> tuple[Topic, ExerciseCell]:
        """The topic and the exercise of that name. Raises CatalogueError if there is none."""
        known = {cell.name: (topic, cell) for topic in self.topics for cell in topic.exercises}
        if exercise not in known:
            raise CatalogueError(_unknown("exercise", exercise, list(known)))
        return known[exercise]


def module_name(slug: str) -> str:
    """`03_multilayer_perceptrons` -> `multilayer_perceptrons`."""
    return slug.partition("_")[2] or slug


def _is(cell: Cell, role: str) -> bool:
    return bool(cell["metadata"].get("nbgrader", {}).get(role, False))


def _grade_id(cell: Cell) -> Any:
    return cell["metadata"]["nbgrader"]["grade_id"]


def _unknown(kind: str, name: str, known: list[str]) -> str:
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
    if not known:
        return f"There is no {kind} {name!r}: no solution notebook was found."
    hint = f" Did you mean {near[0]}?" if near else f" There are: {', '.join(known)}."
    return f"There is no {kind} {name!r}.{hint}"
