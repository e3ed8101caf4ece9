"""docs/strength.md: what `verify` measured over the whole course, all rows of it."""

from __future__ import annotations

import re

from autograder.catalogue import ROOT, Catalogue

TEXT = (ROOT / "docs" / "strength.md").read_text(encoding="utf-8")
ROWS = [[cell.strip() for cell in line.strip("|").split(" | ")]
        for line in TEXT.splitlines() if re.match(r"\| \d\d", line)]
FUNCTIONS = 70


def test_it_says_how_when_and_of_what_it_was_measured():
    said = " ".join(TEXT.split())
    assert re.search(r"verify --seeds \d+ --table docs/strength.md` on \d{4}-\d\d-\d\d", said)
    assert re.search(r"from commit [0-9a-f]{7,}; do not edit", said)


def test_its_rows_are_the_exercises_of_the_course():
    course = [
        [topic.slug.partition("_")[0], f"`{cell.name}`", cell.kind, f"{cell.points:g}"]
        for topic in Catalogue().topics for cell in topic.exercises
    ]
    assert [row[:4] for row in ROWS] == course


def test_every_check_is_strong_and_there_are_many():
    functions = [row for row in ROWS if row[2] == "exercise"]
    assert len(functions) >= FUNCTIONS
    assert {row[7].rstrip(" |") for row in ROWS} == {"yes"}
    for *_, killed, apart, right, _ in functions:
        for measured in (killed, apart, right):
            have, _, all_of_them = measured.partition(" of ")
            assert have == all_of_them and int(have) > 1
