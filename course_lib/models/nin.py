"""Network in network: a small perceptron at every pixel, and no linear layer at the end."""

from typing import Literal, get_args

import numpy as np
from numpy.typing import DTypeLike

from course_lib.init import Initializer, he
from course_lib.layers import AvgPool2d, GlobalAvgPool2d, Layer, MaxPool2d, ReLU, Sequential
from course_lib.models.making import Maker

Images = Literal["imagenet", "cifar"]


def nin(
    variant: Images = "cifar",
    n_classes: int | None = None,
    *,
    rng: np.random.Generator,
    init: Initializer = he,
    dtype: DTypeLike = np.float32,
) -> Sequential:
    """Blocks of a convolution and two of 1 x 1; the last has a channel for each class, averaged.

    "cifar": x (N, 3, 32, 32) -> logits (N, 10); 966,986 parameters, three blocks. "imagenet":
    x (N, 3, 224, 224) -> logits (N, 1000); 7,595,176 parameters, four blocks. n_classes: another
    number of classes. Larger images fit as well. Raises ValueError for other variants.
    Source: Lin et al. 2014; Wuppertal 001:689-692.
    """
    if variant not in get_args(Images):
        raise ValueError(f"variant is 'imagenet' or 'cifar'; got {variant!r}.")
    make = Maker(rng, init, dtype)
    if n_classes is None:
        n_classes = 10 if variant == "cifar" else 1000
    if variant == "cifar":
        return Sequential(
            block1=_block(make, 3, (192, 160, 96), 5, padding=2),
            pool1=MaxPool2d(3, 2, rounding="ceil"), drop1=make.dropout(0.5),
            block2=_block(make, 96, (192, 192, 192), 5, padding=2),
            pool2=AvgPool2d(3, 2, rounding="ceil"), drop2=make.dropout(0.5),
            block3=_block(make, 192, (192, 192, n_classes), 3, padding=1),
            pool3=GlobalAvgPool2d(),
        )
    return Sequential(
        block1=_block(make, 3, (96, 96, 96), 11, stride=4),
        pool1=MaxPool2d(3, 2, rounding="ceil"),
        block2=_block(make, 96, (256, 256, 256), 5, padding=2),
        pool2=MaxPool2d(3, 2, rounding="ceil"),
        block3=_block(make, 256, (384, 384, 384), 3, padding=1),
        pool3=MaxPool2d(3, 2, rounding="ceil"), drop3=make.dropout(0.5),
        block4=_block(make, 384, (1024, 1024, n_classes), 3, padding=1),
        pool4=GlobalAvgPool2d(),
    )


def _block(
    make: Maker,
    n_in: int,
    widths: tuple[int, int, int],
    kernel_size: int,
    stride: int = 1,
    padding: int = 0,
) -> Sequential:
    """A convolution, and a perceptron with two layers on the channels of every pixel."""
    first, second, third = widths
    layers: dict[str, Layer] = {
        "conv": make.conv(n_in, first, kernel_size, stride, padding), "relu1": ReLU(),
        "mlp1": make.conv(first, second, 1), "relu2": ReLU(),
        "mlp2": make.conv(second, third, 1), "relu3": ReLU(),
    }
    return Sequential(**layers)
