"""The drawn neuron: every part is named, and the numbers are those of the neuron."""

from __future__ import annotations

import importlib

import numpy as np
import pytest

from course_lib import functional as F
from course_lib import plots
from tests.course_lib.messages import Message, check, unread_raises

MESSAGES = [
    Message(
        lambda: plots.draw_neuron(F.step, [1, 0], [1], -1.5), ValueError,
        "draw_neuron expects x and w of one length together with w0, or none of the three; "
        "got x [1, 0], w [1] and w0 -1.5.",
    ),
    Message(
        lambda: plots.draw_neuron(F.step, [1, 0], [1, 1]), ValueError,
        "draw_neuron expects x and w of one length together with w0, or none of the three; "
        "got x [1, 0], w [1, 1] and w0 None.",
    ),
    Message(
        lambda: plots.draw_neuron(F.step, inputs=7), ValueError,
        "draw_neuron can draw 1 to 6 inputs; got 7.",
    ),
]


def written(fig):
    return [text.get_text() for text in fig.axes[0].texts]


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: message.text[:40])
def test_complaints(message):
    check(message)


def test_every_complaint_is_read_above():
    assert unread_raises([importlib.import_module("course_lib.plots.neuron")], MESSAGES) == []


@pytest.mark.parametrize("inputs", [1, 3, 6])
def test_every_part_has_its_name(inputs):
    words = written(plots.draw_neuron(F.step, inputs=inputs, name="step", title="A neuron"))
    for k in range(1, inputs + 1):
        assert f"$x_{k}$" in words and f"$w_{k}$" in words
    for word in ("inputs", "weights", "bias", "sum", "activation", "output", "$w_0$", "net", "step",
                 "$y$"):
        assert word in words


@pytest.mark.parametrize(
    ("f", "w0", "net", "y"),
    [(F.step, -1.5, "−0.5", "0"), (F.step, -0.5, "0.5", "1"), (F.sigmoid, -1.0, "0", "0.5"),
     (lambda z: 3 * z, -2.0, "−1", "−3")],
)
def test_net_and_output_are_those_of_the_neuron(f, w0, net, y):
    words = written(plots.draw_neuron(f, [1, 0], np.array([1.0, 1.0]), w0))
    assert f"net = {net}" in words and f"$y$\n{y}" in words
