"""Kinds of convolution: weights and connections against the library's layers, words, the widget."""

from __future__ import annotations

from html import unescape
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from course_lib.layers import Conv2d
from course_lib.shapes import count_macs, count_params
from course_lib.widgets import (
    VariantExplorer,
    conv_variants,
    variant_explorer,
    variant_figure,
    variant_plot,
    variant_records,
)
from tests.course_lib.figures import colliding_texts, smallest_font, texts
from tests.course_lib.messages import Message, check, unread_raises

VARIANTS = variant_records.VARIANTS
SETTINGS: list[Any] = [
    (8, 8, 3, {}), (4, 12, 5, {"dilation": 3, "groups": 4}), (1, 3, 1, {"groups": 1}),
]


def layer(part: Any) -> Any:
    reach = part.dilation * (part.kernel_size // 2)
    return Conv2d(
        part.channels, part.filters, part.kernel_size, padding=reach, dilation=part.dilation,
        groups=part.groups, rng=np.random.default_rng(0),
    )


@pytest.mark.parametrize(("c", "k", "f", "more"), SETTINGS)
def test_counts_are_those_of_the_librarys_layers(c: int, k: int, f: int, more: Any) -> None:
    for variant in conv_variants(c, k, f, size=14, **more).all:
        made = [layer(part) for part in variant.parts]
        assert variant.parameters == sum(count_params(one, bias=False) for one in made)
        sizes = [(part.channels, 14, 14) for part in variant.parts]
        assert variant.macs == sum(map(count_macs, made, sizes))
        assert all(a.filters == b.channels for a, b in pairwise(variant.parts))


@pytest.mark.parametrize("name", VARIANTS)
def test_a_connection_is_drawn_where_the_layer_passes_something_on(name: str) -> None:
    for part in conv_variants(4, 8, 3, dilation=3, groups=2).named(name).parts:
        made = layer(part)
        made.weight.data[...] = 1
        pixels = np.eye(13)[:, np.newaxis, np.newaxis, :]  # one image for each pixel of a row
        x = np.repeat(pixels, part.channels, axis=1)
        y = made.forward(x)[:, 0, 0] != made.bias.data[0]
        np.testing.assert_array_equal(part.along(13), y.T)
        one_channel = np.eye(part.channels)[:, :, np.newaxis, np.newaxis]
        made = layer(part)
        made.weight.data[...] = 1
        y = made.forward(one_channel)[:, :, 0, 0] != made.bias.data
        np.testing.assert_array_equal(part.across(), y.T)


def test_what_is_said() -> None:
    state = conv_variants(8, 16)
    assert state.named("depthwise separable").words == (
        "depthwise separable: K * C / G * F * F = 8 * (8 / 8) * 3 * 3 = 72; then 16 * 8 * 1 * 1 = "
        "128 weights, together 200, and 51,200 multiply-adds on 256 pixels. An output sees 3 x 3 "
        "pixels in 8 of 8 channels."
    )
    assert state.named("grouped").words.endswith("sees 3 x 3 pixels in 4 of 8 channels.")
    assert "An output sees 5 x 5 pixels" in state.named("dilated").words
    assert [state.against_plain(name) for name in VARIANTS] == [
        "", "As many weights and multiply-adds as the plain one, but it sees further.",
        "That is 50 % of the plain convolution's weights and multiply-adds.",
        "That is 17.4 % of the plain convolution's weights and multiply-adds.",
        "That is 11.1 % of the plain convolution's weights and multiply-adds.",
    ]
    same = conv_variants(dilation=1).against_plain("dilated")
    assert same == "As many weights and multiply-adds as the plain one."


@pytest.mark.parametrize("name", VARIANTS)
@pytest.mark.parametrize(("c", "k", "f", "more"), SETTINGS)
def test_the_picture_can_be_read(name: str, c: int, k: int, f: int, more: Any) -> None:
    fig = variant_figure(name, c, k, f, **more)
    assert colliding_texts(fig) == []
    assert smallest_font(fig) >= 9
    shown = {"along a row of pixels", "across the channels", f"▶ {name}", f"{c} in", f"{k} out"}
    assert shown <= set(texts(fig))


# The learner's own


def right(c: int, k: int, f: int, g: int) -> Any:
    return k * c // g * f * f


def breaks(*_: Any) -> Any:
    raise ZeroDivisionError("G")


OWN = [
    (right, "Your right agrees for all five.", ""),
    (lambda c, k, f, g: k * c * f * f, "Your <lambda>(8, 8, 3, 2) is 576; expected 288.", ""),
    (breaks, "", "Your breaks raised ZeroDivisionError: G"),
    (lambda *_: np.nan, "", "Your <lambda> returned nan or infinity in 1 of 1 numbers."),
    (lambda *_: [1, 2], "", "Your <lambda> must return numbers of shape (); got shape (2,)."),
]


@pytest.mark.parametrize(("count", "remark", "problem"), OWN)
def test_the_learners_count_is_compared(count: Any, remark: str, problem: str) -> None:
    widget = VariantExplorer(count=count)
    assert widget.error == problem
    assert (remark or "weights") in unescape(widget.words.value)
    assert (remark or problem) in " ".join(texts(variant_figure(count=count)))


# The widget


def test_the_browser_chooses_and_the_picture_follows() -> None:
    widget = VariantExplorer()
    assert "plain: K * C / G * F * F = 8 * 8 * 3 * 3 = 576" in widget.words.value
    widget.variant.set_state({"index": 1})
    widget.dilation.set_state({"value": 4})
    assert "An output sees 9 x 9 pixels" in widget.picture.value
    widget.kernel_size.set_state({"index": 2})
    assert "dilated: K * C / G * F * F = 8 * 8 * 5 * 5 = 1,600" in widget.words.value
    widget.variant.set_state({"index": 2})
    widget.groups.set_state({"index": 3})
    assert "8 * (8 / 8) * 5 * 5 = 200" in widget.words.value
    assert widget.error == ""


def test_what_a_handler_raises_is_shown_and_the_next_choice_clears_it() -> None:
    widget = VariantExplorer()
    widget._size = 0
    widget.variant.set_state({"index": 3})
    assert (widget.error, widget.picture.value) == ("size must be at least 1; got 0.", "")
    widget._size = 4
    widget.variant.set_state({"index": 4})
    assert widget.error == "" and "1 x 1: " in widget.words.value


MESSAGES = [
    Message(
        lambda: VariantExplorer("depthwise"), ValueError,
        "variant expects one of plain, dilated, grouped, depthwise separable, 1 x 1; got "
        "'depthwise'.",
    ),
    Message(
        lambda: conv_variants(64, 8), ValueError,
        "channels and filters go up to 16, so that their lines can be told apart; got 64 and 8.",
    ),
    Message(
        lambda: variant_figure(kernel_size=4), ValueError,
        "kernel_size expects an odd number; got 4.",
    ),
    Message(
        lambda: conv_variants(8, 6, groups=4), ValueError,
        "channels and filters must be multiples of groups; got 8 and 6 with 4 groups.",
    ),
]


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: message.text[:50])
def test_message(message: Message) -> None:
    check(message)


def test_every_complaint_is_read_above() -> None:
    assert unread_raises([variant_explorer, variant_plot, variant_records], MESSAGES) == []
