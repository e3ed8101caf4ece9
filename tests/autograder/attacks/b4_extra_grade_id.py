"""Add a graded cell of one's own, worth a thousand points."""

from tests.autograder.attacking import Attack
from tests.autograder.small_course import code, nbgrader


def edit(notebook):
    mine = nbgrader("check_mine", grade=True, solution=True, points=1000)
    notebook["cells"].append(code("mine", "1000.0", nbgrader=mine))


ATTACK = Attack(
    plain="the submission crashed, no grade recorded", here="only our own cells are worth points",
    edit=edit,
)
