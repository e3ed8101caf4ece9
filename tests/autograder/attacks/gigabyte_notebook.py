"""Hand in a notebook of a gigabyte."""

from tests.autograder.attacking import Attack
from tests.autograder.mini_course import TOPIC, MiniCourse


def hand_in(course: MiniCourse, student: str) -> None:
    folder = course.hand_in(student, course.solved())
    with open(folder / f"{TOPIC}.ipynb", "r+b") as file:
        file.truncate(1_000_000_000)


ATTACK = Attack(
    here="the file is not read past 20 MB", hand_in=hand_in, points=None, note="too large"
)
