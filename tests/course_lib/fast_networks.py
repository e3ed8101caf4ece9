"""The table of networks that a plan must run as their layers do. To add a case, add a row."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import Any, NamedTuple

import numpy as np

from course_lib import models
from course_lib.layers import (
    ELU,
    SELU,
    AdaptiveAvgPool2d,
    AvgPool2d,
    BatchNorm1d,
    BatchNorm2d,
    Conv2d,
    Dropout,
    Flatten,
    GlobalAvgPool2d,
    Layer,
    LeakyReLU,
    Linear,
    MaxPool2d,
    PadShortcut,
    Parallel,
    ReLU,
    Residual,
    Sequential,
    Sigmoid,
    Tanh,
)


class Row(NamedTuple):
    """A network, made with an rng; the shape of a sample; the name of the loss."""

    make: Callable[[np.random.Generator], Layer]
    shape: tuple[int, ...]
    name: str
    loss: str = "cross_entropy"


def maker(rng: np.random.Generator) -> dict[str, Any]:
    return {"rng": rng, "dtype": np.float64}


def headed(*layers: Layer, shape: tuple[int, ...], rng: np.random.Generator) -> Sequential:
    """The layers, and a linear layer that makes 4 logits of what they make."""
    features = Sequential(*layers, Flatten()).forward(np.zeros((2, *shape))).shape[1]
    return Sequential(*layers, Flatten(), Linear(features, 4, **maker(rng)))


def conv(kernel: Any, stride: Any, padding: Any, rounding: Any) -> Row:
    def make(rng: np.random.Generator) -> Layer:
        k = maker(rng)
        return headed(
            Conv2d(2, 3, 2, **k), Conv2d(3, 4, kernel, stride, padding, rounding=rounding, **k),
            Tanh(), shape=(2, 9, 8), rng=rng,
        )

    return Row(make, (2, 9, 8), f"conv {kernel}, stride {stride}, padding {padding}, {rounding}")


def pool(kind: type[Layer], behind: bool, *settings: Any, **named: Any) -> Row:
    def make(rng: np.random.Generator) -> Layer:
        before = [Conv2d(2, 3, 2, **maker(rng)), *([Tanh()] if behind else [])]
        return headed(*before, kind(*settings, **named), ReLU(), shape=(2, 9, 8), rng=rng)

    return Row(make, (2, 9, 8), f"{kind.__name__} {settings} {named} {behind}")


def block(rng: np.random.Generator, n_in: int, n_out: int, stride: int = 1) -> Sequential:
    return Sequential(
        Conv2d(n_in, n_out, 3, stride, 1, bias=False, rounding="floor", **maker(rng)),
        BatchNorm2d(n_out), ReLU(), Conv2d(n_out, n_out, 3, 1, 1, **maker(rng)),
    )


def many_kinds(rng: np.random.Generator) -> Layer:
    k = maker(rng)
    return Sequential(
        Conv2d(2, 4, 3, **k), BatchNorm2d(4), ReLU(), Dropout(0.4, rng=rng), MaxPool2d(2),
        Flatten(), Linear(36, 5, **k), BatchNorm1d(5), Sigmoid(), Dropout(0.2, rng=rng),
        ELU(0.5), Linear(5, 4, **k), LeakyReLU(), SELU(),
    )


def ways_around(rng: np.random.Generator) -> Layer:
    k = maker(rng)
    return Sequential(
        Residual(Residual(ReLU())), Residual(Tanh(), ReLU()),
        Residual(Sequential(Conv2d(2, 2, 3, 1, 1, **k), ReLU()), None, ReLU()),
        Residual(Sequential(ReLU(), Conv2d(2, 4, 3, 1, 1, **k)), Conv2d(2, 4, 1, **k)),
        Residual(block(rng, 4, 4), None, ReLU()),
        Residual(block(rng, 4, 7, 2), PadShortcut(2, 3), ReLU()), GlobalAvgPool2d(),
    )


def branches(rng: np.random.Generator) -> Layer:
    k = maker(rng)
    return Sequential(
        Conv2d(2, 3, 1, **k),
        Parallel(
            Conv2d(3, 2, 1, **k),
            Sequential(Conv2d(3, 4, 1, **k), ReLU(), Conv2d(4, 3, 3, 1, 1, **k), ReLU()),
            Sequential(MaxPool2d(3, 1, 1), Conv2d(3, 2, 1, **k)),
        ),
        ReLU(), GlobalAvgPool2d(),
    )


def groups(rng: np.random.Generator) -> Layer:
    k = maker(rng)
    return Sequential(
        Conv2d(4, 6, 3, 2, 1, groups=2, rounding="floor", **k), ReLU(),
        Conv2d(6, 6, (3, 1), 1, 1, groups=6, **k), GlobalAvgPool2d(),
    )


def single_place(rng: np.random.Generator) -> Layer:
    k = maker(rng)
    return Sequential(
        Conv2d(2, 4, 3, **k), MaxPool2d(2), Conv2d(4, 6, 3, **k), Tanh(), Flatten(),
        Linear(6, 4, **k),
    )


SIZES = (1, 2, 3, (3, 2)), (1, 2, (1, 3), 3), (0, 1, (1, 0)), ("floor", "ceil")
CONVOLUTIONS = [conv(*settings) for settings in product(*SIZES)]
POOLS = [
    pool(kind, behind, f, s, p, rounding=rounding)
    for kind, behind, f, s, p, rounding in product(
        (MaxPool2d, AvgPool2d), (False, True), (2, 3, (3, 2)), (1, 2, (1, 3)), (0, 1),
        ("floor", "ceil"),
    )
] + [
    pool(AvgPool2d, False, 3, 2, 1, count_include_pad=False, rounding="floor"),
    pool(MaxPool2d, True, 1, 1),
    pool(AdaptiveAvgPool2d, True, (3, 5)),
]
NETWORKS = [
    Row(lambda rng: models.mlp((20, 7, 5), **maker(rng)), (20,), "mlp"),
    Row(lambda rng: models.mlp((20, 7, 5), Tanh, **maker(rng)), (2, 2, 5), "mlp of images"),
    Row(lambda rng: models.mlp((6, 3), **maker(rng)), (6,), "hinge", "hinge"),
    Row(lambda rng: models.lenet5(**maker(rng)), (1, 32, 32), "lenet5"),
    Row(lambda rng: models.lenet5("rwth", n_in=28, **maker(rng)), (1, 28, 28), "lenet5 of 28"),
    Row(lambda rng: models.resnet_cifar(8, **maker(rng)), (3, 12, 12), "resnet8"),
    Row(lambda rng: models.resnet_cifar(8, residual=False, **maker(rng)), (3, 12, 12), "plain8"),
    Row(many_kinds, (2, 8, 8), "many kinds of layers"),
    Row(ways_around, (2, 8, 8), "residual connections"),
    Row(branches, (2, 6, 6), "branches"),
    Row(groups, (4, 8, 8), "groups"),
    Row(single_place, (2, 8, 8), "a convolution with a single place"),
    Row(
        lambda rng: Sequential(
            Conv2d(2, 4, 3, **maker(rng)), Tanh(), Conv2d(4, 2, 1, **maker(rng))
        ),
        (2, 6, 6), "images in, images out", "mse_loss",
    ),
    Row(
        lambda rng: headed(MaxPool2d(2), ReLU(), AvgPool2d(2), shape=(2, 8, 8), rng=rng),
        (2, 8, 8), "nothing to learn at first",
    ),
]
LARGE = [Row(lambda rng: models.nin(n_classes=4, **maker(rng)), (3, 32, 32), "nin")]
ALL = NETWORKS + CONVOLUTIONS + POOLS + LARGE
