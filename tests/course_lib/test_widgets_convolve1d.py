"""Flip and slide: the places, the arithmetic, the picture, the learner's own function."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from course_lib.widgets import (
    Convolve1D,
    convolve1d,
    convolve1d_figure,
    convolve1d_records,
    convolve1d_steps,
)
from tests.course_lib.figures import colliding_texts, smallest_font, texts
from tests.course_lib.messages import Message, check, unread_raises

X, KERNEL = [1.0, 2.0, 3.0, 0.0, -1.0], [1.0, 0.5, -1.0]


@pytest.mark.parametrize("mode", ["full", "same", "valid"])
@pytest.mark.parametrize("kernel", [KERNEL, [1, 10], [2], [1, 2, 3, 4]])
def test_the_last_step_knows_what_numpy_computes(kernel: Any, mode: Any) -> None:
    last = convolve1d_steps(X, kernel, mode)[-1]
    np.testing.assert_allclose(last.y, np.convolve(X, kernel, mode))
    unflipped = convolve1d_steps(X, kernel, mode, flip=False)[-1]
    np.testing.assert_allclose(unflipped.y, np.convolve(X, kernel[::-1], mode))


@pytest.mark.parametrize("mode", ["full", "same", "valid"])
@pytest.mark.parametrize("kernel", [KERNEL, [1, 10], [2], [1, 2, 3, 4]])
def test_the_products_under_the_kernel_add_up(kernel: Any, mode: Any) -> None:
    for place, step in enumerate(convolve1d_steps(X, kernel, mode)[1:]):
        assert np.nansum(step.products) == pytest.approx(step.y[place])
        assert step.t == step.first + place == step.left + len(kernel) - 1
        assert np.isnan(step.y[place + 1 :]).all()


def test_the_arithmetic_is_spelled_out() -> None:
    steps = convolve1d_steps(X, KERNEL)
    assert steps[0].words == (
        "The kernel 1, 0.5, −1 is flipped: −1, 0.5, 1. Then it slides from left to right."
    )
    assert steps[1].words == (
        "Place 0 of 6. 2 numbers of the kernel lie beside x, where zeros are."
    )
    assert steps[1].sentence == "y[0] = 1*1 = 1"
    assert steps[3].sentence == "y[2] = 1*(−1) + 2*0.5 + 3*1 = 3"
    assert convolve1d_steps(X, KERNEL, flip=False)[0].words == (
        "The kernel 1, 0.5, −1 slides as it is written: cross-correlation."
    )


@pytest.mark.parametrize(("mode", "step"), [("full", 0), ("full", 1), ("same", -1), ("valid", 2)])
def test_the_picture_can_be_read(mode: Any, step: int) -> None:
    fig = convolve1d_figure(X, KERNEL, mode, step)
    assert colliding_texts(fig) == []
    assert smallest_font(fig) >= 7
    assert {"x", "kernel", "products", "y"} <= set(texts(fig))


def forgets_to_flip(x: Any, kernel: Any, mode: Any) -> Any:
    return np.convolve(x, kernel[::-1], mode)


def test_the_learners_function_is_compared_place_by_place() -> None:
    right = convolve1d_steps(X, KERNEL, convolve=np.convolve)
    assert right[3].remark == "Yours agrees: y[2] = 3."
    wrong = convolve1d_steps(X, KERNEL, convolve=forgets_to_flip)
    assert wrong[1].remark == "Your y[0] is −1; expected 1."


def breaks(*_: Any) -> Any:
    raise KeyError("x")


@pytest.mark.parametrize(("convolve", "problem"), [
    (breaks, "Your breaks raised KeyError: 'x'"),
    (lambda x, k, m: x, "Your <lambda> must return numbers of shape (7,); got shape (5,)."),
])
def test_whatever_the_function_does_ends_in_one_sentence(convolve: Any, problem: str) -> None:
    widget = Convolve1D(X, KERNEL, convolve=convolve)
    widget.next.click()
    assert widget.error == problem
    assert problem in texts(convolve1d_figure(X, KERNEL, convolve=convolve))


def test_the_browser_moves_it_and_its_words_follow() -> None:
    widget = Convolve1D(X, KERNEL)
    widget.slider.set_state({"value": 3})
    assert "y[2] = 1*(−1) + 2*0.5 + 3*1 = 3" in widget.words.value
    assert "Step 3 of 7 of the convolution." in widget.picture.value
    widget.steps[4] = None  # type: ignore[call-overload]
    widget.next.click()
    assert widget.error.startswith("This step cannot be shown: AttributeError")
    widget.next.click()
    assert widget.error == ""


MESSAGES = [
    Message(
        lambda: Convolve1D([[1, 2]], KERNEL), ValueError,
        "x expects one row of 1 to 40 numbers; got shape (1, 2).",
    ),
    Message(
        lambda: convolve1d_steps(X, [np.nan]), ValueError,
        "kernel expects finite numbers; got nan or infinity among them.",
    ),
    Message(
        lambda: convolve1d_figure(X, KERNEL, step=9), ValueError,
        "step expects a whole number from 0 to 7 (or -1 for the last); got 9.",
    ),
]


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: message.text[:50])
def test_message(message: Message) -> None:
    check(message)


def test_an_unknown_mode_is_named_by_the_library() -> None:
    with pytest.raises(ValueError, match="mode"):
        convolve1d_steps(X, KERNEL, "circular")  # type: ignore[arg-type]


def test_every_complaint_is_read_above() -> None:
    assert unread_raises([convolve1d, convolve1d_records], MESSAGES) == []
