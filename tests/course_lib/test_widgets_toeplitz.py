"""The convolution matrix: places of the kernel, sentences, the learner's own matrix."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from course_lib.functional import conv2d, convolution_matrix
from course_lib.widgets import (
    ToeplitzView,
    toeplitz,
    toeplitz_figure,
    toeplitz_plot,
    toeplitz_records,
    toeplitz_view,
)
from tests.course_lib.figures import colliding_texts, smallest_font, texts
from tests.course_lib.messages import Message, check, unread_raises

KERNEL = np.arange(1.0, 10.0).reshape(3, 3)
HOLED = np.array([[0.0, 2.0], [-1.0, 0.0]])
SETTINGS: list[Any] = [(KERNEL, (4, 4), 1, 0), (KERNEL, (5, 5), 2, 1), (HOLED, (3, 4), 1, 0)]


@pytest.mark.parametrize("settings", SETTINGS, ids=str)
def test_the_matrix_convolves_and_every_place_holds_its_number(settings: Any) -> None:
    state = toeplitz(*settings)
    weight, size, stride, padding = settings
    x = np.random.default_rng(0).normal(size=size)
    y = conv2d(x[None, None], weight[None, None], None, stride, padding)[0, 0]
    np.testing.assert_allclose(state.matrix @ x.ravel(), y.ravel())
    assert state.out_size == y.shape
    for (row, column), place in np.ndenumerate(state.place):
        assert state.matrix[row, column] == (weight.flat[place] if place >= 0 else 0)
        r, c = divmod(row, state.out_size[1])
        i, j = (np.array(divmod(column, size[1])) + padding) - stride * np.array([r, c])
        inside = 0 <= i < len(weight) and 0 <= j < weight.shape[1]
        assert place == (i * weight.shape[1] + j if inside else -1)


def test_what_an_entry_says() -> None:
    state = toeplitz(KERNEL)
    assert state.sentence(1, 6) == (
        "M[1, 6]: row 1 is y[0, 1], column 6 is x[1, 2]. Between them lies weight[1, 1] = 5."
    )
    assert state.sentence(0, 3) == (
        "M[0, 3]: row 0 is y[0, 0], column 3 is x[0, 3]. The kernel does not reach from one to "
        "the other, so the entry is 0."
    )
    assert state.words == (
        "M has 4 rows, one for each pixel of y, and 16 columns, one for each pixel of x. 36 of "
        "its 64 entries are the 9 numbers of the kernel again and again; the other 28 are 0, where "
        "a pixel is out of reach."
    )
    assert toeplitz(HOLED, (3, 4)).sentence(4, 9) == (
        "M[4, 9]: row 4 is y[1, 1], column 9 is x[2, 1]. Between them lies weight[1, 0] = −1."
    )
    assert "weight[0, 0] = 0." in toeplitz(HOLED, (3, 3)).sentence(0, 0)


@pytest.mark.parametrize(("settings", "entry"), [(s, (1, 6)) for s in SETTINGS] + [
    ((KERNEL, (8, 8), 1, 1), (0, 63)), (([[2.0]], (2, 2), 1, 0), (1, 0)),
], ids=str)
def test_the_picture_can_be_read(settings: Any, entry: Any) -> None:
    fig = toeplitz_figure(*settings, entry)
    assert colliding_texts(fig) == []
    assert smallest_font(fig) >= 6
    assert {"kernel", "x, by its place", "y, by its place"} <= set(texts(fig))


# The learner's own


def breaks(*_: Any) -> Any:
    raise KeyError("F")


def forgets(weight: Any, size: Any, stride: Any, padding: Any) -> Any:
    made = convolution_matrix(weight, size, stride, padding)
    made[2, 4] = 7
    return made


OWN = [
    (convolution_matrix, "Your convolution_matrix agrees in every entry.", ""),
    (lambda w, *rest: convolution_matrix(w[..., ::-1, ::-1], *rest),
     "Your <lambda> flips the kernel: a true convolution, not a correlation.", ""),
    (forgets,
     "Your forgets differs in 1 of 64 entries, first at M[2, 4]: 7; expected 1.", ""),
    (lambda *a: convolution_matrix(*a).T, "",
     "Your <lambda> must return shape (4, 16), a row for each pixel of y; got (16, 4). Is it "
     "transposed?"),
    (lambda *a: np.eye(3), "",
     "Your <lambda> must return shape (4, 16), a row for each pixel of y; got (3, 3)."),
    (breaks, "", "Your breaks raised KeyError: 'F'"),
]


@pytest.mark.parametrize(("matrix", "remark", "problem"), OWN)
def test_the_learners_matrix_is_compared(matrix: Any, remark: str, problem: str) -> None:
    widget = ToeplitzView(KERNEL, matrix=matrix)
    assert (widget.remark, widget.error) == (remark, problem)
    shown = " ".join(texts(toeplitz_figure(KERNEL, matrix=matrix)))
    assert (remark or problem) in shown


# The widget


def test_the_browser_points_and_is_answered() -> None:
    widget = ToeplitzView()
    assert widget.matrix["shape"] == widget.place["shape"] == [4, 16]
    assert widget.sizes == {"x": [4, 4], "y": [2, 2]}
    widget.set_state({"entry": [1, 6], "seq": 1})
    assert (widget.answered, widget.error) == (1, "")
    assert widget.sentence.endswith("Between them lies weight[1, 1] = 5.")


def test_nonsense_from_the_browser_becomes_a_sentence_and_the_next_good_one_clears_it() -> None:
    widget = ToeplitzView()
    for place, nonsense in enumerate([[4, 0], [0], "here", [0.5, 1]], start=1):
        widget.set_state({"entry": nonsense, "seq": place})
        assert "entry" in widget.error
    widget.set_state({"entry": [3, 15], "seq": 9})
    assert (widget.error, widget.answered) == ("", 9)


MESSAGES = [
    Message(
        lambda: ToeplitzView([1, 2, 3]), ValueError,
        "weight expects shape (F_h, F_w); got shape (3,).",
    ),
    Message(
        lambda: toeplitz([[np.inf]]), ValueError,
        "weight expects finite numbers; got nan or infinity among them.",
    ),
    Message(
        lambda: toeplitz(KERNEL, (9, 9)), ValueError,
        "The matrix would have 49 rows and 81 columns; up to 64 can be read. Use a smaller "
        "image_size.",
    ),
    Message(
        lambda: toeplitz_figure(KERNEL, entry=(4, 0)), ValueError,
        "entry expects a row from 0 to 3 and a column from 0 to 15; got (4, 0).",
    ),
]


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: message.text[:50])
def test_message(message: Message) -> None:
    check(message)


def test_a_stride_that_does_not_fit_is_named_by_the_library() -> None:
    with pytest.raises(ValueError, match="Legal strides"):
        toeplitz(KERNEL, (4, 4), 2)


def test_every_complaint_is_read_above() -> None:
    modules = [toeplitz_view, toeplitz_plot, toeplitz_records]
    assert unread_raises(modules, MESSAGES) == []
