"""For readers who do not see pictures or colours, or who go by headings: notebooks and documents.

tests/browser looks at what is drawn: keys, names and contrast of widgets and pages (axe), twice the
size, less motion. Here is what can be read off the sources.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from autograder.catalogue import Catalogue
from course_lib import widgets
from course_lib.widgets.live import LiveWidget
from tools.notebooks import ROOT

NOTEBOOKS = [topic.notebook for topic in Catalogue().topics]
DOCUMENTS = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md")),
             *sorted((ROOT / "deploy").rglob("*.md")), *sorted((ROOT / "autograder").rglob("*.md"))]
SHORTEST = 20           # characters; less says that there is a picture, not what is in it
# These put a picture under a cell.
SHOWS = {"show", "show_images"}
COLOUR = r"(red|green|blue|orange|yellow|purple|violet|pink|vermilion|cyan|magenta)"
THING = r"(lines?|curves?|dots?|points?|bars?|areas?|regions?|cells?|arrows?|parts?|numbers?)"
# Two of these differ in nothing else; "the red square and the blue disc" differ in shape, too.
COLOUR_ALONE = re.compile(rf"\bthe {COLOUR} {THING}\b", re.IGNORECASE)
EVERY_NOTEBOOK = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
EVERY_TEXT = pytest.mark.parametrize("path", [*NOTEBOOKS, *DOCUMENTS], ids=lambda path: path.name)


def cells(path: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return found


def prose(path: Path) -> str:
    """The text that is read, without blocks of code."""
    text = path.read_text(encoding="utf-8") if path.suffix == ".md" else "\n\n".join(
        "".join(cell["source"]) for cell in cells(path) if cell["cell_type"] == "markdown")
    return re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)


def calls(path: Path) -> Iterator[ast.Call]:
    for cell in cells(path):
        if cell["cell_type"] == "code":
            code = re.sub(r"^%.*$", "", "".join(cell["source"]), flags=re.MULTILINE)
            yield from (node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Call))


def literal(node: ast.expr) -> str:
    """The words of a text as far as they stand in the source, holes of f-strings as a letter."""
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "x"
                       for part in node.values)
    if isinstance(node, ast.BinOp):
        return literal(node.left) + literal(node.right)
    return str(node.value) if isinstance(node, ast.Constant) else "x" * SHORTEST


def alternatives(path: Path) -> list[str]:
    return [literal(word.value) for call in calls(path)
            if ast.unparse(call.func).rpartition(".")[2] in SHOWS
            for word in call.keywords if word.arg == "alt"]


@EVERY_TEXT
def test_headings_are_in_order(path: Path) -> None:
    levels = [len(marks) for marks in re.findall(r"^(#+) ", prose(path), re.MULTILINE)]
    assert levels[:1] == [1], f"{path.name} begins with no heading of the first level"
    assert levels.count(1) == 1, f"{path.name} has {levels.count(1)} headings of the first level"
    for before, level in pairwise(levels):
        assert level <= before + 1, f"{path.name}: a heading of level {level} under {before}"


@EVERY_NOTEBOOK
def test_every_figure_of_a_notebook_has_words(path: Path) -> None:
    shown = [call for call in calls(path)
             if ast.unparse(call.func) in {"plots.show", "plots.show_images", "show_images"}]
    assert shown, "a lecture without a figure"
    for call in shown:
        assert any(word.arg == "alt" for word in call.keywords), ast.unparse(call)[:80]
    for words in alternatives(path):
        assert len(words) >= SHORTEST, words
    assert "plt.show" not in path.read_text(encoding="utf-8")       # shows figures without words


@EVERY_TEXT
def test_every_picture_in_a_text_has_words(path: Path) -> None:
    for words in re.findall(r"!\[([^\]]*)\]\(", prose(path)):
        assert len(words) >= SHORTEST, f"{path.name}: ![{words}]"
    for image in re.findall(r"<img\b[^>]*>", prose(path)):
        assert re.search(r'alt="[^"]{20,}"', image), f"{path.name}: {image}"


@EVERY_TEXT
def test_nothing_is_named_by_its_colour_alone(path: Path) -> None:
    found = [match.group(0) for match in COLOUR_ALONE.finditer(prose(path))]
    if path.suffix == ".ipynb":
        for words in alternatives(path):
            found += [match.group(0) for match in COLOUR_ALONE.finditer(words)]
    assert found == [], f"{path.name}: say a shape, a place or a name as well"


def test_no_widget_names_anything_by_its_colour_alone() -> None:
    kinds = [kind for kind in vars(widgets).values()
             if isinstance(kind, type) and issubclass(kind, LiveWidget)]
    assert len(kinds) > 10
    for kind in kinds:
        assert COLOUR_ALONE.findall(str(kind._esm)) == [], kind.__name__
