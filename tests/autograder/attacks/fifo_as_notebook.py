"""Hand in a pipe, so that whoever reads it waits for ever."""

import os

from tests.autograder.attacking import Attack
from tests.autograder.mini_course import TOPIC, MiniCourse


def hand_in(course: MiniCourse, student: str) -> None:
    folder = course.hand_in(student, course.solved())
    (folder / f"{TOPIC}.ipynb").unlink()
    os.mkfifo(folder / f"{TOPIC}.ipynb")
    (folder / "timestamp.txt").unlink(missing_ok=True)
    os.mkfifo(folder / "timestamp.txt")


ATTACK = Attack(
    here="it is not opened; a person looks", hand_in=hand_in, points=None,
    note="not a regular file",
)
