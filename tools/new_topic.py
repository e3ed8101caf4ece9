"""Start a lecture: `python -m tools.new_topic 04_gradient_descent descend`.

Writes a solution notebook with one exercise, and the four Python files that belong to it. Each
fails its test until it is filled in, and the message names the file to open.
"""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path
from string import Template
from typing import Any

from autograder.catalogue import Catalogue, CatalogueError, module_name
from tools.notebooks import ROOT, Cell, canonical, to_text

_PUBLIC = '''"""Public cases of $slug."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from course_lib.checks.cases import Case, exercise


def _reference(x: Any) -> Any:
    """The library's function, called with the exercise's signature."""
    raise NotImplementedError("course_lib/checks/$module.py: call the library's $exercise here")


@exercise(reference=_reference, hints=("a nudge", "where to look", "the idea, never the code"))
def $exercise() -> Iterator[Case]:
    """Say in one line what $exercise does"""
    raise NotImplementedError(
        "course_lib/checks/$module.py: write the reference and the public cases of $exercise: "
        "2 to 4 shown ones, then a probe of every hidden family"
    )
    yield Case("one number", 1.0, family="one number", shown=True)
'''

_HIDDEN = '''"""Hidden cases of $slug."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from autograder.checks.hidden import hidden
from course_lib.checks.cases import Case


@hidden
def $exercise(rng: np.random.Generator) -> Iterator[Case]:
    raise NotImplementedError(
        "autograder/checks/$module.py: write the hidden cases of $exercise: every family on "
        "every draw, numbers and sizes from rng"
    )
    yield Case("one number", float(rng.normal()), family="one number")
'''

_MISCONCEPTIONS = '''"""Beliefs about $exercise: at least three wrong functions with its signature.

Name each by the belief, for instance `forgets_that_padding_can_be_zero`. The first line of its
docstring is the hint a student sees ("You ...; ..."); the rest says why people believe it.
"""
'''

_ACCEPTED = '''"""Right in other styles: at least two unusual implementations of $exercise.

The docstring says what is unusual: a loop, recursion, a tuple where others return a list.
"""
'''

FILES = {
    "course_lib/checks/$module.py": _PUBLIC,
    "autograder/checks/$module.py": _HIDDEN,
    "autograder/misconceptions/$module/__init__.py": '"""Wrong implementations of $slug."""\n',
    "autograder/misconceptions/$module/$exercise.py": _MISCONCEPTIONS,
    "autograder/accepted/$module/__init__.py": '"""Unusual right implementations of $slug."""\n',
    "autograder/accepted/$module/$exercise.py": _ACCEPTED,
}

_TITLE = """# $title

What this lecture is about, in one sentence.

**Time:** 75 minutes in class, 3 hours at home. **Needs:** the lectures before this one.

When you are through, you can

- say what a student will be able to do."""

_SETUP = """import numpy as np

from course_lib.checks import case, check, hint"""

_STATEMENT = """## Your turn: `$exercise`

Write `$exercise(x)`. Say here what every argument is, its shape, and what comes back.

Hidden checks vary: say what, and only what this text promises."""

_SOLUTION = '''def $exercise(x):
    """The formula or the promise, in one line."""
    ### BEGIN SOLUTION
    raise NotImplementedError("$notebook: write the solution of $exercise")
    ### END SOLUTION'''

_GRADED = {"grade": False, "locked": False, "schema_version": 3, "solution": False, "task": False}


def notebook_cells(exercise: str) -> list[Cell]:
    """The cells of the scaffold, with `$names` still in their text."""
    solution = {**_GRADED, "grade_id": exercise, "solution": True}
    check = {**_GRADED, "grade_id": f"check_{exercise}", "grade": True, "locked": True, "points": 2}
    raises = ["raises-exception"]
    return [
        _cell("markdown", "title", _TITLE),
        _cell("code", "setup", _SETUP, tags=["setup"]),
        _cell("markdown", f"about-{exercise}", _STATEMENT),
        _cell("code", exercise, _SOLUTION, nbgrader=solution, course={"kind": "exercise"}),
        _cell("code", f"try-{exercise}", "assert $exercise(1) == ...", tags=raises),
        _cell("code", f"check_{exercise}", 'check("$exercise")', nbgrader=check, tags=raises),
    ]


def _cell(kind: str, name: str, source: str, **metadata: Any) -> Cell:
    return {"cell_type": kind, "id": name, "metadata": metadata, "source": source}


def scaffold(slug: str, exercise: str, root: Path = ROOT) -> list[Path]:
    """Write the files of a new topic and say which. Raises ValueError, having written nothing."""
    if not re.fullmatch(r"\d\d[a-z]?_[a-z][a-z0-9_]*", slug):
        raise ValueError(f"{slug!r} is no topic; write two digits and words: 04_gradient_descent")
    if not re.fullmatch(r"[a-z][a-z0-9_]*", exercise):
        raise ValueError(f"{exercise!r} is no name for a function; write it like conv_backward")
    _require_new(exercise, root)
    module = module_name(slug)
    notebook = f"solutions/{slug}/{slug}.ipynb"
    names = {"slug": slug, "module": module, "exercise": exercise, "notebook": notebook,
             "title": module.replace("_", " ").capitalize()}
    cells = notebook_cells(exercise)
    for cell in cells:
        cell["source"] = Template(cell["source"]).substitute(names)
    texts = {notebook: to_text(canonical({"cells": cells}))}
    for path, text in FILES.items():
        texts[Template(path).substitute(names)] = Template(text).substitute(names)
    there = [path for path in texts if (root / path).exists()]
    if there:
        raise ValueError(f"{there[0]} exists already; nothing was written")
    for path, text in texts.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8", newline="\n")
    return [root / path for path in texts]


def _require_new(exercise: str, root: Path) -> None:
    try:
        topic, _ = Catalogue(root).find(exercise)
    except CatalogueError:
        return
    raise ValueError(f"{exercise} is an exercise of {topic.slug} already; names are unique")


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.new_topic")
    parser.add_argument("topic", help="for instance 04_gradient_descent")
    parser.add_argument("exercise", help="the first function to write, for instance descend")
    given = parser.parse_args(arguments)
    try:
        written = scaffold(given.topic, given.exercise)
    except ValueError as error:
        parser.error(str(error))
    for path in written:
        print(f"new topic: wrote {path.relative_to(ROOT)}")
    print("new topic: fill these in, then `make lectures` and `make test`")
    return 0


if __name__ == "__main__":
    sys.exit(main())
