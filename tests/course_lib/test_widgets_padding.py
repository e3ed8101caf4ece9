"""The padding viewer: the border, where its pixels come from, the learner's own function."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from course_lib.images import pad2d
from course_lib.widgets import (
    PaddingViewer,
    padded_image,
    padded_rows,
    padding_figure,
    padding_plot,
    padding_records,
    padding_viewer,
)
from tests.course_lib.figures import colliding_texts, smallest_font, texts
from tests.course_lib.messages import Message, check, unread_raises

IMAGE = np.random.default_rng(0).integers(0, 10, (3, 4))
NUMPY: dict[str, Any] = {
    "zero": "constant", "wrap": "wrap", "clamp": "edge", "mirror": "symmetric",
    "reflect": "reflect",
}


@pytest.mark.parametrize("padding", [0, 1, 2, 4])
@pytest.mark.parametrize("mode", NUMPY)
def test_the_border_is_numpys_and_its_sources_are_true(mode: str, padding: int) -> None:
    state = padded_image(IMAGE, padding, mode)
    np.testing.assert_array_equal(state.padded, np.pad(IMAGE, padding, NUMPY[mode]))
    for (row, column), value in np.ndenumerate(state.padded):
        source = state.rows[row], state.columns[column]
        assert value == (IMAGE[source] if min(source) >= 0 else 0)


def test_a_row_by_all_five_rules() -> None:
    rows = {mode: row.tolist() for mode, row in padded_rows([1, 2, 3, 4], 2).items()}
    assert rows == {
        "zero": [0, 0, 1, 2, 3, 4, 0, 0], "wrap": [3, 4, 1, 2, 3, 4, 1, 2],
        "clamp": [1, 1, 1, 2, 3, 4, 4, 4], "mirror": [2, 1, 1, 2, 3, 4, 4, 3],
        "reflect": [3, 2, 1, 2, 3, 4, 3, 2],
    }


@pytest.mark.parametrize(("mode", "padding"), [("zero", 0), ("reflect", 2), ("wrap", 4)])
def test_the_picture_can_be_read(mode: str, padding: int) -> None:
    fig = padding_figure(IMAGE, padding, mode)
    assert colliding_texts(fig) == []
    assert smallest_font(fig) >= 6
    assert {f"▶ {mode}", f"padded by {padding}"} <= set(texts(fig))


# The learner's own


def own(image: Any, padding: int, mode: str) -> Any:
    return np.pad(image, padding, NUMPY[mode])


def off(image: Any, padding: int, mode: str) -> Any:
    return pad2d(image, padding, mode) + np.eye(len(image) + 2 * padding, image.shape[1] + 4)


def breaks(*_: Any) -> Any:
    raise KeyError("mode")


OWN = [
    (own, "Your own agrees at every pixel.", ""),
    (lambda i, p, m: pad2d(i, p, "mirror"),
     "Your <lambda> makes the border of 'mirror' where 'reflect' is asked for.", ""),
    (off, "Your off differs at 7 of 56 pixels, first at row -2, column -2: 4; expected 3.", ""),
    (breaks, "", "Your breaks raised KeyError: 'mode'"),
    (lambda i, p, m: i, "",
     "Your <lambda> must return numbers of shape (7, 8); got shape (3, 4)."),
]


@pytest.mark.parametrize(("pad", "remark", "problem"), OWN)
def test_the_learners_function_is_compared(pad: Any, remark: str, problem: str) -> None:
    image = np.arange(12).reshape(3, 4)
    image[2, 2] = 3
    got = padded_image(image, 2, "reflect", pad=pad)
    assert (got.remark, got.problem) == (remark, problem)
    widget = PaddingViewer(image, 2, "reflect", pad=pad)
    assert (widget.remark, widget.error) == (remark, problem)


# The widget


def test_the_browser_chooses_rule_and_width_and_is_answered_once() -> None:
    widget = PaddingViewer(IMAGE)
    widget.set_state({"mode": "wrap", "padding": 1, "seq": 1})
    assert (widget.answered, widget.error) == (1, "")
    assert widget.words.startswith("wrap: the image repeats")
    assert widget.padded["shape"] == [5, 6]
    assert widget.sources == {
        "rows": [2, 0, 1, 2, 0], "columns": [3, 0, 1, 2, 3, 0], "padding": 1, "mode": "wrap",
    }
    assert widget.lines["clamp"] == [1, 1, 2, 3, 4, 4]


def test_nonsense_from_the_browser_becomes_a_sentence_and_the_next_good_one_clears_it() -> None:
    widget = PaddingViewer()
    widget.set_state({"mode": "mirrored", "seq": 1})
    assert "'mirrored'" in widget.error
    widget.set_state({"padding": "wide", "seq": 2})
    assert widget.error.startswith("This cannot be shown: TraitError") or "mirrored" in widget.error
    widget.set_state({"mode": "mirror", "padding": 1, "seq": 3})
    assert (widget.error, widget.answered) == ("", 3)


MESSAGES = [
    Message(
        lambda: PaddingViewer(np.zeros((9, 3))), ValueError,
        "image expects shape (H, W) with sides up to 8, so that its numbers can be read; "
        "got shape (9, 3).",
    ),
    Message(
        lambda: padded_rows([[1, 2]]), ValueError,
        "row expects shape (n,) with a length up to 8, so that its numbers can be read; "
        "got shape (1, 2).",
    ),
    Message(
        lambda: padding_figure([[np.nan]]), ValueError,
        "image expects finite numbers; got nan or infinity among them.",
    ),
    Message(
        lambda: padded_image(IMAGE, 9), ValueError,
        "padding expects at most 4 pixels here; got 9.",
    ),
    Message(
        lambda: padded_image(IMAGE, 1.5), TypeError,  # type: ignore[arg-type]
        "padding is a whole number; got 1.5.",
    ),
]


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: message.text[:50])
def test_message(message: Message) -> None:
    check(message)


def test_every_complaint_is_read_above() -> None:
    modules = [padding_viewer, padding_plot, padding_records]
    assert unread_raises(modules, MESSAGES) == []
