"""Every complaint of the normalisation layers and of dropout, word for word."""

from __future__ import annotations

from importlib import import_module

import numpy as np
import pytest

from course_lib import functional as F
from tests.course_lib.messages import Message, check, unread_raises

MODULES = ("normalization", "standardize", "dropout")
RUNNING = (np.zeros(3), np.ones(3))


def ones(*shape: int) -> np.ndarray:
    return np.ones(shape)


NORMALIZATION = [
    Message(
        lambda: F.batch_norm(np.ones((4, 3), dtype=int), *RUNNING), TypeError,
        "batch_norm expects x in float64 or float32; got int64. "
        "Did you mean np.asarray(x, dtype=float)?",
    ),
    Message(
        lambda: F.batch_norm(ones(3), *RUNNING), ValueError,
        "batch_norm expects x of shape (N, C, ...); got (3,).",
    ),
    Message(
        lambda: F.batch_norm(ones(4, 5), *RUNNING), ValueError,
        "batch_norm expects running_mean of shape (5,); got (3,).",
    ),
    Message(
        lambda: F.batch_norm(ones(4, 3), np.zeros(3), ones(1, 3)), ValueError,
        "batch_norm expects running_var of shape (3,); got (1, 3).",
    ),
    Message(
        lambda: F.batch_norm(ones(4, 3), np.zeros(3), np.array([1.0, -0.5, 2.0])), ValueError,
        "batch_norm expects a running_var that is nowhere negative; got -0.5.",
    ),
    Message(
        lambda: F.batch_norm(ones(1, 3), *RUNNING, training=True), ValueError,
        "batch_norm needs at least two values that share a mean, else every y is the bias; "
        "x of shape (1, 3) has 1.",
    ),
    Message(
        lambda: F.batch_norm_backward(ones(0, 3), ones(0, 3), *RUNNING, training=True), ValueError,
        "batch_norm_backward needs at least two values that share a mean, else every y is the "
        "bias; x of shape (0, 3) has 0.",
    ),
    Message(
        lambda: F.batch_norm(ones(4, 3), *RUNNING, momentum=1.5), ValueError,
        "momentum must be at least 0 and at most 1; got 1.5.",
    ),
    Message(
        lambda: F.batch_norm(ones(4, 3), *RUNNING, eps=0), ValueError,
        "eps must be above 0; got 0.",
    ),
    Message(
        lambda: F.batch_norm(ones(4, 3), *RUNNING, ones(4)), ValueError,
        "batch_norm expects weight of shape (3,); got (4,).",
    ),
    Message(
        lambda: F.batch_norm(ones(4, 3), *RUNNING, None, ones(3, 1)), ValueError,
        "batch_norm expects bias of shape (3,); got (3, 1).",
    ),
    Message(
        lambda: F.batch_norm_backward(ones(4, 4), ones(4, 3), *RUNNING), ValueError,
        "batch_norm_backward expects grad_output of shape (4, 3); got (4, 4).",
    ),
    Message(
        lambda: F.layer_norm(ones(2, 3), 3.0), TypeError,
        "A length in normalized_shape is a whole number; got 3.0.",
    ),
    Message(
        lambda: F.layer_norm(ones(2, 3, 4), (3, 5)), ValueError,
        "layer_norm expects x whose last axes are normalized_shape=(3, 5); got x of shape "
        "(2, 3, 4).",
    ),
    Message(
        lambda: F.layer_norm(ones(2, 3), ()), ValueError,
        "layer_norm expects x whose last axes are normalized_shape=(); got x of shape (2, 3).",
    ),
    Message(
        lambda: F.layer_norm(ones(2, 1), 1), ValueError,
        "layer_norm needs at least two values that share a mean, else every y is the bias; "
        "x of shape (2, 1) has 1.",
    ),
    Message(
        lambda: F.layer_norm(ones(2, 3, 4), (3, 4), ones(4)), ValueError,
        "layer_norm expects weight of shape (3, 4); got (4,).",
    ),
    Message(
        lambda: F.group_norm(ones(2, 6, 4), 4), ValueError,
        "group_norm cannot split 6 channels into 4 groups of equal size. "
        "num_groups must divide the channels.",
    ),
    Message(
        lambda: F.group_norm(ones(2, 6, 4), 0), ValueError,
        "num_groups must be at least 1; got 0.",
    ),
    Message(
        lambda: F.instance_norm(ones(2, 3, 1, 1)), ValueError,
        "instance_norm needs at least two values that share a mean, else every y is the bias; "
        "x of shape (2, 3, 1, 1) has 1.",
    ),
]

DROPOUT = [
    Message(
        lambda: F.dropout(ones(2, 3), 1.0), ValueError,
        "p must be at least 0 and below 1; got 1.0.",
    ),
    Message(
        lambda: F.dropout(ones(2, 3), -0.1), ValueError,
        "p must be at least 0 and below 1; got -0.1.",
    ),
    Message(
        lambda: F.dropout_backward(ones(2, 3), ones(2, 3) > 0, np.nan), ValueError,
        "p must be at least 0 and below 1; got nan.",
    ),
    Message(lambda: F.dropout(ones(2, 3), True), TypeError, "p is a number; got True."),
    Message(
        lambda: F.dropout(ones(2, 3)), ValueError,
        "dropout in training draws random numbers and expects rng=np.random.default_rng(seed); "
        "got None. To evaluate say training=False.",
    ),
    Message(
        lambda: F.dropout_backward(ones(2, 3), ones(2, 3)), TypeError,
        "dropout_backward expects the mask that dropout returned, of bool; got float64.",
    ),
    Message(
        lambda: F.dropout_backward(ones(3, 2), ones(2, 3) > 0), ValueError,
        "dropout_backward expects grad_output of shape (2, 3); got (3, 2).",
    ),
]

MESSAGES = NORMALIZATION + DROPOUT


@pytest.mark.parametrize("message", MESSAGES, ids=lambda m: m.text[:60])
def test_message(message: Message) -> None:
    check(message)


def test_every_message_is_read() -> None:
    modules = [import_module(f"course_lib.functional.{name}") for name in MODULES]
    assert unread_raises(modules, MESSAGES) == []
