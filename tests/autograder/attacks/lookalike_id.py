"""Hand in under an id that looks like another student's."""

from tests.autograder.attacking import Attack
from tests.autograder.mini_course import NO_BIAS, MiniCourse


def hand_in(course: MiniCourse, student: str) -> None:
    course.hand_in(student, course.solved(NO_BIAS))


ATTACK = Attack(
    here="another student, whose grade is another", student="h\N{CYRILLIC SMALL LETTER O}nest",
    hand_in=hand_in,
)
