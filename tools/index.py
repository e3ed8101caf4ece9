"""index.md and the desk's contents.json, written from the first cell of every solution notebook.

That cell holds the title and what a reader wants to know before starting; brackets are left out:
**Time:** 75 minutes in class (sections 1 to 6), 2 hours at home. **Needs:** lecture 02.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.catalogue import Catalogue, Topic
from course_lib.checks.cases import declaration
from course_lib.desk.contents import CONTENTS
from tools.notebooks import ROOT

INDEX = "index.md"
FACTS = {
    "in class": r"\*\*Time:\*\*\s*([^.*\n]+?) in class\b",
    "at home": r"\bin class, ([^.*\n]+?) at home\b",
    "needs": r"\*\*Needs:\*\*\s*([^*\n]+)",
}

_HEAD = """# Neural networks and CNNs from scratch

Open a lecture, read, and run each cell with Shift+Enter. Where it says *YOUR CODE HERE*, write; the
cell under it tells you at once whether it is right. New here? The first row takes ten minutes.

| lecture | in class | at home | needs | exercises |
|---|---|---|---|---|
"""
_FOOT = """
<!-- Written by `make lectures` from the notebooks. -->
"""


@dataclass(frozen=True)
class Lecture:
    """One row of the page. `facts` has a text for each of FACTS that the first cell names."""

    slug: str
    title: str
    facts: dict[str, str]
    exercises: int
    points: float

    def link(self) -> str:
        """The title, leading to the notebook from the page of its course folder."""
        number = self.slug.partition("_")[0]
        return f"[{number} {self.title}](lectures/{self.slug}/{self.slug}.ipynb)"

    def row(self) -> str:
        work = f"{self.exercises}, {self.points:g} points" if self.points else str(self.exercises)
        facts = [self.facts.get(fact, "") for fact in FACTS]
        return f"| {' | '.join([self.link(), *facts, work])} |\n"


def lecture(topic: Topic) -> Lecture:
    """What the first cell of a solution notebook says of it."""
    text = topic.cells[0]["source"] if topic.cells else ""
    heading = re.search(r"^# +(.+)$", text, re.MULTILINE)
    title = heading.group(1).strip() if heading else ""
    number = topic.slug.partition("_")[0].lstrip("0") or "0"
    title = re.sub(rf"^(Lecture )?0*{number}\W+", "", title, flags=re.IGNORECASE)
    points = sum(exercise.points for exercise in topic.exercises)
    return Lecture(topic.slug, title, dict(_facts(text)), len(topic.exercises), points)


def _facts(text: str) -> Iterator[tuple[str, str]]:
    plain = re.sub(r" \([^)]*\)", "", text)
    for fact, pattern in FACTS.items():
        found = re.search(pattern, plain)
        if found:
            yield fact, found.group(1).strip().rstrip(".,;")


def missing(made: Lecture) -> list[str]:
    """What the first cell leaves out, as sentences that say where to write it."""
    place = f"solutions/{made.slug}/{made.slug}.ipynb, first cell"
    found = [] if made.title else [f"{place}: begins with no title (# ...)"]
    return found + [
        f"{place}: write **Time:** ... in class, ... at home. **Needs:** ... ({fact} is missing)"
        for fact in FACTS
        if not made.facts.get(fact)
    ]


def index_text(root: Path = ROOT) -> str:
    """The whole page."""
    rows = [lecture(topic).row() for topic in Catalogue(root).topics]
    return _HEAD + "".join(rows) + _FOOT


def contents_text(root: Path = ROOT) -> str:
    """The desk's contents.json: lectures with their tasks, for learners who have no solutions."""
    return json.dumps([entry(topic) for topic in Catalogue(root).topics], indent=1) + "\n"


def entry(topic: Topic) -> dict[str, Any]:
    """One lecture as it stands in contents.json."""
    made = lecture(topic)
    facts = {fact.replace(" ", "_"): made.facts.get(fact, "") for fact in FACTS}
    tasks = [
        {"name": cell.name, "title": _title(cell.name), "points": cell.points}
        for cell in topic.exercises
    ]
    return {"slug": made.slug, "title": made.title, **facts, "tasks": tasks}


def _title(name: str) -> str:
    """The title of a declared exercise; a notebook that is being written may be ahead of it."""
    try:
        return declaration(name).title
    except KeyError:
        return ""


def written(root: Path = ROOT) -> dict[Path, str]:
    """File to text, for everything that is made from the first cells."""
    return {root / INDEX: index_text(root), root / CONTENTS.relative_to(ROOT): contents_text(root)}
