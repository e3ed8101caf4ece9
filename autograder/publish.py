"""Solutions for students, once nobody can hand in any more.

What they get is the solution notebook without marks of nbgrader's: its markers, and the metadata by
which a notebook can be handed in.
"""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from autograder.grading.extensions import EVERY, Extension, by_student

__all__ = ["NAME", "published", "text_of", "why_closed"]

NAME = "{slug}_solution.ipynb"
MARKERS = re.compile(r"^[ \t]*### (?:BEGIN|END) SOLUTION[ \t]*(?:\n|\Z)", re.MULTILINE)
SCHEME = re.compile(r"^=== BEGIN MARK SCHEME ===.*?^=== END MARK SCHEME ===\n?",
                    re.MULTILINE | re.DOTALL)


def _last_due(due: datetime | None, given: Iterable[Extension]) -> tuple[datetime | None, str]:
    """When the last one is due, and who that is if it is somebody with an extension."""
    last, who = due, ""
    for student, more in by_student(given, due).items():
        if due is not None and more is not None and due + more > (last or due):
            last, who = due + more, student
    return last, who


def why_closed(
    topic: str, due: datetime | None, given: Iterable[Extension], now: datetime
) -> str | None:
    """Why the solutions stay closed now; None if they are free. Times are in UTC."""
    given = [each for each in given if each.assignment in (topic, EVERY)]
    last, who = _last_due(due, given)
    if last is None:
        return (f"{topic} has no due date in the gradebook. Set it (nbgrader db assignment add "
                f"{topic} --duedate=...), or say --force")
    if now < last:
        for_whom = f", for {who}" if who else ""
        return (f"{topic} can be handed in until {last:%Y-%m-%d %H:%M} UTC{for_whom}. Wait, or say "
                "--force")
    return None


def published(notebook: dict[str, Any]) -> dict[str, Any]:
    """The notebook as students read it: without markers, mark schemes and nbgrader's metadata."""
    made = copy.deepcopy(notebook)
    for cell in made["cells"]:
        source = "".join(cell["source"])
        cell["source"] = MARKERS.sub("", SCHEME.sub("", source)).rstrip("\n")
        for key in ("nbgrader", "course", "deletable", "editable"):
            cell["metadata"].pop(key, None)
    made["cells"].insert(0, {
        "cell_type": "markdown", "id": "solution-note", "metadata": {},
        "source": "*One solution of many. It cannot be handed in.*",
    })
    return made


def text_of(notebook: dict[str, Any]) -> str:
    """What goes into the file."""
    return json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
