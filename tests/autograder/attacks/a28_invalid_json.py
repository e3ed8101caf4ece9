"""Hand in half a JSON file."""

from tests.autograder.attacking import Attack
from tests.autograder.mini_course import MiniCourse


def hand_in(course: MiniCourse, student: str) -> None:
    course.hand_in(student, '{"cells": [{"cell_type": "code", "sou')


ATTACK = Attack(
    plain="the submission crashed, no grade recorded", here="named; a person looks",
    hand_in=hand_in, points=None, note="not JSON",
)
