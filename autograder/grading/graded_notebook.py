"""The notebook in autograded/: our released structure, the student's cells, our verdicts.

Nothing of the student's reaches it but the sources of solution cells, answers and added cells,
made harmless. Outputs and metadata of the student are dropped.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.catalogue import Topic
from autograder.grading.clean import for_file, for_page
from autograder.grading.handwriting import Handwriting
from autograder.grading.readable import output_of, summary_source
from autograder.grading.results import SubmissionResult

__all__ = ["Released", "graded_notebook", "stored_result", "unanswered"]

MOST_ADDED = 100
MISSING = "This cell was missing from the submission."
Cell = dict[str, Any]


@dataclass(frozen=True)
class Released:
    """A cell as the gradebook remembers it from the release: text and checksum."""

    source: str
    checksum: str | None
    points: float | None = None


def unanswered(written: Handwriting, released: Mapping[str, Released]) -> frozenset[str]:
    """The released cells that came back as they went out, or did not come back."""
    return frozenset(
        name
        for name, cell in released.items()
        if written.sources.get(name, cell.source).strip() == cell.source.strip()
    )


def graded_notebook(
    topic: Topic,
    released: Mapping[str, Released],
    written: Handwriting,
    result: SubmissionResult,
    stamp: str = "",
) -> dict[str, Any]:
    """A valid nbformat 4.5 document that formgrader and generate_feedback can show.

    `stamp` names what it was made from, so that a file of an earlier result is told from this.
    """
    cells = [_markdown("grading-summary", summary_source(result))]
    cells += _added(written, None)
    for position, cell in enumerate(topic.cells):
        own = _own_cell(cell, released, written, result)
        if own is not None:
            own["id"] = str(cell.get("id", f"cell-{position}"))
            cells.append(own)
        cells += _added(written, cell.get("id"))
    if len(written.added) > MOST_ADDED:
        more = f"{len(written.added) - MOST_ADDED} more cells of the student's own are left out."
        cells.append(_markdown("left-out", more))
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    return {
        "cells": cells,
        "metadata": {
            "kernelspec": kernel,
            "course": {"result": json.loads(result.to_json()), "stamp": stamp},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def stored_result(path: Path) -> SubmissionResult | None:
    """The result inside a notebook that `graded_notebook` made; None if there is none."""
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        return SubmissionResult.from_json(json.dumps(document["metadata"]["course"]["result"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _own_cell(
    cell: Cell, released: Mapping[str, Released], written: Handwriting, result: SubmissionResult
) -> Cell | None:
    """Our cell with the student's text or our verdict in it; None if it was never released."""
    role = cell["metadata"].get("nbgrader")
    if not role or not any(role.get(key) for key in ("grade", "solution", "locked", "task")):
        return _plain(cell, cell["source"])
    name = role["grade_id"]
    if name not in released:
        return None
    own = _plain(cell, _text(cell, name, released[name], written))
    own["metadata"]["nbgrader"] = {**role, "checksum": released[name].checksum}
    if released[name].points is not None:
        own["metadata"]["nbgrader"]["points"] = released[name].points
    if cell["cell_type"] == "code":
        verdicts = (each for each in result.exercises if each.check_id == name)
        own["outputs"] = [output_of(each) for each in verdicts]
    return own


def _text(cell: Cell, name: str, released: Released, written: Handwriting) -> str:
    """What stands in a cell that nbgrader knows: the student's text where it is theirs."""
    role = cell["metadata"]["nbgrader"]
    if not (role.get("solution") or role.get("task")):
        return released.source
    code = cell["cell_type"] == "code"
    if name not in written.sources:
        return f"# {MISSING}\n{released.source}" if code else f"{MISSING}\n\n{released.source}"
    return for_file(written.sources[name]) if code else for_page(written.sources[name])


def _plain(cell: Cell, source: str) -> Cell:
    kept = {key: cell["metadata"][key] for key in ("tags", "nbgrader") if key in cell["metadata"]}
    made: Cell = {"cell_type": cell["cell_type"], "metadata": kept, "source": source}
    if cell["cell_type"] == "code":
        made.update(execution_count=None, outputs=[])
    return made


def _added(written: Handwriting, after: str | None) -> Iterator[Cell]:
    for position, cell in enumerate(written.added[:MOST_ADDED]):
        if cell.after != after:
            continue
        name = f"added-by-student-{position + 1}"
        if cell.cell_type == "code":
            own = {"cell_type": "code", "metadata": {}}
            yield {"id": name, **_plain(own, for_file(cell.source))}
        else:
            yield _markdown(name, for_page(cell.source))


def _markdown(name: str, source: str) -> Cell:
    return {"cell_type": "markdown", "id": name, "metadata": {}, "source": source}
