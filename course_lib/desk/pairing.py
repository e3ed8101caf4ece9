"""Which cell of a learner's notebook is which cell of the lecture."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from typing import Any

from course_lib.desk.cells import cell_id, cell_source, defined, grade_id, normal, role

__all__ = ["name_of", "paired"]

Cell = dict[str, Any]
ALIKE = 0.8     # a cell without a name of ours is taken for one of ours from here on


def name_of(cell: Cell) -> str:
    """What a cell is called: by nbgrader, or by its id; "" without either."""
    return grade_id(cell) or cell_id(cell) or ""


def paired(mine: Sequence[Cell], lecture: Sequence[Cell]) -> dict[int, int]:
    """Place in the lecture to place in the learner's notebook, for each cell that is in both.

    By grade_id, then by cell id, then a gap by the name that a cell defines. Where an editor lost
    the ids, by the text. The first of several counts; the others belong to the learner.
    """
    named = {name_of(cell): place for place, cell in enumerate(lecture) if name_of(cell)}
    found: dict[int, int] = {}
    for identify in (grade_id, cell_id):
        taken = set(found.values())
        for place, cell in enumerate(mine):
            ours = named.get(identify(cell) or "")
            if ours is not None and ours not in found and place not in taken:
                found[ours] = place
                taken.add(place)
    known = {name_of(cell) for cell in lecture}
    for ours, place in _by_definition(mine, lecture, found, known):
        found[ours] = place
    if 2 * len(found) < len(lecture):
        found |= _by_text(mine, lecture, found)
    return found


def _by_definition(
    mine: Sequence[Cell], lecture: Sequence[Cell], found: dict[int, int], known: set[str]
) -> Iterator[tuple[int, int]]:
    taken = set(found.values())
    for ours, cell in enumerate(lecture):
        if ours in found or not role(cell, "solution") or cell.get("cell_type") != "code":
            continue
        for place, theirs in enumerate(mine):
            free = place not in taken and name_of(theirs) not in known
            if free and theirs.get("cell_type") == "code" and (
                    grade_id(cell) in defined(cell_source(theirs))):
                taken.add(place)
                yield ours, place
                break


def _by_text(
    mine: Sequence[Cell], lecture: Sequence[Cell], found: dict[int, int]
) -> dict[int, int]:
    more: dict[int, int] = {}
    left = [place for place in range(len(mine)) if place not in found.values()]
    for exactly in (True, False):
        for ours, cell in enumerate(lecture):
            if ours in found or ours in more:
                continue
            free = (place for place in left if place not in more.values())
            best = max(((_likeness(cell, mine[place], exactly), -place) for place in free),
                       default=(0.0, 0))
            if best[0] >= ALIKE:
                more[ours] = -best[1]
    return more


def _likeness(one: Cell, other: Cell, exactly: bool) -> float:
    if one.get("cell_type") != other.get("cell_type"):
        return 0.0
    first, second = normal(cell_source(one)), normal(cell_source(other))
    if exactly or first == second:
        return float(first == second)
    matcher = difflib.SequenceMatcher(None, first, second, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= ALIKE else 0.0
