"""The shape calculator: sizes, strides that do not fit, the learner's own rule."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from course_lib.functional import conv2d
from course_lib.shapes import output_size
from course_lib.widgets import (
    ShapeCalculator,
    shape_calculator,
    shape_figure,
    shape_plot,
    shape_records,
    shape_rule,
)
from tests.course_lib.figures import colliding_texts, smallest_font, texts
from tests.course_lib.messages import Message, check, unread_raises


@pytest.mark.parametrize("sizes", [(7, 3, 1, 0), (7, 3, 2, 0), (5, 3, 2, 1), (4, 4, 3, 0)])
def test_a_size_that_fits_is_the_size_of_the_convolution(sizes: Any) -> None:
    n_in, kernel_size, stride, padding = sizes
    x, weight = np.ones((1, 2, n_in, n_in)), np.ones((3, 2, kernel_size, kernel_size))
    y = conv2d(x, weight, None, stride, padding)
    state = shape_rule(*sizes, channels=2, filters=3)
    assert state.n_out == state.places == y.shape[2]
    assert state.left_over == 0
    assert f"shape {y.shape[2]} x {y.shape[3]} x 3." in state.words


def test_the_counts_of_a_layer() -> None:
    state = shape_rule(32, 5, channels=1, filters=6)
    assert state.formula == "(32 − 5 + 2*0) / 1 + 1 = 28"
    assert state.words == (
        "The output has shape 28 x 28 x 6. Parameters: 6 * (5*5*1 + 1) = 156, shared by all "
        "places. Multiplications: 28*28 places * 6 * 25 = 117,600."
    )


def test_r_n17_and_r_n18_padding_both_sides_never_mends_stride_two() -> None:
    state = shape_rule(10, 3, 2)
    assert (state.n_out, state.places, state.left_over, state.strides) == (None, 4, 1, (1, 7))
    assert state.formula == "(10 − 3 + 2*0) / 2 + 1 = 4.5"
    assert state.words == (
        "Stride 2 does not fit: after 4 windows 1 pixel is left over. Legal strides: 1 and 7. "
        "Padding both sides alike never makes stride 2 fit: it adds an even number of pixels. "
        "One side alone does: 0 before and 1 after. (PyTorch rounds down to 4 and never sees what "
        "is left over.)"
    )


@pytest.mark.parametrize("n_in", range(3, 14))
@pytest.mark.parametrize("stride", range(2, 6))
@pytest.mark.parametrize("padding", [0, 1])
def test_the_padding_that_is_advised_makes_it_fit(n_in: int, stride: int, padding: int) -> None:
    state = shape_rule(n_in, 3, stride, padding)
    fitting = {
        p for p in range(padding + 1, padding + stride) if (n_in - 3 + 2 * p) % stride == 0
    }
    if state.n_out is not None:
        assert stride in state.strides or n_in + 2 * padding == 3
    elif fitting:
        assert f"Padding {min(fitting)} on both sides makes stride {stride} fit." in state.words
    else:
        advice = state.words.partition("One side alone does: ")[2].split()
        assert output_size(n_in, 3, stride, (int(advice[0]), int(advice[3]))) > 0


@pytest.mark.parametrize("sizes", [(10, 3, 2, 0), (7, 7, 1, 3), (5, 5, 3, 0), (224, 11, 4, 2)])
def test_the_picture_can_be_read(sizes: Any) -> None:
    fig = shape_figure(*sizes)
    assert colliding_texts(fig) == []
    assert smallest_font(fig) >= 9
    assert shape_rule(*sizes).formula in " ".join(texts(fig))


# The learner's own


def rounds(n_in: int, kernel_size: int, stride: int, padding: int) -> int:
    return (n_in - kernel_size + 2 * padding) // stride + 1


def refuses(*sizes: int) -> int:
    raise ValueError("no")


def breaks(*sizes: int) -> int:
    raise KeyError("S")


OWN = [
    (output_size, (7, 3, 2, 0), "Yours agrees: output_size(...) = 3.", ""),
    (rounds, (10, 3, 2, 0), "Your rounds returned 4, where it should raise ValueError.", ""),
    (refuses, (10, 3, 2, 0), "Your refuses refuses it too: no", ""),
    (refuses, (7, 3, 2, 0), "Your refuses raised ValueError, but the stride fits; expected 3.",
     ""),
    (lambda *sizes: 5, (7, 3, 2, 0), "Your <lambda>(...) is 5; expected 3.", ""),
    (breaks, (7, 3, 2, 0), "", "Your breaks raised KeyError: 'S'"),
]


@pytest.mark.parametrize(("rule", "sizes", "remark", "problem"), OWN)
def test_the_learners_rule_is_compared(
    rule: Any, sizes: Any, remark: str, problem: str
) -> None:
    widget = ShapeCalculator(*sizes, rule=rule)
    assert (widget.remark, widget.error) == (remark, problem)


# The widget


def test_the_browser_moves_a_slider_and_is_answered() -> None:
    widget = ShapeCalculator()
    assert not widget.fits and widget.strides == [1, 7]
    widget.set_state({"stride": 1, "padding": 1, "seq": 1})
    assert (widget.answered, widget.error, widget.fits) == (1, "", True)
    assert widget.formula == "n_out = (10 − 3 + 2*1) / 1 + 1 = 10"
    assert widget.drawn["places"] == 10 and "10 x 10 x 6" in widget.words


def test_a_window_that_is_too_large_is_a_sentence_and_nothing_old_stays() -> None:
    widget = ShapeCalculator(4)
    widget.set_state({"kernel_size": 5, "seq": 1})
    assert widget.error.startswith("A window of 5 is larger than an input of 4 with padding 0")
    assert (widget.drawn, widget.words, widget.formula) == ({}, "", "")
    widget.set_state({"stride": "two", "seq": 2})
    assert widget.error != ""
    widget.set_state({"kernel_size": 4, "stride": 1, "seq": 3})
    assert (widget.error, widget.answered, widget.fits) == ("", 3, True)


MESSAGES = [
    Message(
        lambda: ShapeCalculator(600), ValueError, "n_in expects at most 512 pixels here; got 600.",
    ),
    Message(lambda: shape_rule(7, 3, 0), ValueError, "stride must be at least 1; got 0."),
    Message(
        lambda: shape_figure(2, 3), ValueError,
        "A window of 3 is larger than an input of 2 with padding 0 on both sides (2). Use a "
        "smaller window or a padding of at least 1.",
    ),
]


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: message.text[:50])
def test_message(message: Message) -> None:
    check(message)


def test_every_complaint_is_read_above() -> None:
    assert unread_raises([shape_calculator, shape_plot, shape_records], MESSAGES) == []
