"""What students hand in that is not a notebook as we released it, and what must come of it."""

from __future__ import annotations

import copy
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.autograder.mini_course import NO_BIAS, TOPIC, MiniCourse

SECRET = "nobody must read this"
FULL = {"check_weighted_sum": (5.0, False)}


def exercise_cell(document: dict[str, Any]) -> dict[str, Any]:
    """The student's solution cell."""
    return next(each for each in document["cells"] if each["id"] == "weighted_sum")


def twice(document: dict[str, Any], other: str | None = None) -> dict[str, Any]:
    """The solution cell a second time, perhaps with other code."""
    again = copy.deepcopy(exercise_cell(document))
    again["source"] = other or again["source"]
    document["cells"].append(again)
    return document


def without_ids(document: dict[str, Any]) -> dict[str, Any]:
    for each in document["cells"]:
        del each["id"]
    return document


def renumbered(document: dict[str, Any]) -> dict[str, Any]:
    """Ids as another editor writes them."""
    for position, each in enumerate(document["cells"]):
        each["id"] = f"colab{position}"
    return document


def with_metadata(document: dict[str, Any], **metadata: Any) -> dict[str, Any]:
    document["metadata"].update(metadata)
    return document


def of_a_future_schema(document: dict[str, Any]) -> dict[str, Any]:
    for each in document["cells"]:
        if "nbgrader" in each["metadata"]:
            each["metadata"]["nbgrader"]["schema_version"] = 99
    return document


def link_to(target: Path) -> Callable[[MiniCourse, str], None]:
    """Hands in a symbolic link in the place of the notebook."""

    def hand_in(course: MiniCourse, student: str) -> None:
        folder = course.hand_in(student, course.solved())
        (folder / f"{TOPIC}.ipynb").unlink()
        (folder / f"{TOPIC}.ipynb").symlink_to(target)

    return hand_in


def beside(name: str, text: str) -> Callable[[MiniCourse, str], None]:
    """Hands in wrong code, and a file next to it that tries to help."""

    def hand_in(course: MiniCourse, student: str) -> None:
        (course.hand_in(student, course.solved(NO_BIAS)) / name).write_text(text)

    return hand_in


def text(make: Callable[[dict[str, Any]], Any]) -> Callable[[MiniCourse, str], None]:
    """Hands in what `make` turns a right notebook into."""

    def hand_in(course: MiniCourse, student: str) -> None:
        course.hand_in(student, make(course.solved()))

    return hand_in


def right(**how: Any) -> Callable[[MiniCourse, str], None]:
    """Hands in right work, with another file name or a timestamp."""

    def hand_in(course: MiniCourse, student: str) -> None:
        course.hand_in(student, course.solved(), **how)

    return hand_in


def two_notebooks(course: MiniCourse, student: str) -> None:
    course.hand_in(student, course.solved(), name="first")
    course.hand_in(student, course.solved(), name="second")


def a_folder(course: MiniCourse, student: str) -> None:
    (course.hand_in(student, course.solved()) / f"{TOPIC}.ipynb").unlink()
    (course.root / "submitted" / student / TOPIC / f"{TOPIC}.ipynb").mkdir()


def a_pipe(course: MiniCourse, student: str) -> None:
    path = course.hand_in(student, course.solved()) / f"{TOPIC}.ipynb"
    path.unlink()
    os.mkfifo(path)


def only_a_pdf(course: MiniCourse, student: str) -> None:
    folder = course.hand_in(student, course.solved())
    (folder / f"{TOPIC}.ipynb").rename(folder / "homework.pdf")


def nothing(course: MiniCourse, student: str) -> None:
    (course.hand_in(student, course.solved()) / f"{TOPIC}.ipynb").unlink()


def a_linked_folder(course: MiniCourse, student: str) -> None:
    other = course.hand_in(f"{student}-target", course.solved())
    (other / "data.csv").write_text(SECRET)
    mine = course.root / "submitted" / student / TOPIC
    mine.parent.mkdir(parents=True)
    mine.symlink_to(other, target_is_directory=True)


def deeply_nested(document: dict[str, Any]) -> str:
    return json.dumps(document)[:-1] + ', "x": ' + "[" * 100_000 + "]" * 100_000 + "}"


LOOK = {"check_weighted_sum": (None, True)}
ZERO = {"check_weighted_sum": (0.0, False)}
ALL_ZERO = ZERO | {"open_bias": (0.0, False)}
ALL_LOOK = LOOK | {"open_bias": (None, True)}
DAMAGE: dict[str, tuple[Callable[[MiniCourse, str], None], dict[str, Any], str | None]] = {
    # what is handed in, the grade it must get, and the named outcome
    "broken-json": (text(lambda d: json.dumps(d)[:300]), ALL_LOOK, "not JSON"),
    "empty-file": (text(lambda d: ""), LOOK, "empty"),
    "a-list": (text(lambda d: "[1, 2]"), LOOK, "not a notebook"),
    "binary": (text(lambda d: "\udcff\x00"[1:]), LOOK, "not JSON"),
    "nested": (text(deeply_nested), LOOK, "nested too deeply"),
    "nbformat-2": (text(lambda d: d | {"nbformat": 2}), LOOK, "nbformat 2"),
    "nbformat-99": (text(lambda d: d | {"nbformat": 99}), LOOK, "nbformat 99"),
    "no-cells": (text(lambda d: d | {"cells": None}), LOOK, "no cells"),
    "too-large": (text(lambda d: with_metadata(d, x="x" * 60_000_000)), LOOK, "too large"),
    "linked": (link_to(Path("/etc/passwd")), LOOK, "a symbolic link"),
    "linked-nowhere": (link_to(Path("/nowhere")), LOOK, "a symbolic link"),
    "linked-folder": (a_linked_folder, LOOK, "the folder is a symbolic link"),
    "folder": (a_folder, LOOK, "not a regular file"),
    "pipe": (a_pipe, LOOK, "not a regular file"),
    "two-names": (two_notebooks, LOOK, f"2 notebooks, none of them called {TOPIC}.ipynb"),
    "pdf": (only_a_pdf, ALL_LOOK, "no notebook"),
    "nothing": (nothing, ALL_ZERO, "no notebook"),
    "no-ids": (text(without_ids), FULL, None),
    "other-ids": (text(renumbered), FULL, None),
    "copied-cell": (text(twice), FULL, None),
    "two-versions": (text(lambda d: twice(d, NO_BIAS)), LOOK, None),
    "schema-99": (text(of_a_future_schema), FULL, None),
    "other-kernel": (text(lambda d: with_metadata(d, kernelspec={"name": "ir"})), FULL, None),
    "bad-time": (right(time="not a date"), FULL, None),
    "no-time": (right(time=""), FULL, None),
    "huge-time": (right(time="9" * 5000), FULL, None),
    "renamed": (right(name="my homework (1)"), FULL, None),
    "own-numpy": (beside("numpy.py", "def dot(x, w): return x @ w + 1"), ZERO, None),
}
