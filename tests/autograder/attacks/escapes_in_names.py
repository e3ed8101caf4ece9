"""Steer the terminal with the names of files, and with an id."""

from tests.autograder.attacking import Attack
from tests.autograder.mini_course import MiniCourse


def hand_in(course: MiniCourse, student: str) -> None:
    folder = course.hand_in(student, course.solved(), name="\x1b[2J\x1b]0;owned\x07")
    (folder / "\x1b[31mx.txt").symlink_to("/etc/passwd")


ATTACK = Attack(
    here="every line that is printed is free of control characters", student="m\x1b[2Jallory",
    hand_in=hand_in, points=5.0,
)
