"""Cells that are no text: null bytes, lone surrogates, look-alike letters, a megabyte."""

from tests.autograder.attacking import Attack
from tests.autograder.small_course import code


def edit(notebook):
    for number, source in enumerate(["\0", "\ud800 = 1", "x = '" + "y" * 10**6, ["a", 3, None], {},
                                     None, 5, "\u202edef f(): pass", "# coding: rot13\nkevag(1)"]):
        notebook["cells"].append(code(f"strange{number}", source))
    notebook["cells"] += [None, [], {"cell_type": {}}, {"metadata": []}, {"id": ["x"]}]


ATTACK = Attack(here="an error in that cell; the right work gets its points", edit=edit, right=True)
