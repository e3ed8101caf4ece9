"""Hand in late, with a timestamp of 1999."""

from tests.autograder.attacking import Attack
from tests.autograder.mini_course import MiniCourse


def hand_in(course: MiniCourse, student: str) -> None:
    course.hand_in(student, course.solved(), time="1999-12-31 23:59:59 UTC")


ATTACK = Attack(
    plain="accepted as in time",
    here="a collected one gets the kernel's time; copied in by hand it counts, and this is told",
    hand_in=hand_in, points=5.0,
)
