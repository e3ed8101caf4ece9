"""Write course_lib/checks/known_mistakes/<topic>.npz: the bank's answers to the public cases.

    python -m tools.known_mistakes [TOPIC ...]

Learners' notebooks name a belief by these answers. The wrong implementations themselves stay in
autograder/.
"""

from __future__ import annotations

import sys

import numpy as np

from autograder.bank import beliefs
from course_lib.arrays import Array
from course_lib.checks.cases import Exercise, declarations, topics
from course_lib.checks.known import FOLDER
from course_lib.checks.values import Answer, encode

__all__ = ["Record", "main", "record_of", "write"]

Record = dict[str, tuple[str, list[tuple[object, ...]], list[bool]]]


def record_of(exercise: Exercise) -> Record:
    """For each belief: its hint, its answers to the public cases, and where they are wrong."""
    return {
        name: (belief.hint, [_fields(answer) for answer in belief.answers], list(belief.wrong))
        for name, belief in beliefs(exercise, exercise.cases()).items()
    }


def write(topic: str) -> int:
    """Write the file of one topic; returns how many wrong implementations it holds."""
    records = {
        made.name: record_of(made) for made in declarations(topic) if isinstance(made, Exercise)
    }
    FOLDER.mkdir(exist_ok=True)
    arrays: dict[str, Array] = {
        name: np.frombuffer(encode(record), dtype=np.uint8) for name, record in records.items()
    }
    np.savez_compressed(FOLDER / f"{topic}.npz", **arrays)  # type: ignore[arg-type]
    return sum(map(len, records.values()))


def _fields(answer: Answer) -> tuple[object, ...]:
    return (answer.value, answer.raised, answer.changed, answer.strange, answer.stopped)


def main(arguments: list[str]) -> int:
    """Write the named topics, or all."""
    for topic in arguments or topics():
        print(f"{topic}: {write(topic)} known mistakes written")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
