"""Hand in JSON that is nested 100,000 deep."""

from tests.autograder.attacking import Attack
from tests.autograder.damage import deeply_nested
from tests.autograder.mini_course import MiniCourse


def hand_in(course: MiniCourse, student: str) -> None:
    course.hand_in(student, deeply_nested(course.solved()))


ATTACK = Attack(
    here="named; a person looks", hand_in=hand_in, points=None, note="nested too deeply"
)
