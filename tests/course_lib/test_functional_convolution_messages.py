"""Every complaint of conv1d, conv2d and conv3d, word for word."""

from __future__ import annotations

from importlib import import_module

import pytest

from course_lib import functional as F
from tests.course_lib.messages import Message, check, unread_raises
from tests.course_lib.test_functional_messages import CONVOLUTION, ones

MODULES = [
    import_module(f"course_lib.functional.{name}")
    for name in (
        "conv1d", "conv3d", "convolution", "convolution_naive", "convolution_nd", "windows",
    )
]

SETTINGS = [
    Message(
        lambda: F.conv2d(ones(1, 1, 9, 9), ones(1, 1, 3, 3), stride=2, padding="same"),
        ValueError,
        "conv2d, along the rows: padding='same' keeps the size, which only stride 1 can; "
        "got stride 2. Give the padding in pixels.",
    ),
    Message(
        lambda: F.conv2d(ones(1, 1, 9, 9), ones(1, 1, 3, 3), padding="full"), ValueError,
        "conv2d, along the rows: padding is a number of pixels, 'same' or 'valid'; got 'full'.",
    ),
    Message(
        lambda: F.conv2d(ones(1, 1, 9, 9), ones(1, 1, 3, 3), dilation=0), ValueError,
        "conv2d, along the rows: dilation must be at least 1; got 0.",
    ),
    Message(
        lambda: F.conv2d(ones(1, 1, 9, 9), ones(1, 1, 3, 3), dilation=(1, 2, 3)), ValueError,
        "dilation is one number or a pair (rows, columns); got (1, 2, 3), which has 3.",
    ),
    Message(
        lambda: F.conv2d_naive(ones(1, 1, 9, 8), ones(1, 1, 3, 3), dilation=4), ValueError,
        "conv2d_naive, along the columns: A window of 9 (3 pixels at dilation 4) is larger than "
        "an input of 8 with padding 0 on both sides (8). Use a smaller window or a padding of at "
        "least 1.",
    ),
    Message(
        lambda: F.conv2d(ones(1, 1, 9, 8), ones(1, 1, 3, 3), stride=2, dilation=2), ValueError,
        "conv2d, along the columns: Stride 2 does not fit: (8 - 5 + 2*0)/2 + 1 = 2.5 is not "
        "whole. Legal strides for n_in=8, kernel_size=3, padding=0, dilation=2: 1 and 3. "
        "(Or say rounding='floor' or rounding='ceil'.)",
    ),
    Message(
        lambda: F.conv2d(ones(1, 1, 9, 9), ones(1, 1, 3, 3), rounding="up"), ValueError,
        "conv2d, along the rows: rounding is 'strict', 'floor' or 'ceil'; got 'up'.",
    ),
    Message(
        lambda: F.conv2d(ones(1, 1, 9, 9), ones(1, 1, 0, 3)), ValueError,
        "conv2d, along the rows: kernel_size must be at least 1; got 0.",
    ),
]

OTHER_AXES = [
    Message(
        lambda: F.conv1d(ones(3, 8), ones(4, 3, 2)), ValueError,
        "conv1d expects x of shape (N, C, L); got (3, 8). For a batch of one write x[np.newaxis].",
    ),
    Message(
        lambda: F.conv1d(ones(1, 3, 8), ones(4, 3, 1, 2)), ValueError,
        "conv1d expects weight of shape (K, C/groups, F); got (4, 3, 1, 2).",
    ),
    Message(
        lambda: F.conv1d(ones(1, 2, 8), ones(4, 3, 2)), ValueError,
        "conv1d expects x with 3 channels, because weight has shape (4, 3, 2) and groups=1; "
        "got x of shape (1, 2, 8). Did you mean weight of shape (4, 2, 2)?",
    ),
    Message(
        lambda: F.conv1d(ones(1, 3, 8), ones(4, 3, 2), stride=(1, 2)), ValueError,
        "stride is one number; got (1, 2), which has 2.",
    ),
    Message(
        lambda: F.conv1d(ones(1, 3, 8), ones(4, 3, 3), stride=2), ValueError,
        "conv1d, along the length: Stride 2 does not fit: (8 - 3 + 2*0)/2 + 1 = 3.5 is not "
        "whole. Legal strides for n_in=8, kernel_size=3, padding=0: 1 and 5. "
        "(Or say rounding='floor' or rounding='ceil'.)",
    ),
    Message(
        lambda: F.conv1d_backward(ones(1, 4, 8), ones(1, 3, 8), ones(4, 3, 2)), ValueError,
        "conv1d_backward expects grad_output of shape (1, 4, 7); got (1, 4, 8).",
    ),
    Message(
        lambda: F.conv3d(ones(3, 4, 5, 6), ones(4, 3, 2, 2, 2)), ValueError,
        "conv3d expects x of shape (N, C, D, H, W); got (3, 4, 5, 6). "
        "For a batch of one write x[np.newaxis].",
    ),
    Message(
        lambda: F.conv3d(ones(1, 3, 4, 5, 6), ones(4, 3, 2, 2)), ValueError,
        "conv3d expects weight of shape (K, C/groups, F_d, F_h, F_w); got (4, 3, 2, 2).",
    ),
    Message(
        lambda: F.conv3d(ones(1, 3, 4, 5, 6), ones(4, 3, 2, 2, 2), padding=(1, 1)), ValueError,
        "padding is one number or a triple (depth, rows, columns); got (1, 1), which has 2.",
    ),
    Message(
        lambda: F.conv3d(ones(1, 3, 4, 5, 6), ones(4, 3, 5, 2, 2)), ValueError,
        "conv3d, along the depth: A window of 5 is larger than an input of 4 with padding 0 on "
        "both sides (4). Use a smaller window or a padding of at least 1.",
    ),
]

MESSAGES = SETTINGS + OTHER_AXES


@pytest.mark.parametrize("message", MESSAGES, ids=lambda m: m.text[:60])
def test_message(message: Message) -> None:
    check(message)


def test_every_message_is_read() -> None:
    assert unread_raises(MODULES, CONVOLUTION + MESSAGES) == []
