"""Small residual networks for images of 32 x 32, and plain ones of the same depth beside them."""

from typing import Unpack

import numpy as np
from numpy.typing import DTypeLike

from course_lib.arrays import expect_whole
from course_lib.init import Initializer, he
from course_lib.layers import GlobalAvgPool2d, Layer, PadShortcut, ReLU, Residual, Sequential
from course_lib.models.making import Maker, Start
from course_lib.models.resnet import basic


def resnet_cifar(
    depth: int,
    n_classes: int = 10,
    *,
    residual: bool = True,
    rng: np.random.Generator,
    init: Initializer = he,
    dtype: DTypeLike = np.float32,
) -> Sequential:
    """Three stages of n blocks with 16, 32 and 64 channels: depth = 6n + 2 layers with weights.

    x (N, 3, 32, 32) -> logits (N, n_classes). residual=False: the same layers in a row, without
    the ways around, which have no parameters. Raises TypeError for a depth that is not whole,
    ValueError for one that is not 6n + 2.
    Source: He et al. 2016; Wuppertal 001:738-800.
    """
    expect_whole("depth", depth, least=8)
    if depth % 6 != 2:
        below = depth - (depth - 2) % 6
        raise ValueError(
            f"depth is 6n + 2, for n blocks of two layers in each of three stages; got {depth}. "
            f"Did you mean {below} or {below + 6}?"
        )
    make = Maker(rng, init, dtype)
    stages: dict[str, Layer] = {}
    n_in = 16
    for stage, width in enumerate((16, 32, 64), start=1):
        blocks: list[Layer] = []
        for _ in range(depth // 6):
            stride = 1 if width == n_in else 2
            body = basic(make, n_in, width, stride)
            way = None if stride == 1 else PadShortcut(stride, width - n_in)
            blocks.append(
                Residual(body, way, ReLU()) if residual
                else Sequential(**body.parts(), relu2=ReLU())
            )
            n_in = width
        stages[f"layer{stage}"] = Sequential(*blocks)
    return Sequential(
        conv1=make.conv(3, 16, 3, 1, 1, bias=False), bn1=make.norm(16), relu=ReLU(),
        **stages, avgpool=GlobalAvgPool2d(), fc=make.linear(64, n_classes),
    )


def resnet20(n_classes: int = 10, **start: Unpack[Start]) -> Sequential:
    """resnet_cifar(20): 269,722 parameters. x (N, 3, 32, 32) -> logits (N, n_classes)."""
    return resnet_cifar(20, n_classes, **start)


def resnet32(n_classes: int = 10, **start: Unpack[Start]) -> Sequential:
    """resnet_cifar(32): 464,154 parameters. x (N, 3, 32, 32) -> logits (N, n_classes)."""
    return resnet_cifar(32, n_classes, **start)


def resnet56(n_classes: int = 10, **start: Unpack[Start]) -> Sequential:
    """resnet_cifar(56): 853,018 parameters. x (N, 3, 32, 32) -> logits (N, n_classes)."""
    return resnet_cifar(56, n_classes, **start)


def plain20(n_classes: int = 10, **start: Unpack[Start]) -> Sequential:
    """resnet20 without the ways around. x (N, 3, 32, 32) -> logits (N, n_classes)."""
    return resnet_cifar(20, n_classes, residual=False, **start)


def plain32(n_classes: int = 10, **start: Unpack[Start]) -> Sequential:
    """resnet32 without the ways around. x (N, 3, 32, 32) -> logits (N, n_classes)."""
    return resnet_cifar(32, n_classes, residual=False, **start)


def plain56(n_classes: int = 10, **start: Unpack[Start]) -> Sequential:
    """resnet56 without the ways around. x (N, 3, 32, 32) -> logits (N, n_classes)."""
    return resnet_cifar(56, n_classes, residual=False, **start)
