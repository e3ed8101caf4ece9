"""Residual networks: every block adds to what it is given, so depth does no harm."""

from typing import Literal, Unpack

import numpy as np
from numpy.typing import DTypeLike

from course_lib.init import Initializer, he
from course_lib.layers import GlobalAvgPool2d, Layer, MaxPool2d, ReLU, Residual, Sequential
from course_lib.models.making import Maker, Start

BLOCKS = {
    18: (2, 2, 2, 2), 34: (3, 4, 6, 3), 50: (3, 4, 6, 3), 101: (3, 4, 23, 3), 152: (3, 8, 36, 3),
}
"""How many blocks stand in each of the four stages; those from 50 on are bottlenecks."""


def resnet(
    depth: Literal[18, 34, 50, 101, 152],
    n_classes: int = 1000,
    *,
    rng: np.random.Generator,
    init: Initializer = he,
    dtype: DTypeLike = np.float32,
) -> Sequential:
    """7 x 7 convolution, pool, four stages of residual blocks, global average, linear layer.

    x (N, 3, 224, 224), or any size from 33 on -> logits (N, n_classes). depth counts the layers
    with weights on the longest way. A bottleneck strides in its 3 x 3 convolution. Names as in
    torchvision. Raises ValueError for other depths.
    Source: He et al. 2016; Wuppertal 001:738-800, Bonn 004:698-701.
    """
    if depth not in BLOCKS:
        raise ValueError(f"depth is 18, 34, 50, 101 or 152; got {depth!r}.")
    make = Maker(rng, init, dtype)
    stages: dict[str, Layer] = {}
    n_in = 64
    for stage, repeats in enumerate(BLOCKS[depth], start=1):
        width = 32 * 2**stage
        n_out = width if depth < 50 else 4 * width
        blocks = []
        for place in range(repeats):
            stride = 2 if stage > 1 and place == 0 else 1
            body = (
                basic(make, n_in, width, stride) if depth < 50
                else bottleneck(make, n_in, width, stride)
            )
            blocks.append(Residual(body, _projection(make, n_in, n_out, stride), ReLU()))
            n_in = n_out
        stages[f"layer{stage}"] = Sequential(*blocks)
    return Sequential(
        conv1=make.conv(3, 64, 7, 2, 3, bias=False), bn1=make.norm(64), relu=ReLU(),
        maxpool=MaxPool2d(3, 2, 1, rounding=make.rounding),
        **stages, avgpool=GlobalAvgPool2d(), fc=make.linear(n_in, n_classes),
    )


def basic(make: Maker, n_in: int, width: int, stride: int) -> Sequential:
    """Two 3 x 3 convolutions; the activation behind the second waits for the sum."""
    return Sequential(
        conv1=make.conv(n_in, width, 3, stride, 1, bias=False), bn1=make.norm(width), relu=ReLU(),
        conv2=make.conv(width, width, 3, 1, 1, bias=False), bn2=make.norm(width),
    )


def bottleneck(make: Maker, n_in: int, width: int, stride: int) -> Sequential:
    """1 x 1 to fewer channels, 3 x 3, 1 x 1 to four times as many."""
    return Sequential(
        conv1=make.conv(n_in, width, 1, bias=False), bn1=make.norm(width), relu1=ReLU(),
        conv2=make.conv(width, width, 3, stride, 1, bias=False), bn2=make.norm(width),
        relu2=ReLU(),
        conv3=make.conv(width, 4 * width, 1, bias=False), bn3=make.norm(4 * width),
    )


def _projection(make: Maker, n_in: int, n_out: int, stride: int) -> Sequential | None:
    """The way around, where the shape changes; None where x can go as it is."""
    if stride == 1 and n_in == n_out:
        return None
    return Sequential(make.conv(n_in, n_out, 1, stride, bias=False), make.norm(n_out))


def resnet18(n_classes: int = 1000, **start: Unpack[Start]) -> Sequential:
    """resnet(18): 11,689,512 parameters. x (N, 3, 224, 224) -> logits (N, n_classes)."""
    return resnet(18, n_classes, **start)


def resnet34(n_classes: int = 1000, **start: Unpack[Start]) -> Sequential:
    """resnet(34): 21,797,672 parameters. x (N, 3, 224, 224) -> logits (N, n_classes)."""
    return resnet(34, n_classes, **start)


def resnet50(n_classes: int = 1000, **start: Unpack[Start]) -> Sequential:
    """resnet(50): 25,557,032 parameters. x (N, 3, 224, 224) -> logits (N, n_classes)."""
    return resnet(50, n_classes, **start)


def resnet101(n_classes: int = 1000, **start: Unpack[Start]) -> Sequential:
    """resnet(101): 44,549,160 parameters. x (N, 3, 224, 224) -> logits (N, n_classes)."""
    return resnet(101, n_classes, **start)


def resnet152(n_classes: int = 1000, **start: Unpack[Start]) -> Sequential:
    """resnet(152): 60,192,808 parameters. x (N, 3, 224, 224) -> logits (N, n_classes)."""
    return resnet(152, n_classes, **start)
