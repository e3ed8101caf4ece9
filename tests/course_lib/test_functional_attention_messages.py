"""Every complaint of attention and capsules, word for word."""

from __future__ import annotations

from importlib import import_module

import numpy as np
import pytest

from course_lib import functional as F
from tests.course_lib.messages import Message, check, unread_raises


def ones(*shape: int) -> np.ndarray:
    return np.ones(shape)


attend = F.scaled_dot_product_attention
QKV = (ones(3, 5), ones(4, 5), ones(4, 6))
NAME = "scaled_dot_product_attention"

MESSAGES = [
    Message(
        lambda: attend(np.ones((3, 5), dtype=int), *QKV[1:]), TypeError,
        f"{NAME} expects query in float64 or float32; got int64. "
        "Did you mean np.asarray(query, dtype=float)?",
    ),
    Message(
        lambda: attend(ones(5), *QKV[1:]), ValueError,
        f"{NAME} expects query of shape (..., L, E); got (5,).",
    ),
    Message(
        lambda: attend(ones(3, 5), ones(4, 2), ones(4, 6)), ValueError,
        f"{NAME} expects key of shape (S, 5); got (4, 2).",
    ),
    Message(
        lambda: attend(ones(2, 3, 5), ones(2, 4, 5), ones(2, 3, 6)), ValueError,
        f"{NAME} expects value of shape (2, 4, D); got (2, 3, 6).",
    ),
    Message(
        lambda: attend(ones(3, 5), ones(0, 5), ones(0, 6)), ValueError,
        f"{NAME} needs at least one key of at least one feature; got key of shape (0, 5).",
    ),
    Message(
        lambda: attend(*QKV, scale=np.nan), ValueError, "scale must be finite; got nan.",
    ),
    Message(
        lambda: attend(*QKV, attn_mask=ones(3, 4)), TypeError,
        f"{NAME} expects attn_mask of bool, True where a query may look; got float64.",
    ),
    Message(
        lambda: attend(*QKV, attn_mask=ones(4, 3) > 0), ValueError,
        f"{NAME} expects attn_mask of shape (3, 4); got (4, 3).",
    ),
    Message(
        lambda: attend(ones(2, 3, 5), ones(2, 4, 5), ones(2, 4, 6), ones(3, 3) > 0), ValueError,
        f"{NAME} expects attn_mask of shape (3, 4) or (2, 3, 4); got (3, 3).",
    ),
    Message(
        lambda: attend(*QKV, attn_mask=np.zeros((3, 4), dtype=bool)), ValueError,
        f"{NAME}: some query may look at no key. Let every row of attn_mask have a True.",
    ),
    Message(
        lambda: F.scaled_dot_product_attention_backward(ones(3, 5), *QKV), ValueError,
        f"{NAME}_backward expects grad_output of shape (3, 6); got (3, 5).",
    ),
    Message(
        lambda: F.squash([1, 2]), TypeError,
        "squash expects s in float64 or float32; got int64. Did you mean np.asarray(s, "
        "dtype=float)?",
    ),
    Message(
        lambda: F.squash(ones(2, 3), axis=2), ValueError,
        "squash expects an axis that s has; got axis 2 for shape (2, 3).",
    ),
    Message(
        lambda: F.squash_backward(ones(2), ones(3)), ValueError,
        "squash_backward expects grad_output of shape (3,); got (2,).",
    ),
    Message(
        lambda: F.routing(ones(5, 3, 4)), ValueError,
        "routing expects u_hat of shape (N, n_in, n_out, features); got (5, 3, 4). "
        "For a batch of one write u_hat[np.newaxis].",
    ),
    Message(
        lambda: F.routing(ones(1, 5, 0, 4)), ValueError,
        "routing needs at least one capsule above; got u_hat of shape (1, 5, 0, 4).",
    ),
    Message(
        lambda: F.routing(ones(1, 5, 3, 4), 0), ValueError,
        "n_iterations must be at least 1; got 0.",
    ),
]


@pytest.mark.parametrize("message", MESSAGES, ids=lambda m: m.text[:60])
def test_message(message: Message) -> None:
    check(message)


def test_every_message_is_read() -> None:
    modules = [import_module(f"course_lib.functional.{name}") for name in ("attention", "capsule")]
    assert unread_raises(modules, MESSAGES) == []
