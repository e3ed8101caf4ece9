"""A corrected lecture and a learner's notebook: ours arrives, theirs stays."""

from __future__ import annotations

import random
from typing import Any

import nbformat
import pytest

from course_lib.desk.merge import merged
from tests.course_lib.desk.lecture import (
    STUB,
    WORK,
    Notebook,
    cell,
    find,
    lecture,
    put_in,
    sources,
    without,
    worked,
)


def said(mine: Notebook, new: Notebook, base: Notebook | None = None) -> list[str]:
    return [change.sentence for change in merged(mine, new, base).changes]


@pytest.mark.parametrize("base", [None, lecture()], ids=["no copy kept", "copy kept"])
def test_ours_arrives_and_theirs_stays(base: Notebook | None) -> None:
    mine = put_in(worked(weighted_sum=WORK, open_why="Because."), "demo", cell("try", "my = 1"))
    find(mine, "weighted_sum")["outputs"] = [{"output_type": "stream"}]
    new = lecture(text="Neurons add up, then the bias.", setup="import numpy",
                  check_weighted_sum='check("weighted_sum")  # new')
    made = merged(mine, new, base)
    found = sources(made.notebook)
    assert [found[name] for name in ("text", "setup", "check_weighted_sum")] == [
        sources(new)[name] for name in ("text", "setup", "check_weighted_sum")]
    assert [found[name] for name in ("weighted_sum", "open_why", "try")] == [
        WORK, "Because.", "my = 1"]
    assert list(found) == [each["id"] for each in mine["cells"]]
    assert find(made.notebook, "weighted_sum")["outputs"]
    assert [change.sentence for change in made.changes] == [
        'corrected: code "import numpy"', 'corrected: text "Neurons add up, then the bias."',
        "corrected: the cell check_weighted_sum"]
    assert made.changes[1].lines == ("-Neurons add up.", "+Neurons add up, then the bias.")


def test_nothing_new_is_no_change() -> None:
    mine = put_in(worked(weighted_sum=WORK), "demo", cell("try", "my = 1"))
    made = merged(mine, lecture(), lecture())
    assert made.changes == () and made.notebook == mine


def test_a_gap_that_was_not_begun_is_given_anew() -> None:
    new = lecture(weighted_sum=STUB.replace("x, w, b", "x, w, bias"))
    for base in (None, lecture()):
        made = merged(lecture(), new, base)
        assert made.notebook == new
        assert [change.sentence for change in made.changes] == [
            "corrected: the gap weighted_sum, which you have not begun"]


def test_a_gap_that_was_begun_stays_with_the_new_stub_as_text() -> None:
    new = lecture(weighted_sum=STUB.replace("x, w, b", "x, w, bias"))
    made = merged(worked(weighted_sum=WORK), new, lecture()).notebook
    at = made["cells"].index(find(made, "weighted_sum"))
    assert made["cells"][at]["source"] == WORK
    note = made["cells"][at + 1]
    assert note["cell_type"] == "markdown" and "def weighted_sum(x, w, bias):" in note["source"]


def test_what_a_learner_changed_in_a_cell_of_ours_stays_unless_we_changed_it_too() -> None:
    mine = worked(demo="print(6 * 9)", text="Neurons add up. My note!")
    made = merged(mine, lecture(text="Neurons multiply and add up."), lecture())
    found = sources(made.notebook)
    assert found["demo"] == "print(6 * 9)"
    assert found["text"] == "Neurons multiply and add up."
    assert "My note!" in found["text-text"]
    assert len(made.changes) == 1 and "yours stands below it" in made.changes[0].sentence


def test_their_code_stands_as_text_that_nobody_runs() -> None:
    mine = worked(demo='print("""\n```\n""")')
    made = merged(mine, lecture(demo="print(42)"), lecture()).notebook
    assert find(made, "text-demo")["cell_type"] == "markdown"
    assert "````python\nprint" in sources(made)["text-demo"]


def test_an_exercise_that_is_gone_stays_at_its_place_with_a_note() -> None:
    new = lecture(weighted_sum=None, check_weighted_sum=None, end="The end.")
    for base in (None, lecture()):
        made = merged(worked(weighted_sum=WORK), new, base).notebook
        assert list(sources(made)) == ["title", "setup", "text", "demo", "note-weighted_sum",
                                       "weighted_sum", "open_why", "end"]
        kept = find(made, "weighted_sum")
        assert kept["source"] == WORK and "nbgrader" not in kept["metadata"]
    assert "gone: the gap weighted_sum, which you had not begun" in said(lecture(), new)
    again = merged(made, new, new)
    assert again.changes == () and again.notebook == made


def test_cells_of_ours_that_are_gone_go_and_new_ones_come() -> None:
    new = lecture(demo=None)
    new["cells"].insert(3, cell("other", "print(1)"))
    made = merged(worked(weighted_sum=WORK), new, lecture())
    assert list(sources(made.notebook)) == [each["id"] for each in new["cells"]]
    assert [change.sentence for change in made.changes] == [
        'gone: code "print(6 * 7)"', 'new: code "print(1)"']
    kept = merged(worked(demo="mine = 1"), new, lecture()).notebook
    assert sources(kept)["demo"] == "mine = 1"
    assert "demo" in sources(merged(lecture(), new, None).notebook)     # whose is it? It stays.


def test_what_a_learner_deleted_stays_away_unless_it_is_needed() -> None:
    mine = lecture(text=None, setup=None, weighted_sum=None)
    made = merged(mine, lecture(), lecture())
    assert "text" not in sources(made.notebook)
    assert [change.sentence for change in made.changes] == [
        'back: code "import numpy as np"', "back: the gap weighted_sum"]


@pytest.mark.parametrize("strip", [
    lambda each: each.pop("id"),
    lambda each: each.update(id=f"random{random.Random(each['source']).random()}"),
    lambda each: (each.pop("id"), each["metadata"].clear()),
], ids=["no ids", "other ids", "nothing but text"])
def test_what_another_editor_saved_is_joined_all_the_same(strip: Any) -> None:
    mine = without(put_in(worked(weighted_sum=WORK), "demo", cell("try", "my = 1")), strip)
    made = merged(mine, lecture(text="Neurons add up, all of them."), lecture()).notebook
    names = list(sources(made))
    assert [name for name in names if name in sources(lecture())] == list(sources(lecture()))
    assert sources(made)["weighted_sum"] == WORK and len(names) == 9
    assert find(made, "weighted_sum")["metadata"]["nbgrader"]["grade_id"] == "weighted_sum"


def test_two_cells_of_one_name_both_stay() -> None:
    mine = put_in(worked(weighted_sum=WORK), "demo", find(worked(weighted_sum="other"),
                                                          "weighted_sum"))
    made = merged(mine, lecture(text="New."), lecture()).notebook
    assert {WORK, "other"} <= set(sources(made).values())


@pytest.mark.parametrize("seed", range(60))
def test_whatever_a_learner_and_we_do_nothing_of_theirs_is_lost(seed: int) -> None:
    rng = random.Random(seed)
    base = lecture() if rng.random() < 0.7 else None
    mine, marks = worked(), []
    for number in range(rng.randint(1, 8)):
        mark = f"mine_{seed}_{number}"
        names = ["weighted_sum", "open_why"] + (["demo", "text", "end"] if base else [])
        if rng.random() < 0.5:
            name = rng.choice([each for each in names if each in sources(mine)])
            find(mine, name)["source"] += f"\n{mark}"
        else:
            after = rng.choice(list(sources(mine)))
            mine = put_in(mine, after, cell(mark, mark, rng.choice(["code", "markdown"])))
        marks.append(mark)
    if rng.random() < 0.3:
        rng.shuffle(mine["cells"])
    changed: dict[str, str | None] = {
        name: rng.choice([None, f"ours {name}"])
        for name in ("setup", "text", "demo", "weighted_sum", "check_weighted_sum", "open_why")
        if rng.random() < 0.4}
    new = lecture(**changed)
    made = merged(mine, new, base).notebook
    text = "\n".join(each["source"] for each in made["cells"])
    assert all(mark in text for mark in marks)
    assert all(each["source"] in text for each in new["cells"]
               if each["metadata"].get("nbgrader", {}).get("solution") is not True
               and changed.get(each["id"]))
    nbformat.validate(nbformat.from_dict(made))
    again = merged(made, new, new)
    assert again.changes == () and again.notebook == made
