"""`bring`: a function that the learner wrote in an earlier lecture, for use in a later one.

The notebook of the earlier lecture is looked for beside this one. Its functions are defined anew
here, nothing else in it is run, and the public cases are tried once more. What is not there, or
not right, is replaced by the library's function, with a banner.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from course_lib.checks.calling import answer_of_call
from course_lib.checks.cases import Exercise, declaration
from course_lib.checks.judge import judge
from course_lib.checks.student import stand_in_for
from course_lib.checks.tripwire import withheld

__all__ = ["bring"]

DEFINITIONS = (ast.FunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom)
Namespace = dict[str, Any]


def bring(name: str, *, folder: Path | None = None) -> Callable[..., Any]:
    """Your function `name` from the lecture that asks for it; the library's if yours is not right.

    Prints one line that says whose it is. folder: where this notebook lies; by default the
    current folder, as in Jupyter. Raises ValueError if no exercise of the course has this name.
    """
    try:
        exercise = declaration(name)
    except KeyError:
        exercise = None
    if not isinstance(exercise, Exercise):
        raise ValueError(f"bring: no lecture asks for a function called {name!r}.")
    notebook = _notebook(exercise.topic, folder or Path.cwd())
    if notebook is None:
        return _library(exercise, "the notebook of its lecture is not beside this one")
    lecture = notebook.stem.partition("_")[0]
    namespace = _definitions(notebook)
    function = namespace.get(name)
    if not callable(function):
        return _library(exercise, f"lecture {lecture} has no function of that name yet")
    with withheld(exercise.reference, namespace):
        report = judge(
            exercise, list(exercise.cases()),
            lambda case: answer_of_call(function, case.args, case.kwargs),
        )
    if report.missing:
        return _library(exercise, f"it is not written yet in lecture {lecture}")
    if not report.passed:
        return _library(exercise, f"yours in lecture {lecture} does not pass its check")
    print(f"{name}: yours, from lecture {lecture}")
    found: Callable[..., Any] = function
    return found


def _library(exercise: Exercise, reason: str) -> Callable[..., Any]:
    print(f"{exercise.name}: >>> the library's stands in, because {reason}")
    return stand_in_for(exercise)


def _notebook(topic: str, here: Path) -> Path | None:
    """The notebook of a topic in a folder of its own beside `here`, or below it."""
    for place in (here.parent, here, here / "lectures"):
        found = sorted(place.glob(f"*_{topic}/*_{topic}.ipynb"))
        if found:
            return found[0]
    return None


def _definitions(notebook: Path) -> Namespace:
    """The functions, classes and imports of a notebook; a cell that cannot be read is left out."""
    namespace: Namespace = {"__name__": f"<{notebook.stem}>"}
    for source in _sources(notebook):
        try:
            tree = ast.parse(source)
        except (SyntaxError, ValueError):
            continue
        for node in tree.body:
            if isinstance(node, DEFINITIONS):
                _define(node, notebook.name, namespace)
    return namespace


def _define(node: ast.stmt, filename: str, namespace: Namespace) -> None:
    code = compile(ast.Module([node], type_ignores=[]), filename, "exec")
    try:
        exec(code, namespace)  # the learner's own notebook, in the learner's own process
    except Exception as error:
        # An import that fails here, or a default value made elsewhere: who needs it, fails by name.
        namespace.setdefault("__left_out__", []).append(repr(error))


def _sources(notebook: Path) -> Iterator[str]:
    try:
        cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    except (OSError, ValueError, KeyError, TypeError):
        return
    for cell in cells:
        if isinstance(cell, dict) and cell.get("cell_type") == "code":
            source = cell.get("source", "")
            yield source if isinstance(source, str) else "".join(source)
