"""Hand in a numpy.py, a course_lib and a sitecustomize.py beside the notebook."""

from tests.autograder.attacking import Attack
from tests.autograder.mini_course import NO_BIAS, MiniCourse


def hand_in(course: MiniCourse, student: str) -> None:
    folder = course.hand_in(student, course.solved(NO_BIAS))
    for name in ("numpy.py", "sitecustomize.py", "course_lib/__init__.py", "conftest.py"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("def dot(x, w): return x @ w + 1\n")


ATTACK = Attack(
    plain="imported, 5 of 5 points", here="files beside the notebook are not in the child",
    hand_in=hand_in,
)
