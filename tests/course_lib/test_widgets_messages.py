"""Every complaint of course_lib.widgets about its arguments, word for word."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from course_lib import widgets
from course_lib.widgets import (
    BackpropStepper,
    ConvStepper,
    GraphStepper,
    Stepper,
    backprop_records,
    conv_figure,
    conv_records,
    conv_step_figure,
    conv_stepper,
    conv_steps,
    graph_figure,
    graph_records,
    graph_step_figure,
    graph_stepper,
)
from course_lib.widgets import stepper as stepper_module
from tests.course_lib.messages import Message, check, unread_raises

W = {(2, 0): 0.0, (2, 1): 1.0}


def graph(w: Any = W, x: Any = (1,), edges: Any = ((1, 2),)) -> GraphStepper:
    return GraphStepper([1, 2], edges, w, x)


MESSAGES = [
    Message(
        lambda: graph(edges=[(1, 2), (2, 1)]), ValueError,
        "The edges contain the cycle 1 -> 2 -> 1, so no order exists. Remove one of its edges.",
    ),
    Message(
        lambda: graph(x=[1, 2]), ValueError,
        "forward_graph expects one number for each of the 1 inputs [1]; got x of shape (2,).",
    ),
    Message(
        lambda: graph(w={(2, 0): 0.0, (1, 2): 1.0}), ValueError,
        "forward_graph misses the weight w[2, 1] of the edge 1 -> 2. (The target comes first.)",
    ),
    Message(
        lambda: graph(w={(2, 1): 1.0}), ValueError,
        "forward_graph misses the bias w[2, 0]. (The target comes first.)",
    ),
    Message(
        lambda: graph_step_figure([1, 2], [(1, 2)], W, [1], 6), ValueError,
        "step expects a whole number from 0 to 5 (or -1 for the last); got 6.",
    ),
    Message(
        lambda: BackpropStepper([1, 2], [(1, 2)], W, [1], [1, 0]), ValueError,
        "t expects one target for each of the 1 outputs [2]; got shape (2,).",
    ),
    Message(
        lambda: conv_step_figure(np.eye(3), np.eye(2), step=4), ValueError,
        "step expects a whole number from 0 to 3 (or -1 for the last); got 4.",
    ),
    Message(
        lambda: ConvStepper(np.zeros((2, 1, 5, 5)), np.eye(3)), ValueError,
        "x expects one image of shape (H, W), (C, H, W) or (1, C, H, W); got shape "
        "(2, 1, 5, 5). Did you mean x[0]?",
    ),
    Message(
        lambda: ConvStepper(np.eye(5), np.ones(3)), ValueError,
        "weight expects shape (F, F), (C, F, F) or (K, C, F, F); got shape (3,).",
    ),
    Message(
        lambda: ConvStepper(np.zeros((3, 5, 5)), np.eye(3)), ValueError,
        "weight expects one slice for each of the 3 channels of x; got 1 "
        "(x has shape (3, 5, 5), weight (3, 3)).",
    ),
    Message(
        lambda: ConvStepper(np.eye(5), np.eye(3), [1, 2]), ValueError,
        "bias expects one number for each of the 1 filters; got shape (2,).",
    ),
    Message(
        lambda: ConvStepper(np.eye(5), np.eye(3), stride=3), ValueError,
        "Stride 3 does not fit: (5 - 3 + 2*0)/3 + 1 = 1.66667 is not whole. Legal strides for "
        "n_in=5, kernel_size=3, padding=0: 1 and 2. (Or say rounding='floor' or "
        "rounding='ceil'.)",
    ),
    Message(
        lambda: ConvStepper(np.eye(5), np.eye(3), stride=(1, 2, 3)), ValueError,
        "stride, padding and dilation are a whole number or a pair (rows, columns); "
        "got (1, 2, 3).",
    ),
    Message(
        lambda: ConvStepper(np.eye(5), np.eye(3), dilation=0), ValueError,
        "dilation expects 1 or more; got 0.",
    ),
    Message(
        lambda: conv_steps(np.zeros((60, 60)), np.eye(3)), ValueError,
        "Stepping through 3364 positions takes too long (the most is 2000). "
        "Cut out a piece, for example x[..., :10, :10].",
    ),
]


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: message.text[:50])
def test_message(message: Message) -> None:
    check(message)


class Unfinished(Stepper):
    pass


def test_a_subclass_must_say_what_it_shows() -> None:
    """Not a message for learners; but a forgotten method must not stay unseen."""
    widget = Unfinished(2)
    widget.next.click()
    assert widget.error == "This step cannot be shown: NotImplementedError without a message."
    with pytest.raises(NotImplementedError):
        widget.words_of(0)


def test_every_complaint_is_read_above() -> None:
    modules = [backprop_records, conv_figure, conv_records, conv_stepper, graph_figure,
               graph_records, graph_stepper]
    assert unread_raises(modules, MESSAGES) == []
    assert len(unread_raises([stepper_module], MESSAGES)) == 2  # the two of a subclass


def test_exports_are_sorted_and_complete() -> None:
    assert widgets.__all__ == sorted(widgets.__all__)
    assert all(hasattr(widgets, name) for name in widgets.__all__)
