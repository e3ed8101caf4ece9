"""Receptive fields: the numbers of the decks, and what gradients say."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_lib import functional as F
from course_lib.shapes import Field, Window, fields, receptive_field
from tests.course_lib.messages import Message, check, unread_raises

LENET = [(5, 1), (2, 2), (5, 1), (2, 2), (5, 1)]


def test_b_n17_lenet() -> None:
    """After C1, P1, C2, P2, C5; the last sees all of 32 x 32."""
    sizes = [receptive_field(LENET[:depth]).size for depth in range(1, 6)]
    assert sizes == [5, 6, 14, 16, 32]
    assert receptive_field(LENET) == Field(32, 4, 0)


@pytest.mark.parametrize(
    ("row", "layers", "field"),
    [
        ("R-n25, three 3x3", [3, 3, 3], Field(7, 1, 0)),
        ("W-n20, two 3x3", [3, 3], Field(5, 1, 0)),
        ("W-n21, dilation 1", [(3, 1, 0, 1)], Field(3, 1, 0)),
        ("W-n21, dilation 2", [(3, 1, 0, 2)], Field(5, 1, 0)),
        ("W-n21, dilation 4", [(3, 1, 0, 4)], Field(9, 1, 0)),
        ("dilations 1, 2, 4 in a row", [(3, 1, 0, d) for d in (1, 2, 4)], Field(15, 1, 0)),
        ("no layer", [], Field(1, 1, 0)),
        ("ResNet's stem", [(7, 2, 3), (3, 2, 1)], Field(11, 4, -5)),
        ("stride before", [(1, 2), 3], Field(5, 2, 0)),
        ("stride after", [3, (1, 2)], Field(3, 2, 0)),
        ("up and down again", [Window(2, 2, transposed=True), (2, 2)], Field(1, 1, 0)),
        ("up", [Window(3, 2, 1, transposed=True)], Field(2, 0.5, 0)),
    ],
)
def test_stacks(row, layers, field) -> None:
    assert receptive_field(layers) == field


def seen(layers: list[tuple[int, int, int, int]], n_in: int, place: int) -> list[int]:
    """The pixels with a gradient, seen from one place of the last of some 1-D convolutions."""
    inputs = [np.ones((1, 1, n_in))]
    for size, stride, padding, dilation in layers:
        weight = np.ones((1, 1, size))
        inputs.append(F.conv1d(
            inputs[-1], weight, None, stride, padding, dilation, rounding="floor"
        ))
    g = np.zeros_like(inputs[-1])
    g[..., place] = 1
    for x, (size, stride, padding, dilation) in zip(inputs[-2::-1], layers[::-1], strict=True):
        weight = np.ones((1, 1, size))
        g, _, _ = F.conv1d_backward(
            g, x, weight, stride, padding, dilation, rounding="floor"
        )
    return np.flatnonzero(g).tolist()


windows = st.tuples(st.integers(1, 4), st.integers(1, 3), st.integers(0, 1), st.integers(1, 2))


@given(st.lists(windows, min_size=1, max_size=3), st.integers(0, 1))
def test_gradients_reach_from_the_first_to_the_last_pixel_of_the_field(layers, place) -> None:
    n_in = 120
    field = receptive_field(layers)
    first = int(field.start + place * field.jump)
    pixels = seen(layers, n_in, place)
    expected = range(max(first, 0), min(first + field.size, n_in))
    assert set(pixels) <= set(expected)
    if all(size >= stride and dilation == 1 for size, stride, _, dilation in layers):
        assert pixels == list(expected), "without holes, every pixel counts"


@given(st.integers(1, 4), st.integers(1, 3), st.integers(1, 2), st.integers(1, 3))
def test_a_transposed_layer_gives_the_largest_of_its_fields(size, stride, dilation, after) -> None:
    x, weight = np.ones((1, 1, 1, 9)), np.ones((1, 1, 1, size))
    y = F.conv_transpose2d(x, weight, None, stride, dilation=dilation)
    assert y.shape[3] >= after
    largest = 0
    for place in range(y.shape[3] - after + 1):
        g = np.zeros_like(y)
        g[..., place : place + after] = 1
        grad, _, _ = F.conv_transpose2d_backward(g, x, weight, stride, dilation=dilation)
        pixels = np.flatnonzero(grad)
        largest = max(largest, int(np.ptp(pixels)) + 1 if pixels.size else 1)
    field = receptive_field([Window(size, stride, 0, dilation, transposed=True), after])
    assert largest <= field.size
    if dilation == 1 and size >= stride:
        assert largest == field.size


MESSAGES = [
    Message(
        lambda: receptive_field([(3, 1, 0, 1, False, 2)]), ValueError,
        "A layer is a kernel size or (kernel size, stride, padding, dilation); got "
        "(3, 1, 0, 1, False, 2).",
    ),
    Message(
        lambda: receptive_field([()]), ValueError,
        "A layer is a kernel size or (kernel size, stride, padding, dilation); got ().",
    ),
    Message(
        lambda: receptive_field([3, (2, 0)]), ValueError, "stride must be at least 1; got 0.",
    ),
    Message(
        lambda: receptive_field([2.5]), TypeError, "kernel_size is a whole number; got 2.5.",
    ),
]


def test_short_integers_do_not_overflow() -> None:
    large = np.uint8(200)
    assert receptive_field([(large, large), (large, large)]) == Field(40_000, 40_000, 0)


@pytest.mark.parametrize("message", MESSAGES, ids=lambda m: m.text[:60])
def test_message(message: Message) -> None:
    check(message)


def test_every_message_is_read() -> None:
    assert unread_raises([fields], MESSAGES) == []
