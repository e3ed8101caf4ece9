"""Say everything twice in the JSON, so that two readers see two notebooks."""

import json

from tests.autograder.attacking import Attack
from tests.autograder.mini_course import NO_BIAS, MiniCourse


def hand_in(course: MiniCourse, student: str) -> None:
    right, wrong = course.solved(), course.solved(NO_BIAS)
    text = json.dumps(right)[:-1] + "," + json.dumps(wrong)[1:]
    course.hand_in(student, text)


ATTACK = Attack(
    here="one reader decides, and what it read is what is graded and shown", hand_in=hand_in
)
