"""The results of what was graded, of this run and of earlier ones: the one place to read them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from autograder.catalogue import Topic
from autograder.grading.gradebook import opened
from autograder.grading.results import SubmissionResult

__all__ = ["stored_results"]


def stored_results(
    app: Any, topics: Sequence[Topic], student: str = "*"
) -> list[SubmissionResult]:
    """The results that the gradebook has, by topic and then by student.

    `app` is an nbgrader application with the settings of the course (`cli.course.autograde_app`);
    `student` may be a pattern. What was graded without us has no result and is left out. Raises
    GradebookTrouble if the gradebook cannot be read.
    """
    with opened(app.coursedir.db_url, app.coursedir.course_id) as book:
        return [each.result for topic in topics for each in book.stored(topic.slug, student)]
