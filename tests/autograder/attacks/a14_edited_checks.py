"""Replace the check cells by something that passes."""

from tests.autograder.attacking import Attack


def edit(notebook):
    for cell in notebook["cells"]:
        if cell["id"].startswith("check_"):
            cell["source"] = "print('all passed')\n1.0"


ATTACK = Attack(plain="blocked", here="check cells of a hand-in do not run", edit=edit)
