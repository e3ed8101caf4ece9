"""Hand in a gigabyte beside the notebook, in one file and in very many."""

from tests.autograder.attacking import Attack
from tests.autograder.mini_course import MiniCourse


def hand_in(course: MiniCourse, student: str) -> None:
    folder = course.hand_in(student, course.solved())
    with open(folder / "attachment.bin", "wb") as file:
        file.truncate(1_000_000_000)
    for number in range(600):
        (folder / f"{number:03}.txt").write_text("x")


ATTACK = Attack(
    here="at most 20 MB and 500 files are copied, the rest is named", hand_in=hand_in, points=5.0
)
