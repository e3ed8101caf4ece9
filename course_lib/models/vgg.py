"""VGG: nothing but 3 x 3 convolutions, and a pool whenever the channels double."""

from typing import Literal, Unpack

import numpy as np
from numpy.typing import DTypeLike

from course_lib.init import Initializer, he
from course_lib.layers import AdaptiveAvgPool2d, Flatten, Layer, MaxPool2d, ReLU, Sequential
from course_lib.models.making import Maker, Start

WIDTHS = (64, 128, 256, 512, 512)
CONVOLUTIONS = {11: (1, 1, 2, 2, 2), 13: (2,) * 5, 16: (2, 2, 3, 3, 3), 19: (2, 2, 4, 4, 4)}
"""How many convolutions stand before each of the five pools; three linear layers follow."""


def vgg(
    depth: Literal[11, 13, 16, 19],
    n_classes: int = 1000,
    *,
    batch_norm: bool = False,
    rng: np.random.Generator,
    init: Initializer = he,
    dtype: DTypeLike = np.float32,
) -> Sequential:
    """[[conv - (norm) - ReLU] * n - pool] * 5, then 4096 - 4096 - n_classes with dropout.

    x (N, 3, 224, 224), or any size from 32 on -> logits (N, n_classes). batch_norm puts one
    behind every convolution. VGG-16 has 138,357,544 parameters, 123,642,856 of them in the
    linear layers. Names as in torchvision. Raises ValueError for other depths.
    Source: Simonyan and Zisserman 2015; Wuppertal 001:655-670, Bonn 004:686-696.
    """
    if depth not in CONVOLUTIONS:
        raise ValueError(f"depth is 11, 13, 16 or 19; got {depth!r}.")
    make = Maker(rng, init, dtype)
    return Sequential(
        features=Sequential(*_features(make, CONVOLUTIONS[depth], batch_norm)),
        avgpool=AdaptiveAvgPool2d(7),
        flatten=Flatten(),
        classifier=Sequential(
            make.linear(512 * 49, 4096), ReLU(), make.dropout(0.5),
            make.linear(4096, 4096), ReLU(), make.dropout(0.5),
            make.linear(4096, n_classes),
        ),
    )


def _features(make: Maker, convolutions: tuple[int, ...], batch_norm: bool) -> list[Layer]:
    layers: list[Layer] = []
    n_in = 3
    for width, repeats in zip(WIDTHS, convolutions, strict=True):
        for _ in range(repeats):
            layers += [make.conv(n_in, width, 3, 1, 1)]
            layers += [make.norm(width), ReLU()] if batch_norm else [ReLU()]
            n_in = width
        layers += [MaxPool2d(2, rounding=make.rounding)]
    return layers


def vgg11(n_classes: int = 1000, *, batch_norm: bool = False, **start: Unpack[Start]
          ) -> Sequential:
    """vgg(11): 8 convolutions. x (N, 3, 224, 224) -> logits (N, n_classes)."""
    return vgg(11, n_classes, batch_norm=batch_norm, **start)


def vgg13(n_classes: int = 1000, *, batch_norm: bool = False, **start: Unpack[Start]
          ) -> Sequential:
    """vgg(13): 10 convolutions. x (N, 3, 224, 224) -> logits (N, n_classes)."""
    return vgg(13, n_classes, batch_norm=batch_norm, **start)


def vgg16(n_classes: int = 1000, *, batch_norm: bool = False, **start: Unpack[Start]
          ) -> Sequential:
    """vgg(16): 13 convolutions. x (N, 3, 224, 224) -> logits (N, n_classes)."""
    return vgg(16, n_classes, batch_norm=batch_norm, **start)


def vgg19(n_classes: int = 1000, *, batch_norm: bool = False, **start: Unpack[Start]
          ) -> Sequential:
    """vgg(19): 16 convolutions. x (N, 3, 224, 224) -> logits (N, n_classes)."""
    return vgg(19, n_classes, batch_norm=batch_norm, **start)
