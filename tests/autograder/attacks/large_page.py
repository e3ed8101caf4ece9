"""Hand in cells whose highlighted source would make many megabytes of feedback."""

from tests.autograder.attacking import Attack
from tests.autograder.mini_course import MiniCourse, cell


def hand_in(course: MiniCourse, student: str) -> None:
    notebook = course.solved()
    notebook["cells"] += [cell("code", f"long-{n}", "a;" * 30_000 + str(n)) for n in range(8)]
    notebook["cells"] += [cell("markdown", f"text-{n}", "<b>" * 30_000) for n in range(60)]
    course.hand_in(student, notebook)


ATTACK = Attack(
    here="a page holds a bounded number of characters; the rest is left out, and says so",
    hand_in=hand_in, points=5.0,
)
