"""Be called like a formula, which a spreadsheet runs when it opens the exported grades."""

from tests.autograder.attacking import Attack
from tests.autograder.mini_course import MiniCourse


def hand_in(course: MiniCourse, student: str) -> None:
    course.hand_in(student, course.solved())


ATTACK = Attack(
    here="the export puts an apostrophe before it", student="=cmd|'x'!A0", hand_in=hand_in,
    points=5.0,
)
