"""The architecture explorer: counts, comparisons, networks that cannot be counted."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from course_lib import layers, models
from course_lib.init import zeros
from course_lib.shapes import count_macs, count_params
from course_lib.widgets import (
    ArchitectureExplorer,
    architecture,
    architecture_explorer,
    architecture_figure,
    architecture_plot,
    architecture_records,
    panel,
    published_models,
)
from tests.course_lib.figures import colliding_texts, smallest_font, texts
from tests.course_lib.messages import Message, check, unread_raises

RNG = np.random.default_rng(0)
SMALL = models.lenet5(rng=RNG)
SIZE = (1, 32, 32)


class Breaks(layers.Layer):
    def forward(self, x: Any) -> Any:
        raise KeyError("x")


@pytest.mark.parametrize("name", ["LeNet-5", "MLP 784-300-100-10", "AlexNet", "ResNet-18"])
def test_the_bars_add_up_to_the_sums_of_the_library(name: str) -> None:
    model, size = published_models()[name]()
    got = architecture(name, model, size)
    assert got.parameters == count_params(model) == sum(bar.parameters for bar in got.bars)
    assert got.macs == count_macs(model, size) == sum(bar.macs for bar in got.bars)
    assert len(got.bars) <= 20


def test_deep_networks_are_put_together_by_their_names_and_at_last_by_force() -> None:
    deep = models.resnet20(rng=RNG, init=zeros)
    got = architecture("deep", deep, (3, 32, 32))
    assert len(got.bars) <= 20
    assert any(bar.kind.endswith(" layers") for bar in got.bars)
    flat = layers.Sequential(*(layers.Linear(2, 2, rng=RNG) for _ in range(30)))
    bars = architecture("flat", flat, (2,)).bars
    assert (len(bars), bars[-1].name, bars[-1].parameters) == (20, "11 others", 66)


def test_what_is_said_of_a_network_and_of_two() -> None:
    widget = ArchitectureExplorer({"mine": (SMALL, SIZE)}, other="AlexNet")
    assert "mine: 61,706 parameters, and 416,520 multiply-adds for one input of 1 x 32 x 32. " in (
        widget.words.value
    )
    assert "fc1 has 78.0 % of the parameters, conv2 does 57.6 % of" in widget.words.value
    assert "mine has 990 times fewer parameters and 1,715 times fewer" in widget.words.value
    same = architecture("twin", SMALL, SIZE)
    assert architecture_records.compared(same, same) == (
        "Against twin, twin has as many parameters and as many multiply-adds."
    )
    empty = architecture("empty", layers.ReLU(), (3,))
    assert empty.words == "empty: 0 parameters, and 0 multiply-adds for one input of 3."
    assert "61,706 parameters in place of 0" in architecture_records.compared(same, empty)


@pytest.mark.parametrize("name", ["VGG-16", "GoogLeNet", "ResNet-50"])
def test_the_picture_can_be_read(name: str) -> None:
    fig = architecture_figure(SMALL, SIZE, *published_models()[name](), layer=1)
    assert colliding_texts(fig) == []
    assert smallest_font(fig) >= 8
    assert {"parameters", "multiply-adds", "▶ conv2", "240 k"} <= set(texts(fig))


def test_numbers_are_shortened_to_three_digits() -> None:
    assert [architecture_plot.short(n) for n in (7, 61706, 138357544, 15470264320)] == [
        "7", "61.7 k", "138 M", "15.5 G",
    ]


# The widget


def test_the_browser_chooses_and_the_picture_follows() -> None:
    widget = ArchitectureExplorer({"mine": (SMALL, SIZE)})
    assert "conv1 (Conv2d)" in widget.words.value and widget.layer.max == 4
    widget.layer.set_state({"value": 4})
    assert "fc3 (Linear): output 10, 850 parameters" in widget.words.value
    widget.model.set_state({"index": 2})
    assert widget.model.value == "MLP 784-300-100-10"
    assert (widget.layer.max, widget.layer.value) == (2, 2)
    widget.other.set_state({"index": 1})
    assert "Against mine, MLP 784-300-100-10 has 4.32 times as many" in widget.words.value
    assert 'alt="Bars for every layer. fc3' in widget.picture.value
    assert widget.error == ""


PROBLEMS = [
    (Breaks(), SIZE, "mine cannot be counted: The model cannot be shown: KeyError: 'x'"),
    (layers.Linear(3, 2, rng=RNG), (4,), "mine cannot be counted: "),
    (SMALL, (3, 32, 32), "mine cannot be counted: "),
]


@pytest.mark.parametrize(("model", "size", "problem"), PROBLEMS)
def test_a_network_that_cannot_be_counted_is_said_and_the_next_one_clears_it(
    model: Any, size: Any, problem: str
) -> None:
    widget = ArchitectureExplorer({"mine": (model, size)})
    assert widget.error.startswith(problem) and "\n" not in widget.error
    assert widget.error in widget.message.value.replace("&#x27;", "'").replace("&gt;", ">")
    widget.model.value = "LeNet-5"
    assert (widget.error, widget.message.value) == ("", "")
    assert problem in " ".join(texts(architecture_figure(model, size, names=("mine", ""))))


def test_what_a_handler_raises_is_shown_and_no_old_picture_stays() -> None:
    widget = ArchitectureExplorer({"mine": (SMALL, SIZE)})
    widget._makers = {}
    widget.model.set_state({"index": 3})
    assert widget.error == "This cannot be shown: KeyError: 'AlexNet'"
    assert (widget.picture.value, widget.words.value) == ("", "")
    widget.model.set_state({"index": 0})
    assert widget.error == "" and "61,706" in widget.words.value


MESSAGES = [
    Message(
        lambda: architecture("mine", len, SIZE), TypeError,
        "mine expects a network of layers and its input shape; got builtin_function_or_method. "
        "Let your own class inherit from layers.Layer.",
    ),
    Message(
        lambda: architecture("mine", SMALL, (0, 4)), ValueError,
        "mine expects an input shape such as (3, 224, 224); got (0, 4).",
    ),
    Message(
        lambda: ArchitectureExplorer(other="LeNet"), ValueError,
        "ArchitectureExplorer knows LeNet-5, MLP 784-300-100-10, AlexNet, VGG-16, GoogLeNet, "
        "ResNet-18, ResNet-50; got 'LeNet'.",
    ),
    Message(lambda: panel.Panel([]).drawn(), NotImplementedError, ""),
]


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: message.text[:50])
def test_message(message: Message) -> None:
    check(message)


def test_every_complaint_is_read_above() -> None:
    modules = [architecture_explorer, architecture_plot, architecture_records, panel]
    assert unread_raises(modules, MESSAGES) == []
