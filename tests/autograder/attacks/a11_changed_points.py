"""Set the points of the check cells to a million."""

from tests.autograder.attacking import Attack


def edit(notebook):
    for cell in notebook["cells"]:
        if cell["id"].startswith("check_"):
            cell["metadata"]["nbgrader"]["points"] = 10**6


ATTACK = Attack(plain="blocked", here="the points are those of our own notebook", edit=edit)
