"""Hand in a notebook of a format from 2011."""

from tests.autograder.attacking import Attack
from tests.autograder.mini_course import MiniCourse


def hand_in(course: MiniCourse, student: str) -> None:
    course.hand_in(student, course.solved() | {"nbformat": 2})


ATTACK = Attack(
    plain="accepted, without a score", here="named; a person looks", hand_in=hand_in, points=None,
    note="nbformat 2",
)
