"""A corrected lecture and a learner's notebook become one, and nothing of the learner's is lost.

Texts, set-up, demonstrations and checks are the lecture's; gaps, answers and added cells are the
learner's. `base` is the lecture as it was handed out. With it we know who changed a cell of ours:
what the learner changed and we did not stays, and what both changed is there twice.
"""

from __future__ import annotations

import copy
import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from course_lib.desk.cells import cell_source, normal, role
from course_lib.desk.pairing import name_of, paired

__all__ = ["Change", "Merged", "merged"]

Cell = dict[str, Any]
Notebook = dict[str, Any]


@dataclass(frozen=True)
class Change:
    """One line for the learner, and the lines that differ."""

    sentence: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class Merged:
    """The notebook, and what is new in it; no changes mean that the learner's was up to date."""

    notebook: Notebook
    changes: tuple[Change, ...]


def merged(mine: Notebook, lecture: Notebook, base: Notebook | None = None) -> Merged:
    """The learner's notebook with the lecture's corrections. Both are left as they are."""
    return _Merge(mine, lecture, base).run()


@dataclass
class _Merge:
    mine: Notebook
    lecture: Notebook
    base: Notebook | None
    changes: list[Change] = field(default_factory=list)
    out: list[tuple[Cell, bool]] = field(default_factory=list)  # whether it is in the lecture

    def run(self) -> Merged:
        theirs: Sequence[Cell] = self.mine["cells"]
        ours: Sequence[Cell] = self.lecture["cells"]
        before: Sequence[Cell] = self.base["cells"] if self.base else ()
        pairs = paired(theirs, ours)
        self.was = {theirs_at: before[base_at]
                    for base_at, theirs_at in paired(theirs, before).items()} if before else {}
        place_of = {place: at for at, place in pairs.items()}
        followers: dict[int, list[int]] = {}
        anchor = -1
        for place in range(len(theirs)):
            if place in place_of:
                anchor = place_of[place]
            else:
                followers.setdefault(anchor, []).append(place)
        self._extra(followers.get(-1, []))
        for at, cell in enumerate(ours):
            if at in pairs:
                self._both(pairs[at], cell)
            else:
                self._new(cell)
            self._extra(followers.get(at, []))
        metadata = {**_mapping(self.mine.get("metadata")), **self.lecture.get("metadata", {})}
        notebook = {**self.lecture, "metadata": metadata, "cells": _with_own_ids(self.out)}
        return Merged(copy.deepcopy(notebook), tuple(self.changes))

    def _new(self, cell: Cell) -> None:
        """A cell that the learner's notebook has not: ours is new, or theirs was deleted."""
        before = self.base["cells"] if self.base else ()
        was = next((each for each in before if name_of(each) == name_of(cell)), None)
        needed = role(cell, "solution") or _is_check(cell) or _is_setup(cell)
        if was is not None and _same(was, cell) and not needed:
            return
        self._put(cell)
        self._say(f"{'new' if was is None else 'back'}: {_title(cell)}", "", cell_source(cell))

    def _both(self, place: int, cell: Cell) -> None:
        """A cell that is in both. Ours counts, unless it is the learner's to fill."""
        theirs, was = self.mine["cells"][place], self.was.get(place)
        if role(cell, "solution"):
            self._gap(theirs, cell, was)
        elif _same(theirs, cell):
            self._put(_keeping_output(theirs, cell))
        elif was is None or _same(theirs, was) or _is_check(cell):
            self._say(f"corrected: {_title(cell)}", cell_source(theirs), cell_source(cell))
            self._put(cell)
        elif _same(cell, was):
            self._put(_keeping_text(theirs, cell))
        else:
            self._say(f"corrected: {_title(cell)}; you had changed it too, and yours stands "
                      "below it as text", cell_source(was), cell_source(cell))
            self._put(cell)
            self._put(_inert("Your version of the cell above:", theirs), ours=False)

    def _gap(self, theirs: Cell, cell: Cell, was: Cell | None) -> None:
        if _same(theirs, cell):
            self._put(_keeping_output(theirs, cell))
        elif _untouched(theirs, was):
            self._say(f"corrected: {_title(cell)}, which you have not begun",
                      cell_source(theirs), cell_source(cell))
            self._put(cell)
        else:
            self._put(_keeping_text(theirs, cell))
            if was is not None and not _same(was, cell):
                self._say(f"kept: your {name_of(cell)}; what is given there has changed, and "
                          "stands below it as text", cell_source(was), cell_source(cell))
                self._put(_inert("As it is handed out now:", cell), ours=False)

    def _extra(self, places: Sequence[int]) -> None:
        """Cells that the lecture does not have: the learner's own, or ours of earlier."""
        for place in places:
            cell, was = self.mine["cells"][place], self.was.get(place)
            if role(cell, "solution"):
                if _untouched(cell, was):
                    self._say(f"gone: {_title(cell)}, which you had not begun",
                              cell_source(cell), "")
                    continue
                self._say(f"kept: your {name_of(cell)}; it is no part of the lecture any more")
                self._put(_note(name_of(cell)), ours=False)
                self._put(_without_nbgrader(cell), ours=False)
            elif _is_check(cell) or (was is not None and _same(cell, was)):
                self._say(f"gone: {_title(cell)}", cell_source(cell), "")
            else:
                self._put(cell, ours=False)

    def _put(self, cell: Cell, *, ours: bool = True) -> None:
        self.out.append((cell, ours))

    def _say(self, sentence: str, before: str = "", after: str = "") -> None:
        self.changes.append(Change(sentence, tuple(_difference(before, after))))


def _difference(before: str, after: str) -> Iterator[str]:
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=1)
    for line in lines:
        if not line.startswith(("---", "+++", "@@")):
            yield line


def _same(one: Cell, other: Cell) -> bool:
    return normal(cell_source(one)) == normal(cell_source(other)) and (
        one.get("cell_type") == other.get("cell_type"))


def _is_check(cell: Cell) -> bool:
    return not role(cell, "solution") and (role(cell, "grade") or role(cell, "locked"))


def _is_setup(cell: Cell) -> bool:
    return "setup" in _mapping(cell.get("metadata")).get("tags", ())


def _untouched(cell: Cell, was: Cell | None) -> bool:
    """Whether a gap is as it was handed out: by what that was, or by nbgrader's checksum."""
    if was is not None:
        return _same(cell, was)
    from nbformat import from_dict
    from nbgrader.utils import compute_checksum

    try:
        plain = from_dict({**cell, "source": cell_source(cell)})
        said = plain.metadata.nbgrader.checksum
        return bool(said == compute_checksum(plain))
    except (AttributeError, KeyError, TypeError, ValueError):
        return False


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _with_metadata(cell: Cell, theirs: Cell) -> Cell:
    """Ours, with what an editor noted about theirs, such as a folded output."""
    metadata = {**_mapping(theirs.get("metadata")), **_mapping(cell.get("metadata"))}
    return {**cell, "metadata": metadata}


def _keeping_output(theirs: Cell, cell: Cell) -> Cell:
    kept = _with_metadata(cell, theirs)
    if cell.get("cell_type") == "code":
        kept |= {"outputs": theirs.get("outputs", []),
                 "execution_count": theirs.get("execution_count")}
    return kept


def _keeping_text(theirs: Cell, cell: Cell) -> Cell:
    """The learner's cell, under the name and the metadata of ours."""
    made = {**theirs, "metadata": _with_metadata(cell, theirs)["metadata"]}
    return {**made, "id": cell["id"]} if "id" in cell else made


def _without_nbgrader(cell: Cell) -> Cell:
    metadata = {key: value for key, value in _mapping(cell.get("metadata")).items()
                if key not in ("nbgrader", "deletable", "editable")}
    return {**cell, "metadata": metadata}


def _inert(head: str, cell: Cell) -> Cell:
    """A cell as text: code that nobody runs, not even the grader."""
    source = cell_source(cell)
    fence = "`" * max(3, 1 + max(map(len, _ticks(source)), default=0))
    shown = f"{fence}python\n{source}\n{fence}" if cell.get("cell_type") == "code" else source
    return _text(f"text-{name_of(cell)}", f"*{head}*\n\n{shown}")


def _ticks(source: str) -> list[str]:
    return re.findall(r"^ *(`+)", source, re.MULTILINE)


def _note(name: str) -> Cell:
    return _text(f"note-{name}", f"*`{name}` is no part of this lecture any more. Your work on it "
                                 "stays here, and earns nothing.*")


def _text(name: str, source: str) -> Cell:
    return {"cell_type": "markdown", "id": name[:60], "metadata": {}, "source": source}


def _title(cell: Cell) -> str:
    """How a line for the learner calls a cell."""
    if role(cell, "solution"):
        return f"the gap {name_of(cell)}"
    if _is_check(cell):
        return f"the cell {name_of(cell)}"
    what = "code" if cell.get("cell_type") == "code" else "text"
    first = normal(cell_source(cell)).partition("\n")[0].strip("# ")
    return f"{what} \"{first if len(first) <= 50 else first[:47] + '...'}\""


def _with_own_ids(cells: Sequence[tuple[Cell, bool]]) -> list[Cell]:
    """Each cell with an id that no other has; those of the lecture keep theirs."""
    used = {str(cell["id"]) for cell, ours in cells if ours and "id" in cell}
    made = []
    for cell, ours in cells:
        if ours:
            made.append(cell)
            continue
        name = stem = str(cell.get("id") or "added")
        number = 2
        while name in used:
            name, number = f"{stem[:58]}-{number}", number + 1
        used.add(name)
        made.append({**cell, "id": name})
    return made
