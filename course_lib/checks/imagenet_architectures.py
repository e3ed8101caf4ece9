"""What lecture 13 asks for: counting networks, VGG as a list, inception modules, heads.

Small numbers and the published networks are displayed. The probes behind them come from
course_lib.checks.probes.imagenet_architectures, which the grader draws from as well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from course_lib import functional
from course_lib.arrays import Array
from course_lib.checks.cases import Case, Choice, Number, exercise, kill, quiz
from course_lib.checks.probes import imagenet_architectures as probes
from course_lib.checks.values import Function

Spec = Sequence[tuple[Any, ...]]

ALEXNET = [
    ("conv", 11, 4, 0, 3, 96, 1), ("pool", 3, 2, 0),
    ("conv", 5, 1, 2, 96, 256, 2), ("pool", 3, 2, 0),
    ("conv", 3, 1, 1, 256, 384, 1), ("conv", 3, 1, 1, 384, 384, 2),
    ("conv", 3, 1, 1, 384, 256, 2), ("pool", 3, 2, 0),
    ("fc", 9216, 4096), ("fc", 4096, 4096), ("fc", 4096, 1000),
]
SMALL = [("conv", 3, 1, 1, 3, 8, 1), ("pool", 2, 2, 0), ("conv", 3, 1, 1, 8, 4, 2),
         ("gap",), ("fc", 4, 10)]
MODULE_3A = [
    [("conv", 1, 1, 0, 192, 64, 1)],
    [("conv", 1, 1, 0, 192, 96, 1), ("conv", 3, 1, 1, 96, 128, 1)],
    [("conv", 1, 1, 0, 192, 16, 1), ("conv", 5, 1, 2, 16, 32, 1)],
    [("pool", 3, 1, 1), ("conv", 1, 1, 0, 192, 32, 1)],
]


def _params(spec: Spec) -> int:
    total = 0
    for kind, *numbers in spec:
        if kind == "conv":
            F, _, _, C, K, G = numbers
            total += K * (C // G) * F * F + K
        elif kind == "fc":
            n_in, n_out = numbers
            total += n_in * n_out + n_out
    return total


@exercise(
    reference=_params,
    hints=(
        "Take the rows one by one. Which kinds of rows learn anything?",
        "A filter is as deep as what it sees: C/G channels. And each filter has one bias.",
        "for kind, *numbers in spec: takes a row apart. Add K (C/G) F F + K for a convolution, "
        "n_in n_out + n_out for a linear layer.",
    ),
)
def count_params() -> Iterator[Case]:
    """The parameters of a list of layers"""
    yield Case("3 x 3 from 3 to 8 channels", SMALL[:1], family="one convolution", shown=True)
    yield Case("the small network by hand", SMALL, family="whole networks", shown=True)
    yield Case("AlexNet, two towers", ALEXNET, family="whole networks", shown=True)
    yield from probes.param_probes(np.random.default_rng(131))


def _macs(spec: Spec, hw: tuple[int, int]) -> int:
    (height, width), total = hw, 0
    for kind, *numbers in spec:
        if kind == "gap":
            height = width = 1
        elif kind == "fc":
            total += numbers[0] * numbers[1]
        else:
            F, S, P = numbers[:3]
            height, width = ((n + 2 * P - F) // S + 1 for n in (height, width))
            if kind == "conv":
                C, K, G = numbers[3:]
                total += height * width * K * (C // G) * F * F
    return total


@exercise(
    reference=_macs,
    hints=(
        "Follow the image through the rows with two variables, its height and its width. Which "
        "rows change them?",
        "First the new height and width, by the formula of lecture 08a with // for rounding down. "
        "Then the products: each weight of a filter is used once at every place of the *output*.",
        "A convolution does (weights without biases) * height * width products, with the new "
        "height and width. 'gap' leaves one pixel; 'fc' does n_in * n_out.",
    ),
)
def count_macs() -> Iterator[Case]:
    """The multiply-adds of a list of layers"""
    yield Case("3 x 3 from 3 to 8 channels, 6 x 4 pixels", SMALL[:1], (6, 4), family="size kept",
               shown=True)
    yield Case("the small network by hand, 6 x 4 pixels", SMALL, (6, 4), family="whole networks",
               shown=True)
    yield Case("AlexNet, two towers, 227 x 227", ALEXNET, (227, 227), family="whole networks",
               shown=True)
    yield from probes.mac_probes(np.random.default_rng(132))


def _vgg(
    stages: Sequence[tuple[int, int]], side: int = 224, n_classes: int = 1000, hidden: int = 4096
) -> list[tuple[Any, ...]]:
    rows: list[tuple[Any, ...]] = []
    channels = 3
    for repeats, width in stages:
        for _ in range(repeats):
            rows.append(("conv", 3, 1, 1, channels, width, 1))
            channels = width
        rows.append(("pool", 2, 2, 0))
        side //= 2
    return [*rows, ("fc", channels * side * side, hidden), ("fc", hidden, hidden),
            ("fc", hidden, n_classes)]


@exercise(
    reference=_vgg,
    hints=(
        "Write down the rows of VGG's first two stages by hand. What does each convolution see?",
        "A variable for the channels that arrive: 3 at first, and after each convolution its own "
        "K. Another one for the side, halved by each pool.",
        "Two loops, one inside the other; the pool belongs to the outer one. After both, the "
        "first linear layer sees channels * side * side numbers.",
    ),
)
def vgg_spec() -> Iterator[Case]:
    """VGG as a list of layers"""
    yield Case("one convolution, then two, side 32", [(1, 8), (2, 16)], 32, 10, 50,
               family="several stages", shown=True)
    yield Case("VGG-16", [(2, 64), (2, 128), (3, 256), (3, 512), (3, 512)],
               family="several stages", shown=True)
    yield from probes.vgg_probes(np.random.default_rng(133))


def _inception(x: Array, branches: Sequence[Sequence[Callable[[Any], Any]]]) -> Array:
    ends = []
    for branch in branches:
        y = np.asarray(x)
        for layer in branch:
            y = layer(y)
        ends.append(y)
    return np.concatenate(ends, axis=1)


@exercise(
    reference=_inception,
    hints=(
        "Draw the module: x stands at the top and goes into each branch. What comes out of the "
        "branches, and along which axis do these volumes fit side by side?",
        "Every branch starts from x again. Inside a branch, the output of a layer is the input of "
        "the next.",
        "Collect the ends of the branches in a list. Axis 0 is the images, axis 1 the channels.",
    ),
)
def inception_forward() -> Iterator[Case]:
    """Branches side by side"""
    x = np.array([[[[1.0, 2, 3]], [[4, 5, 6]]]])
    add = Function("conv2d_layer", np.array([[1.0, 1]])[:, :, None, None])
    mean = Function("conv2d_layer", np.full((2, 2, 1, 1), 0.5))
    yield Case("a sum of two channels, beside two means", x, [[add], [mean]],
               family="one layer each", shown=True)
    yield Case("a chain of two, and a branch without a layer", x,
               [[add, Function("square")], []], family="a branch without a layer", shown=True)
    yield from probes.forward_probes(np.random.default_rng(134))


def _cost(channels: int, hw: tuple[int, int], branches: Sequence[Spec]) -> tuple[int, int, int]:
    out = 0
    for branch in branches:
        filters = [row[5] for row in branch if row[0] == "conv"]
        out += filters[-1] if filters else channels
    rows = [row for branch in branches for row in branch]
    return out, _params(rows), _macs(rows, hw)


@exercise(
    reference=_cost,
    hints=(
        "Three questions, three sums over the branches. Two of them you have functions for.",
        "What comes out of a branch has as many channels as its last convolution has filters. A "
        "pool leaves the number as it is.",
        "Each branch is a list of rows as count_params and count_macs want it. K is entry 5 of a "
        "convolution's row.",
    ),
)
def inception_cost() -> Iterator[Case]:
    """Channels, parameters and multiply-adds of a module"""
    yield Case("1 x 1 beside 1 x 1 and 3 x 3", 4, (2, 3),
               [[("conv", 1, 1, 0, 4, 5, 1)],
                [("conv", 1, 1, 0, 4, 2, 1), ("conv", 3, 1, 1, 2, 6, 1)]],
               family="bottlenecks", shown=True)
    yield Case("a pool beside 1 x 1", 4, (2, 3),
               [[("pool", 3, 1, 1)], [("conv", 1, 1, 0, 4, 5, 1)]], family="pools", shown=True)
    yield Case("module 3a of GoogLeNet", 192, (28, 28), MODULE_3A, family="whole modules",
               shown=True)
    yield from probes.cost_probes(np.random.default_rng(135))


def _filters(weight: Array, bias: Array, shape: tuple[int, int, int]) -> tuple[Array, Array]:
    return functional.fc_to_conv(np.asarray(weight), shape), bias


@exercise(
    reference=_filters,
    hints=(
        "Take one unit and an image of 2 channels with 2 x 2 pixels. Its 8 weights stand in a row. "
        "Which of them belongs to channel 1, row 0, column 1?",
        "Flattening goes through channel 0 row by row, then through channel 1. NumPy's reshape "
        "fills an array in just this order.",
        "reshape with the four lengths (K, C, H, W) spelled out complains by itself when they do "
        "not fit. With a -1 among them it may not.",
    ),
)
def fc_to_conv() -> Iterator[Case]:
    """A fully connected layer as filters"""
    yield Case("one unit, 2 channels of 1 x 2", np.array([[1.0, 2, 3, 4]]), np.array([5.0]),
               (2, 1, 2), family="one unit", shown=True)
    yield Case("2 units, 2 channels of 2 x 2", np.arange(16.0).reshape(2, 8),
               np.array([1.0, -1]), (2, 2, 2), family="several channels", shown=True)
    yield Case("8 inputs for 2 channels of 1 x 2", np.arange(16.0).reshape(2, 8),
               np.array([1.0, -1]), (2, 1, 2), family="shapes that do not fit", shown=True)
    yield from probes.filter_probes(np.random.default_rng(136))


def _as_filters(weight: Any, shape: Any) -> Array:
    weight = np.asarray(weight, float)
    return weight.reshape(len(weight), *shape)


def _as_filters_channels_last(weight: Any, shape: Any) -> Array:
    weight = np.asarray(weight, float)
    channels, height, width = shape
    return weight.reshape(len(weight), height, width, channels).transpose(0, 3, 1, 2)


def _weights_that_fit(weight: Any, shape: Any) -> str | None:
    try:
        entries = np.asarray(weight, float)
        sizes = [int(n) for n in shape]
        whole = all(n == m for n, m in zip(sizes, shape, strict=True))
    except (TypeError, ValueError):
        return "weight must be an array of numbers, and shape three whole numbers."
    if len(sizes) != 3 or not whole or not all(1 <= n <= 4 for n in sizes):
        return f"shape must be three whole numbers (C, H, W) from 1 to 4; got {shape}."
    if entries.ndim != 2 or not 1 <= len(entries) <= 4:
        return f"weight must have 1 to 4 rows, one for each unit; it has shape {entries.shape}."
    if entries.shape[1] != np.prod(sizes):
        return f"each row of weight needs C H W = {np.prod(sizes)} numbers; it has " \
               f"{entries.shape[1]}."
    if not np.all(np.isfinite(entries)):
        return "weight must hold finite numbers."
    return None


@kill(
    right=_as_filters,
    wrong=_as_filters_channels_last,
    valid=_weights_that_fit,
    hints=(
        "Write down the order in which each of the two reads a row of weights. For which shapes is "
        "it the same order?",
        "With one channel, or with one pixel, there is nothing to confuse. The friend tried only "
        "such images.",
        "And if all weights of a row are equal, no order can be told from another.",
    ),
)
def kill_channels_last() -> None:
    """Weights that the order channels last puts in wrong places"""


def _head(x: Array, weight: Array, bias: Array) -> Array:
    return functional.gap_head(np.asarray(x), weight, bias)


@exercise(
    reference=_head,
    hints=(
        "What shape has x after each map has become one number?",
        "The mean runs over rows and columns, the last two axes, and leaves (N, C). Then it is the "
        "dense layer of lecture 03.",
        "np.mean takes a tuple of axes. (N, C) times the transposed weight (C, K) gives (N, K); "
        "the bias is added last.",
    ),
)
def gap_head() -> Iterator[Case]:
    """Global average, then a linear layer"""
    yield Case("2 maps of 1 x 2", np.array([[[[1.0, 3]], [[4, 8]]]]),
               np.array([[1.0, 0], [0, 1], [1, 1]]), np.array([0.0, 0, 10]), family="one image",
               shown=True)
    yield Case("the same maps, 2 x 3 pixels",
               np.array([[[[1.0, 3, 2], [2, 2, 2]], [[4, 8, 6], [6, 6, 6]]]]),
               np.array([[1.0, 0], [0, 1], [1, 1]]), np.array([0.0, 0, 10]),
               family="rectangular maps", shown=True)
    yield from probes.head_probes(np.random.default_rng(137))


@quiz(
    a=Number("Side of the field that three stacked 3 x 3 layers see?"),
    b=Number("Weights they save against one layer with that field, 64 channels in and out?"),
    c=Choice("What else does the stack gain?", w="fewer layers", x="non-linearities in between",
             y="no padding"),
    d=Choice("Can the last fully connected layer be replaced?",
             w="by a convolution as large as the map, or an average and a smaller layer",
             x="only by a maximum pool", y="no"),
    e=Choice("When is a fully connected layer the same as a convolution?", w="always",
             x="when the kernel has one pixel and the map many",
             y="when the kernel covers the whole map"),
    f=Choice("Why does global average pooling allow any input size?",
             w="it enlarges small images", x="each map becomes one number, whatever its size",
             y="it has weights for every size"),
    g=Choice("Why are 1 x 1 filters called bottlenecks?",
             w="they reduce the channels before costly filters", x="they slow the network down",
             y="they make the image smaller"),
    h=Number("Main loss 2.0, auxiliary losses 2.4 and 2.6: GoogLeNet's loss in training?", 2),
    i=Choice("Where has GoogLeNet fully connected layers?", w="nowhere", x="after every module",
             y="at the very end, and in the auxiliary heads"),
    j=Choice("Which layer has most of VGG-16's parameters?", w="the first fully connected one",
             x="the last convolution", y="the first convolution"),
    digests={
        "a": "f33fe036f99d7a34", "b": "08703b496e0c38d9", "c": "1779976fb1431e98",
        "d": "f868a215c888006b", "e": "ac8ff8cd3b7ea113", "f": "d0219220d9daffe0",
        "g": "0e5ba305d1f98fb5", "h": "cde563e495229dda", "i": "e8161f566dd3c074",
        "j": "6868c12157e51ffd"},
    wrong={
        ("a", 9): "That is one layer wider: each layer adds F - 1 = 2 to a field of 1.",
        ("a", 3): "That is the last layer alone; the ones below it see further.",
        ("a", 5): "Those are two layers.",
        ("b", 110592): "That is what the stack has, 27 C^2.",
        ("b", 200704): "That is what the single layer has, 49 C^2.",
        ("b", 22): "22 times what? C^2 is 4096.",
        ("b", 1408): "Weights go with C times C: each filter is C deep.",
        ("c", "w"): "It has three layers in place of one.",
        ("c", "y"): "Both need padding to keep the size; 3 times 1 in place of 3.",
        ("d", "x"): "A pool has no weights; something must still give scores for the classes.",
        ("d", "y"): "Two replacements are exercises of this lecture.",
        ("e", "w"): "A small kernel sees a small window, and shares its weights.",
        ("e", "x"): "That is the same dense layer at every pixel, not one layer for all pixels.",
        ("f", "w"): "Nothing is enlarged. Look at the shape after the mean.",
        ("f", "y"): "It has no weights at all.",
        ("g", "x"): "They make it faster. The name speaks of width.",
        ("g", "y"): "Height and width stay; the channels become fewer.",
        ("h", 7): "The auxiliary losses are weighted with 0.3.",
        ("h", 2): "That is the loss in use. In training the heads count, too.",
        ("h", 2.75): "Both heads count 0.3 each, not their mean.",
        ("i", "w"): "One linear layer makes the scores; and what do the heads end with?",
        ("i", "x"): "Modules hold convolutions and a pool.",
        ("j", "x"): "2.4 million. The first linear layer sees 25,088 numbers.",
        ("j", "y"): "1,792. Few channels, few weights; it is large in work, not in weights.",
    },
)
def quiz_imagenet() -> None:
    """Networks for ImageNet"""
