"""What a cell of a notebook says of itself, whoever saved it: its names, its text, what it defines.

The grader joins a hand-in with its own cells by these, and `course-update` a learner's notebook
with a corrected lecture. Nothing in a cell is taken for granted, not even its type.
"""

from __future__ import annotations

import re
from typing import Any

__all__ = ["cell_id", "cell_source", "defined", "grade_id", "normal", "role"]

DEFINED = re.compile(r"^(?:async[ \t]+)?(?:def|class)[ \t]+(\w+)|^(\w+)[ \t]*=(?!=)", re.MULTILINE)


def cell_source(cell: dict[str, Any]) -> str:
    """The text of a cell: a string, or the strings of a list; "" for anything else."""
    source = cell.get("source")
    if isinstance(source, list):
        source = "".join(line for line in source if isinstance(line, str))
    return source.replace("\r\n", "\n") if isinstance(source, str) else ""


def grade_id(cell: dict[str, Any]) -> str | None:
    """nbgrader's name of the cell, if it has one."""
    name = _nbgrader(cell).get("grade_id")
    return name if isinstance(name, str) else None


def cell_id(cell: dict[str, Any]) -> str | None:
    """The id of the cell, if it has one."""
    name = cell.get("id")
    return name if isinstance(name, str) else None


def role(cell: dict[str, Any], name: str) -> bool:
    """Whether nbgrader's metadata say yes to `name`: "solution", "grade", "locked", "task"."""
    return bool(_nbgrader(cell).get(name))


def normal(source: str) -> str:
    """The text without blanks at the ends of lines, and without empty lines around it."""
    return "\n".join(line.rstrip() for line in source.strip().splitlines())


def defined(source: str) -> set[str]:
    """The names that stand at the left of a def, a class or an assignment at the top level."""
    return {one or other for one, other in DEFINED.findall(source)}


def _nbgrader(cell: dict[str, Any]) -> dict[str, Any]:
    metadata = cell.get("metadata")
    nbgrader = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    return nbgrader if isinstance(nbgrader, dict) else {}
