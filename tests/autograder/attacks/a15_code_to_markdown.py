"""Turn the check cells and the solution cells into Markdown."""

from tests.autograder.attacking import Attack


def edit(notebook):
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["cell_type"] = "markdown"
            del cell["outputs"], cell["execution_count"]


ATTACK = Attack(plain="blocked", here="code that was no code cell is read as it stands", edit=edit)
