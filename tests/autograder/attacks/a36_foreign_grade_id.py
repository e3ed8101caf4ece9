"""Add cells with grade_ids of another lecture, and of none."""

from tests.autograder.attacking import Attack
from tests.autograder.small_course import code, nbgrader


def edit(notebook):
    for name in ("conv2d_naive", "nowhere", ""):
        notebook["cells"].append(
            code(f"x{name}", "1 + 1", nbgrader=nbgrader(name, grade=True, points=50))
        )


ATTACK = Attack(
    plain="the submission crashed, no grade recorded",
    here="a cell like any other of the student's",
    edit=edit, right=True,
)
