"""Hand in 60 MB of metadata."""

from tests.autograder.attacking import Attack
from tests.autograder.mini_course import MiniCourse


def hand_in(course: MiniCourse, student: str) -> None:
    notebook = course.solved()
    notebook["metadata"]["x"] = "x" * 60_000_000
    course.hand_in(student, notebook)


ATTACK = Attack(
    plain="accepted, a copy of 60 MB", here="the file is not read past 20 MB", hand_in=hand_in,
    points=None, note="too large",
)
