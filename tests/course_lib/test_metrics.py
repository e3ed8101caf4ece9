"""Accuracy, top-k, the confusion matrix, precision, recall: numbers by hand, laws, messages."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from course_lib import metrics
from course_lib.metrics import accuracy, confusion_matrix, precision, recall, top_k_accuracy
from tests.course_lib.messages import Message, check, unread_raises

SCORES = np.array([
    [0.1, 0.7, 0.2],
    [0.5, 0.2, 0.3],
    [0.2, 0.3, 0.5],
    [0.6, 0.3, 0.1],
    [0.4, 0.4, 0.2],    # a tie: class 0 comes first
])
LABELS = [1, 0, 2, 0, 0]
TARGETS = np.array([1, 0, 1, 2, 1])


@pytest.mark.parametrize("predictions", [SCORES, LABELS, SCORES.astype(np.float32)])
def test_by_hand(predictions) -> None:
    assert accuracy(predictions, TARGETS) == 2 / 5
    counts = confusion_matrix(predictions, TARGETS)
    np.testing.assert_array_equal(counts, [[1, 0, 0], [1, 1, 1], [1, 0, 0]])
    np.testing.assert_allclose(precision(predictions, TARGETS), [1 / 3, 1, 0])
    np.testing.assert_allclose(recall(predictions, TARGETS), [1, 1 / 3, 0])


def test_top_k_by_hand() -> None:
    assert [top_k_accuracy(SCORES, TARGETS, k) for k in (1, 2, 3)] == [2 / 5, 4 / 5, 1]


def test_a_network_that_says_the_same_for_all_classes_is_not_always_right() -> None:
    targets = np.arange(10)
    assert top_k_accuracy(np.zeros((10, 10)), targets, 1) == accuracy(np.zeros((10, 10)), targets)
    assert top_k_accuracy(np.zeros((10, 10)), targets, 5) == 0.5


def test_classes_that_never_occur_have_their_rows_and_columns() -> None:
    counts = confusion_matrix([0, 1], [0, 0], n_classes=4)
    assert counts.shape == (4, 4)
    assert counts.dtype == np.int64
    np.testing.assert_array_equal(precision([0, 1], [0, 0], 4), [1, 0, 0, 0])
    np.testing.assert_array_equal(recall([0, 1], [0, 0], 4), [0.5, 0, 0, 0])
    assert confusion_matrix([0, 3], [0, 0]).shape == (4, 4)


labels = st.integers(1, 30).flatmap(
    lambda n: st.tuples(*[arrays(np.int64, n, elements=st.integers(0, 4)) for _ in range(2)])
)


@given(labels)
def test_laws(pair) -> None:
    predictions, targets = pair
    counts = confusion_matrix(predictions, targets, 5)
    assert counts.sum() == len(targets)
    assert np.trace(counts) / len(targets) == accuracy(predictions, targets)
    np.testing.assert_array_equal(counts.sum(axis=1), np.bincount(targets, minlength=5))
    np.testing.assert_array_equal(counts.T, confusion_matrix(targets, predictions, 5))
    np.testing.assert_array_equal(
        precision(predictions, targets, 5), recall(targets, predictions, 5)
    )


@given(arrays(np.float64, (7, 5), elements=st.floats(-3, 3, width=16)), st.integers(0, 4))
def test_top_k_grows_from_accuracy_to_1(scores, target) -> None:
    targets = np.full(7, target)
    shares = [top_k_accuracy(scores, targets, k) for k in range(1, 6)]
    assert shares == sorted(shares)
    assert shares[0] == accuracy(scores, targets)
    assert shares[-1] == 1


MESSAGES = [
    Message(
        lambda: accuracy([0.0, 1.0], [0, 1]), TypeError,
        "accuracy expects predictions as whole numbers; got float64.",
    ),
    Message(
        lambda: accuracy(SCORES, TARGETS.astype(float)), TypeError,
        "accuracy expects targets as whole numbers; got float64.",
    ),
    Message(
        lambda: accuracy(SCORES, [1, 0]), ValueError,
        "accuracy expects targets of shape (5,); got (2,).",
    ),
    Message(
        lambda: accuracy(SCORES, [1, 0, 1, 3, 1]), ValueError,
        "accuracy expects targets from 0 to 2; got 3.",
    ),
    Message(
        lambda: confusion_matrix([-1], [0]), ValueError,
        "confusion_matrix expects predictions from 0 on; got -1.",
    ),
    Message(
        lambda: precision([2], [0], n_classes=2), ValueError,
        "confusion_matrix expects predictions from 0 to 1; got 2.",
    ),
    Message(lambda: accuracy([], []), ValueError,
            "accuracy expects at least one sample; got shape (0,)."),
    Message(lambda: accuracy(np.zeros((0, 3)), []), ValueError,
            "accuracy expects at least one sample; got shape (0, 3)."),
    Message(
        lambda: top_k_accuracy(SCORES, TARGETS), ValueError,
        "top_k_accuracy expects k of at most 3 classes; got 5.",
    ),
    Message(
        lambda: top_k_accuracy(np.array(LABELS, dtype=float), TARGETS, 1), ValueError,
        "top_k_accuracy expects scores of shape (N, K); got (5,). "
        "For a batch of one write scores[np.newaxis].",
    ),
    Message(
        lambda: accuracy(SCORES * np.nan, TARGETS), ValueError,
        "accuracy expects numbers as scores; got nan. Has training diverged?",
    ),
    Message(lambda: recall([0], [0], 0), ValueError, "n_classes must be at least 1; got 0."),
]


@pytest.mark.parametrize("message", MESSAGES, ids=lambda m: m.text[:60])
def test_message(message) -> None:
    check(message)


def test_every_message_is_read() -> None:
    assert unread_raises([metrics], MESSAGES) == []
