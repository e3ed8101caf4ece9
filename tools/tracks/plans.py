"""The plans of plans.toml, and what is wrong with them if something is.

A deck has a plan for each number of sessions. A session names sections of notebooks and exercises
in them; titles, points and the deck's slides are looked up where they stand.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from autograder.catalogue import Catalogue, CatalogueError, Topic
from tools.concepts import Concept, concepts, several

PLANS = Path(__file__).with_name("plans.toml")
FEWEST, MOST = 5, 8
PART = re.compile(r"(\w+) (\d+(?:-\d+)?(?: \d+(?:-\d+)?)*): (.+)")
HEADING = re.compile(r"^## ((\d+) · .+)$", re.MULTILINE)


class PlanError(ValueError):
    """A plan that is asked for does not exist, or names what does not exist."""


@dataclass(frozen=True)
class Part:
    """Sections of one notebook, by their numbers, and the exercises to do there."""

    number: str
    sections: tuple[int, ...]
    exercises: tuple[str, ...]


@dataclass(frozen=True)
class Session:
    """What is done in one meeting."""

    title: str
    parts: tuple[Part, ...]

    @property
    def exercises(self) -> list[str]:
        """Every exercise, in the order in which it is done."""
        return [name for part in self.parts for name in part.exercises]


@dataclass(frozen=True)
class Plan:
    """The sessions beside one deck."""

    track: str
    deck: str
    note: str
    sessions: tuple[Session, ...]

    @property
    def size(self) -> int:
        """How many sessions there are."""
        return len(self.sessions)

    @property
    def name(self) -> str:
        """Two sessions."""
        return {1: "One session", 2: "Two sessions", 13: "Thirteen sessions"}.get(
            self.size, f"{self.size} sessions")

    @property
    def exercises(self) -> list[str]:
        """Every exercise of the plan."""
        return [name for session in self.sessions for name in session.exercises]

    @property
    def numbers(self) -> list[str]:
        """The notebooks, in the order in which they are first needed."""
        return list(dict.fromkeys(part.number for s in self.sessions for part in s.parts))


@dataclass(frozen=True)
class Section:
    """A section of a notebook, as it stands: its heading, what is inside, what is asked."""

    heading: str
    headings: frozenset[str]
    exercises: tuple[str, ...]


def plans(file: Path = PLANS) -> dict[str, dict[int, Plan]]:
    """Track to number of sessions to plan, in the order of the file. Raises PlanError."""
    said = tomllib.loads(file.read_text(encoding="utf-8"))
    sessions = {
        name: Session(each["title"], tuple(_part(name, text) for text in each["parts"]))
        for name, each in said["sessions"].items()
    }
    found: dict[str, dict[int, Plan]] = {}
    for track, each in said["tracks"].items():
        deck, note = each.pop("deck"), each.pop("note")
        for size, names in each.items():
            unknown = [name for name in names if name not in sessions]
            if unknown:
                raise PlanError(f"{track}: there is no session {unknown[0]!r}")
            made = Plan(track, deck, note, tuple(sessions[name] for name in names))
            found.setdefault(track, {})[int(size)] = made
    return found


def _part(session: str, text: str) -> Part:
    found = PART.fullmatch(text)
    if found is None:
        raise PlanError(f"session {session}: {text!r} is not like '07 1-3 5: convolve1d pad2d'")
    number, ranges, names = found.groups()
    sections: list[int] = []
    for each in ranges.split():
        first, _, last = each.partition("-")
        sections += range(int(first), int(last or first) + 1)
    return Part(number, tuple(sections), tuple(names.split()))


@cache
def sections(topic: Topic) -> dict[int, Section]:
    """The numbered sections of a solution notebook (## 3 · Title)."""
    names = {exercise.name for exercise in topic.exercises}
    found: dict[int, tuple[str, set[str], list[str]]] = {}
    current: int | None = None
    for cell in topic.cells:
        if cell["cell_type"] == "markdown":
            for line in cell["source"].splitlines():
                if start := HEADING.match(line):
                    current = int(start.group(2))
                    found[current] = (start.group(1), set(), [])
                elif line.startswith("## "):
                    current = None
                if current is not None and line.startswith("#"):
                    found[current][1].add(line.lstrip("#").strip())
        name = cell["metadata"].get("nbgrader", {}).get("grade_id")
        if current is not None and name in names:
            found[current][2].append(name)
    return {number: Section(heading, frozenset(inside), tuple(asked))
            for number, (heading, inside, asked) in found.items()}


def points(part: Part, catalogue: Catalogue) -> float:
    """What the exercises of a part earn."""
    topic = catalogue.topic(part.number)
    return sum(topic.exercise(name).points for name in part.exercises)


def slides(deck: str, part: Part, catalogue: Catalogue) -> list[Concept]:
    """The rows of the concept index that a deck has for these sections, in its order."""
    topic = catalogue.topic(part.number)
    known = sections(topic)
    inside = {heading for number in part.sections for heading in known[number].headings}
    return [row for row in concepts()
            if (row.deck, row.lecture) == (deck, topic.slug)
            and inside.intersection(several(row.heading))]


def faults(plan: Plan, catalogue: Catalogue) -> Iterator[str]:
    """What a plan names and does not exist, and what it asks for too early, as sentences."""
    asked: set[str] = set()
    for number, session in enumerate(plan.sessions, start=1):
        where = f"{plan.track}, session {number} of {plan.size}"
        if not FEWEST <= len(session.exercises) <= MOST:
            yield f"{where}: {len(session.exercises)} exercises; {FEWEST} to {MOST} fill a session"
        for part in session.parts:
            try:
                yield from (f"{where}: {fault}" for fault in _faults(part, catalogue, asked))
            except CatalogueError as error:
                yield f"{where}: {error}"


def _faults(part: Part, catalogue: Catalogue, asked: set[str]) -> Iterator[str]:
    topic = catalogue.topic(part.number)
    known = sections(topic)
    for number in part.sections:
        if number not in known:
            yield f"{topic.slug} has no section {number}"
    inside = [name for n in part.sections if n in known for name in known[n].exercises]
    for name in part.exercises:
        exercise = topic.exercise(name)
        if name not in inside:
            yield f"{name} is in none of the sections {', '.join(map(str, part.sections))}"
        if name in asked:
            yield f"{name} is asked for a second time"
        asked.add(name)
        for needed in exercise.depends:
            if needed not in asked:
                yield f"{name} needs {needed}, which no session asks for before"
    in_order = [name for name in inside if name in part.exercises]
    if in_order != [name for name in part.exercises if name in inside]:
        yield f"{topic.slug} asks in another order: {' '.join(in_order)}"
