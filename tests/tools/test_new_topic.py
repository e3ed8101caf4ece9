"""The scaffold is sound where it can be, and fails with a file name where it must be filled in."""

from __future__ import annotations

import ast
import importlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

import autograder.accepted
import autograder.checks
import autograder.misconceptions
import course_lib.checks
from autograder.catalogue import Catalogue
from autograder.checks.hidden import hidden_cases
from autograder.strength import measure
from course_lib.checks import cases
from tools.new_topic import scaffold
from tools.notebooks import problems
from tools.release import generate

PACKAGES = (autograder.accepted, autograder.checks, autograder.misconceptions, course_lib.checks)
SLUG, MODULE, EXERCISE = "98_scaffold_of_a_topic", "scaffold_of_a_topic", "scaffolded"
PUBLIC = f"course_lib/checks/{MODULE}.py"
HIDDEN = f"autograder/checks/{MODULE}.py"


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Path]]:
    """A scaffold in a folder of its own, importable as if it stood in the repository."""
    paths = scaffold(SLUG, EXERCISE, tmp_path)
    for package in PACKAGES:
        folder = tmp_path.joinpath(*package.__name__.split("."))
        monkeypatch.setattr(package, "__path__", [*package.__path__, str(folder)])
    importlib.invalidate_caches()
    yield paths
    cases._REGISTRY.pop(EXERCISE, None)
    for name in [name for name in sys.modules if name.endswith(MODULE)]:
        del sys.modules[name]


def test_it_writes_what_a_topic_needs(written: list[Path], tmp_path: Path) -> None:
    (topic,) = Catalogue(tmp_path).topics
    assert [(e.name, e.kind, e.points) for e in topic.exercises] == [(EXERCISE, "exercise", 2.0)]
    assert topic.notebook in written
    for path in written:
        if path.suffix == ".py":
            assert ast.get_docstring(ast.parse(path.read_text()))
    assert list(problems(topic.notebook.read_text())) == []


def test_its_notebook_can_be_released(written: list[Path]) -> None:
    sources = {cell["id"]: "".join(cell["source"]) for cell in json.loads(generate(written[0]))[
        "cells"]}
    assert sources[EXERCISE].endswith("# YOUR CODE HERE\n    raise NotImplementedError()")
    assert sources["title"].startswith("# Scaffold of a topic\n")


def test_its_solution_fails_and_names_the_notebook(written: list[Path], tmp_path: Path) -> None:
    topic = Catalogue(tmp_path).topic(SLUG)
    source = next(cell["source"] for cell in topic.cells if cell["id"] == EXERCISE)
    namespace: dict[str, object] = {}
    exec(source, namespace)
    with pytest.raises(NotImplementedError, match=rf"solutions/{SLUG}/{SLUG}\.ipynb: write"):
        namespace[EXERCISE](1)


def test_each_step_left_out_names_its_file(
    written: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    declared = cases.declaration(EXERCISE)
    with pytest.raises(NotImplementedError, match=PUBLIC):
        measure(declared, [0])
    with pytest.raises(NotImplementedError, match=HIDDEN):
        hidden_cases(EXERCISE, np.random.default_rng(0))
    with pytest.raises(NotImplementedError, match=PUBLIC):
        declared.reference(1)
    case = cases.Case("one", 1.0, family="one")
    monkeypatch.setitem(autograder.checks.hidden._CASES, EXERCISE, lambda rng: [case])
    filled = cases.Exercise(EXERCISE, "t", MODULE, abs, declared.compare, (), lambda: [case])
    complaints = " ".join(measure(filled, [0]).complaints)
    assert f"autograder/misconceptions/{MODULE}/{EXERCISE}.py holds 0 functions" in complaints
    assert f"autograder/accepted/{MODULE}/{EXERCISE}.py holds 0 functions" in complaints


@pytest.mark.parametrize(
    ("slug", "exercise", "words"),
    [
        ("gradient_descent", "descend", "two digits and words"),
        ("04-gradient", "descend", "two digits and words"),
        ("04_gradient_descent", "Descend", "write it like conv_backward"),
        ("04_gradient_descent", "a b", "write it like conv_backward"),
        (SLUG, "another", "exists already; nothing was written"),
        ("97_other", EXERCISE, f"is an exercise of {SLUG} already"),
    ],
)
def test_what_it_refuses(
    written: list[Path], tmp_path: Path, slug: str, exercise: str, words: str
) -> None:
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(ValueError, match=words):
        scaffold(slug, exercise, tmp_path)
    assert sorted(tmp_path.rglob("*")) == before
