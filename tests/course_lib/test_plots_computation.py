"""The drawn computational graph: every value, its parts, its number and its gradient."""

from __future__ import annotations

from typing import Any

import pytest
from matplotlib.figure import Figure
from matplotlib.patches import Circle, FancyArrowPatch, Rectangle, RegularPolygon

from course_lib.autodiff import Value
from course_lib.plots import computation, draw_computation
from tests.course_lib.figures import colliding_texts, smallest_font, texts
from tests.course_lib.messages import Message, check, unread_raises


def shapes(fig: Figure, kind: type) -> list[Any]:
    return [patch for patch in fig.axes[0].patches if type(patch) is kind]


def product_and_sum() -> Value:
    result = Value(2, "a") * Value(-3, "b") + Value(10, "c")
    result.label = "y"
    return result


def squared() -> Value:
    a = Value(3, "a")
    return a * a


def deck() -> Value:
    """I-n11: the loss of the convolution on 003:309-313."""
    x, w, f = (
        [Value(n, f"{name}{k}") for k, n in enumerate(ns, 1)]
        for name, ns in (("x", [0, 0.7, 0.2, 0.8]), ("w", [-1, 1]), ("f", [1, 0.5, 0]))
    )
    hidden = [x[k] * w[0] + x[k + 1] * w[1] for k in range(3)]
    y = f[0] * hidden[0] + f[1] * hidden[1] + f[2] * hidden[2]
    y.label = "y"
    loss = (y - 1.0) ** 2 / 2
    loss.backward()
    return loss


def test_every_value_is_a_shape_and_every_part_an_arrow() -> None:
    fig = draw_computation(product_and_sum())
    assert len(shapes(fig, Rectangle)) == 3
    assert len(shapes(fig, Circle)) == 1
    assert len(shapes(fig, RegularPolygon)) == 1
    assert len(shapes(fig, FancyArrowPatch)) == 4


def test_shapes_hold_operation_or_label_and_the_number() -> None:
    written = texts(draw_computation(product_and_sum()))
    assert {"a", "2", "b", "−3", "c", "10", "×", "−6", "+", "y=4"} <= set(written)
    assert not any(text.startswith("g=") for text in written)
    assert written[-3:] == ["given", "computed", "result"]


def test_after_backward_the_gradients_are_written() -> None:
    result = product_and_sum()
    result.backward()
    written = texts(draw_computation(result))
    assert sorted(t for t in written if t.startswith("g=")) == ["g=1"] * 3 + ["g=2", "g=−3"]


def test_slopes_stand_on_the_arrows_and_add_up_for_what_is_used_twice() -> None:
    fig = draw_computation(squared(), slopes=True)
    assert len(shapes(fig, FancyArrowPatch)) == 1
    assert "6" in texts(fig)
    assert "6" not in texts(draw_computation(squared()))


def test_a_given_number_stands_just_left_of_its_first_use() -> None:
    late = Value(5, "late")
    result = (Value(1, "a") + Value(2, "b")).tanh().exp() * late
    places = {
        text.get_text(): round(text.get_position()[0], 6)
        for text in draw_computation(result).axes[0].texts
    }
    assert places["a"] == places["b"] < places["+"] < places["tanh"] < places["exp"]
    assert places["late"] == places["exp"] < places["×"]


def test_a_number_that_was_given_is_drawn_alone() -> None:
    fig = draw_computation(Value(7))
    assert len(shapes(fig, Rectangle)) == 1
    assert texts(fig) == ["7", "given"]


def test_it_can_be_drawn_into_axes_with_a_title() -> None:
    fig = Figure(figsize=(8, 4))
    left, right = fig.subplots(1, 2)
    assert draw_computation(squared(), ax=left, title="one") is fig
    assert draw_computation(product_and_sum(), ax=right) is fig
    assert "one" in texts(fig)


@pytest.mark.parametrize(
    "result", [product_and_sum, squared, deck, lambda: Value(3, "momentum") ** 2]
)
@pytest.mark.parametrize("slopes", [False, True])
def test_no_words_cover_each_other_and_all_can_be_read(result, slopes) -> None:
    drawn = draw_computation(result(), slopes=slopes)
    assert colliding_texts(drawn) == []
    assert smallest_font(drawn) >= 7


def many() -> Value:
    value = Value(1)
    for _ in range(20):
        value = value + Value(1)
    return value


MESSAGES = [
    Message(
        lambda: draw_computation(many()), ValueError,
        "draw_computation can draw up to 40 values; got one that was computed from 40. "
        "Draw a part of it.",
    ),
]


@pytest.mark.parametrize("message", MESSAGES, ids=lambda m: m.text[:50])
def test_message(message) -> None:
    check(message)


def test_every_message_is_read() -> None:
    assert unread_raises([computation], MESSAGES) == []
