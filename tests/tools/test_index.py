"""index.md says what the notebooks say, and every notebook says what a reader wants to know."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from autograder.catalogue import Catalogue
from tools.index import index_text, lecture, missing, written

Cells = list[dict[str, Any]]
FIRST = """# Lecture 1: Doubling, twice

**Time:** 75 minutes in class (sections 1 to 6), about 2 hours at home for all of it.

**Needs:** numbers (and patience) and `g(1.5)`.
"""


def test_index_and_contents_are_what_the_notebooks_say() -> None:
    for page, text in written().items():
        assert page.read_text(encoding="utf-8") == text, page.name


@pytest.mark.parametrize("topic", Catalogue().topics, ids=lambda topic: topic.slug)
def test_every_first_cell_has_title_durations_and_needs(topic: Any) -> None:
    assert missing(lecture(topic)) == []


def test_a_row_links_the_lecture_and_counts_its_exercises(
    course: Any, cells: Cells
) -> None:
    cells[0]["source"] = FIRST
    root: Path = course(cells).parents[2]
    assert index_text(root).splitlines()[7] == (
        "| [01 Doubling, twice](lectures/01_doubling/01_doubling.ipynb) | 75 minutes | "
        "about 2 hours | numbers and `g(1.5)` | 2, 3 points |"
    )


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        ("# Doubling", "Doubling"), ("# 01 Doubling", "Doubling"), ("# 1. Doubling", "Doubling"),
        ("# 01 · Doubling", "Doubling"), ("# 10 ways", "10 ways"),
    ],
)
def test_the_number_stands_once(course: Any, cells: Cells, heading: str, title: str) -> None:
    cells[0]["source"] = heading
    (topic,) = Catalogue(course(cells).parents[2]).topics
    assert lecture(topic).title == title


def test_what_is_missing_is_named(course: Any, cells: Cells) -> None:
    cells[0]["source"] = "Doubling. **Time:** 5 minutes in class"
    (topic,) = Catalogue(course(cells).parents[2]).topics
    title, *facts = missing(lecture(topic))
    assert title.startswith("solutions/01_doubling/01_doubling.ipynb, first cell: begins with no t")
    assert [re.search(r"\((.*)\)$", fact).group(1) for fact in facts] == [
        "at home is missing", "needs is missing"
    ]
