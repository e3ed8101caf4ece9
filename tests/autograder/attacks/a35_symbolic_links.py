"""Hand in links to the solution, and beside them a link to /etc/shadow."""

from tests.autograder.attacking import Attack
from tests.autograder.mini_course import TOPIC, MiniCourse


def hand_in(course: MiniCourse, student: str) -> None:
    folder = course.hand_in(student, course.solved())
    (folder / f"{TOPIC}.ipynb").unlink()
    (folder / f"{TOPIC}.ipynb").symlink_to(course.root / "solutions" / TOPIC / f"{TOPIC}.ipynb")
    (folder / "data.txt").symlink_to("/etc/shadow")
    (folder / "gradebook.db").symlink_to(course.root / "gradebook.db")


ATTACK = Attack(
    plain="10 of 12, and /etc/shadow was copied", here="links are never followed",
    hand_in=hand_in, points=None, note="a symbolic link",
)
