"""The convolution demo of the decks, a volume of 7 x 7 x 3 and two filters, read in two ways."""

from dataclasses import dataclass
from typing import Any, Literal, get_args

import numpy as np

from course_lib.arrays import Array, expect_whole
from course_lib.shapes import output_size
from course_lib.widgets.conv_records import Convolution, ConvStep, conv_steps

Reading = Literal["image", "padded"]


@dataclass(frozen=True)
class ConvVolumeSteps:
    """What is convolved after x was read in one of the two ways, and a record for each number.

    sizes: one sentence for each reading, with its arithmetic; that of this reading first.
    """

    convolution: Convolution
    steps: list[ConvStep]
    sizes: str


def volume_example() -> tuple[Array, Array, Array]:
    """(x, weight, bias) of shapes (3, 7, 7), (2, 3, 3, 3), (2,), small whole numbers.

    The outer ring of x is zeros, so that x can be read in both ways. The shapes are those of
    RWTH 000:709-733 (the demo of CS231n); the numbers are ours.
    """
    rng = np.random.default_rng(7)
    x = np.pad(rng.integers(0, 3, (3, 5, 5)), ((0, 0), (1, 1), (1, 1)))
    return x.astype(float), rng.integers(-1, 2, (2, 3, 3, 3)).astype(float), np.array([1.0, 0.0])


def conv_volume_steps(
    x: Any = None,
    weight: Any = None,
    bias: Any = None,
    stride: int = 2,
    padding: int = 1,
    *,
    reading: Reading = "image",
    layer: Any = None,
) -> ConvVolumeSteps:
    """The steps of a convolution of x (C, H, W) with weight (K, C, F, F).

    The decks print "7 x 7 x 3, F = 3, S = 2, P = 1" and leave open what is 7 wide.
    reading "image": x is the image, and `padding` zeros are still to be put around it: 4 x 4 x 2.
    reading "padded": x is drawn with that border, so the image is x without it: 3 x 3 x 2.
    x, weight: None for those of volume_example, which then gives the bias too. bias, layer: as
    for conv_steps. Raises ValueError as conv_steps does, for an unknown reading, and for a border
    that is not zero in reading "padded". Source: RWTH 000:709-733, worked number R-n19.
    """
    expect_whole("stride", stride, least=1)
    expect_whole("padding", padding, least=0)
    if reading not in get_args(Reading):
        raise ValueError(f"reading is 'image' or 'padded'; got {reading!r}.")
    example = volume_example()
    given = np.asarray(example[0] if x is None else x, dtype=float)
    filters = example[1] if weight is None else weight
    if bias is None and weight is None:
        bias = example[2]
    if given.ndim != 3:
        raise ValueError(f"x expects shape (C, H, W); got shape {given.shape}.")
    image = _without_border(given, padding) if reading == "padded" else given
    steps = conv_steps(image, filters, bias, stride, padding, layer=layer)
    convolution = Convolution.of(image, filters, bias, stride, padding)
    sizes = [_size(given.shape, convolution, one, stride, padding) for one in get_args(Reading)]
    return ConvVolumeSteps(convolution, steps, " ".join(sizes[:: 1 if reading == "image" else -1]))


def _without_border(x: Array, padding: int) -> Array:
    inner = x[:, padding : x.shape[1] - padding, padding : x.shape[2] - padding]
    if not inner.size:
        raise ValueError(
            f"x of shape {x.shape} has nothing left without a border of {padding}. Use a smaller "
            "padding, or reading='image'."
        )
    if np.abs(x).sum() != np.abs(inner).sum():
        raise ValueError(
            f"reading='padded' expects zeros in the outer {padding} rows and columns of x; got "
            "others. Use reading='image'."
        )
    return inner


def _size(
    shape: tuple[int, ...], convolution: Convolution, reading: str, stride: int, padding: int
) -> str:
    kernel = convolution.weight.shape[2:]
    cut = 2 * padding if reading == "padded" else 0
    sides = [length - cut for length in shape[1:]]
    drawn = f"{shape[1]} x {shape[2]}"
    start = (
        f"If {drawn} is the image" if reading == "image"
        else f"If {drawn} has the border in it already, the image is {sides[0]} x {sides[1]}"
    )
    try:
        rows, columns = (
            output_size(side, width, stride, padding)
            for side, width in zip(sides, kernel, strict=True)
        )
    except ValueError:
        return f"{start}: with F = {kernel[0]}, S = {stride}, P = {padding} nothing fits."
    return (
        f"{start}: ({sides[0]} \N{MINUS SIGN} {kernel[0]} + 2*{padding})/{stride} + 1 = {rows}, so "
        f"y is {rows} x {columns} x {len(convolution.weight)}."
    )
