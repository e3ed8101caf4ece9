"""The guard, fault by fault: what it must find, and what it must let pass."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tools.leaks import faults_of_source, leaks, stray_files

Cells = list[dict[str, Any]]
Edit = Callable[[Cells], Any]
BODY = "factor_of_two = 1 + 1"


def released_from(cells: Cells) -> Cells:
    """What students get from the tiny course, written out by hand."""
    released = copy.deepcopy(cells)
    released[2]["source"] = "def double(x):\n    # YOUR CODE HERE\n    raise NotImplementedError()"
    released[5]["source"] = 'quiz_sizes = {"a": None, "b": None}'
    released[7]["source"] = "Why is twice x even?\n\nYOUR ANSWER HERE"
    return released


def append(index: int, text: str) -> Edit:
    return lambda cells: cells[index].update(source=cells[index]["source"] + "\n" + text)


def test_a_sound_notebook_has_no_faults(cells: Cells) -> None:
    assert list(faults_of_source({"cells": cells})) == []
    assert list(leaks({"cells": cells}, {"cells": released_from(cells)})) == []


LEAKS: list[tuple[str, Edit, str]] = [
    ("a line of a body", append(3, f"    {BODY}  "), "cell try-double: shows 'factor_of_two"),
    ("a line of a quiz", append(0, 'quiz_sizes = {"a": "x", "b": 266610}'), "cell quiz_sizes"),
    ("a line of a rubric", append(0, "Because two divides it without remainder."), "open_why"),
    ("begin marker", append(3, "### BEGIN SOLUTION"), "cell try-double: the marker"),
    ("end marker", append(3, "# END SOLUTION"), "cell try-double: the marker"),
    ("marker in lower case", append(2, "### begin solution"), "cell double: the marker"),
    ("hidden tests", append(4, "### BEGIN HIDDEN TESTS"), "cell check_double: the marker"),
    ("mark scheme", append(7, "=== BEGIN MARK SCHEME ==="), "cell open_why: the marker"),
    ("hidden module", append(1, "from autograder.checks import doubling"), "cell setup: imports"),
    ("hidden package", append(1, "import autograder"), "cell setup: imports"),
    ("by string", append(1, 'load("autograder.checks.doubling")'), "cell setup: imports"),
    ("tools", append(1, "from tools import release"), "cell setup: imports"),
]


@pytest.mark.parametrize(("edit", "words"), [x[1:] for x in LEAKS], ids=[x[0] for x in LEAKS])
def test_every_leak_is_named(cells: Cells, edit: Edit, words: str) -> None:
    released = released_from(cells)
    edit(released)
    found = "\n".join(leaks({"cells": cells}, {"cells": released}))
    assert words in found


def test_lines_that_students_get_anyway_may_stand_anywhere(cells: Cells) -> None:
    cells[3]["source"] = BODY
    released = released_from(cells)
    assert list(leaks({"cells": cells}, {"cells": released})) == []


def test_short_lines_give_nothing_away(cells: Cells) -> None:
    cells[2]["source"] = cells[2]["source"].replace(BODY, "y = 2 * x")
    released = released_from(cells)
    append(3, "y = 2 * x")(released)
    assert list(leaks({"cells": cells}, {"cells": released})) == []


def test_a_solution_pasted_whole_into_a_demonstration_is_named(cells: Cells) -> None:
    cells[3]["source"] = f"def again(x):\n    {BODY}\n\n    # twice\n    return factor_of_two * x"
    found = list(leaks({"cells": cells}, {"cells": released_from(cells)}))
    assert found == ["cell try-double: holds the whole solution of cell double"]


def test_prose_may_speak_of_the_autograder(cells: Cells) -> None:
    append(0, "The autograder. It imports autograder.checks.")(cells)
    assert list(leaks({"cells": cells}, {"cells": released_from(cells)})) == []


SOURCES: list[tuple[str, Edit, str]] = [
    ("not marked", append(3, "### BEGIN SOLUTION\n### END SOLUTION"), "not marked as a solution"),
    ("no end", append(2, "### BEGIN SOLUTION"), "cell double: BEGIN SOLUTION without END"),
    ("end alone", append(2, "### END SOLUTION"), "cell double: BEGIN SOLUTION and END"),
    ("nested", append(2, "# BEGIN SOLUTION\n" * 2 + "# END SOLUTION\n" * 2), "do not pair"),
    ("no region", lambda cells: cells[2].update(source="def double(x): ..."), "the signature"),
]


@pytest.mark.parametrize(("edit", "words"), [x[1:] for x in SOURCES], ids=[x[0] for x in SOURCES])
def test_every_fault_of_a_source_is_named(cells: Cells, edit: Edit, words: str) -> None:
    edit(cells)
    (found,) = faults_of_source({"cells": cells})
    assert words in found


def test_files_beside_a_notebook_are_named(tmp_path: Path) -> None:
    for name in ("a.ipynb", "notes.md", ".ipynb_checkpoints/a.ipynb", "data/x.npz", "b.pyc"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    found = list(stray_files(tmp_path, [".ipynb_checkpoints", "*.pyc"]))
    assert [sentence.split()[0] for sentence in found] == ["x.npz", "notes.md"]
