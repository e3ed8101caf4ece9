"""`verify`: what it proves for every topic, and that it says so when something falls short."""

from __future__ import annotations

import io
import re

import pytest

from autograder.catalogue import Catalogue
from autograder.verify import verify, verify_topic, with_canaries

CATALOGUE = Catalogue()
LECTURES = CATALOGUE.root / "lectures"


@pytest.mark.parametrize("topic", CATALOGUE.topics, ids=lambda topic: topic.slug)
def test_stub_solution_and_canary(topic):
    for line in verify_topic(topic, lectures=LECTURES, seeds=[]):
        assert line.holds, (line.cell.name, line.complaints)


def test_it_prints_a_line_for_each_exercise_and_ends_in_one_of_totals():
    topic, out = CATALOGUE.topic("00"), io.StringIO()
    assert verify([topic], lectures=LECTURES, seeds=1, out=out) == 0
    first, *lines, last = out.getvalue().splitlines()
    assert first == topic.slug
    assert len(lines) == len(topic.exercises)
    for told in ("stub -> missing, 0 points", "solution -> 0 of 0", "canary seen", "killed 9 of 9"):
        assert told in lines[0]
    assert last.startswith(f"verify: {len(topic.exercises)} of {len(topic.exercises)} exercises")


def test_the_table_has_a_row_for_each_exercise_and_says_of_what(tmp_path):
    topic, page = CATALOGUE.topic("00"), tmp_path / "strength.md"
    assert verify([topic], lectures=LECTURES, seeds=1, out=io.StringIO(), table=page) == 0
    text = page.read_text(encoding="utf-8")
    for cell in topic.exercises:
        assert f"| 00 | `{cell.name}` | {cell.kind} | {cell.points:g} | " in text
    assert "| 9 of 9 | 9 of 9 | " in text and "over 1 draws of the hidden cases" in text
    assert re.search(r"on \d{4}-\d\d-\d\d, from\ncommit [0-9a-f]{7,}", text)
    assert "NO" not in text.split("|---|")[-1]


@pytest.mark.slow
def test_several_at_once_find_the_same_in_the_same_order():
    topics, told = [CATALOGUE.topic("00"), CATALOGUE.topic("08a")], []
    for jobs in (1, 2):
        out = io.StringIO()
        assert verify(topics, lectures=LECTURES, seeds=1, out=out, jobs=jobs) == 0
        told.append(out.getvalue())
    assert told[0] == told[1]


def test_a_lecture_that_gives_points_away_is_seen(tmp_path):
    topic, out = CATALOGUE.topic("00"), io.StringIO()
    folder = tmp_path / topic.slug
    folder.mkdir()
    (folder / f"{topic.slug}.ipynb").write_bytes(topic.notebook.read_bytes())
    assert verify([topic], lectures=tmp_path, seeds=0, out=out) == 1
    assert "STUB NOT MISSING" in out.getvalue()


def test_canaries_leave_the_original_alone_and_reach_every_exercise():
    topic = CATALOGUE.topic("03")
    notebook = {"cells": [dict(cell) for cell in topic.cells]}
    made = with_canaries(notebook, topic)
    assert notebook["cells"] == topic.cells
    changed = [a for a, b in zip(made["cells"], topic.cells, strict=True) if a != b]
    assert len(changed) == len(topic.exercises)
