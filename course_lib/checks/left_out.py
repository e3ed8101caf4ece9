"""A copy of the course without the library's answers to a lecture.

`python -m autograder bundle --without 09` puts `raise left_out(...)` in their place, and the
results of the public cases into the folder `left_out/`, so that checks go on without them. The
whole course has an empty list of TOPICS, and so has a copy that took it in later.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from course_lib.checks.values import Answer, decode

__all__ = ["FOLDER", "TOPICS", "LeftOut", "answers", "left_out"]

TOPICS: tuple[str, ...] = ()    # what this copy was made without
FOLDER = Path(__file__).with_name("left_out")


class LeftOut(RuntimeError):
    """Something was called that this copy of the course does not hold."""


def left_out(name: str, lecture: str) -> LeftOut:
    """What a function raises that was left out."""
    return LeftOut(f"{name} answers an exercise of lecture {lecture}, and this copy of the course "
                   "was made without it. Use the function that you write there.")


def answers(topic: str, exercise: str) -> tuple[Answer, ...]:
    """The recorded results of an exercise's public cases; none in a course that holds answers."""
    path = FOLDER / f"{topic}.npz"
    if topic not in TOPICS or not path.is_file():
        return ()
    with np.load(path, allow_pickle=False) as stored:
        if exercise not in stored:
            return ()
        record = decode(stored[exercise].tobytes())
    return tuple(Answer(*fields) for fields in record)
