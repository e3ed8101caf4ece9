"""The filter browser: filters and maps of the library's networks and of the learner's own."""

from __future__ import annotations

from html import unescape
from typing import Any

import numpy as np
import pytest

from course_lib import layers, models
from course_lib.widgets import (
    FilterBrowser,
    filter_browser,
    filter_figure,
    filter_layers,
    filter_plot,
    filter_records,
)
from tests.course_lib.figures import colliding_texts, smallest_font, texts
from tests.course_lib.messages import Message, check, unread_raises

RNG = np.random.default_rng(0)
X = RNG.uniform(size=(1, 1, 32, 32))
NET = models.lenet5(rng=RNG, dtype=np.float64)
FOUND = {layer.name: layer for layer in filter_layers(NET, X).layers}


def test_maps_are_what_the_layers_make_and_filters_are_their_weights() -> None:
    y = NET["conv1"].forward(X)
    np.testing.assert_allclose(FOUND["conv1"].maps, y[0])
    np.testing.assert_array_equal(FOUND["conv2"].filters, NET["conv2"].weight.data)
    assert FOUND["pool1"].filters is None
    assert FOUND["pool2"].maps.shape == (16, 5, 5)


def test_filters_of_a_dense_layer_look_like_what_was_flattened() -> None:
    filters = FOUND["fc1"].filters
    assert filters is not None and filters.shape == (120, 16, 5, 5)
    flat = NET["flatten"].forward(FOUND["pool2"].maps[None])
    product = (filters * FOUND["pool2"].maps).sum(axis=(1, 2, 3)) + NET["fc1"].bias.data
    np.testing.assert_allclose(product, NET["fc1"].forward(flat)[0])
    np.testing.assert_allclose(FOUND["fc1"].maps[:, 0, 0], product)
    assert FOUND["fc2"].filters is not None and FOUND["fc2"].filters.shape == (84, 1, 1, 120)


def test_what_is_said() -> None:
    net = layers.Sequential(conv=layers.Conv2d(2, 3, 3, rng=RNG), relu=layers.ReLU())
    net["conv"].weight.data[...] = 1
    net["conv"].bias.data[...] = [0, -100, 1]
    conv, relu = filter_layers(net, np.ones((1, 2, 4, 4))).layers
    assert conv.sentence(2) == (
        "conv, map 2 of 3: 2 x 2 numbers, all 19. Its filter has 2 kernels of 3 x 3; they add up "
        "to 18."
    )
    assert relu.sentence(1).endswith("all 0. This layer has no filters of its own.")
    assert (conv.words, relu.words) == ("", "1 of the 3 maps is 0 everywhere.")
    assert FOUND["fc2"].sentence(0).startswith("fc2, map 0 of 84: one number, ")
    assert "Its filter has one kernel of 5 x 5" in FOUND["conv1"].sentence(0)


@pytest.mark.parametrize(("layer", "index"), [("conv1", 0), ("conv2", 15), ("relu2", 3),
                                              ("fc1", 100), ("fc3", 9)])
def test_the_picture_can_be_read(layer: str, index: int) -> None:
    fig = filter_figure(NET, X, layer, index)
    assert colliding_texts(fig) == []
    assert smallest_font(fig) >= 9
    assert f"map {index}" in texts(fig) and "image" in texts(fig)
    assert any(text.startswith("maps") and text.endswith(f"of {layer}") for text in texts(fig))
    for ax in fig.axes:
        for image in ax.images:
            norm = image.norm
            assert image.get_cmap().name != "PuOr" or norm.vmin == -norm.vmax


def test_the_learners_own_functions_have_maps_and_many_kernels_are_cut() -> None:
    own = {"double": lambda x: 2 * x, "flat": lambda x: x.reshape(1, -1)[:, :70]}
    found = filter_layers(own, X)
    assert [one.name for one in found.layers] == ["double", "flat"]
    assert "maps 64 to 69 of flat" in texts(filter_figure(own, X, "flat", 65))
    wide = layers.Conv2d(20, 2, 3, rng=RNG)
    shown = texts(filter_figure(wide, np.ones((1, 20, 5, 5))))
    assert "filter 0, first 16 of 20 kernels" in shown


# Networks that misbehave


def breaks(x: Any) -> Any:
    raise KeyError("weight")


PROBLEMS = [
    ([breaks], 0, "Your breaks raised KeyError: 'weight'"),
    ([lambda x: 2 * x, breaks], 1, "Your breaks raised KeyError: 'weight'"),
    ([lambda x: None], 0, "Your <lambda> returned None. Is there a return?"),
    ([lambda x: x * np.nan], 0, "<lambda> is the first with NaN or infinity: 1024 of 1024."),
]


@pytest.mark.parametrize(("network", "count", "problem"), PROBLEMS)
def test_whatever_the_network_does_ends_in_one_sentence(
    network: Any, count: int, problem: str
) -> None:
    widget = FilterBrowser(network, X)
    assert widget.error == problem and len(widget._filters.layers) == count
    assert problem in unescape(widget.message.value)
    assert "<img" in widget.picture.value
    assert problem in " ".join(texts(filter_figure(network, X)))


# The widget


def test_the_browser_leafs_through_layers_and_filters() -> None:
    widget = FilterBrowser(NET, X, "conv2")
    assert widget.layer.value == 3
    widget.index.set_state({"value": 15})
    assert "conv2, map 15 of 16" in widget.words.value
    assert "all its maps. conv2, map 15 of 16" in widget.picture.value
    widget.layer.set_state({"index": 0})
    assert "conv1, map 5 of 6" in widget.words.value
    assert (widget.index.max, widget.error) == (5, "")


def test_a_network_that_learned_since_is_run_again() -> None:
    net = models.lenet5(rng=RNG)
    widget = FilterBrowser(net, X)
    net["conv1"].weight.data[0] = 0
    net["conv1"].bias.data[0] = 7
    widget.refresh()
    assert "28 x 28 numbers, all 7" in widget.words.value
    widget._network = 3
    widget.refresh()
    assert widget.error.startswith("FilterBrowser expects a network with forward(x)")


def test_what_a_handler_raises_is_shown_and_the_next_choice_clears_it() -> None:
    widget = FilterBrowser(NET, X)
    kept, widget._filters = widget._filters, None  # type: ignore[assignment]
    widget.index.set_state({"value": 2})
    assert widget.error.startswith("This cannot be shown: AttributeError")
    assert widget.picture.value == ""
    widget._filters = kept
    widget.index.set_state({"value": 3})
    assert widget.error == "" and "map 3 of 6" in widget.words.value


MESSAGES = [
    Message(
        lambda: FilterBrowser(NET, np.zeros((2, 1, 32, 32))), ValueError,
        "FilterBrowser expects one sample, a batch of one; got shape (2, 1, 32, 32). Did you mean "
        "x[:1]?",
    ),
    Message(
        lambda: filter_figure(NET, X, "conv9"), ValueError,
        "layer expects a place from 0 to 11, or one of conv1, relu1, pool1, conv2, relu2, pool2, "
        "flatten, fc1, relu3, fc2, relu4, fc3; got 'conv9'.",
    ),
    Message(
        lambda: filter_figure(NET, X, 0, 6), ValueError,
        "index expects a whole number from 0 to 5; got 6.",
    ),
]


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: message.text[:50])
def test_message(message: Message) -> None:
    check(message)


def test_every_complaint_is_read_above() -> None:
    assert unread_raises([filter_browser, filter_plot, filter_records], MESSAGES) == []
