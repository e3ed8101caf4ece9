"""Rows of boxes: every step is named, and what learns is marked by more than a colour."""

import importlib

import pytest
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch

from course_lib import plots
from tests.course_lib.messages import Message, check, unread_raises

ROWS = {"by hand": ["image", "edges", "label"], "by data": ["image", "label"]}

MESSAGES = [
    Message(lambda: plots.draw_flow({}), ValueError,
            "draw_flow expects at least one row of boxes; got none."),
    Message(lambda: plots.draw_flow({"empty": []}), ValueError,
            "draw_flow expects at least one box in every row; 'empty' has none."),
    Message(lambda: plots.draw_flow(ROWS, learned=[("by data", 2)]), ValueError,
            "draw_flow was told that ('by data', 2) is learned; there is no such box. Places count "
            "from 0."),
]


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: message.text[:40])
def test_message(message):
    check(message)


def test_every_complaint_is_read_above():
    flow = importlib.import_module("course_lib.plots.flow")
    assert unread_raises([flow], MESSAGES) == []


def test_every_step_is_a_named_box_and_arrows_join_those_of_a_row():
    ax = plots.draw_flow(ROWS, title="Two ways").axes[0]
    written = [text.get_text() for text in ax.texts]
    assert sorted(written) == sorted(["by hand", "by data", *ROWS["by hand"], *ROWS["by data"]])
    kinds = [type(patch) for patch in ax.patches]
    assert kinds.count(FancyBboxPatch) == 5 and kinds.count(FancyArrowPatch) == 3
    assert ax.get_title() == "Two ways"


def test_what_learns_has_a_word_a_thick_border_and_a_colour():
    ax = plots.draw_flow(ROWS, learned=[("by hand", 2), ("by data", 1)]).axes[0]
    assert [text.get_text() for text in ax.texts].count("learned") == 2
    boxes = [patch for patch in ax.patches if isinstance(patch, FancyBboxPatch)]
    thick = [box for box in boxes if box.get_linewidth() > 2]
    assert thick == [boxes[2], boxes[4]]
    assert len({box.get_facecolor() for box in boxes}) == 2
