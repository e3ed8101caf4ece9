"""Every complaint of course_lib.functional, word for word."""

from __future__ import annotations

from importlib import import_module

import numpy as np
import pytest

from course_lib import functional as F
from tests.course_lib.messages import Message, check, unread_raises
from tests.course_lib.operations import OPERATIONS, Operation


def ones(*shape: int) -> np.ndarray:
    return np.ones(shape)


NOT_FLOAT = [
    Message(
        lambda: F.relu(np.array([1, 2])), TypeError,
        "relu expects x in float64 or float32; got int64. "
        "Did you mean np.asarray(x, dtype=float)?",
    ),
    Message(
        lambda: F.softmax([True, False]), TypeError,
        "softmax expects x in float64 or float32; got bool. "
        "Did you mean np.asarray(x, dtype=float)?",
    ),
    Message(
        lambda: F.linear(ones(2, 3), np.ones((4, 3), dtype=int)), TypeError,
        "linear expects weight in float64 or float32; got int64. "
        "Did you mean np.asarray(weight, dtype=float)?",
    ),
    Message(
        lambda: F.conv2d(np.zeros((1, 1, 3, 3), dtype=np.uint8), ones(1, 1, 2, 2)), TypeError,
        "conv2d expects x in float64 or float32; got uint8. "
        "Did you mean np.asarray(x, dtype=float)?",
    ),
    Message(
        lambda: F.tanh([[1.0], [1.0, 2.0]]), TypeError,
        "tanh expects x to be an array of numbers; got rows of different lengths. "
        "Give every row the same number of entries.",
    ),
]

WRONG_SHAPE = [
    Message(
        lambda: F.relu_backward(ones(2, 3), ones(3, 2)), ValueError,
        "relu_backward expects grad_output of shape (3, 2); got (2, 3).",
    ),
    Message(
        lambda: F.softmax_backward(ones(4), ones(3)), ValueError,
        "softmax_backward expects grad_output of shape (3,); got (4,).",
    ),
    Message(
        lambda: F.softmax(ones(2, 3), axis=2), ValueError,
        "softmax expects an axis that x has; got axis 2 for shape (2, 3).",
    ),
    Message(
        lambda: F.log_softmax(ones(2, 0)), ValueError,
        "log_softmax needs at least one class along axis -1; got x of shape (2, 0).",
    ),
    Message(
        lambda: F.linear(ones(2, 4), ones(4, 3)), ValueError,
        "linear expects x with 3 features along its last axis, because weight has shape (4, 3); "
        "got x of shape (2, 4). Is weight transposed? It is (n_out, n_in).",
    ),
    Message(
        lambda: F.linear(ones(2, 1, 4, 4), ones(10, 16)), ValueError,
        "linear expects x with 16 features along its last axis, because weight has shape "
        "(10, 16); got x of shape (2, 1, 4, 4). Did you mean x.reshape(len(x), -1)?",
    ),
    Message(
        lambda: F.linear(ones(2, 3), ones(4, 3), ones(3)), ValueError,
        "linear expects bias of shape (4,); got (3,).",
    ),
    Message(
        lambda: F.linear(ones(2, 3), ones(3)), ValueError,
        "linear expects weight of shape (n_out, n_in); got (3,).",
    ),
    Message(
        lambda: F.linear_backward(ones(2, 3), ones(2, 3), ones(4, 3)), ValueError,
        "linear_backward expects grad_output of shape (2, 4); got (2, 3).",
    ),
    Message(
        lambda: F.maxout(ones(2, 3), ones(4, 3)), ValueError,
        "maxout expects weight of shape (pieces, n_out, n_in); got (4, 3).",
    ),
    Message(
        lambda: F.maxout(ones(2, 3), ones(0, 4, 3)), ValueError,
        "maxout expects at least one piece; got weight of shape (0, 4, 3).",
    ),
    Message(
        lambda: F.maxout(ones(2, 3), ones(5, 4, 3), ones(4)), ValueError,
        "maxout expects bias of shape (5, 4); got (4,).",
    ),
    Message(
        lambda: F.maxout_backward(ones(2, 5), ones(2, 3), ones(5, 4, 3)), ValueError,
        "maxout_backward expects grad_output of shape (2, 4); got (2, 5).",
    ),
]

CONVOLUTION = [
    Message(
        lambda: F.conv2d(ones(3, 8, 8), ones(5, 3, 2, 2)), ValueError,
        "conv2d expects x of shape (N, C, H, W); got (3, 8, 8). "
        "For a batch of one write x[np.newaxis].",
    ),
    Message(
        lambda: F.conv2d_naive(ones(8, 8), ones(5, 3, 2, 2)), ValueError,
        "conv2d_naive expects x of shape (N, C, H, W); got (8, 8).",
    ),
    Message(
        lambda: F.conv2d(ones(1, 3, 8, 8), ones(2, 2)), ValueError,
        "conv2d expects weight of shape (K, C/groups, F_h, F_w); got (2, 2).",
    ),
    Message(
        lambda: F.conv2d(ones(8, 1, 28, 28), ones(6, 3, 5, 5)), ValueError,
        "conv2d expects x with 3 channels, because weight has shape (6, 3, 5, 5) and groups=1; "
        "got x of shape (8, 1, 28, 28). Did you mean weight of shape (6, 1, 5, 5)?",
    ),
    Message(
        lambda: F.conv2d(ones(1, 4, 8, 8), ones(6, 4, 3, 3), groups=2), ValueError,
        "conv2d expects x with 8 channels, because weight has shape (6, 4, 3, 3) and groups=2; "
        "got x of shape (1, 4, 8, 8). Did you mean weight of shape (6, 2, 3, 3)?",
    ),
    Message(
        lambda: F.conv2d(ones(1, 3, 8, 8), ones(6, 1, 3, 3), groups=2), ValueError,
        "conv2d cannot split 3 channels into 2 groups of equal size. "
        "groups must divide both the channels and the filters.",
    ),
    Message(
        lambda: F.conv2d(ones(1, 4, 8, 8), ones(5, 2, 3, 3), groups=2), ValueError,
        "conv2d cannot split 5 filters into 2 groups of equal size. "
        "groups must divide both the channels and the filters.",
    ),
    Message(
        lambda: F.conv2d(ones(1, 3, 8, 8), ones(6, 3, 3, 3), groups=0), ValueError,
        "groups must be at least 1; got 0.",
    ),
    Message(
        lambda: F.conv2d(ones(1, 3, 8, 8), ones(6, 3, 3, 3), groups=1.0), TypeError,
        "groups is a whole number; got 1.0.",
    ),
    Message(
        lambda: F.conv2d(ones(1, 3, 8, 8), ones(6, 3, 3, 3), ones(3)), ValueError,
        "conv2d expects bias of shape (6,); got (3,).",
    ),
    Message(
        lambda: F.conv2d(ones(1, 3, 8, 8), ones(6, 3, 3, 3), stride=0), ValueError,
        "conv2d, along the rows: stride must be at least 1; got 0.",
    ),
    Message(
        lambda: F.conv2d(ones(1, 3, 8, 8), ones(6, 3, 3, 3), padding=(0, -1)), ValueError,
        "conv2d, along the columns: padding must be at least 0; got -1.",
    ),
    Message(
        lambda: F.conv2d(ones(1, 3, 8, 8), ones(6, 3, 3, 3), padding=0.5), TypeError,
        "padding is a whole number; got 0.5.",
    ),
    Message(
        lambda: F.conv2d(ones(1, 3, 8, 8), ones(6, 3, 3, 3), stride=(1, 1, 1)), ValueError,
        "stride is one number or a pair (rows, columns); got (1, 1, 1), which has 3.",
    ),
    Message(
        lambda: F.conv2d(ones(1, 1, 7, 10), ones(1, 1, 3, 3), stride=2), ValueError,
        "conv2d, along the columns: Stride 2 does not fit: (10 - 3 + 2*0)/2 + 1 = 4.5 is not "
        "whole. Legal strides for n_in=10, kernel_size=3, padding=0: 1 and 7. "
        "(Or say rounding='floor' or rounding='ceil'.)",
    ),
    Message(
        lambda: F.conv2d(ones(1, 1, 3, 9), ones(1, 1, 4, 4)), ValueError,
        "conv2d, along the rows: A window of 4 is larger than an input of 3 with padding 0 on "
        "both sides (3). Use a smaller window or a padding of at least 1.",
    ),
    Message(
        lambda: F.conv2d_backward(ones(1, 6, 5, 6), ones(1, 3, 8, 8), ones(6, 3, 3, 3)),
        ValueError,
        "conv2d_backward expects grad_output of shape (1, 6, 6, 6); got (1, 6, 5, 6).",
    ),
]

NUMBERS = [
    Message(
        lambda: F.dropout(ones(2), 1.0), ValueError, "p must be at least 0 and below 1; got 1.0.",
    ),
    Message(
        lambda: F.dropout(ones(2), "half"), TypeError, "p is a number; got 'half'.",
    ),
]

MESSAGES = NOT_FLOAT + WRONG_SHAPE + CONVOLUTION + NUMBERS
MODULES = [
    "arrays",
    *(f"functional.{name}" for name in (
        "activation", "convolution_nd", "linear", "maxout", "softmax", "windows",
    )),
]


@pytest.mark.parametrize("message", MESSAGES, ids=lambda m: m.text[:60])
def test_message(message: Message) -> None:
    check(message)


def test_every_message_is_read() -> None:
    modules = [import_module(f"course_lib.{name}") for name in MODULES]
    assert unread_raises(modules, MESSAGES) == []


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda o: o.id)
def test_no_argument_may_hold_whole_numbers(operation: Operation) -> None:
    """Neither forward nor backward; what the message says is read above."""
    args = operation.arguments(np.random.default_rng(0))
    grad_output = np.ones_like(operation.f(*args))
    for k in range(len(args)):
        whole = [a.astype(int) if k == i else a for i, a in enumerate(args)]
        with pytest.raises(TypeError, match="in float64 or float32; got int64"):
            operation.f(*whole)
    if operation.needs is not None:
        with pytest.raises(TypeError, match="expects grad_output in float64 or float32; got int"):
            operation.f_backward(grad_output.astype(int), *args)
