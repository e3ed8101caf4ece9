"""docs/tracks.md for instructors, and the pages of a released track for its students."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from autograder.catalogue import Catalogue
from tools.concepts import Concept, concepts
from tools.index import entry, lecture
from tools.notebooks import ROOT
from tools.tracks.plans import Part, Plan, Session, plans, points, sections, slides

PAGE = ROOT / "docs" / "tracks.md"
START = "00"

HEAD = """# What to teach beside each deck

Written by `python -m tools.tracks page` from `tools/tracks/plans.toml`; do not edit. For each of
the five decks, what to hand out in one, two or thirteen sessions of 90 minutes: notebooks, their
sections, and five to eight exercises a session, in the order in which the deck teaches. What is
not done in class is homework. The last column names rows of the [concept index](concept_index.md),
which says what stands on those slides.

## Handing it out

```
make release TRACK=tum                # thirteen sessions, in build/tracks/tum/
make release TRACK=tum SESSIONS=2     # two sessions, in build/tracks/tum-2/
```

The folder is all that a class needs: `index.md` with the sessions, the lectures, the library, the
data, and `README.md` with the two lines that install it. `00_start_here` is in every folder.
Solutions and hidden checks are in none.

Notebooks are whole, so that everyone can read on, and the same files as in `lectures/`. The page
says which sections and exercises belong to which session. Other exercises look the same; they may
stay open, later cells run all the same. `course-progress` and the page of `course-lab` count only
what the plan asks for.

What comes back is graded as always. The grader looks at whole notebooks and calls an untouched
exercise missing, so take marks out of the points that stand here, not out of the notebook's:
`python -m autograder export exercises 07` writes the points of every single exercise.

A plan of your own: edit `tools/tracks/plans.toml`, then `python -m tools.tracks page`. A test says
if a notebook, a section or an exercise is misspelt, or asked for before what it needs.
"""
TABLE = """
| session | notebook and sections | exercises | slides |
|---|---|---|---|
"""
INDEX = """# Neural networks and CNNs from scratch

{words}. Open a lecture, read its sections, and run each cell with Shift+Enter. Where it says
*YOUR CODE HERE*, write; the cell under it tells you at once whether it is right. The notebooks hold
more exercises than this table: they are for whoever wants them.

| session | lecture | sections | exercises | points |
|---|---|---|---|---|
| before the first | {start} | all | | |
"""


def page() -> str:
    """The text of docs/tracks.md."""
    catalogue = Catalogue(ROOT)
    text = [HEAD]
    for track, sizes in plans().items():
        first = next(iter(sizes.values()))
        text.append(f"\n## {first.deck.partition(' ')[2]}: `TRACK={track}`\n\n{first.note}\n")
        for plan in sizes.values():
            text.append(f"\n### {plan.name} ({first.deck.partition(' ')[2]})\n" + TABLE)
            text += _rows(plan, catalogue)
    return "".join(text)


def index_text(plan: Plan, catalogue: Catalogue) -> str:
    """index.md of a released track."""
    start = lecture(catalogue.topic(START)).link()
    rows = [INDEX.format(words=plan.name, start=start)]
    for number, session in enumerate(plan.sessions, start=1):
        for k, part in enumerate(session.parts):
            title = "" if k else f"{number} · {session.title}"
            rows.append(_row(
                title, lecture(catalogue.topic(part.number)).link(), _headings(part, catalogue),
                _names(part.exercises), f"{points(part, catalogue):g}",
            ))
    return "".join(rows)


def contents_text(plan: Plan, catalogue: Catalogue) -> str:
    """The desk's contents.json: the lectures of a plan, with the exercises it asks for."""
    return json.dumps(list(_entries(plan, catalogue)), indent=1) + "\n"


def _entries(plan: Plan, catalogue: Catalogue) -> Iterator[dict[str, Any]]:
    for number in dict.fromkeys([START, *plan.numbers]):
        made = entry(catalogue.topic(number))
        if number != START:
            made["tasks"] = [task for task in made["tasks"] if task["name"] in plan.exercises]
        yield made


def _rows(plan: Plan, catalogue: Catalogue) -> Iterator[str]:
    for number, session in enumerate(plan.sessions, start=1):
        for k, part in enumerate(session.parts):
            title = "" if k else _title(number, session, catalogue)
            where = f"**{part.number}** {_headings(part, catalogue)}"
            rows = slides(plan.deck, part, catalogue)
            yield _row(title, where, _names(part.exercises), _runs(rows, plan.deck))


def _title(number: int, session: Session, catalogue: Catalogue) -> str:
    worth = sum(points(part, catalogue) for part in session.parts)
    return f"{number} · {session.title} ({worth:g} points)"


def _headings(part: Part, catalogue: Catalogue) -> str:
    known = sections(catalogue.topic(part.number))
    return "; ".join(known[number].heading for number in part.sections)


def _names(exercises: Sequence[str]) -> str:
    return ", ".join(f"`{name}`" for name in exercises)


def _runs(rows: Sequence[Concept], deck: str) -> str:
    """T-13 to T-17, T-20: the rows by id, neighbours joined."""
    order = [row.id for row in concepts() if row.deck == deck]
    runs: list[list[str]] = []
    for row in rows:
        place = order.index(row.id)
        if runs and place and runs[-1][-1] == order[place - 1]:
            runs[-1].append(row.id)
        else:
            runs.append([row.id])
    return ", ".join(run[0] if len(run) == 1 else f"{run[0]} to {run[-1]}" for run in runs)


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |\n"
