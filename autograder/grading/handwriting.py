"""What the student wrote, for the eyes of a person: answers, and cells of their own in place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from autograder.catalogue import Topic
from autograder.grading.notebook_file import read_cells
from autograder.grading.submission import joined
from course_lib.desk.cells import cell_source

__all__ = ["AddedCell", "Handwriting", "handwriting", "read_handwriting"]

RawCell = dict[str, Any]


@dataclass(frozen=True)
class AddedCell:
    """A cell the student put in, after our cell `after` (None: before the first)."""

    after: str | None
    cell_type: str
    source: str


@dataclass(frozen=True)
class Handwriting:
    """What the student wrote: sources by grade_id, and added cells in their order."""

    sources: Mapping[str, str] = field(default_factory=dict)
    added: Sequence[AddedCell] = ()


def read_handwriting(source: Path | bytes, topic: Topic) -> Handwriting:
    """Read a handed-in notebook. Raises UnreadableError with a named outcome."""
    return handwriting(read_cells(source), topic)


def handwriting(cells: Sequence[RawCell], topic: Topic) -> Handwriting:
    """Code exactly as grading joined it; answers to open questions by grade_id, then by id."""
    waiting = [cell for cell in joined(cells, topic).cells if cell.role != "setup"]
    anchors = _Anchors(topic)
    answers = {question.name for question in topic.open_questions}
    sources: dict[str, str] = {}
    added: list[AddedCell] = []
    after: str | None = None
    for cell in cells:
        source, ours = cell_source(cell), anchors.find(cell)
        after = ours or after
        kind = "code" if cell.get("cell_type") == "code" else "markdown"
        if waiting and waiting[0].source == source:
            run = waiting.pop(0)
            fresh = [name for name in run.exercises if name not in sources]
            if fresh:
                after = fresh[0]
                sources[after] = source
                sources.update(dict.fromkeys(fresh[1:], f"# Written in the cell of {after}."))
            else:
                added.append(AddedCell(after, "code", source))
        elif ours in answers and ours not in sources:
            sources[ours] = source
        elif kind == "markdown" and ours is None and source.strip():
            added.append(AddedCell(after, kind, source))
    return Handwriting(sources, tuple(added))


class _Anchors:
    """Which of our cells a student's cell is: by grade_id, by id, or by unchanged text."""

    def __init__(self, topic: Topic) -> None:
        self.ids = {str(cell.get("id")) for cell in topic.cells}
        self.by_grade_id = {
            cell["metadata"]["nbgrader"]["grade_id"]: str(cell.get("id"))
            for cell in topic.cells
            if "grade_id" in cell["metadata"].get("nbgrader", {})
        }
        self.by_text = {cell["source"].strip(): str(cell.get("id")) for cell in topic.cells}

    def find(self, cell: RawCell) -> str | None:
        """The id of our cell, or None if the cell is the student's own."""
        for name in _names(cell):
            if name in self.by_grade_id:
                return self.by_grade_id[name]
            if name in self.ids:
                return name
        return self.by_text.get(cell_source(cell).strip())


def _names(cell: RawCell) -> Iterator[str]:
    metadata = cell.get("metadata")
    nbgrader = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    for name in (nbgrader.get("grade_id") if isinstance(nbgrader, dict) else None, cell.get("id")):
        if isinstance(name, str):
            yield name

