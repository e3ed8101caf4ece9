"""Every complaint of the losses, word for word."""

from __future__ import annotations

from importlib import import_module

import numpy as np
import pytest

from course_lib import functional as F
from tests.course_lib.messages import Message, check, unread_raises

CLASSES = np.array([0, 2])


def ones(*shape: int) -> np.ndarray:
    return np.ones(shape)


MESSAGES = [
    Message(
        lambda: F.cross_entropy(np.ones((2, 3), dtype=int), CLASSES), TypeError,
        "cross_entropy expects logits in float64 or float32; got int64. "
        "Did you mean np.asarray(logits, dtype=float)?",
    ),
    Message(
        lambda: F.cross_entropy(ones(3), np.array([1])), ValueError,
        "cross_entropy expects logits of shape (N, K); got (3,). "
        "For a batch of one write logits[np.newaxis].",
    ),
    Message(
        lambda: F.cross_entropy(ones(2, 0), CLASSES), ValueError,
        "cross_entropy needs at least one class; got logits of shape (2, 0).",
    ),
    Message(
        lambda: F.cross_entropy(ones(2, 3), np.eye(3)[:2]), TypeError,
        "cross_entropy expects targets to be whole numbers, the classes; got float64. "
        "For rows of 0 and 1 say targets.argmax(axis=1).",
    ),
    Message(
        lambda: F.cross_entropy(ones(2, 3), np.array([True, False])), TypeError,
        "cross_entropy expects targets to be whole numbers, the classes; got bool. "
        "Say targets.astype(int) if they are whole.",
    ),
    Message(
        lambda: F.cross_entropy(ones(2, 3), np.array([1, 2, 0])), ValueError,
        "cross_entropy expects targets of shape (2,); got (3,).",
    ),
    Message(
        lambda: F.cross_entropy(ones(2, 3), np.array([1, 3])), ValueError,
        "cross_entropy expects targets from 0 to 2, because logits has shape (2, 3); got 3.",
    ),
    Message(
        lambda: F.hinge_backward(1.0, ones(2, 3), np.array([-1, 0])), ValueError,
        "hinge_backward expects targets from 0 to 2, because logits has shape (2, 3); got -1.",
    ),
    Message(
        lambda: F.cross_entropy(ones(2, 3), CLASSES, ones(2)), ValueError,
        "cross_entropy expects weight of shape (3,); got (2,).",
    ),
    Message(
        lambda: F.cross_entropy(ones(2, 3), CLASSES, np.array([1.0, np.inf, 1.0])), ValueError,
        "cross_entropy expects a finite weight of at least 0; got [ 1. inf  1.].",
    ),
    Message(
        lambda: F.cross_entropy(ones(2, 3), CLASSES, label_smoothing=1.1), ValueError,
        "label_smoothing must be at least 0 and at most 1; got 1.1.",
    ),
    Message(
        lambda: F.cross_entropy(ones(2, 3), CLASSES, reduction="average"), ValueError,
        "reduction is 'mean', 'sum' or 'none'; got 'average'.",
    ),
    Message(
        lambda: F.cross_entropy(ones(0, 3), CLASSES[:0]), ValueError,
        "cross_entropy cannot take the mean of no losses. Use reduction='sum', or leave empty "
        "batches out.",
    ),
    Message(
        lambda: F.cross_entropy(ones(2, 3), CLASSES, np.array([0.0, 1.0, 0.0])), ValueError,
        "cross_entropy cannot take the mean of no losses. Use reduction='sum', or leave empty "
        "batches out.",
    ),
    Message(
        lambda: F.cross_entropy_backward(ones(2), ones(2, 3), CLASSES), ValueError,
        "cross_entropy_backward expects grad_output of shape (); got (2,).",
    ),
    Message(
        lambda: F.cross_entropy_backward(1.0, ones(2, 3), CLASSES, reduction="none"), ValueError,
        "cross_entropy_backward expects grad_output of shape (2,); got ().",
    ),
    Message(
        lambda: F.hinge(ones(2, 3), CLASSES, margin=0.0), ValueError,
        "margin must be above 0; got 0.0.",
    ),
    Message(
        lambda: F.binary_cross_entropy_with_logits(ones(2), np.array([0.5, 1.5])), ValueError,
        "binary_cross_entropy_with_logits expects targets in [0, 1]; got 1.5.",
    ),
    Message(
        lambda: F.binary_cross_entropy_with_logits(ones(2), CLASSES), TypeError,
        "binary_cross_entropy_with_logits expects targets in float64 or float32; got int64. "
        "Did you mean np.asarray(targets, dtype=float)?",
    ),
    Message(
        lambda: F.mse_loss(ones(8, 1), ones(8)), ValueError,
        "mse_loss expects targets of shape (8, 1); got (8,).",
    ),
    Message(
        lambda: F.l1_loss_backward(1.0, ones(3), ones(3, 1)), ValueError,
        "l1_loss_backward expects targets of shape (3,); got (3, 1).",
    ),
]


@pytest.mark.parametrize("message", MESSAGES, ids=lambda m: m.text[:60])
def test_message(message: Message) -> None:
    check(message)


def test_every_message_is_read() -> None:
    assert unread_raises([import_module("course_lib.functional.loss")], MESSAGES) == []


@pytest.mark.parametrize("name", ["mse_loss", "l1_loss", "binary_cross_entropy_with_logits"])
def test_no_mean_of_nothing(name) -> None:
    with pytest.raises(ValueError, match=f"{name} cannot take the mean of no losses"):
        getattr(F, name)(ones(0, 3), ones(0, 3))
    assert getattr(F, name)(ones(0, 3), ones(0, 3), "sum") == 0
