"""Every complaint of the pooling layers, word for word."""

from __future__ import annotations

from importlib import import_module

import numpy as np
import pytest

from course_lib import functional as F
from tests.course_lib.messages import Message, check, unread_raises

MODULES = ("pooling", "pooling_adaptive", "pooling_mixed", "pooling_random", "pooling_windows")
RNG = np.random.default_rng(0)


def ones(*shape: int) -> np.ndarray:
    return np.ones(shape)


WINDOWS = [
    Message(
        lambda: F.max_pool2d(np.ones((1, 1, 4, 4), dtype=int), 2), TypeError,
        "max_pool2d expects x in float64 or float32; got int64. "
        "Did you mean np.asarray(x, dtype=float)?",
    ),
    Message(
        lambda: F.avg_pool2d(ones(3, 4, 4), 2), ValueError,
        "avg_pool2d expects x of shape (N, C, H, W); got (3, 4, 4). "
        "For a batch of one write x[np.newaxis].",
    ),
    Message(
        lambda: F.max_pool2d(ones(1, 3, 0, 4), 2), ValueError,
        "max_pool2d needs at least one pixel; got x of shape (1, 3, 0, 4).",
    ),
    Message(
        lambda: F.max_pool2d(ones(1, 1, 7, 4), 3, 3), ValueError,
        "max_pool2d, along the rows: Stride 3 does not fit: (7 - 3 + 2*0)/3 + 1 = 2.33333 is not "
        "whole. Legal strides for n_in=7, kernel_size=3, padding=0: 1, 2 and 4. "
        "(Or say rounding='floor' or rounding='ceil'.)",
    ),
    Message(
        lambda: F.lp_pool2d(ones(1, 1, 4, 2), (2, 3)), ValueError,
        "lp_pool2d, along the columns: A window of 3 is larger than an input of 2 with padding 0 "
        "on both sides (2). Use a smaller window or a padding of at least 1.",
    ),
    Message(
        lambda: F.avg_pool2d(ones(1, 1, 4, 4), 0), ValueError,
        "avg_pool2d, along the rows: kernel_size must be at least 1; got 0.",
    ),
    Message(
        lambda: F.avg_pool2d(ones(1, 1, 4, 4), 2, -1), ValueError,
        "avg_pool2d, along the rows: stride must be at least 1; got -1.",
    ),
    Message(
        lambda: F.avg_pool2d(ones(1, 1, 4, 4), 2, padding=-1), ValueError,
        "padding must be at least 0; got -1.",
    ),
    Message(
        lambda: F.max_pool2d(ones(1, 1, 4, 4), 2, padding="same"), TypeError,
        "padding is a whole number; got 'same'.",
    ),
    Message(
        lambda: F.max_pool2d(ones(1, 1, 4, 4), (2, 2, 2)), ValueError,
        "kernel_size is one number or a pair (rows, columns); got (2, 2, 2), which has 3.",
    ),
    Message(
        lambda: F.max_pool2d(ones(1, 1, 5, 5), 3, 1, (1, 2)), ValueError,
        "max_pool2d, along the columns: padding 2 is more than half of kernel_size 3, so a window "
        "could lie beside the image. Use a padding of at most 1.",
    ),
    Message(
        lambda: F.max_pool2d(ones(1, 1, 4, 4), 2, rounding="up"), ValueError,
        "max_pool2d, along the rows: rounding is 'strict', 'floor' or 'ceil'; got 'up'.",
    ),
    Message(
        lambda: F.max_pool2d_backward(ones(1, 1, 4, 4), ones(1, 1, 4, 4), 2), ValueError,
        "max_pool2d_backward expects grad_output of shape (1, 1, 2, 2); got (1, 1, 4, 4).",
    ),
]

BETWEEN = [
    Message(
        lambda: F.lp_pool2d(ones(1, 1, 4, 4), 2, norm_type=0.5), ValueError,
        "norm_type must be at least 1; got 0.5.",
    ),
    Message(
        lambda: F.lp_pool2d_backward(ones(1, 1, 2, 2), ones(1, 1, 4, 4), 2, norm_type=np.inf),
        ValueError, "norm_type must be at least 1; got inf.",
    ),
    Message(
        lambda: F.lp_pool2d(ones(1, 1, 4, 4), 2, norm_type="2"), TypeError,
        "norm_type is a number; got '2'.",
    ),
    Message(
        lambda: F.mixed_pool2d(ones(1, 3, 4, 4), ones(2), 2), ValueError,
        "mixed_pool2d expects alpha to be one finite number, or one for each of the 3 channels; "
        "got [1. 1.] of shape (2,).",
    ),
    Message(
        lambda: F.mixed_pool2d(ones(1, 3, 4, 4), np.nan, 2), ValueError,
        "mixed_pool2d expects alpha to be one finite number, or one for each of the 3 channels; "
        "got nan of shape ().",
    ),
]

DRAWING = [
    Message(
        lambda: F.stochastic_pool2d(ones(1, 1, 4, 4), 2), ValueError,
        "stochastic_pool2d in training draws random numbers and expects "
        "rng=np.random.default_rng(seed); got None. To evaluate say training=False.",
    ),
    Message(
        lambda: F.stochastic_pool2d(-ones(1, 1, 4, 4), 2, rng=RNG), ValueError,
        "stochastic_pool2d draws pixels in proportion to their values and expects none that is "
        "negative; got -1.0. Put a ReLU before it.",
    ),
    Message(
        lambda: F.stochastic_pool2d_backward(ones(1, 1, 2, 2), ones(1, 1, 4, 4), None, 2),
        ValueError,
        "stochastic_pool2d_backward in training needs `chosen`, as the forward pass returned it.",
    ),
    Message(
        lambda: F.fractional_max_pool2d(ones(1, 1, 6, 4), 2, (5, 4), rng=RNG), ValueError,
        "fractional_max_pool2d: 4 windows of 2 do not fit into 4 pixels at different places. "
        "output_size can be at most 4 - 2 + 1 = 3.",
    ),
    Message(
        lambda: F.fractional_max_pool2d(ones(1, 1, 6, 4), 0, 2, rng=RNG), ValueError,
        "kernel_size must be at least 1; got 0.",
    ),
    Message(
        lambda: F.fractional_max_pool2d(ones(1, 1, 6, 4), 2, 0, rng=RNG), ValueError,
        "output_size must be at least 1; got 0.",
    ),
    Message(
        lambda: F.fractional_max_pool2d(ones(1, 1, 6, 4), 2, 3, rng=1), ValueError,
        "fractional_max_pool2d draws random numbers and expects rng=np.random.default_rng(seed); "
        "got 1.",
    ),
    Message(
        lambda: F.fractional_max_pool2d_backward(
            ones(1, 1, 2, 2), ones(1, 1, 4, 4), np.zeros((1, 2, 2), dtype=int), 2, 2
        ),
        ValueError,
        "fractional_max_pool2d_backward expects chosen of shape (1, 1, 2, 2); got (1, 2, 2).",
    ),
    Message(
        lambda: F.fractional_max_pool2d_backward(
            ones(1, 1, 2, 2), ones(1, 1, 4, 4), ones(1, 1, 2, 2), 2, 2
        ),
        TypeError,
        "fractional_max_pool2d_backward expects chosen to hold whole numbers, the pixels; got "
        "float64.",
    ),
    Message(
        lambda: F.fractional_max_pool2d_backward(
            ones(1, 1, 2, 2), ones(1, 1, 4, 5), np.full((1, 1, 2, 2), 20), 2, 2
        ),
        ValueError,
        "fractional_max_pool2d_backward expects chosen to hold pixels from 0 to 19, because x has "
        "shape (1, 1, 4, 5); got 20.",
    ),
]

ADAPTIVE = [
    Message(
        lambda: F.adaptive_avg_pool2d(ones(1, 1, 4, 4), (2, 0)), ValueError,
        "output_size must be at least 1; got 0.",
    ),
    Message(
        lambda: F.adaptive_max_pool2d(ones(1, 1, 4, 4), 1.5), TypeError,
        "output_size is a whole number; got 1.5.",
    ),
    Message(
        lambda: F.adaptive_max_pool2d_backward(ones(1, 1, 2, 3), ones(1, 1, 4, 4), (3, 2)),
        ValueError,
        "adaptive_max_pool2d_backward expects grad_output of shape (1, 1, 3, 2); got "
        "(1, 1, 2, 3).",
    ),
    Message(
        lambda: F.global_avg_pool2d_backward(ones(1, 3, 1, 1), ones(1, 3, 4, 5)), ValueError,
        "global_avg_pool2d_backward expects grad_output of shape (1, 3); got (1, 3, 1, 1).",
    ),
    Message(
        lambda: F.spatial_pyramid_pool2d(ones(1, 1, 4, 4), kind="mean"), ValueError,
        "kind is 'max' or 'avg'; got 'mean'.",
    ),
    Message(
        lambda: F.spatial_pyramid_pool2d(ones(1, 1, 4, 4), (1, 0)), ValueError,
        "a level must be at least 1; got 0.",
    ),
    Message(
        lambda: F.spatial_pyramid_pool2d(ones(1, 1, 4, 4), ()), ValueError,
        "spatial_pyramid_pool2d expects at least one level; got ().",
    ),
    Message(
        lambda: F.spatial_pyramid_pool2d(ones(1, 1, 4, 4), 4), TypeError,
        "levels is a list of whole numbers, (1, 2, 4) for instance; got 4.",
    ),
]

MESSAGES = WINDOWS + BETWEEN + DRAWING + ADAPTIVE


@pytest.mark.parametrize("message", MESSAGES, ids=lambda m: m.text[:60])
def test_message(message: Message) -> None:
    check(message)


def test_every_message_is_read() -> None:
    modules = [import_module(f"course_lib.functional.{name}") for name in MODULES]
    assert unread_raises(modules, MESSAGES) == []
