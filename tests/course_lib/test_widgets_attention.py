"""The attention map: weights, sentences, the learner's own attention, the widget."""

from __future__ import annotations

from html import unescape
from typing import Any

import numpy as np
import pytest

from course_lib.functional import scaled_dot_product_attention
from course_lib.widgets import (
    AttentionMap,
    attention_figure,
    attention_map,
    attention_plot,
    attention_records,
    attention_weights,
)
from tests.course_lib.figures import colliding_texts, smallest_font, texts
from tests.course_lib.messages import Message, check, unread_raises

RNG = np.random.default_rng(0)
Q = RNG.normal(size=(2, 6, 4))
K = RNG.normal(size=(2, 6, 4))
WORDS = ["the", "cat", "sat", "on", "a", "mat"]


def test_the_weights_are_the_softmax_of_the_scores() -> None:
    scores = np.exp(Q @ K.swapaxes(1, 2) / 2)
    expected = scores / scores.sum(axis=2, keepdims=True)
    np.testing.assert_allclose(attention_weights(Q, K).weights, expected)
    causal = attention_weights(Q, K, is_causal=True).weights
    np.testing.assert_allclose(causal.sum(axis=2), 1)
    assert np.triu(causal, 1).max() == 0 < np.tril(causal).max()
    np.testing.assert_allclose(attention_weights(Q[0]).weights, attention_weights(Q).weights[:1])


def test_what_is_said() -> None:
    state = attention_weights(np.zeros((4, 2)), shape=(2, 2))
    assert state.sentence(3) == (
        "row 1, column 1 looks at row 0, column 0 (25.0 %), row 0, column 1 (25.0 %), row 1, "
        "column 0 (25.0 %). Its weights are spread as over 4 of 4 positions with equal weights."
    )
    sharp = attention_weights(100 * np.eye(2), 100 * np.eye(3, 2), labels="abc")
    assert sharp.sentence(1) == (
        "query 1 looks at b (100.0 %), a (0.0 %), c (0.0 %). Its weights are spread as over 1 of 3 "
        "positions with equal weights."
    )
    assert attention_weights(Q).names[5] == "position 5"


SETTINGS: list[Any] = [
    (Q, K, 1, {"labels": WORDS, "head": 1}),
    (RNG.normal(size=(64, 4)), None, 27, {"shape": (8, 8)}),
    (RNG.normal(size=(3, 4)), RNG.normal(size=(12, 4)), 2, {"shape": (3, 4)}),
    (RNG.normal(size=(40, 4)), None, 39, {}),
]


@pytest.mark.parametrize(("query", "key", "position", "more"), SETTINGS)
def test_the_picture_can_be_read(query: Any, key: Any, position: int, more: Any) -> None:
    fig = attention_figure(query, key, position, **more)
    assert colliding_texts(fig) == []
    assert smallest_font(fig) >= 9
    assert {"weights of all queries", "query", "key"} <= set(texts(fig))
    assert any(text.startswith("where ") for text in texts(fig))


# The learner's own


def right(q: Any, k: Any, v: Any) -> Any:
    scores = np.exp(q @ k.T / np.sqrt(q.shape[1]))
    return scores / scores.sum(axis=1, keepdims=True) @ v


def breaks(*_: Any) -> Any:
    raise KeyError("q")


OWN = [
    (right, "Your right agrees for every query.", ""),
    (lambda q, k, v: scaled_dot_product_attention(q, k, v, scale=1.0),
     "Your <lambda> forgets to divide by the root of E = 4.", ""),
    (lambda q, k, v: np.full((6, 6), 0.5), "Your <lambda> gives query ", ""),
    (lambda q, k, v: right(q, k, v)[:2], "",
     "Your <lambda> must return numbers of shape (6, 6); got shape (2, 6)."),
    (lambda q, k, v: np.log(right(q, k, v) * 0), "",
     "Your <lambda> returned nan or infinity in 36 of 36 numbers."),
    (breaks, "", "Your breaks raised KeyError: 'q'"),
]


@pytest.mark.filterwarnings("ignore:divide by zero")
@pytest.mark.parametrize(("own", "remark", "problem"), OWN)
def test_the_learners_attention_is_compared(own: Any, remark: str, problem: str) -> None:
    widget = AttentionMap(Q, K, attention=own)
    assert widget.error == problem
    assert remark in unescape(widget.words.value)
    shown = " ".join(texts(attention_figure(Q, K, attention=own)))
    assert (remark or problem) in shown


# The widget


def test_the_browser_chooses_query_head_and_mask() -> None:
    widget = AttentionMap(Q, K, labels=WORDS)
    widget.position.set_state({"value": 1})
    assert "cat looks at " in widget.words.value and "of one query. cat looks" in (
        widget.picture.value
    )
    before = widget.words.value
    widget.head.set_state({"index": 1})
    assert widget.words.value != before
    widget.position.set_state({"value": 0})
    widget.looks.set_state({"index": 1})
    assert "the looks at the (100.0 %)" in widget.words.value
    assert widget.error == ""


def test_what_a_handler_raises_is_shown_and_the_next_choice_clears_it() -> None:
    widget = AttentionMap(Q, K)
    widget._inputs = (Q[:, :, :2], K)
    widget.looks.set_state({"index": 1})
    assert "expects key of shape" in widget.error and widget.picture.value == ""
    widget.looks.set_state({"index": 0})
    assert widget.error == "" and widget.picture.value


MESSAGES = [
    Message(
        lambda: AttentionMap(np.zeros(4)), ValueError,
        "query expects shape (positions, features) or (heads, positions, features); got shape "
        "(4,).",
    ),
    Message(
        lambda: attention_weights(Q, K * np.nan), ValueError,
        "key expects finite numbers; got nan or infinity among them.",
    ),
    Message(
        lambda: attention_weights(np.zeros((300, 2))), ValueError,
        "Up to 256 positions can be told apart; got 300 queries and 300 keys.",
    ),
    Message(
        lambda: attention_weights(Q, shape=(2, 2)), ValueError,
        "shape expects rows * columns = 6 keys; got (2, 2).",
    ),
    Message(
        lambda: attention_weights(Q, labels=["a"]), ValueError,
        "labels expects 6 names, one for each key; got 1.",
    ),
    Message(
        lambda: attention_figure(Q, position=6), ValueError,
        "position expects a whole number from 0 to 5; got 6.",
    ),
]


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: message.text[:50])
def test_message(message: Message) -> None:
    check(message)


def test_every_complaint_is_read_above() -> None:
    assert unread_raises([attention_map, attention_plot, attention_records], MESSAGES) == []
