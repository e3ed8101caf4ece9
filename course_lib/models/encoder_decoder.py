"""Networks from images to images: down to few pixels with many channels, and up again."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import DTypeLike

from course_lib.arrays import expect_whole
from course_lib.init import Initializer, he
from course_lib.layers import Layer, MaxPool2d, Parallel, ReLU, Sequential, Sigmoid
from course_lib.models.making import Maker


def conv_autoencoder(
    in_channels: int = 1,
    widths: Sequence[int] = (16, 32),
    *,
    rng: np.random.Generator,
    init: Initializer = he,
    dtype: DTypeLike = np.float32,
) -> Sequential:
    """decoder(encoder(x)), trained to give back x, through fewer numbers than x has.

    x (N, in_channels, H, W) with pixels in (0, 1) -> y of the same shape. Every width of the
    encoder halves the sides (4 x 4, stride 2), the decoder doubles them by transposed
    convolutions, and a sigmoid ends it. net["encoder"] alone gives the code, (N, widths[-1],
    H / 2^n, W / 2^n). Raises ValueError for no widths and, in forward, for sides that 2^n does
    not divide. Source: Masci et al. 2011.
    """
    _check_widths("conv_autoencoder", widths)
    make = Maker(rng, init, dtype, "strict")
    down: dict[str, Layer] = {}
    up: dict[str, Layer] = {}
    sizes = (in_channels, *widths)
    for place, (n_in, n_out) in enumerate(pairwise(sizes), start=1):
        down |= {f"conv{place}": make.conv(n_in, n_out, 4, 2, 1), f"relu{place}": ReLU()}
    for place, (n_in, n_out) in enumerate(pairwise(sizes[::-1]), start=1):
        last = place == len(widths)
        up |= {f"up{place}": make.up(n_in, n_out, 4, 2, 1)}
        up |= {"sigmoid": Sigmoid()} if last else {f"relu{place}": ReLU()}
    return Sequential(encoder=Sequential(**down), decoder=Sequential(**up))


def encoder_decoder(
    in_channels: int = 3,
    n_classes: int = 2,
    widths: Sequence[int] = (16, 32, 64),
    *,
    rng: np.random.Generator,
    init: Initializer = he,
    dtype: DTypeLike = np.float32,
) -> Sequential:
    """A class for every pixel: a small U-Net.

    x (N, in_channels, H, W) -> logits (N, n_classes, H, W). On every level two 3 x 3
    convolutions with batch normalisation; below it the same with half the pixels and the next
    width; what comes up again stands beside what went down. Raises ValueError for no widths and,
    in forward, for sides that 2^(len(widths) - 1) does not divide.
    Source: RWTH 000:439 (the task); Ronneberger et al. 2015.
    """
    _check_widths("encoder_decoder", widths)
    make = Maker(rng, init, dtype, "strict")
    return Sequential(
        body=_level(make, in_channels, tuple(widths)), head=make.conv(widths[0], n_classes, 1)
    )


def _level(make: Maker, n_in: int, widths: tuple[int, ...]) -> Sequential:
    width, *below = widths
    if not below:
        return _twice(make, n_in, width)
    return Sequential(
        down=_twice(make, n_in, width),
        around=Parallel(
            skip=Sequential(),    # of no layers: what comes in goes out
            below=Sequential(
                pool=MaxPool2d(2, rounding=make.rounding), level=_level(make, width, tuple(below)),
                up=make.up(below[0], width, 2, 2),
            ),
        ),
        merge=_twice(make, 2 * width, width),
    )


def _twice(make: Maker, n_in: int, width: int) -> Sequential:
    return Sequential(
        conv1=make.conv(n_in, width, 3, 1, 1, bias=False), bn1=make.norm(width), relu1=ReLU(),
        conv2=make.conv(width, width, 3, 1, 1, bias=False), bn2=make.norm(width), relu2=ReLU(),
    )


def _check_widths(function: str, widths: Sequence[int]) -> None:
    if not widths:
        raise ValueError(f"{function} expects the channels of every level; got no widths.")
    for width in widths:
        expect_whole("A width in widths", width, least=1)
