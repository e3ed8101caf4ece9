"""The stored answers of known wrong implementations to the public cases.

Learners get the diagnosis at once and offline without being shipped near-solutions: only the
answers are here, with the hints. `python -m tools.known_mistakes` writes the files.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np

from course_lib.checks.cases import Exercise
from course_lib.checks.diagnosis import Belief
from course_lib.checks.values import Answer, decode

__all__ = ["FOLDER", "known_beliefs"]

FOLDER = Path(__file__).with_name("known_mistakes")


@cache
def known_beliefs(exercise: Exercise) -> dict[str, Belief]:
    """The beliefs stored for an exercise by name; empty if its topic has no file."""
    path = FOLDER / f"{exercise.topic}.npz"
    if not path.is_file():
        return {}
    with np.load(path, allow_pickle=False) as stored:
        if exercise.name not in stored:
            return {}
        record = decode(stored[exercise.name].tobytes())
    return {
        name: Belief(name, hint, tuple(Answer(*fields) for fields in answers), tuple(wrong))
        for name, (hint, answers, wrong) in record.items()
    }
