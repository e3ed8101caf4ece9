"""The perceptron's line: what it does to the points, the picture, the learner's own function."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from course_lib.widgets import (
    PerceptronLine,
    perceptron_figure,
    perceptron_line_figure,
    perceptron_line_state,
    plane,
)
from tests.course_lib.figures import colliding_texts, smallest_font, texts
from tests.course_lib.messages import Message, check, unread_raises

SQUARE = [(0, 0), (0, 1), (1, 0), (1, 1)]
AND = [0, 0, 0, 1]


def state(w: Any = (1, 1), w0: Any = -1.5, labels: Any = AND, **options: Any) -> Any:
    return perceptron_line_state(SQUARE, labels, w, w0, **options)


def test_and_is_separated_by_the_decks_weights() -> None:
    right = state()
    assert right.y.tolist() == AND
    assert right.words == "All 4 points are on the right side."
    assert right.equation == "y = 1 where −1.5 + 1 x_1 + 1 x_2 > 0, else y = 0."


def test_a_point_on_the_line_gets_0() -> None:
    """step(0) = 0, as in functional.step."""
    assert state((1, 0), -1).y.tolist() == [0, 0, 0, 0]


@pytest.mark.parametrize("seed", range(20))
def test_every_line_errs_on_xor(seed: int) -> None:
    rng = np.random.default_rng(seed)
    assert state(rng.normal(size=2), rng.normal(), labels=[0, 1, 1, 0]).wrong.any()


def test_the_words_count_and_name_the_wrong_points() -> None:
    assert state(w0=-0.5).words == "2 of 4 points are on the wrong side: numbers 1, 2."
    assert state((2, 1), -1.5).words == "1 of 4 points is on the wrong side: number 2."
    many = perceptron_line_state([(i, 0) for i in range(9)], [1] * 9, (-1, 0), -1)
    assert many.words == (
        "9 of 9 points are on the wrong side: numbers 0, 1, 2, 3, 4, 5 and more."
    )


def test_without_weights_there_is_no_line() -> None:
    assert state((0, 0), 1).words.startswith(
        "Without w_1 and w_2 there is no line: every point gets y = 1. 3 of 4"
    )
    perceptron_line_figure(SQUARE, AND, (0, 0), 1)


def test_the_shaded_part_is_where_y_is_1() -> None:
    region = perceptron_figure._half_plane((-1, 2, -1, 2), np.array([1.0, 1.0]), -1.0)
    assert (region @ [1, 1] - 1 >= -1e-12).all()
    x, y = region.T
    area = abs(float(x @ np.roll(y, 1) - y @ np.roll(x, 1))) / 2
    assert area == pytest.approx(4.5)


@pytest.mark.parametrize(("w", "w0"), [((1, 1), -0.5), ((0, 1), 9), ((-0.3, 2), 0.1)])
def test_the_picture_can_be_read(w: Any, w0: float) -> None:
    fig = perceptron_line_figure(SQUARE, AND, w, w0)
    assert colliding_texts(fig) == []
    assert smallest_font(fig) >= 7
    written = texts(fig)
    assert {"label 0", "label 1"} <= set(written)
    assert any(text.startswith("$w_0$ = ") for text in written)


def right(X: Any, w0: Any, w: Any) -> Any:
    return (X @ w + w0 > 0).astype(float)


def fires_on_the_line(X: Any, w0: Any, w: Any) -> Any:
    return X @ w + w0 >= 0


def raises(X: Any, w0: Any, w: Any) -> Any:
    raise KeyError("w0")


REMARKS = [
    (right, "Your right agrees on every point."),
    (fires_on_the_line,
     "Your fires_on_the_line differs at 2 of 4 points: at point 1 it says 1, expected 0."),
    (raises, "Your raises raised KeyError: 'w0'"),
    (lambda X, w0, w: 1.0,
     "Your <lambda> must return numbers of shape (4,); got shape ()."),
    (lambda X, w0, w: None,
     "Your <lambda> must return numbers of shape (4,); got NoneType."),
    (lambda X, w0, w: [[1], [1, 2]],
     "Your <lambda> must return numbers of shape (4,); got rows of different lengths."),
    (lambda X, w0, w: X[:, 0] * np.nan,
     "Your <lambda> differs at 4 of 4 points: at point 0 it says nan, expected 0."),
]


@pytest.mark.parametrize(("perceptron", "remark"), REMARKS, ids=[text for _, text in REMARKS])
def test_the_learners_perceptron_is_compared(perceptron: Any, remark: str) -> None:
    got = state(w0=-1, perceptron=perceptron)
    assert {got.remark, got.problem} == {remark, ""}
    assert bool(got.problem) == ("must return" in remark or "raised" in remark)


# The widget


def test_the_browser_moves_the_line_and_is_answered() -> None:
    widget = PerceptronLine(SQUARE, AND)
    assert "numbers 1, 2" in widget.words
    widget.set_state({"w": [1, 1], "w0": -1.5, "seq": 1})
    assert widget.answered == 1
    assert widget.words == "All 4 points are on the right side."
    assert widget.equation.startswith("y = 1 where −1.5 + 1 x_1")
    assert (widget.error, widget.remark) == ("", "")


def test_python_can_move_it_too() -> None:
    widget = PerceptronLine(SQUARE, AND)
    widget.w0 = -1.5
    assert widget.words == "All 4 points are on the right side."
    assert widget.w == [1.0, 1.0]


def test_the_sliders_reach_what_is_given() -> None:
    widget = PerceptronLine(SQUARE, AND, (5, -7), 40)
    assert widget.reach == [80.0, 14.0, 14.0]


@pytest.mark.parametrize(("perceptron", "said"), REMARKS, ids=[text for _, text in REMARKS])
def test_the_widget_says_what_the_learners_perceptron_does(perceptron: Any, said: str) -> None:
    widget = PerceptronLine(SQUARE, AND, w0=-1, perceptron=perceptron)
    assert {widget.remark, widget.error} == {said, ""}


def test_nonsense_from_the_browser_becomes_a_sentence_and_the_next_good_one_clears_it() -> None:
    widget = PerceptronLine(SQUARE, AND)
    widget.set_state({"w": "no list"})
    assert widget.error.startswith("This cannot be shown: TraitError")
    widget.set_state({"w": [1.0, 2.0, 3.0], "seq": 1})
    assert widget.error == (
        "w expects two numbers (w_1, w_2) and w0 one; got shapes (3,) and ()."
    )
    widget.set_state({"w": [1.0, 2.0], "seq": 2})
    assert (widget.error, widget.answered) == ("", 2)


MESSAGES = [
    Message(
        lambda: perceptron_line_figure([1, 2], AND, (1, 1), 0), ValueError,
        "points expects shape (N, 2), two numbers a point; got shape (2,).",
    ),
    Message(
        lambda: perceptron_line_figure([(0, np.nan)], [0], (1, 1), 0), ValueError,
        "points expects finite numbers; got nan or infinity among them.",
    ),
    Message(
        lambda: perceptron_line_figure(SQUARE, [0, 1], (1, 1), 0), ValueError,
        "labels expects one number for each of the 4 points; got shape (2,).",
    ),
    Message(
        lambda: state(labels=[-1, 1, 1, 1]), ValueError,
        "labels expects whole numbers from 0 to 1; got [-1, 1].",
    ),
    Message(
        lambda: PerceptronLine(SQUARE, [0, 1, 2, 1]), ValueError,
        "labels expects whole numbers from 0 to 1; got [0, 1, 2].",
    ),
    Message(
        lambda: state(w=(1, 2, 3)), ValueError,
        "w expects two numbers (w_1, w_2) and w0 one; got shapes (3,) and ().",
    ),
    Message(
        lambda: state(w0=np.inf), ValueError,
        "w and w0 expect finite numbers; got [1.0, 1.0] and inf.",
    ),
]


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: message.text[:50])
def test_message(message: Message) -> None:
    check(message)


def test_every_complaint_is_read_above() -> None:
    assert unread_raises([perceptron_figure, plane], MESSAGES) == []
