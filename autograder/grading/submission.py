"""What runs of a handed-in notebook, in order, and which cell answers which exercise.

Our cells tagged `setup` come first, restored. Then, in the student's order: the cells of the
exercises and the cells the student added. Demonstrations, checks and training do not run.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from autograder.catalogue import Topic
from autograder.grading.notebook_file import read_cells
from course_lib.desk.cells import cell_id, cell_source, defined, grade_id, normal

__all__ = ["RunCell", "Submission", "joined", "read_submission"]

Role = Literal["setup", "solution", "added"]
RawCell = dict[str, Any]


@dataclass(frozen=True)
class RunCell:
    """One cell to run, and the exercises that it answers.

    `name` is the first of those, the id of a setup cell, or where an added cell stands.
    """

    role: Role
    name: str
    source: str
    exercises: tuple[str, ...] = ()


@dataclass(frozen=True)
class Submission:
    """What to run, and for each exercise how its cell was found.

    `absent` has no cell at all; `doubtful` has several different ones, which a person must look
    at. `unused` are names that stand in cells that do not run, for a clearer message.
    """

    cells: tuple[RunCell, ...]
    absent: frozenset[str]
    doubtful: frozenset[str]
    unused: frozenset[str]
    events: tuple[str, ...]


def read_submission(source: Path | bytes, topic: Topic) -> Submission:
    """Read a handed-in notebook. Raises UnreadableError with a named outcome."""
    return joined(read_cells(source), topic)


def joined(cells: Sequence[RawCell], topic: Topic) -> Submission:
    """Join a student's cells with ours: by grade_id, then by id, then by what a cell defines."""
    return _Join(cells, topic).submission()


class _Join:
    def __init__(self, cells: Sequence[RawCell], topic: Topic) -> None:
        self.cells = cells
        self.names = [*(exercise.name for exercise in topic.exercises), *topic.own_solutions]
        self.ours = topic.cells
        self.our_ids = {str(cell.get("id")) for cell in self.ours} | _grade_ids(self.ours)
        self.our_sources = {normal(cell["source"]) for cell in self.ours} | {""}
        self.setup = [cell for cell in self.ours if _is_setup(cell)]
        self.events: list[str] = []

    def submission(self) -> Submission:
        owners = self._owners()
        cells = [RunCell("setup", str(cell["id"]), cell["source"]) for cell in self.setup]
        unused: set[str] = set()
        for position, cell in enumerate(self.cells):
            source = cell_source(cell)
            if position in owners:
                names = tuple(sorted(owners[position]))
                cells.append(RunCell("solution", names[0], source, names))
            elif self._is_added(cell):
                cells.append(RunCell("added", f"number {position + 1}", source))
            elif cell.get("cell_type") == "code":
                unused |= defined(source)
        return Submission(
            tuple(cells),
            frozenset(self.names).difference(*owners.values()),
            frozenset(name for name in self.names if self._doubtful(name, owners)),
            frozenset(unused),
            (*self.events, *self._changes_to_ours()),
        )

    def _owners(self) -> dict[int, set[str]]:
        """Which cell, by position, answers which exercises."""
        owners: dict[int, set[str]] = {}
        for identify in (grade_id, cell_id):
            found = set().union(*owners.values())
            for position, cell in enumerate(self.cells):
                name = identify(cell)
                if name in self.names and name not in found and position not in owners:
                    owners[position] = {str(name)}
        lost = set(self.names).difference(*owners.values())
        for position, cell in enumerate(self.cells):
            names = defined(cell_source(cell)) & lost
            if names and position not in owners and self._is_added(cell):
                owners[position] = names
                told = ", ".join(sorted(names))
                self.events.append(f"{told}: found by its definition, because its cell lost its id")
        return owners

    def _changes_to_ours(self) -> list[str]:
        """Setup cells that are gone and checks that were edited: restored, and worth knowing."""
        sources = {normal(cell_source(cell)) for cell in self.cells}
        by_id = {grade_id(cell) or cell_id(cell): cell for cell in self.cells}
        told = []
        for ours in self.ours:
            name, theirs = str(ours.get("id")), by_id.get(str(ours.get("id")))
            if _is_setup(ours) and theirs is None and normal(ours["source"]) not in sources:
                told.append(f"the setup cell {name} was gone and has been restored")
            elif name.startswith("check_") and theirs is not None:
                if normal(cell_source(theirs)) != normal(ours["source"]):
                    told.append(f"the cell {name} was edited; ours counts")
        return told

    def _doubtful(self, name: str, owners: dict[int, set[str]]) -> bool:
        """Several cells say they are this exercise, and they are not copies of each other."""
        mine = [self.cells[position] for position, names in owners.items() if name in names]
        claims = [cell for cell in mine if name in (grade_id(cell), cell_id(cell))]
        return len({normal(cell_source(cell)) for cell in claims} - {""}) > 1

    def _is_added(self, cell: RawCell) -> bool:
        """A code cell that is not ours, or the student's own version of a setup cell."""
        if cell.get("cell_type") != "code" or normal(cell_source(cell)) in self.our_sources:
            return False
        known = {grade_id(cell), cell_id(cell)} & self.our_ids
        return not known or bool(known & {str(ours["id"]) for ours in self.setup})


def _is_setup(cell: RawCell) -> bool:
    return cell["cell_type"] == "code" and "setup" in cell["metadata"].get("tags", ())


def _grade_ids(cells: Iterable[RawCell]) -> set[str]:
    return {name for name in map(grade_id, cells) if name is not None}
