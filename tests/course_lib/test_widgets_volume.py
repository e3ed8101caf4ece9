"""The volume of the decks: both readings of its size, the arithmetic, the learner's own layer."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from course_lib.functional import conv2d
from course_lib.widgets import (
    ConvVolume,
    conv_volume,
    conv_volume_figure,
    conv_volume_steps,
    volume_example,
    volume_records,
)
from tests.course_lib.figures import colliding_texts, smallest_font, texts
from tests.course_lib.messages import Message, check, unread_raises

X, WEIGHT, BIAS = volume_example()
SIZES = {
    "image": "If 7 x 7 is the image: (7 − 3 + 2*1)/2 + 1 = 4, so y is 4 x 4 x 2.",
    "padded": "If 7 x 7 has the border in it already, the image is 5 x 5: "
              "(5 − 3 + 2*1)/2 + 1 = 3, so y is 3 x 3 x 2.",
}


@pytest.mark.parametrize(("reading", "shape"), [("image", (2, 4, 4)), ("padded", (2, 3, 3))])
def test_r_n19_both_readings_of_the_size(reading: Any, shape: tuple[int, ...]) -> None:
    volume = conv_volume_steps(reading=reading)
    image = X if reading == "image" else X[:, 1:-1, 1:-1]
    np.testing.assert_allclose(
        volume.steps[-1].output, conv2d(image[None], WEIGHT, BIAS, 2, 1)[0]
    )
    assert volume.steps[-1].full.shape == shape and len(volume.steps) == np.prod(shape)
    other = {"image": "padded", "padded": "image"}[reading]
    assert volume.sizes == f"{SIZES[reading]} {SIZES[other]}"


def test_a_reading_in_which_nothing_fits_is_said_and_the_other_one_works() -> None:
    volume = conv_volume_steps(np.ones((3, 4, 4)), WEIGHT, 0, 1, 0)
    assert volume.steps[-1].full.shape == (2, 2, 2)
    volume = conv_volume_steps(np.ones((3, 7, 7)), np.ones((1, 3, 9, 9)), None, 2, 3)
    assert "the image is 1 x 1: with F = 9, S = 2, P = 3 nothing fits." in volume.sizes


@pytest.mark.parametrize("reading", ["image", "padded"])
@pytest.mark.parametrize("step", [0, 9, -1])
def test_the_picture_can_be_read(reading: Any, step: int) -> None:
    fig = conv_volume_figure(step=step, reading=reading)
    assert colliding_texts(fig) == []
    assert smallest_font(fig) >= 6
    assert {"padded x[0]", "output y[1]"} <= set(texts(fig))


# The widget


def test_the_browser_steps_and_changes_the_reading() -> None:
    widget = ConvVolume()
    assert widget.padded["shape"] == [3, 9, 9] and widget.y["shape"] == [2, 4, 4]
    widget.set_state({"step": 5, "seq": 1})
    assert (widget.answered, widget.error) == (1, "")
    assert widget.words == "Filter 0 lies on rows 2 to 4 and columns 2 to 4 of the padded input."
    lines = widget.sentence.splitlines()
    assert [line.partition(":")[0] for line in lines[:3]] == ["channel 0", "channel 1", "channel 2"]
    y = conv2d(X[None], WEIGHT, BIAS, 2, 1)[0]
    assert lines[3].startswith("y[0, 1, 1] = ") and "+ bias 1 =" in lines[3]
    assert lines[3].replace("−", "-").endswith(f"= {y[0, 1, 1]:g}")
    widget.set_state({"reading": "padded", "step": 0, "seq": 2})
    assert widget.y["shape"] == [2, 3, 3] and widget.setting["reading"] == "padded"
    assert widget.sizes.startswith(SIZES["padded"])


def test_a_step_beyond_the_last_shows_the_last() -> None:
    widget = ConvVolume()
    widget.step = 31
    widget.reading = "padded"
    assert widget.error == "" and widget.sentence.splitlines()[-1].startswith("y[1, 2, 2]")


def test_nonsense_from_the_browser_becomes_a_sentence_and_the_next_good_one_clears_it() -> None:
    widget = ConvVolume()
    widget.set_state({"reading": "both", "seq": 1})
    assert widget.error == "reading is 'image' or 'padded'; got 'both'."
    widget.set_state({"step": "last", "reading": "image", "seq": 2})
    widget.set_state({"step": 1, "reading": "image", "seq": 3})
    assert (widget.error, widget.answered) == ("", 3)


def breaks(*_: Any) -> Any:
    raise KeyError("S")


@pytest.mark.parametrize(("layer", "remark", "problem"), [
    (conv2d, "All 32 entries agree.", ""),
    (lambda x, w, b, s, p: conv2d(x, w, 0 * b, s, p), "16 of 32 entries differ.", ""),
    (breaks, "", "Your breaks raised KeyError: 'S'"),
])
def test_the_learners_layer_is_compared(layer: Any, remark: str, problem: str) -> None:
    widget = ConvVolume(layer=layer)
    assert widget.remark.endswith(remark)
    assert widget.error == problem


MESSAGES = [
    Message(
        lambda: ConvVolume(np.ones((7, 7))), ValueError,
        "x expects shape (C, H, W); got shape (7, 7).",
    ),
    Message(
        lambda: ConvVolume(reading="drawn"), ValueError,  # type: ignore[arg-type]
        "reading is 'image' or 'padded'; got 'drawn'.",
    ),
    Message(
        lambda: ConvVolume(np.ones((3, 7, 7)), reading="padded"), ValueError,
        "reading='padded' expects zeros in the outer 1 rows and columns of x; got others. Use "
        "reading='image'.",
    ),
    Message(
        lambda: conv_volume_steps(np.zeros((3, 2, 2)), reading="padded"), ValueError,
        "x of shape (3, 2, 2) has nothing left without a border of 1. Use a smaller padding, or "
        "reading='image'.",
    ),
    Message(
        lambda: conv_volume_figure(step=32), ValueError,
        "step expects a whole number from 0 to 31 (or -1 for the last); got 32.",
    ),
    Message(
        lambda: ConvVolume(stride=0), ValueError, "stride must be at least 1; got 0.",
    ),
]


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: message.text[:50])
def test_message(message: Message) -> None:
    check(message)


def test_every_complaint_is_read_above() -> None:
    assert unread_raises([conv_volume, volume_records], MESSAGES) == []
