"""docs/security.md is what tools/attacks.py writes, and lists enough."""

from __future__ import annotations

import re

from tests.autograder.attacking import attacks
from tools.attacks import PAGE, page

MEASURED = (  # the attacks that were run on plain nbgrader
    *(f"a{number:02}" for number in range(1, 37)), "b2", "b3", "b4", "b5", "c1", "z1", "z2",
)


def test_the_page_of_attacks_is_what_the_tool_writes() -> None:
    assert PAGE.read_text(encoding="utf-8") == page()


def test_every_attack_that_was_measured_on_nbgrader_is_here_and_twenty_more() -> None:
    names = set(attacks())
    known = {name.partition("_")[0] for name in names}
    assert set(MEASURED) - known == set()
    assert len([name for name in names if not re.match(r"[abcoz]\d", name)]) >= 20


def test_every_row_says_what_is_tried_and_what_comes_of_it() -> None:
    rows = [line.split(" | ") for line in page().splitlines() if line.startswith("| `")]
    assert len(rows) == len(attacks())
    for row in rows:
        assert len(row) == 5
        assert row[1].strip() and row[3].strip() and row[4].strip(" |")
