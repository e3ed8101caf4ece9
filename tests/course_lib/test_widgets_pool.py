"""A pool step by step: windows, winners, the gradient's way back, the learner's own."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from course_lib import functional as F
from course_lib.widgets import (
    PoolStepper,
    pool_figure,
    pool_records,
    pool_step_figure,
    pool_stepper,
    pool_steps,
)
from tests.course_lib.figures import colliding_texts, smallest_font, texts
from tests.course_lib.messages import Message, check, unread_raises

DECK = np.array([[1, 1, 2, 4], [5, 6, 7, 8], [3, 2, 1, 0], [1, 2, 3, 4]])  # RWTH: 6, 8, 3, 4
TIES = np.array([[1, 5, 5], [2, 9, 3], [0, 9, 1]])


def test_the_decks_image_is_pooled_window_by_window() -> None:
    steps = pool_steps(DECK)
    assert [step.backward for step in steps] == [False] * 4 + [True] * 4
    assert steps[3].y.tolist() == [[6, 8], [3, 4]]
    assert np.isnan(steps[1].y[1]).all()
    assert steps[0].words == "y[0, 0]: the largest of 1, 1, 5, 6 is 6, at x[1, 1]."
    assert steps[6].words == (
        "grad_y[1, 0] = 3 goes to the winner x[2, 0] alone; the others get nothing."
    )


CASES = [
    (x, kernel, stride, padding, mode)
    for mode in ("max", "avg")
    for x, kernel, stride, padding in [
        (DECK, 2, None, 0), (TIES, 2, 1, 0), (DECK, 2, 2, 1), (DECK[:, :3], (2, 3), (1, 2), 0),
        (TIES - 9.5, 3, 1, (1, 0)),
    ]
]


@pytest.mark.parametrize(("x", "kernel", "stride", "padding", "mode"), CASES)
def test_the_last_step_knows_what_the_library_computes(
    x: Any, kernel: Any, stride: Any, padding: Any, mode: str
) -> None:
    forward = F.max_pool2d if mode == "max" else F.avg_pool2d
    back = F.max_pool2d_backward if mode == "max" else F.avg_pool2d_backward
    image = x[None, None].astype(float)
    y = forward(image, kernel, stride, padding)
    grad = np.random.default_rng(0).normal(size=y.shape)
    last = pool_steps(x, kernel, stride, padding, mode=mode, grad_output=grad[0, 0])[-1]
    np.testing.assert_allclose(last.y, y[0, 0])
    np.testing.assert_allclose(last.grad_x, back(grad, image, kernel, stride, padding)[0, 0])


def test_ties_and_pixels_that_win_twice_are_said() -> None:
    words = [step.words for step in pool_steps(TIES, 2, 1)]
    assert words[2] == (
        "y[1, 0]: the largest of 2, 9, 0, 9 is 9, at x[1, 1]. It stands there 2 times: the first "
        "in row order wins."
    )
    assert words[5] == "grad_y[0, 1] = 2 goes to the winner x[1, 1], which won before: 1 + 2 = 3."


def test_a_mean_shares_and_counts_the_border() -> None:
    words = [step.words for step in pool_steps(DECK, 2, 2, 1, mode="avg")]
    assert words[0] == "y[0, 0]: the mean of 1 and 3 zeros of the border is 1 / 4 = 0.25."
    assert words[9] == "grad_y[0, 0] = 1 is shared: the one pixel gets 0.25."
    assert words[13] == "grad_y[1, 1] = 5 is shared: each of the 4 pixels gets 1.25."


@pytest.mark.parametrize(("x", "kernel", "stride", "padding", "mode"), CASES[1:7:2])
@pytest.mark.parametrize("step", [0, -1])
def test_the_picture_can_be_read(
    x: Any, kernel: Any, stride: Any, padding: Any, mode: Any, step: int
) -> None:
    fig = pool_step_figure(x, kernel, stride, padding, step, mode=mode)
    assert colliding_texts(fig) == []
    assert smallest_font(fig) >= 7
    assert {"x", "y", "grad_x", "grad_y"} <= set(texts(fig))


# The learner's own


def wrong_ties(g: Any, x: Any, kernel: Any, stride: Any, padding: Any) -> Any:
    return F.avg_pool2d_backward(g, x, kernel, stride, padding)


def breaks(*_: Any) -> Any:
    raise KeyError("x")


def test_a_right_pool_agrees_and_a_wrong_one_is_compared() -> None:
    right = pool_steps(DECK, layer=F.max_pool2d, backward=F.max_pool2d_backward)
    assert right[0].remark == "Yours agrees: y[0, 0] = 6."
    assert right[-1].remark == "Your gradient agrees everywhere."
    wrong = pool_steps(DECK, layer=F.avg_pool2d, backward=wrong_ties)
    assert wrong[0].remark == "Your y[0, 0] is 3.25; expected 6."
    assert wrong[-1].remark == (
        "Your grad_x[0, 0] is 0.25; expected 0. It differs in 16 of 16 places."
    )


PROBLEMS = [
    (dict(layer=breaks), "Your breaks raised KeyError: 'x'"),
    (dict(backward=breaks), "Your breaks raised KeyError: 'x'"),
    (dict(layer=lambda *_: 3),
     "Your <lambda> must return numbers of shape (1, 1, 2, 2); got shape ()."),
    (dict(backward=lambda *_: "no"),
     "Your <lambda> must return numbers of shape (1, 1, 4, 4); got str."),
]


@pytest.mark.parametrize(("mine", "problem"), PROBLEMS)
def test_whatever_the_functions_do_ends_in_one_sentence(mine: Any, problem: str) -> None:
    widget = PoolStepper(DECK, **mine)
    assert widget.error == problem
    widget.next.click()
    assert widget.error == problem
    assert problem in texts(pool_step_figure(DECK, **mine))


def test_the_browser_moves_it_and_its_words_follow() -> None:
    widget = PoolStepper(DECK)
    widget.slider.set_state({"value": 6})
    assert "goes to the winner x[2, 0] alone" in widget.words.value
    assert "Step 6 of 7 of the pool, on the way back." in widget.picture.value
    widget.steps[5] = None  # type: ignore[call-overload]
    widget.back.click()
    assert widget.error.startswith("This step cannot be shown: AttributeError")
    widget.back.click()
    assert widget.error == ""


MESSAGES = [
    Message(
        lambda: PoolStepper(np.zeros((2, 3, 4))), ValueError,
        "x expects one channel of shape (H, W); got shape (2, 3, 4). Did you mean x[0, 0]?",
    ),
    Message(
        lambda: pool_steps(DECK, mode="min"), ValueError,  # type: ignore[arg-type]
        "mode is 'max' or 'avg'; got 'min'.",
    ),
    Message(
        lambda: pool_steps(DECK, grad_output=[1, 2]), ValueError,
        "grad_output expects the shape of y, (2, 2); got shape (2,).",
    ),
    Message(
        lambda: pool_steps(np.zeros((80, 80))), ValueError,
        "Stepping through 1600 windows takes too long (the most is 1000). Cut out a piece, for "
        "example x[:10, :10].",
    ),
    Message(
        lambda: pool_step_figure(DECK, step=8), ValueError,
        "step expects a whole number from 0 to 7 (or -1 for the last); got 8.",
    ),
]


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: message.text[:50])
def test_message(message: Message) -> None:
    check(message)


def test_an_illegal_stride_names_the_legal_ones() -> None:
    with pytest.raises(ValueError, match="Stride 3 does not fit"):
        PoolStepper(DECK, 2, 3)


def test_every_complaint_is_read_above() -> None:
    assert unread_raises([pool_figure, pool_records, pool_stepper], MESSAGES) == []
