"""What lecture 08a asks for: sizes, strides, borders and parameters of a convolutional layer.

The decks' own numbers are displayed. The probes behind them come from
course_lib.checks.probes.convolution_sizes, which the grader draws from as well.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import prod
from typing import Any

import numpy as np

from course_lib import shapes
from course_lib.arrays import Array
from course_lib.checks.cases import Case, Choice, Number, exercise, kill, quiz
from course_lib.checks.probes import convolution_sizes as probes

Layer = tuple[int, int, int, int]


def _output_size(
    n_in: int, kernel_size: int, stride: int = 1, padding: int = 0, rounding: Any = "strict"
) -> int:
    return shapes.output_size(n_in, kernel_size, stride, padding, rounding=rounding)


@exercise(
    reference=_output_size,
    hints=(
        "Three steps: how far can the window move, does the stride divide that, how many places "
        "are there?",
        "The way is n_in - kernel_size + 2 * padding. divmod gives quotient and remainder. There "
        "is one place more than there are steps.",
        "Raise ValueError if the way is negative, whatever the rounding. If there is a remainder, "
        "strict raises too, floor forgets it, and ceil makes one step more.",
    ),
)
def output_size() -> Iterator[Case]:
    """How many places a window has along one side"""
    yield Case("7 pixels, window 3, stride 1", 7, 3, 1, family="stride 1", shown=True)
    yield Case("7 pixels, window 3, stride 3", 7, 3, 3, family=probes.MISFIT, shown=True)
    yield Case("32 pixels, window 5, padding 2", 32, 5, 1, 2, family="padding", shown=True)
    yield Case("10 pixels, window 3, stride 2, ceil", 10, 3, 2, 0, "ceil",
               family="rounding: ceil", shown=True)
    yield Case("10 pixels, window 3, stride 2, floor", 10, 3, 2, 0, "floor",
               family="rounding: floor")
    yield Case("7 pixels, window 3, stride 2", 7, 3, 2, family="stride 2 and 3")
    yield from probes.size_probes(np.random.default_rng(801))


def _legal_strides(n_in: int, kernel_size: int, padding: int = 0) -> list[int]:
    return shapes.valid_strides(n_in, kernel_size, padding)


@exercise(
    reference=_legal_strides,
    hints=(
        "A stride fits if it divides the way of the window without a remainder.",
        "Try every stride from 1 up to the way itself; longer ones leave the window nowhere to go.",
        "If the way is 0, there is one place whatever the stride, and the list holds the 1 alone. "
        "If it is negative, raise ValueError.",
    ),
)
def legal_strides() -> Iterator[Case]:
    """All strides that fit"""
    yield Case("10 pixels, window 3", 10, 3, family="only two strides fit", shown=True)
    yield Case("7 pixels, window 3", 7, 3, family="many strides fit", shown=True)
    yield Case("10 pixels, window 3, padding 1", 10, 3, 1, family="many strides fit", shown=True)
    yield from probes.stride_probes(np.random.default_rng(802))


def _visits(n_in: int, kernel_size: int, stride: int = 1, padding: int = 0) -> Array:
    places = shapes.output_size(n_in, kernel_size, stride, padding, rounding="floor")
    starts = np.arange(places)[:, np.newaxis] * stride - padding
    pixels = np.arange(n_in)
    return ((starts <= pixels) & (pixels < starts + kernel_size)).sum(axis=0)


@exercise(
    reference=_visits,
    hints=(
        "Make a row of zeros, let the windows go over it, and add 1 wherever a window lies.",
        "With padding, count on the padded row (n_in + 2 * padding long) and cut the padding off "
        "at the end.",
        "A window that begins at `start` covers start to start + kernel_size - 1. The last start "
        "is n_in + 2 * padding - kernel_size, or a little before it. Mind that [p:-p] is empty "
        "for p = 0.",
    ),
)
def visits() -> Iterator[Case]:
    """How many windows see each pixel"""
    yield Case("7 pixels, window 3", 7, 3, family="stride 1", shown=True)
    yield Case("7 pixels, window 3, padding 1", 7, 3, 1, 1, family="padding", shown=True)
    yield Case("7 pixels, window 3, stride 3", 7, 3, 3, family="pixels left over", shown=True)
    yield from probes.visit_probes(np.random.default_rng(804))


def _fix_padding(n_in: int, kernel_size: int, stride: int) -> tuple[int, int]:
    return shapes.fix_padding(n_in, kernel_size, stride)


@exercise(
    reference=_fix_padding,
    hints=(
        "First find how many pixels must be added in all, then divide them among the two sides.",
        "Add 0, 1, 2, ... pixels until the window fits in and the stride fits too.",
        "With `total` pixels in all, total // 2 go before, and the rest after.",
    ),
)
def fix_padding() -> Iterator[Case]:
    """The least border with which a stride fits"""
    yield Case("10 pixels, window 3, stride 2", 10, 3, 2, family="one pixel is missing",
               shown=True)
    yield Case("7 pixels, window 3, stride 2", 7, 3, 2, family="a stride that fits already",
               shown=True)
    yield Case("9 pixels, window 3, stride 9", 9, 3, 9, family="more pixels are missing",
               shown=True)
    yield from probes.fix_probes(np.random.default_rng(805))


def _conv_parameters(
    channels: int, filters: int, kernel_size: Any, bias: bool = True, places: Any = None
) -> int:
    rows, cols = (kernel_size,) * 2 if isinstance(kernel_size, int) else kernel_size
    one = channels * rows * cols + (1 if bias else 0)
    return one * filters * prod(places or (1, 1))


@exercise(
    reference=_conv_parameters,
    hints=(
        "Count one filter first. How many channels does it reach through?",
        "rows * columns * channels weights, and one bias if there are biases. All filters are "
        "alike.",
        "Without sharing, every place of the output has all of that for itself, biases too. "
        "isinstance(kernel_size, int) tells a number from a pair.",
    ),
)
def conv_parameters() -> Iterator[Case]:
    """Parameters of a layer, with and without sharing"""
    yield Case("ten 5 x 5 filters on RGB", 3, 10, 5, family="square filters", shown=True)
    yield Case("six 5 x 5 filters on gray", 1, 6, 5, family="one channel", shown=True)
    yield Case("the same, of their own at 28 x 28 places", 1, 6, 5, True, (28, 28),
               family="filters at each place", shown=True)
    yield Case("two 3 x 1 filters on RGB, no biases", 3, 2, (3, 1), False,
               family="without biases", shown=True)
    yield from probes.parameter_probes(np.random.default_rng(806))


def _trace_volumes(volume: tuple[int, int, int], layers: list[Layer]) -> list[Layer]:
    channels, rows, cols = volume
    rows_of_table = []
    for filters, kernel_size, stride, padding in layers:
        rows, cols = (
            shapes.output_size(side, kernel_size, stride, padding) for side in (rows, cols)
        )
        parameters = _conv_parameters(channels, filters, kernel_size)
        channels = filters
        rows_of_table.append((channels, rows, cols, parameters))
    return rows_of_table


@exercise(
    reference=_trace_volumes,
    hints=(
        "Go through the layers with a loop. What one layer puts out, the next one takes in.",
        "Keep channels, rows and cols in variables. For each layer: new rows and cols by "
        "output_size, the parameters by conv_parameters, and then channels = filters.",
        "The parameters need the channels that come IN, so count them before you replace the "
        "channels.",
    ),
)
def trace_volumes() -> Iterator[Case]:
    """The volume after each layer, and the layer's parameters"""
    yield Case("TUM's layer", (3, 32, 32), [(10, 5, 1, 2)], family="one layer", shown=True)
    yield Case("two layers on a picture of 12 x 9", (3, 12, 9), [(4, 3, 1, 0), (2, 3, 1, 0)],
               family="two layers", shown=True)
    yield Case("a second layer that does not fit", (3, 10, 10), [(4, 3, 1, 1), (4, 3, 2, 0)],
               family=probes.MISFIT, shown=True)
    yield from probes.trace_probes(np.random.default_rng(807))


def _right(n_in: Any, kernel_size: Any) -> int:
    return shapes.output_size(n_in, kernel_size)


def _half_windows(n_in: Any, kernel_size: Any) -> int:
    return int(n_in - 2 * (kernel_size // 2))


def _legal(n_in: Any, kernel_size: Any) -> str | None:
    for name, value in (("n_in", n_in), ("kernel_size", kernel_size)):
        if isinstance(value, bool) or not isinstance(value, int) or value < 1:
            return f"{name} must be a whole number from 1 on; got {value!r}."
    if kernel_size > n_in:
        return f"the window of {kernel_size} must not be larger than the image of {n_in} pixels."
    return None


@kill(
    right=_right,
    wrong=_half_windows,
    valid=_legal,
    hints=(
        "Which windows did the colleague try? What do these have in common?",
        "Slide a window of 2 over 4 pixels by hand, and count the places.",
        "Compare kernel_size - 1 with 2 * (kernel_size // 2), for 1, 2, 3, 4, 5.",
    ),
)
def kill_half_windows() -> None:
    """A size that exposes the rule of two half windows"""


@quiz(
    a=Choice("9 x 9, filter 4 x 4, stride 3: which output?", p="2 x 2", q="3 x 3",
             r="none, the stride does not fit"),
    b=Number("How many strides fit 12 pixels, a window of 5 and padding 1?"),
    c=Number("31 pixels, window 7, stride 2, padding 3: how many places?"),
    d=Number("Which padding keeps the size for a window of 7 and stride 1?"),
    e=Number("How many layers of 7 x 7 filters without padding fit on 40 x 40, one after the "
             "other?"),
    f=Choice("Which hyperparameters set rows and columns of the output?", p="K, F, S and P",
             q="F, S and P", r="F alone", s="S and P"),
    digests={
        "a": "edf3d26a3019fd4d", "b": "fc72dc340feb4090", "c": "c90ecf5db14bbdf6",
        "d": "fa3bfac04928805f", "e": "9cf4f221b2f0f72d", "f": "b4fa31b10edc73fe"},
    wrong={
        ("a", "p"): "PyTorch would say so. By the decks' rule (9 - 4)/3 + 1 = 2.67 is illegal.",
        ("a", "q"): "A third window would hang over the end by one pixel.",
        ("b", 1): "Stride 1 always fits. The way is 9 pixels long: which other numbers divide it?",
        ("b", 2): "The way is 12 - 5 + 2 = 9, with the padding, and 9 divides itself.",
        ("b", 4): "The padding is on both sides.",
        ("b", 9): "Nine strides are short enough, but a stride must also divide 9.",
        ("c", 13): "That is without padding.",
        ("c", 14): "The padding is on both sides.",
        ("c", 15): "The number of steps; there is one place more.",
        ("c", 31): "That is stride 1.",
        ("d", 7): "Then the image grows by 8 pixels.",
        ("d", 6): "Six pixels in all, on two sides.",
        ("d", 4): "Each layer takes F - 1 = 6 pixels away.",
        ("e", 5): "After five layers 10 pixels are left: there is room for one more.",
        ("e", 7): "After six layers 4 pixels are left, and the window has 7.",
        ("f", "p"): "K sets how many maps there are, not how large they are.",
        ("f", "r"): "Stride and padding stand in the rule as well.",
        ("f", "s"): "A larger filter has fewer places.",
    },
)
def quiz_sizes() -> None:
    """Sizes and strides"""


@quiz(
    a=Number("Parameters of 784-300-100-10 when the image has 256 x 256 pixels?"),
    b=Choice("201,420,810 instead of 201,371,658: what was counted too much?",
             p="a bias for each of the 49,152 inputs", q="the second layer twice",
             r="the colour channels", s="the products as well"),
    c=Choice("Width 10, F = 3: for which stride does no padding on both sides help?", p="3",
             q="4", r="5", s="none, it always helps"),
    d=Number("Six 5 x 5 filters, of their own at each place, on MNIST's 28 x 28, no padding: "
             "parameters?"),
    e=Number("How many of Ingolstadt's 1216 are weights?"),
    f=Choice("Which hyperparameters have no say in the number of parameters?", p="K and F",
             q="S and P", r="F and P", s="none, all four count"),
    g=Number("Neurons of ten 5 x 5 filters on 32 x 32 x 3, stride 1, padding 2?"),
    digests={
        "a": "c420e0f9b627318b", "b": "57345baa27f67336", "c": "1459b22d89afe88d",
        "d": "3310ee6619e7326b", "e": "ccc2f744a970b684", "f": "4b62e876619cf40d",
        "g": "d424fe76ad017832"},
    wrong={
        ("a", 19_691_800): "The biases are missing.",
        ("a", 19_661_100): "That is the first layer alone.",
        ("a", 19_660_800): "Those are the weights of the first layer.",
        ("a", 266_610): "That is for 28 x 28.",
        ("a", 1_969_221): "Ten times as many.",
        ("a", 59_013_810): "That is with three channels; digits are gray.",
        ("b", "q"): "The second layer has 40,960 weights. Look at the difference: 49,152.",
        ("b", "r"): "They are in the 49,152 = 128 * 128 * 3 already.",
        ("b", "s"): "Then the difference would be far larger. It is 49,152.",
        ("c", "p"): "With P = 1 the way is 7 + 2 = 9.",
        ("c", "r"): "With P = 4 the way is 7 + 8 = 15.",
        ("c", "s"): "The way is 7 + 2P. Can it be even?",
        ("d", 122_304): "That is for an output of 28 x 28. How large is it if the image has 28?",
        ("d", 156): "That is with sharing.",
        ("d", 86_400): "The biases are missing: every neuron has one of its own here.",
        ("d", 14_976): "That is one filter. The layer has six.",
        ("e", 1216): "There are biases among them.",
        ("e", 400): "Each filter reaches through all three channels.",
        ("f", "p"): "Those two decide it, together with the channels that come in.",
        ("f", "r"): "A larger filter has more weights.",
        ("f", "s"): "Where does the stride stand in K * (F * F * C + 1)?",
        ("g", 1024): "That is one map.",
        ("g", 7840): "The padding keeps the 32.",
        ("g", 30_720): "A neuron sums over all channels, so the 3 does not count.",
        ("g", 3072): "Those are the inputs.",
        ("g", 760): "Those are the parameters.",
    },
)
def quiz_errors() -> None:
    """Find the error"""
