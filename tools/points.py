"""Points of a lecture, shown and changed; 0 points drop an exercise from the marks.

    python -m tools.points 03                       what each exercise and question earns
    python -m tools.points 03 layer=0 count_fc=3    change them in the solution notebook

Then `make lectures`, `python -m tools.tracks page`, `nbgrader generate_assignment TOPIC --force`
and `grade TOPIC`: only what changed is graded again, and what a person gave stays. nbgrader takes
no cell out of a notebook that has been handed in, so 0 points are the way to drop one; it stays in
the lecture as practice.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path

from autograder.catalogue import Catalogue, CatalogueError, Topic
from tools.notebooks import ROOT, canonical, grade_id_of, to_text


def graded_cells(topic: Topic) -> dict[str, tuple[str, float]]:
    """Name of an exercise, question or test to its grade cell and points, in order."""
    cells = {each.name: (each.check_id, each.points) for each in topic.exercises}
    cells |= {each.name: (each.name, each.points) for each in topic.open_questions}
    return cells | {each.name: (each.name, each.points) for each in topic.assert_cells}


def change(topic: Topic, wanted: dict[str, float]) -> None:
    """Write other points into the solution notebook, in its stored form. Raises ValueError."""
    cells = graded_cells(topic)
    for name, points in wanted.items():
        if name not in cells:
            raise ValueError(f"{topic.slug} has no {name!r}; it has {', '.join(cells)}")
        if not 0 <= points < float("inf"):
            raise ValueError(f"{name} cannot earn {points:g} points")
    notebook = json.loads(topic.notebook.read_text(encoding="utf-8"))
    places = {cells[name][0]: points for name, points in wanted.items()}
    for cell in notebook["cells"]:
        own = places.get(grade_id_of(cell) or "")
        if own is not None:
            cell["metadata"]["nbgrader"]["points"] = int(own) if int(own) == own else own
    made = topic.notebook.with_name(f".{topic.notebook.name}.new")
    made.write_text(to_text(canonical(notebook)), encoding="utf-8", newline="\n")
    os.replace(made, topic.notebook)


def _wanted(given: list[str]) -> dict[str, float]:
    wanted = {}
    for each in given:
        name, _, number = each.partition("=")
        try:
            wanted[name] = float(number)
        except ValueError:
            raise ValueError(f"write NAME=POINTS, such as layer=3; got {each!r}") from None
    return wanted


def main(arguments: list[str] | None = None) -> int:
    """Show or change; 1 with one sentence if that cannot be."""
    parser = argparse.ArgumentParser(prog="python -m tools.points", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("topic", metavar="TOPIC", help="03 or a full name")
    parser.add_argument("changes", nargs="*", metavar="NAME=POINTS")
    parser.add_argument("--course", type=Path, default=ROOT, metavar="FOLDER")
    given = parser.parse_args(arguments)
    try:
        topic = Catalogue(given.course).topic(given.topic)
        if given.changes:
            change(topic, _wanted(given.changes))
            topic = Catalogue(given.course).topic(given.topic)
    except (CatalogueError, ValueError) as error:
        print(f"points: {str(error).rstrip('.')}.", file=sys.stderr)
        return 1
    cells = graded_cells(topic)
    for name, (_, points) in cells.items():
        print(f"{points:6g}  {name}")
    print(f"{sum(points for _, points in cells.values()):6g}  {topic.slug}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
