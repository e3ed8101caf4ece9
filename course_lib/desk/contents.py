"""What the course holds: contents.json, which `make lectures` writes from the notebooks."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

__all__ = ["CONTENTS", "Lecture", "Task", "lectures"]

CONTENTS = Path(__file__).with_name("contents.json")


@dataclass(frozen=True)
class Task:
    """Something to write: an exercise, a quiz or a test that kills, with its points."""

    name: str
    title: str
    points: float


@dataclass(frozen=True)
class Lecture:
    """One notebook: lectures/slug/slug.ipynb."""

    slug: str
    title: str
    in_class: str
    at_home: str
    needs: str
    tasks: tuple[Task, ...]

    @property
    def number(self) -> str:
        """03, 08b: how the course calls it."""
        return self.slug.partition("_")[0]

    @property
    def path(self) -> str:
        """The notebook as seen from the course's folder."""
        return f"lectures/{self.slug}/{self.slug}.ipynb"


@cache
def lectures() -> tuple[Lecture, ...]:
    """All lectures in their order."""
    found = json.loads(CONTENTS.read_text(encoding="utf-8"))
    return tuple(
        Lecture(**{**each, "tasks": tuple(Task(**task) for task in each["tasks"])})
        for each in found
    )
