"""What students wrote, cell by cell, and what everybody may have in common."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from autograder.catalogue import Topic
from autograder.grading.handed_in import look_at
from autograder.grading.notebook_file import UnreadableError
from autograder.grading.results import SubmissionResult
from autograder.grading.submission import read_submission

__all__ = ["our_sources", "written"]

MARKERS = re.compile(r"^[ \t]*### (BEGIN|END) SOLUTION[ \t]*\n?", re.MULTILINE)


def written(
    app: Any, topic: Topic, results: Iterable[SubmissionResult]
) -> dict[str, dict[str, str]]:
    """Source by student and exercise, of what was written at all; quizzes are left out."""
    directory = app.coursedir
    found = {}
    for result in results:
        folder = directory.format_path(
            directory.submitted_directory, result.student, topic.slug
        )
        wanted = {each.name for each in result.exercises
                  if each.outcome != "missing" and each.kind in ("exercise", "kill")}
        found[result.student] = _sources(Path(folder), result.student, topic, wanted)
    return found


def _sources(folder: Path, student: str, topic: Topic, wanted: set[str]) -> dict[str, str]:
    try:
        notebook = look_at(folder, student=student, notebook_name=topic.slug).notebook
        cells = read_submission(notebook, topic).cells if notebook else ()
    except (UnreadableError, OSError):
        return {}
    return {
        name: cell.source
        for cell in cells if cell.role == "solution"
        for name in cell.exercises if name in wanted
    }


def our_sources(topic: Topic) -> Mapping[str, list[str]]:
    """Our solution of each exercise; what was handed out is not written, so it never counts."""
    sources = {str(cell.get("id")): str(cell["source"]) for cell in topic.cells}
    return {
        each.name: [MARKERS.sub("", sources[each.cell_id])]
        for each in topic.exercises if each.cell_id in sources
    }
