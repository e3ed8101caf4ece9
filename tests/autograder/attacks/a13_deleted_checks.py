"""Delete every check cell."""

from tests.autograder.attacking import Attack


def edit(notebook):
    notebook["cells"] = [c for c in notebook["cells"] if not c["id"].startswith("check_")]


ATTACK = Attack(
    plain="no scores, needs grading", here="the right work in it gets its points",
    edit=edit, right=True,
)
