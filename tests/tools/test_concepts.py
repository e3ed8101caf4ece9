"""The concept index names only what exists, and its page is what the tool writes."""

from __future__ import annotations

from collections import Counter

import pytest

from tools.concepts import PAGE, Concept, concepts, exists, headings, names, page

ROW = Concept("R-01", "000 RWTH", "1-2", "a topic", "00_start_here", "1 · One neuron",
              "functional.relu", "weighted_sum")

ROWS = {"RWTH": 156, "Wuppertal": 163, "TUM": 71, "Ingolstadt": 43, "Bonn": 74}
ALL_ROWS = 507


def test_every_heading_symbol_and_exercise_of_the_index_exists() -> None:
    known, exercises = headings(), names()
    assert [fault for row in concepts() for fault in row.faults(known, exercises)] == []


def test_no_concept_stands_twice_and_none_is_without_a_place() -> None:
    rows = concepts()
    assert [key for key, count in Counter(row.id for row in rows).items() if count > 1] == []
    assert [row.id for row in rows if not (row.heading and row.topic)] == []


def test_every_row_of_the_five_decks_is_there() -> None:
    rows = concepts()
    assert len(rows) == ALL_ROWS
    assert Counter(row.deck.partition(" ")[2] for row in rows) == ROWS
    for letter, count in zip("RWTIB", ROWS.values(), strict=True):
        numbers = [row.id.partition("-")[2] for row in rows if row.id.startswith(letter)]
        assert numbers == [f"{number:02}" for number in range(1, count + 1)]


def test_the_page_is_what_the_tool_writes() -> None:
    assert PAGE.read_text(encoding="utf-8") == page()


def test_every_lecture_with_points_is_in_the_index() -> None:
    known = {row.lecture for row in concepts()}
    assert set(headings()) - known == {"00_start_here"}


@pytest.mark.parametrize(("changed", "fault"), [
    ({"lecture": "99_nowhere"}, "R-01: there is no lecture or page '99_nowhere'"),
    ({"heading": "7 · Nothing"}, "R-01: 00_start_here has no heading '7 · Nothing'"),
    ({"symbol": "functional.relu; functional.rely"}, "R-01: course_lib has no functional.rely"),
    ({"exercise": "weighted_some"}, "R-01: there is no exercise weighted_some"),
])
def test_what_does_not_exist_is_named(changed: dict[str, str], fault: str) -> None:
    known = {"00_start_here": {"1 · One neuron"}}
    row = Concept(**(ROW.__dict__ | changed))
    assert list(ROW.faults(known, {"weighted_sum"})) == []
    assert list(row.faults(known, {"weighted_sum"})) == [fault]


def test_a_symbol_is_a_module_or_a_name_in_one() -> None:
    assert exists("functional") and exists("functional.conv2d") and exists("graph.MLPGraph.forward")
    assert not exists("") and not exists("functional.conv9d") and not exists("nothing.at.all")
