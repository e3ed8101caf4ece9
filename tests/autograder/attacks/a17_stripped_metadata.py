"""Strip all metadata and ids."""

from tests.autograder.attacking import Attack


def edit(notebook):
    notebook["metadata"] = {}
    for cell in notebook["cells"]:
        cell["metadata"] = {}
        del cell["id"]
        cell["source"] += "\n# mine"


ATTACK = Attack(
    plain="no scores, needs grading", here="right work is found by what its cells define",
    edit=edit, right=True,
)
