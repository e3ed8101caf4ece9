"""Ask for another kernel, whose command is the attacker's."""

from tests.autograder.attacking import Attack


def edit(notebook):
    notebook["metadata"]["kernelspec"] = {
        "name": "evil", "display_name": "x", "argv": ["/bin/sh", "-c", "id"],
    }


ATTACK = Attack(plain="blocked", here="no kernel is started by name", edit=edit, right=True)
