"""Hand in a million cells."""

from tests.autograder.attacking import Attack
from tests.autograder.small_course import POINTS


def edit(notebook):
    notebook["cells"] += [{}] * 1_000_000


ATTACK = Attack(
    here="named as too many cells; a person looks", edit=edit, right=True, passes=(),
    looks=tuple(POINTS),
)
