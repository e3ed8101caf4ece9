"""The digit pad: how ink becomes an image, what the network says of it, what goes wrong."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_lib import data, layers
from course_lib.widgets import (
    DigitPad,
    digit_figure,
    digit_ink,
    digit_pad,
    digit_pad_figure,
    digit_records,
    fit_digit,
    network,
)
from tests.course_lib.figures import colliding_texts, smallest_font, texts
from tests.course_lib.messages import Message, check, unread_raises

SIZES = [(28, 28), (32, 32), (8, 8), (14, 14), (28, 20)]
SEVEN = [0.01, 0.2, 0.0, 0.0, 0.0, 0.0, 0.0, 0.7, 0.09, 0.0]


def box(top: int, left: int, rows: int, columns: int, size: int = 140) -> Any:
    ink = np.zeros((size, size))
    ink[top : top + rows, left : left + columns] = 1
    return ink


# ---- the image -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("size", "length"), list(zip(SIZES, [20, 20, 8, 10, 14], strict=True))
)
def test_the_longer_side_fills_the_box(size: tuple[int, int], length: int) -> None:
    small = fit_digit(box(10, 20, 70, 70), size)
    assert small.shape == size and small.dtype == np.float32
    rows, columns = np.nonzero(small.max(axis=1) > 0.5)[0], np.nonzero(small.max(axis=0) > 0.5)[0]
    assert (len(rows), len(columns)) == (length, length)


@given(st.integers(0, 90), st.integers(0, 90), st.integers(8, 50), st.integers(8, 50))
def test_the_place_of_the_drawing_does_not_matter(y: int, x: int, rows: int, columns: int) -> None:
    ink = box(0, 0, rows, columns)
    ink[: rows // 2, : columns // 3] = 0
    moved = np.roll(ink, (y, x), (0, 1))
    np.testing.assert_allclose(fit_digit(moved), fit_digit(ink), atol=1e-6)


@given(st.integers(4, 40), st.integers(4, 40))
def test_the_centre_of_mass_is_in_the_middle(rows: int, columns: int) -> None:
    ink = box(20, 30, 40, 40)
    ink[20 : 20 + rows, 30 : 30 + columns] = 0.5      # lighter at one corner
    small = fit_digit(ink).astype(float)
    centre = (np.arange(28) + 0.5) @ small.sum(axis=1) / small.sum()
    assert centre == pytest.approx(14, abs=0.05)      # of a pixel


def test_ink_is_neither_lost_nor_made() -> None:
    ink = np.zeros((140, 140))
    ink[30:60, 40:110] = np.random.default_rng(0).uniform(size=(30, 70))
    assert fit_digit(ink).sum() == pytest.approx(ink.sum() * (20 / 70) ** 2, rel=1e-5)


def test_a_heavy_end_is_not_pushed_over_the_edge() -> None:
    ink = box(20, 20, 100, 4)
    ink[100:120, 20:60] = 1
    small = fit_digit(ink)
    assert small.sum() == pytest.approx(ink.sum() * 0.2**2, rel=1e-5)


def test_digits_of_8_by_8_come_out_as_they_are() -> None:
    for image in data.load_digits8x8().x_test[:50, 0]:
        rows, columns = np.nonzero(image.any(axis=1))[0], np.nonzero(image.any(axis=0))[0]
        if len(rows) == 8 and columns[0] > 0 and columns[-1] < 7:
            enlarged = np.kron(image, np.ones((16, 16)))
            fitted = fit_digit(enlarged, (8, 8))
            np.testing.assert_allclose(fitted.sum(axis=1), image.sum(axis=1), rtol=1e-4, atol=1e-4)


def test_bytes_are_ink_too_and_no_ink_is_all_zeros() -> None:
    ink = box(10, 10, 50, 60)
    np.testing.assert_array_equal(fit_digit((255 * ink).astype(np.uint8)), fit_digit(ink))
    assert not fit_digit(np.zeros((5, 5)), (8, 8)).any()


# ---- the widget ----------------------------------------------------------------------------------


def drawn(pad: DigitPad, ink: Any = None, seq: int = 1) -> DigitPad:
    """What the browser sends: bytes, as a memoryview."""
    ink = box(20, 60, 100, 20) if ink is None else ink
    pad.set_state({"ink": memoryview((255 * ink).astype(np.uint8).tobytes()), "seq": seq})
    return pad


def seen(pad: DigitPad) -> Any:
    return np.frombuffer(pad.seen["data"], "<f4").reshape(pad.seen["shape"])


def test_the_first_two_guesses_of_probabilities() -> None:
    pad = drawn(DigitPad(lambda x: SEVEN))
    assert pad.guesses[:2] == [["7", 0.7], ["1", 0.2]]
    assert pad.words == "First guess 7 (70.0 %), second guess 1 (20.0 %)."
    assert (pad.error, pad.answered) == ("", 1)


def test_logits_become_probabilities() -> None:
    pad = drawn(DigitPad(lambda x: [np.arange(10.0)]))
    assert [label for label, _ in pad.guesses] == list("9876543210")
    assert sum(share for _, share in pad.guesses) == pytest.approx(1)
    assert pad.guesses[0][1] / pad.guesses[1][1] == pytest.approx(np.e)


@pytest.mark.parametrize("size", SIZES)
def test_the_network_sees_what_is_shown(size: tuple[int, int]) -> None:
    inputs = []

    def watch(x: Any) -> Any:
        inputs.append(x)
        return SEVEN

    pad = drawn(DigitPad(watch, image_size=size))
    [x] = inputs
    assert x.shape == (1, 1, *size) and x.dtype == np.float32
    np.testing.assert_array_equal(x[0, 0], seen(pad))


def test_an_object_with_forward_is_run_as_it_is_used_and_left_as_it_was() -> None:
    rng = np.random.default_rng(0)
    net = layers.Sequential(
        layers.Flatten(), layers.Dropout(0.5, rng=rng), layers.Linear(64, 10, rng=rng)
    )
    net.train()
    before = {id(layer): dict(vars(layer)) for layer in net.layers_within()}
    pad = DigitPad(net, image_size=(8, 8))
    answers = [drawn(pad, seq=seq).guesses for seq in (1, 2)]
    assert answers[0] == answers[1]
    assert before == {id(layer): dict(vars(layer)) for layer in net.layers_within()}


def test_an_empty_pad_says_so_and_does_not_ask() -> None:
    def never(x: Any) -> Any:
        raise AssertionError("asked")

    pad = drawn(DigitPad(never), np.zeros((140, 140)))
    assert (pad.words, pad.error, pad.guesses) == ("Nothing is drawn yet. Draw a digit.", "", [])


def test_other_classes() -> None:
    pad = drawn(DigitPad(lambda x: [0.2, 0.5, 0.3], labels=("o", "x", "+")))
    assert pad.guesses == [["x", 0.5], ["+", 0.3], ["o", 0.2]]


def breaks(x: Any) -> Any:
    raise IndexError("index 5 is out of bounds\nfor axis 0")


class Unwritten(layers.Layer):
    pass


RNG = np.random.default_rng(0)
PROBLEMS = [
    (breaks, "Your breaks raised IndexError: index 5 is out of bounds"),
    (Unwritten(), "Your Unwritten is not written yet."),
    (lambda x: None, "Your <lambda> returned None. Is there a return?"),
    (lambda x: "seven", "Your <lambda> returned str, not an array of numbers."),
    (lambda x: np.zeros((1, 7)),
     "Your <lambda> returned shape (1, 7); expected (1, 10), one number for each class."),
    (lambda x: np.full(10, np.nan),
     "Your <lambda> returned NaN for 10 of 10 classes. Has its loss grown?"),
    (lambda x: [np.inf] + [0] * 9,
     "Your <lambda> returned infinity; no probability can be made of it."),
    (layers.Linear(784, 10, rng=RNG),
     "Your Linear raised ValueError: Linear expects x with 784 features; got shape "
     "(1, 1, 28, 28). Did you mean x.reshape(len(x), -1)?"),
]


@pytest.mark.parametrize(("bad", "sentence"), PROBLEMS, ids=[text[:60] for _, text in PROBLEMS])
def test_whatever_the_network_does_ends_in_one_sentence(bad: Any, sentence: str) -> None:
    pad = drawn(DigitPad(bad))
    assert (pad.error, pad.guesses, pad.words) == (sentence, [], "")
    assert seen(pad).any()          # what it was shown is shown
    assert sentence in " ".join(texts(digit_pad_figure(bad, np.eye(28))))


def test_a_drawing_of_the_wrong_size_is_a_sentence() -> None:
    pad = DigitPad(lambda x: SEVEN)
    pad.set_state({"ink": memoryview(b"\xff" * 100), "seq": 1})
    assert pad.error == "ink expects 140 rows of 140 bytes; got 100 bytes."
    assert drawn(pad).error == ""


# ---- the picture ---------------------------------------------------------------------------------


def test_the_picture_says_the_same() -> None:
    fig = digit_pad_figure(lambda x: SEVEN, np.eye(8))
    written = texts(fig)
    assert "What the network sees: 8 x 8 pixels" in written
    assert {"first: 70.0 %", "second: 20.0 %"} <= {text.strip() for text in written}
    assert "First guess 7 (70.0 %), second guess 1 (20.0 %)." in written
    assert colliding_texts(fig) == []
    assert smallest_font(fig) >= 6


def test_the_picture_of_a_drawing_is_fitted_first() -> None:
    fig = digit_pad_figure(lambda x: SEVEN, box(10, 10, 60, 20), image_size=(28, 28))
    [image] = fig.axes[0].images
    np.testing.assert_allclose(image.get_array(), fit_digit(box(10, 10, 60, 20)))


MESSAGES = [
    Message(
        lambda: DigitPad("my network"), TypeError,
        "DigitPad expects a network with forward(x), or a function of x; got str. "
        "Did you mean a function such as lambda x: x @ w.T?",
    ),
    Message(
        lambda: DigitPad(breaks, image_size=28), ValueError,
        "image_size is a pair such as (28, 28) or (8, 8); got 28.",
    ),
    Message(
        lambda: fit_digit(np.zeros((1, 1, 28, 28))), ValueError,
        "fit_digit expects ink of shape (rows, columns); got shape (1, 1, 28, 28) of float64. "
        "Did you mean image[0, 0]?",
    ),
    Message(
        lambda: digit_pad_figure(breaks, np.eye(3) * 16), ValueError,
        "digit_pad_figure expects ink from 0 (paper) to 1; got 0 to 16. "
        "Did you mean image / image.max()?",
    ),
    Message(
        lambda: digit_pad._drawing(b"12"), ValueError,
        "ink expects 140 rows of 140 bytes; got 2 bytes.",
    ),
]


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: message.text[:50])
def test_message(message: Message) -> None:
    check(message)


def test_every_complaint_is_read_above() -> None:
    modules = [digit_figure, digit_ink, digit_pad, digit_records, network]
    assert unread_raises(modules, MESSAGES) == []
