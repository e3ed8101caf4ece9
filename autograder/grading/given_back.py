"""Feedback through nbgrader's exchange, where some work came another way.

The name of a page in the exchange follows from a secret that lies in the student's hand-in. What
came by a learning platform has none, and nbgrader's own step stops there for everybody after it.
"""

from __future__ import annotations

from glob import glob
from pathlib import Path

from nbgrader.exchange.default.release_feedback import ExchangeReleaseFeedback
from nbgrader.utils import temp_attrs

from autograder.grading.arrival import SECRET, TIMESTAMP
from autograder.grading.clean import for_terminal

__all__ = ["FeedbackForWhoSubmitted"]


class FeedbackForWhoSubmitted(ExchangeReleaseFeedback):
    """`nbgrader release_feedback` that names those it cannot reach, and reaches the others."""

    def copy_files(self) -> None:
        directory = self.coursedir
        excluded = [each for each in directory.student_id_exclude.split(",") if each]
        for folder in sorted(map(Path, glob(self.src_path))):
            if all((folder / name).is_file() for name in (TIMESTAMP, SECRET)):
                continue
            student = folder.parent.name
            self.log.warning(
                "%s did not hand in through the exchange, so the feedback stays here: %s",
                for_terminal(student), for_terminal(str(folder)))
            excluded.append(student)
        with temp_attrs(directory, student_id_exclude=",".join(excluded)):
            super().copy_files()
