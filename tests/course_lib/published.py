"""Published networks small enough to build in a test, with weights of 0 in float32."""

from __future__ import annotations

import numpy as np

from course_lib.init import zeros
from course_lib.layers import (
    BatchNorm2d,
    Conv2d,
    Flatten,
    GlobalAvgPool2d,
    Linear,
    MaxPool2d,
    Parallel,
    ReLU,
    Residual,
    Sequential,
)

CHEAP = {"rng": np.random.default_rng(0), "init": zeros, "dtype": np.float32}


def conv(*sizes, **settings) -> Conv2d:
    return Conv2d(*sizes, **settings, **CHEAP)


def linear(*sizes, **settings) -> Linear:
    return Linear(*sizes, **settings, **CHEAP)


def lenet(last: int) -> Sequential:
    """C1, P1, C2, P2, then fully connected: 120, `last`, 10."""
    return Sequential(
        conv(1, 6, 5), ReLU(), MaxPool2d(2), conv(6, 16, 5), ReLU(), MaxPool2d(2),
        conv(16, 120, 5), Flatten(), ReLU(), linear(120, last), ReLU(), linear(last, 10),
    )


def digits(n_in: int) -> Sequential:
    return Sequential(linear(n_in, 300), ReLU(), linear(300, 100), ReLU(), linear(100, 10))


def nin_cifar() -> Sequential:
    return Sequential(
        conv(3, 192, 5, 1, 2), ReLU(), conv(192, 160, 1), ReLU(), conv(160, 96, 1), ReLU(),
        MaxPool2d(3, 2, rounding="ceil"),
        conv(96, 192, 5, 1, 2), ReLU(), conv(192, 192, 1), ReLU(), conv(192, 192, 1), ReLU(),
        MaxPool2d(3, 2, rounding="ceil"),
        conv(192, 192, 3, 1, 1), ReLU(), conv(192, 192, 1), ReLU(), conv(192, 10, 1), ReLU(),
        GlobalAvgPool2d(),
    )


def inception(n_in, one, reduce3, three, reduce5, five, pool) -> Parallel:
    return Parallel(
        Sequential(conv(n_in, one, 1), ReLU()),
        Sequential(conv(n_in, reduce3, 1), ReLU(), conv(reduce3, three, 3, 1, 1), ReLU()),
        Sequential(conv(n_in, reduce5, 1), ReLU(), conv(reduce5, five, 5, 1, 2), ReLU()),
        Sequential(MaxPool2d(3, 1, 1), conv(n_in, pool, 1), ReLU()),
    )


def basic_block(n_in: int, n_out: int, stride: int) -> Residual:
    plain = {"bias": False, "rounding": "floor"}
    return Residual(
        Sequential(
            conv(n_in, n_out, 3, stride, 1, **plain), BatchNorm2d(n_out), ReLU(),
            conv(n_out, n_out, 3, 1, 1, **plain), BatchNorm2d(n_out),
        ),
        Sequential(conv(n_in, n_out, 1, stride, **plain), BatchNorm2d(n_out))
        if n_in != n_out else None,
        ReLU(),
    )


def resnet18() -> Sequential:
    return Sequential(
        conv(3, 64, 7, 2, 3, bias=False, rounding="floor"), BatchNorm2d(64), ReLU(),
        MaxPool2d(3, 2, 1, rounding="floor"),
        *[basic_block(*sizes) for sizes in (
            (64, 64, 1), (64, 64, 1), (64, 128, 2), (128, 128, 1),
            (128, 256, 2), (256, 256, 1), (256, 512, 2), (512, 512, 1),
        )],
        GlobalAvgPool2d(), linear(512, 1000),
    )
