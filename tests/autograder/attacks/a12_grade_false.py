"""Say in the metadata that nothing is to be graded."""

from tests.autograder.attacking import Attack


def edit(notebook):
    for cell in notebook["cells"]:
        cell["metadata"].get("nbgrader", {}).update(grade=False, solution=False, locked=False)


ATTACK = Attack(
    plain="the submission crashed, no grade recorded",
    here="the right work in it gets its points",
    edit=edit, right=True,
)
