"""AlexNet, the network that won ImageNet's challenge in 2012 and began the era of deep learning."""

from typing import Literal, get_args

import numpy as np
from numpy.typing import DTypeLike

from course_lib.init import Initializer, he
from course_lib.layers import AdaptiveAvgPool2d, Flatten, Layer, MaxPool2d, ReLU, Sequential
from course_lib.models.making import Maker

Towers = Literal["one-tower", "two-towers", "joined"]


def alexnet(
    variant: Towers = "one-tower",
    n_classes: int = 1000,
    *,
    rng: np.random.Generator,
    init: Initializer = he,
    dtype: DTypeLike = np.float32,
) -> Sequential:
    """Five convolutions with overlapping pools, three linear layers with dropout.

    "one-tower": the narrower one of 2014 that libraries have, with torchvision's names:
    x (N, 3, 224, 224), or any size from 63 on -> logits (N, n_classes); 61,100,840 parameters.
    "two-towers": as published, x (N, 3, 227, 227); the second, fourth and fifth convolution see
    the half of the channels that lay on their own graphics card: 60,965,224. "joined": the same
    without that division: 62,378,344. The paper's 224 pixels do not fit its own strides; 227 do.
    Its normalisation across channels, which later networks gave up, is left out.
    Raises ValueError for other variants and, in forward, for sizes that do not fit.
    Source: Krizhevsky et al. 2012 and 2014; Wuppertal 001:638-653, Bonn 004:679-684.
    """
    if variant not in get_args(Towers):
        raise ValueError(f"variant is 'one-tower', 'two-towers' or 'joined'; got {variant!r}.")
    if variant == "one-tower":
        make = Maker(rng, init, dtype)
        first, widths, groups = make.conv(3, 64, 11, 4, 2), (64, 192, 384, 256, 256), 1
    else:
        make = Maker(rng, init, dtype, "strict")
        first, widths = make.conv(3, 96, 11, 4), (96, 256, 384, 384, 256)
        groups = 2 if variant == "two-towers" else 1
    return Sequential(
        features=Sequential(first, ReLU(), *_features(make, widths, groups)),
        avgpool=AdaptiveAvgPool2d(6),
        flatten=Flatten(),
        classifier=Sequential(
            make.dropout(0.5), make.linear(widths[-1] * 36, 4096), ReLU(),
            make.dropout(0.5), make.linear(4096, 4096), ReLU(),
            make.linear(4096, n_classes),
        ),
    )


def _features(make: Maker, widths: tuple[int, ...], groups: int) -> list[Layer]:
    """What follows the first convolution; the third is the only one that joins both towers."""
    one, two, three, four, five = widths
    return [
        _pool(make),
        make.conv(one, two, 5, 1, 2, groups=groups), ReLU(), _pool(make),
        make.conv(two, three, 3, 1, 1), ReLU(),
        make.conv(three, four, 3, 1, 1, groups=groups), ReLU(),
        make.conv(four, five, 3, 1, 1, groups=groups), ReLU(), _pool(make),
    ]


def _pool(make: Maker) -> MaxPool2d:
    return MaxPool2d(3, 2, rounding=make.rounding)
