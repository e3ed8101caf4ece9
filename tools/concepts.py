"""docs/concept_index.md: where the course teaches what stands on the slides of the five decks.

    .venv/bin/python -m tools.concepts

The source is docs/concept_index.csv, written by hand: one row for each concept of a deck, with
the lines of the deck's text, the lecture and its heading, the name in course_lib, the exercise.
What belongs to no lecture, as a reading list does, names a page of docs/ in place of the lecture.
Several headings, names or exercises in one field are separated by "; ".
"""

from __future__ import annotations

import csv
import importlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from autograder.catalogue import Catalogue
from tools.notebooks import ROOT

TABLE = ROOT / "docs" / "concept_index.csv"
PAGE = ROOT / "docs" / "concept_index.md"
DOCUMENTS = ("docs/quiz.md", "docs/references.md")
HEAD = """# Where the slides are taught

Written by `python -m tools.concepts` from `docs/concept_index.csv`; do not edit. {count} rows: for
each topic of the five decks, in the order of the slides, the section of a lecture that teaches it,
the name in `course_lib`, and the exercise. Who teaches from a deck finds here what to hand out.
"""
COLUMNS = "| | slide topic | section | in `course_lib` | exercise |\n|---|---|---|---|---|\n"


@dataclass(frozen=True)
class Concept:
    """One row: something on a deck's slides, and where it is taught."""

    id: str
    deck: str
    lines: str
    topic: str
    lecture: str
    heading: str
    symbol: str
    exercise: str

    def faults(self, headings: Mapping[str, set[str]], exercises: set[str]) -> Iterator[str]:
        """What is named in this row and does not exist."""
        if self.lecture not in headings:
            yield f"{self.id}: there is no lecture or page {self.lecture!r}"
            return
        for heading in several(self.heading):
            if heading not in headings[self.lecture]:
                yield f"{self.id}: {self.lecture} has no heading {heading!r}"
        for symbol in several(self.symbol):
            if not exists(symbol):
                yield f"{self.id}: course_lib has no {symbol}"
        for exercise in several(self.exercise):
            if exercise not in exercises:
                yield f"{self.id}: there is no exercise {exercise}"

    def row(self) -> str:
        place = self.lecture.partition("_")[0]
        if self.lecture in DOCUMENTS:
            file = self.lecture.partition("/")[2]
            place = f"[{file.removesuffix('.md')}]({file})"
        where = f"{place}, {self.heading}"
        names = [", ".join(f"`{name}`" for name in several(field))
                 for field in (self.symbol, self.exercise)]
        return "| " + " | ".join([self.id, self.topic, where, *names]).replace("\n", " ") + " |\n"


def several(field: str) -> list[str]:
    """The parts of a field."""
    return [part for part in field.split("; ") if part]


def exists(symbol: str) -> bool:
    """Is there such a name in course_lib? `symbol` is dotted, without the leading course_lib."""
    parts = symbol.split(".")
    for split in range(len(parts), -1, -1):
        try:
            found: Any = importlib.import_module(".".join(["course_lib", *parts[:split]]))
        except ModuleNotFoundError:
            continue
        for name in parts[split:]:
            found = getattr(found, name, None)
        return found is not None and bool(parts[split:] or split)
    return False


def concepts() -> list[Concept]:
    """All rows of the table."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return [Concept(**row) for row in csv.DictReader(file)]


def headings() -> dict[str, set[str]]:
    """Lecture, or page of docs/, to its headings as they are written, without the marks."""
    texts = {
        topic.slug: "\n".join(
            cell["source"] for cell in topic.cells if cell["cell_type"] == "markdown"
        )
        for topic in Catalogue(ROOT).topics
    }
    texts |= {name: (ROOT / name).read_text(encoding="utf-8") for name in DOCUMENTS}
    return {
        place: {line.lstrip("#").strip() for line in text.splitlines() if line.startswith("#")}
        for place, text in texts.items()
    }


def names() -> set[str]:
    """Every exercise, quiz, kill task and open question of the course."""
    found = set()
    for topic in Catalogue(ROOT).topics:
        found |= {each.name for each in topic.exercises}
        found |= {cell["metadata"].get("nbgrader", {}).get("grade_id", "") for cell in topic.cells}
    return found - {""}


def page() -> str:
    """The text of docs/concept_index.md."""
    rows = concepts()
    text = [HEAD.format(count=len(rows))]
    for deck in dict.fromkeys(row.deck for row in rows):
        text.append(f"\n## {deck}\n\n" + COLUMNS)
        text += [row.row() for row in rows if row.deck == deck]
    return "".join(text)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    print(f"concepts: {PAGE.relative_to(ROOT)} written")
