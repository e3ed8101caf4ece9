"""What an author writes into the scaffold of a new exercise, by CONTRIBUTING alone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

SLUG, MODULE, NAME = "97_thresholds", "thresholds", "share_above"

TITLE = """# Thresholds

How much of an image is brighter than a limit.

**Time:** 20 minutes in class, 30 minutes at home. **Needs:** nothing.

When you are through, you can

- say which share of some numbers lies above a limit."""

STATEMENT = """## Your turn: `share_above`

Write `share_above(x, limit)`. `x` is an array of any shape, `limit` a number. It returns the share
of the entries of `x` that are larger than `limit`, as a float from 0 to 1. An entry that equals the
limit does not count. Without entries the share is 0.

Hidden checks vary: the numbers, the shape, how many entries equal the limit, and no entries."""

RIGHT = '''def share_above(x, limit):
    """Entries of x above the limit, divided by all of them; 0 without entries."""
    return float((x > limit).mean()) if x.size else 0.0
'''
SOLUTION = RIGHT.replace("    return", "    ### BEGIN SOLUTION\n    return").rstrip() + (
    "\n    ### END SOLUTION")
WRONG = "def share_above(x, limit):\n    return float((x >= limit).mean()) if x.size else 0.0\n"
BELIEF = "You also count what equals the limit; above means strictly more."
TRIAL = "assert share_above(np.array([1.0, 3.0]), 2.0) == 0.5"

PUBLIC = '''"""Public cases of 97_thresholds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from course_lib.checks.cases import Case, exercise


def _reference(x: Any, limit: float) -> float:
    """The formula, called with the exercise's signature."""
    return float(np.mean(x > limit)) if x.size else 0.0


@exercise(reference=_reference, hints=("x > limit is an array.", "What is its mean?"))
def share_above() -> Iterator[Case]:
    """Say which share of the entries is above the limit"""
    yield Case("two of four", np.array([1.0, 4.0, 3.0, 0.5]), 2.0, family="a row", shown=True)
    yield Case("one is the limit", np.array([1.0, 2, 3]), 2.0, family="at the limit", shown=True)
    yield Case("two are the limit", np.array([[5.0, 5.0], [7.0, 1.0]]), 5.0, family="at the limit")
    yield Case("a matrix", np.arange(12.0).reshape(3, 4), 8.5, family="a matrix")
    yield Case("no entries", np.zeros(0), 1.0, family="no entries")
'''

HIDDEN = '''"""Hidden cases of 97_thresholds."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from autograder.checks.hidden import hidden
from course_lib.checks.cases import Case


@hidden
def share_above(rng: np.random.Generator) -> Iterator[Case]:
    yield Case("a row", np.append(rng.normal(size=9), [3.5, 4.5]), 2.0, family="a row")
    for number in (1, 2):
        x = np.append(rng.normal(size=7), [1.0] * number + [4.0])
        yield Case(f"{number} at the limit", x, 1.0, family="at the limit")
    yield Case("a matrix", rng.normal(size=(4, 5)) + 1.0, 0.5, family="a matrix")
    yield Case("no entries", np.zeros(0), float(rng.normal()), family="no entries")
'''

MISCONCEPTIONS = f'''"""Beliefs about share_above."""

import numpy as np


def counts_the_limit_too(x, limit):
    """{BELIEF}

    In words "from 2 on" and "above 2" are easily mixed up.
    """
    return float(np.mean(x >= limit)) if x.size else 0.0


def counts_and_does_not_divide(x, limit):
    """You return how many entries are above; a share is that number divided by all entries.

    Counting feels like the whole task.
    """
    return float(np.sum(x > limit))


def averages_what_is_above(x, limit):
    """You average the entries above the limit; the question is how many of all they are.

    A mean appears in both, and the mask is easily used as an index.
    """
    return float(np.sum(x[x > limit])) / max(1, np.sum(x > limit))
'''

ACCEPTED = '''"""Right in other styles: share_above."""

import numpy as np


def counts_in_a_loop(x, limit):
    """A loop over the entries, no array operation."""
    above = 0
    for value in x.ravel():
        above += 1 if value > limit else 0
    return above / x.size if x.size else 0


def one_minus_the_rest(x, limit):
    """Counts what is not above, and returns a NumPy scalar."""
    return np.float64(1) - np.count_nonzero(x <= limit) / x.size if x.size else np.float64(0)
'''


def fill_in(root: Path) -> Path:
    """Write all of it into the scaffold under `root`; returns the solution notebook."""
    for place, text in (
        (f"course_lib/checks/{MODULE}.py", PUBLIC),
        (f"autograder/checks/{MODULE}.py", HIDDEN),
        (f"autograder/misconceptions/{MODULE}/{NAME}.py", MISCONCEPTIONS),
        (f"autograder/accepted/{MODULE}/{NAME}.py", ACCEPTED),
    ):
        assert (root / place).is_file(), f"the scaffold has no {place}"
        (root / place).write_text(text, encoding="utf-8")
    notebook = root / "solutions" / SLUG / f"{SLUG}.ipynb"
    write_cells(notebook, title=TITLE, **{
        f"about-{NAME}": STATEMENT, NAME: SOLUTION, f"try-{NAME}": TRIAL})
    return notebook


def write_cells(notebook: Path, **sources: Any) -> None:
    """Give the cells with these ids these sources."""
    document = json.loads(notebook.read_text(encoding="utf-8"))
    cells = {cell["id"]: cell for cell in document["cells"]}
    for name, source in sources.items():
        cells[name]["source"] = source
    notebook.write_text(json.dumps(document), encoding="utf-8")


def hand_in(root: Path, student: str, source: str) -> None:
    """Put the lecture with this code where `nbgrader collect` would."""
    folder = root / "submitted" / student / SLUG
    folder.mkdir(parents=True)
    text = (root / "lectures" / SLUG / f"{SLUG}.ipynb").read_text(encoding="utf-8")
    (folder / f"{SLUG}.ipynb").write_text(text, encoding="utf-8")
    write_cells(folder / f"{SLUG}.ipynb", **{NAME: source})
