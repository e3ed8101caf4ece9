"""The occlusion map: drops that can be computed by hand, words, networks that misbehave."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from course_lib import functional as F
from course_lib.data import enlarged_digits
from course_lib.models import trained
from course_lib.widgets import (
    OcclusionMap,
    occlusion,
    occlusion_figure,
    occlusion_map,
    occlusion_plot,
    occlusion_records,
)
from tests.course_lib.figures import colliding_texts, smallest_font, texts
from tests.course_lib.messages import Message, check, unread_raises

IMAGE = np.ones((6, 8))


def corner(x: Any) -> Any:
    """The ink of the 2 x 2 pixels at row 1, column 4 speaks for class 1."""
    ink = x[:, 0, 1:3, 4:6].sum(axis=(1, 2), dtype=float)
    return np.stack([2 - ink, ink - 2], axis=1)


def test_the_drop_is_what_a_loop_over_the_places_gives() -> None:
    got = occlusion(corner, IMAGE, 1, 3, stride=2, grey=0.25)
    assert (got.tops, got.lefts) == ((0, 2, 3), (0, 2, 4, 5))
    before = F.softmax(corner(IMAGE[None, None]))[0, 1]
    for (row, column), drop in np.ndenumerate(got.drops):
        covered = IMAGE.copy()
        top, left = got.tops[row], got.lefts[column]
        covered[top : top + 3, left : left + 3] = 0.25
        np.testing.assert_allclose(drop, before - F.softmax(corner(covered[None, None]))[0, 1])
        number = row * 4 + column
        np.testing.assert_array_equal(got.under(number), covered[None])
    assert np.unravel_index(np.argmax(got.drops), got.drops.shape) == (0, 2)


def test_a_pixel_has_the_mean_of_the_patches_on_it() -> None:
    got = occlusion(corner, IMAGE, 1, 3, stride=2)
    assert got.by_pixel[0, 0] == got.drops[0, 0]
    assert got.by_pixel[0, 2] == pytest.approx(got.drops[0, :2].mean())
    assert np.isnan(occlusion(corner, IMAGE, 1, 1, stride=4).by_pixel[0, 1])


def test_probabilities_are_taken_as_they_are_and_the_first_guess_is_the_class() -> None:
    got = occlusion(lambda x: F.softmax(corner(x)), IMAGE, None, 3)
    np.testing.assert_allclose(got.whole, F.softmax(corner(IMAGE[None, None]))[0])
    assert got.target == 1
    many = occlusion(corner, np.ones((20, 20)), 1, 3, stride=1)
    assert many.drops.shape == (18, 18)


def test_what_is_said() -> None:
    got = occlusion(corner, IMAGE, 1, 3, grey=0.0, labels=["no", "yes"])
    assert got.words == (
        "Without a patch the first guess is yes (98.2 %). The largest drop of yes, 96.4 points, "
        "is with the patch from row 0, column 4 on."
    )
    assert got.sentence(2) == (
        "Patch on rows 0 to 2, columns 4 to 6: the probability of yes falls from 98.2 % to 1.8 %. "
        "The first guess is no now."
    )
    assert "the probability of yes stays at 98.2 %." in got.sentence(0)
    assert "rises from 1.8 % to 98.2 %" in occlusion(corner, IMAGE, 0, 3, grey=0.0).sentence(2)


def test_the_bundled_network_needs_the_ink_and_not_the_paper() -> None:
    digits = enlarged_digits()
    got = occlusion(trained("lenet5"), digits.x_test[0], grey=0.0)
    image = digits.x_test[0, 0]
    assert got.target == digits.y_test[0]
    assert got.by_pixel[image > 0.5].mean() > 5 * abs(got.by_pixel[image == 0].mean())


@pytest.mark.parametrize("image", [IMAGE, np.ones((1, 3, 9, 9)) / 2], ids=["grey", "colour"])
def test_the_picture_can_be_read(image: Any) -> None:
    fig = occlusion_figure(corner, image, 1, 3, labels=["no", "yes"])
    assert colliding_texts(fig) == []
    assert smallest_font(fig) >= 8.5
    assert {"what the network sees", "drop of the probability", "▶ yes"} <= set(texts(fig))
    norm = fig.axes[1].images[0].norm
    assert norm.vmin == -norm.vmax


# The widget


def test_the_browser_moves_the_patch_and_chooses_class_and_size() -> None:
    widget = OcclusionMap(corner, IMAGE, 1, 3)
    assert widget.place.value == 2 and "columns 4 to 6" in widget.words.value
    widget.place.set_state({"value": 0})
    assert "columns 0 to 2: the probability of 1 stays" in widget.words.value
    assert "columns 0 to 2: the probability of 1 stays" in widget.picture.value
    widget.target.set_state({"index": 1})
    assert "the probability of 0 stays" in widget.words.value
    widget.place.value = 11
    widget.patch.set_state({"index": 1})
    assert widget.patch.value == 5 and "rows 1 to 5, columns 3 to 7" in widget.words.value
    assert (widget.place.max, widget.error) == (5, "")


def test_a_network_that_learned_since_is_asked_again() -> None:
    says = [corner]
    widget = OcclusionMap(lambda x: says[0](x), IMAGE, 1, 3)
    says[0] = lambda x: -corner(x)
    widget.refresh()
    assert "the first guess is 0" in widget.words.value


def breaks(x: Any) -> Any:
    raise KeyError("conv1")


def strange(x: Any) -> Any:
    y = corner(x)
    y[3] = np.nan
    return y


PROBLEMS = [
    (breaks, "Your breaks raised KeyError: 'conv1'"),
    (strange, "Your strange returned nan or infinity in 2 of 26 numbers."),
    (lambda x: x, "Your <lambda> returned shape (13, 1, 6, 8) for 13 images; expected (13, K), "
                  "one number for each class."),
    (lambda x: None, "Your <lambda> returned None. Is there a return?"),
    (lambda x: corner(x)[:, :1], "Your <lambda> returned 1 classes; expected 2, one for each "
                                 "label."),
]


@pytest.mark.parametrize(("network", "problem"), PROBLEMS)
def test_whatever_the_network_does_ends_in_one_sentence(network: Any, problem: str) -> None:
    widget = OcclusionMap(network, IMAGE, 1, 3, labels=["no", "yes"])
    assert widget.error == problem
    widget.place.set_state({"value": 3})
    assert widget.error == problem
    shown = " ".join(texts(occlusion_figure(network, IMAGE, 1, 3, labels=["no", "yes"])))
    assert problem in shown


def test_what_a_handler_raises_is_shown() -> None:
    widget = OcclusionMap(corner, IMAGE, 1, 3)
    widget._network = None
    widget.patch.set_state({"index": 1})
    assert widget.error.startswith("OcclusionMap expects a network with forward(x)")
    widget.patch.set_state({"index": 0})
    assert widget.error == ""


MESSAGES = [
    Message(
        lambda: OcclusionMap(corner, np.zeros((2, 1, 6, 8))), ValueError,
        "image expects shape (H, W), (C, H, W) or (1, C, H, W); got shape (2, 1, 6, 8). Did you "
        "mean x[:1]?",
    ),
    Message(
        lambda: occlusion(corner, IMAGE * np.nan), ValueError,
        "image expects finite numbers; got nan or infinity among them.",
    ),
    Message(
        lambda: occlusion(corner, IMAGE, patch=7), ValueError,
        "patch expects at most the 6 pixels of the image; got 7.",
    ),
    Message(
        lambda: occlusion(corner, np.ones((60, 60)), patch=3, stride=1), ValueError,
        "3364 places take too long (the most is 1000). Use a larger stride.",
    ),
    Message(
        lambda: occlusion(corner, IMAGE, 2, 3), ValueError,
        "target expects a class from 0 to 1; got 2.",
    ),
    Message(
        lambda: occlusion_figure(corner, IMAGE, 1, 3, place=12), ValueError,
        "place expects a whole number from 0 to 11; got 12.",
    ),
]


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: message.text[:50])
def test_message(message: Message) -> None:
    check(message)


def test_every_complaint_is_read_above() -> None:
    assert unread_raises([occlusion_map, occlusion_plot, occlusion_records], MESSAGES) == []
