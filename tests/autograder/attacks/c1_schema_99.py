"""One notebook says it has nbgrader's schema 99, which ended the whole batch."""

from tests.autograder.attacking import Attack
from tests.autograder.damage import of_a_future_schema
from tests.autograder.mini_course import MiniCourse


def hand_in(course: MiniCourse, student: str) -> None:
    course.hand_in(student, of_a_future_schema(course.solved()))


ATTACK = Attack(
    plain="the whole batch ended, later students stayed ungraded",
    here="the metadata is not used; the right work gets its points", hand_in=hand_in, points=5.0,
)
