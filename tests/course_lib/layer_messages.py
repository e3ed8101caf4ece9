"""Complaints of the layers that pool, drop and normalise; test_layers_messages reads them."""

from __future__ import annotations

import numpy as np

from course_lib.layers import (
    AdaptiveAvgPool2d,
    AvgPool2d,
    BatchNorm1d,
    BatchNorm2d,
    Dropout,
    FractionalMaxPool2d,
    GroupNorm,
    InstanceNorm2d,
    LayerNorm,
    LPPool2d,
    MaxPool2d,
    MixedPool2d,
    PadShortcut,
    SpatialPyramidPool2d,
    StochasticPool2d,
)
from tests.course_lib.messages import Message

RNG = np.random.default_rng(0)


def ones(*shape: int) -> np.ndarray:
    return np.ones(shape)


MORE_MESSAGES = [
    Message(lambda: PadShortcut(0, 2), ValueError, "stride must be at least 1; got 0."),
    Message(lambda: PadShortcut(2, -2), ValueError, "more must be at least 0; got -2."),
    Message(
        lambda: PadShortcut(2, 2).forward(ones(3, 4, 4)), ValueError,
        "PadShortcut expects x of shape (N, C, H, W); got (3, 4, 4).",
    ),
    Message(lambda: MaxPool2d(0), ValueError, "kernel_size must be at least 1; got 0."),
    Message(lambda: MaxPool2d(2, 0), ValueError, "stride must be at least 1; got 0."),
    Message(lambda: AvgPool2d(2.5), TypeError, "kernel_size is a whole number; got 2.5."),
    Message(
        lambda: AvgPool2d(2, padding="same"), TypeError,
        "padding is a whole number; got 'same'.",
    ),
    Message(
        lambda: LPPool2d(2, norm_type=0.5), ValueError, "norm_type must be at least 1; got 0.5.",
    ),
    Message(
        lambda: MixedPool2d(2, channels=0), ValueError, "channels must be at least 1; got 0.",
    ),
    Message(
        lambda: StochasticPool2d(2, rng=None), ValueError,
        "StochasticPool2d draws random numbers and expects rng=np.random.default_rng(seed); "
        "got None.",
    ),
    Message(
        lambda: FractionalMaxPool2d(2, (3, 0), rng=RNG), ValueError,
        "output_size must be at least 1; got 0.",
    ),
    Message(
        lambda: AdaptiveAvgPool2d((1, 2, 3)), ValueError,
        "output_size is one number or a pair (rows, columns); got (1, 2, 3), which has 3.",
    ),
    Message(
        lambda: SpatialPyramidPool2d((1, 0)), ValueError, "a level must be at least 1; got 0.",
    ),
    Message(
        lambda: SpatialPyramidPool2d(kind="mean"), ValueError,
        "kind is 'max' or 'avg'; got 'mean'.",
    ),
    Message(
        lambda: Dropout(1.0, rng=RNG), ValueError,
        "p must be at least 0 and below 1; got 1.0.",
    ),
    Message(
        lambda: Dropout(0.5, rng=7), ValueError,
        "Dropout draws random numbers and expects rng=np.random.default_rng(seed); got 7.",
    ),
    Message(
        lambda: BatchNorm2d(3).forward(ones(2, 4, 5, 5)), ValueError,
        "BatchNorm2d expects x of shape (N, C, H, W) with 3 channels; got (2, 4, 5, 5).",
    ),
    Message(
        lambda: BatchNorm1d(3).forward(ones(2, 3, 5, 5)), ValueError,
        "BatchNorm1d expects x of shape (N, C) or (N, C, L) with 3 channels; got (2, 3, 5, 5).",
    ),
    Message(
        lambda: BatchNorm2d(3, momentum=1.5), ValueError,
        "momentum must be at least 0 and at most 1; got 1.5.",
    ),
    Message(lambda: BatchNorm2d(3, eps=0), ValueError, "eps must be above 0; got 0."),
    Message(
        lambda: LayerNorm((3, 0)), ValueError,
        "A length in normalized_shape must be at least 1; got 0.",
    ),
    Message(
        lambda: GroupNorm(4, 6), ValueError,
        "GroupNorm cannot split 6 channels into 4 groups of equal size. "
        "num_groups must divide num_channels.",
    ),
    Message(
        lambda: InstanceNorm2d(3).forward(ones(2, 4, 5, 5)), ValueError,
        "InstanceNorm2d expects x of shape (N, 3, H, W); got (2, 4, 5, 5).",
    ),
]
