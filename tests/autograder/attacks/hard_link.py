"""Hand in hard links to private files of the same disk."""

import os

from tests.autograder.attacking import CANARY, Attack
from tests.autograder.mini_course import MiniCourse


def hand_in(course: MiniCourse, student: str) -> None:
    folder = course.hand_in(student, course.solved())
    private = course.root / "private.txt"
    private.write_text(CANARY)
    os.link(private, folder / "data.txt")


ATTACK = Attack(
    here="a file with several names is not copied", hand_in=hand_in, points=5.0
)
