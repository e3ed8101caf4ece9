"""The results of what was graded, of this run and of earlier ones: the one place to read them."""

from __future__ import annotations

from collections.abc import Sequence
from glob import glob
from pathlib import Path
from typing import Any

from autograder.catalogue import Topic
from autograder.grading.graded_notebook import stored_result
from autograder.grading.results import SubmissionResult

__all__ = ["stored_results"]


def stored_results(
    app: Any, topics: Sequence[Topic], student: str = "*"
) -> list[SubmissionResult]:
    """The results of all graded notebooks, by topic and then by student.

    `app` is an nbgrader application with the settings of the course (`cli.course.autograde_app`);
    `student` may be a pattern. What was graded without us has no result and is left out.
    """
    directory = app.coursedir
    found = []
    for topic in topics:
        pattern = directory.format_path(directory.autograded_directory, student, topic.slug)
        for folder in sorted(glob(pattern)):
            result = stored_result(Path(folder, f"{topic.slug}.ipynb"))
            if result is not None:
                found.append(result)
    return found
