"""What an instructor decides about checks in notebooks: when beliefs are named, when hints come.

The file `course_policy.json` beside the notebook, or in a folder above it, says so for everybody
who has it: {"naming": "second failure", "hints": "off"}. Variables COURSE_NAMING, COURSE_HINTS
win over it.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

__all__ = ["CHOICES", "FILE", "setting"]

FILE = "course_policy.json"
CHOICES = {
    "naming": ("at once", "second failure", "off"),
    "hints": ("at once", "first failure", "off"),
}
LARGEST = 10_000


def setting(name: str, folder: Path | None = None) -> str:
    """The choice for "naming" or "hints"; the first there is, with a line, if it is none."""
    said = os.environ.get(f"COURSE_{name.upper()}")
    where = f"COURSE_{name.upper()}"
    if said is None:
        said, where = _in_file(name, (folder or Path.cwd()).resolve())
    choices = CHOICES[name]
    if said is None or said in choices:
        return said or choices[0]
    print(f"  Note: {where} says {said!r} about {name}, which is none of "
          f"{', '.join(map(repr, choices))}; {choices[0]!r} counts.")
    return choices[0]


def _in_file(name: str, here: Path) -> tuple[str | None, str]:
    """What the nearest file says, and which it is; None without one or without a word on it."""
    for folder in (here, *here.parents):
        path = folder / FILE
        if not path.is_file():
            continue
        try:
            found = json.loads(path.read_bytes()[:LARGEST])
        except (OSError, ValueError, RecursionError):
            found = None
        if not isinstance(found, dict):
            return "nothing that can be read", str(path)
        return (None if name not in found else str(found[name])), str(path)
    return None, ""
