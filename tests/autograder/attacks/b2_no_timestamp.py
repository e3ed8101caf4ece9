"""Hand in a timestamp that is no time."""

from tests.autograder.attacking import Attack
from tests.autograder.mini_course import MiniCourse


def hand_in(course: MiniCourse, student: str) -> None:
    course.hand_in(student, course.solved(), time="not a date \x1b[2J" + "9" * 5000)


ATTACK = Attack(
    plain="the submission failed, no grade", here="told as odd; the work is graded",
    hand_in=hand_in, points=5.0,
)
