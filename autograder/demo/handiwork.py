"""How a made-up student's notebooks come about: the released lecture, solved, then changed.

Wrong and unusual code comes from the bank, so the demo cannot fall behind the course.
"""

from __future__ import annotations

import ast
import copy
import inspect
import json
import re
from collections.abc import Callable
from types import ModuleType
from typing import Any

from autograder.bank import accepted, misconceptions
from autograder.catalogue import Cell, Topic
from course_lib.checks.cases import Exercise, declaration

__all__ = ["Edit", "Papers", "adds_cell", "breaks_off", "deletes", "edits", "leaves_out",
           "raises_points", "unusual", "writes", "wrong"]

MARKERS = re.compile(r"^[ \t]*### (BEGIN|END) SOLUTION[ \t]*\n?", re.MULTILINE)


class Papers:
    """One student's notebooks: all lectures, every exercise solved as our solution does."""

    def __init__(self, topics: list[Topic], lectures: dict[str, str]) -> None:
        self.topics = topics
        self.released = {slug: json.loads(text) for slug, text in lectures.items()}
        self.notebooks = copy.deepcopy(self.released)
        self.cut: set[str] = set()
        for topic in topics:
            sources = {str(cell.get("id")): str(cell["source"]) for cell in topic.cells}
            for exercise in topic.exercises:
                self.cell(exercise.cell_id)["source"] = MARKERS.sub("", sources[exercise.name])

    def cell(self, name: str, released: bool = False) -> Cell:
        """The cell of that id, in whichever lecture it stands."""
        for notebook in (self.released if released else self.notebooks).values():
            for cell in notebook["cells"]:
                if cell["id"] == name:
                    found: Cell = cell
                    return found
        raise KeyError(f"no lecture of the demo has a cell {name!r}")

    def home(self, name: str) -> list[Cell]:
        """The cells of the notebook that a cell stands in."""
        cells: list[Cell]
        for notebook in self.notebooks.values():
            cells = notebook["cells"]
            if any(cell["id"] == name for cell in cells):
                return cells
        raise KeyError(f"no lecture of the demo has a cell {name!r}")

    def text(self, topic: Topic) -> str:
        """The file to hand in."""
        text = json.dumps(self.notebooks[topic.slug], indent=1, ensure_ascii=False)
        return text[: len(text) // 2] if topic.slug in self.cut else text


Edit = Callable[[Papers], None]


def writes(name: str, source: str) -> Edit:
    """Puts this source into a cell."""
    return lambda papers: papers.cell(name).update(source=source)


def edits(name: str, **changes: Any) -> Edit:
    """Changes fields of a cell, such as its source."""
    return lambda papers: papers.cell(name).update(changes)


def leaves_out(*names: str) -> Edit:
    """Leaves exercises as they were released; all of them without names."""

    def edit(papers: Papers) -> None:
        every = [each.cell_id for topic in papers.topics for each in topic.exercises]
        for name in names or every:
            papers.cell(name)["source"] = papers.cell(name, released=True)["source"]

    return edit


def adds_cell(before: str, source: str) -> Edit:
    """Puts a cell of the student's own in front of another."""

    def edit(papers: Papers) -> None:
        cells = papers.home(before)
        own: Cell = {"cell_type": "code", "execution_count": None, "id": f"own-{before}"[:64],
                     "metadata": {}, "outputs": [], "source": source}
        cells.insert([cell["id"] for cell in cells].index(before), own)

    return edit


def deletes(name: str) -> Edit:
    """Deletes a cell from every lecture that has one of that id."""

    def edit(papers: Papers) -> None:
        for notebook in papers.notebooks.values():
            notebook["cells"] = [cell for cell in notebook["cells"] if cell["id"] != name]

    return edit


def raises_points(check: str, points: float) -> Edit:
    """Writes more points into the metadata of a check."""
    return lambda papers: papers.cell(check)["metadata"]["nbgrader"].update(points=points)


def breaks_off(slug: str) -> Edit:
    """Hands in half of the file."""
    return lambda papers: papers.cut.add(slug)


def wrong(exercise: str, belief: str) -> Edit:
    """Writes an exercise as somebody with this belief does."""
    return lambda papers: papers.cell(exercise).update(source=_from_bank(exercise, belief, "wrong"))


def unusual(exercise: str, variant: str) -> Edit:
    """Writes an exercise in an unusual and right way."""
    return lambda papers: papers.cell(exercise).update(
        source=_from_bank(exercise, variant, "accepted")
    )


def _from_bank(exercise: str, name: str, shelf: str) -> str:
    declared = declaration(exercise)
    assert isinstance(declared, Exercise)
    functions = misconceptions(declared) if shelf == "wrong" else accepted(declared)
    module = inspect.getmodule(functions[name])
    assert module is not None
    return _as_cell(module, name, exercise)


def _as_cell(module: ModuleType, name: str, exercise: str) -> str:
    """One function of a module, with the imports and private helpers it needs, renamed."""
    kept: list[str] = []
    for node in ast.parse(inspect.getsource(module)).body:
        if isinstance(node, ast.FunctionDef):
            if node.name != name and not node.name.startswith("_"):
                continue
            if ast.get_docstring(node) is not None:
                node.body = node.body[1:]
        elif isinstance(node, ast.Expr):
            continue
        kept.append(ast.unparse(node))
    return re.sub(rf"\b{name}\b", exercise, "\n\n".join(kept))
