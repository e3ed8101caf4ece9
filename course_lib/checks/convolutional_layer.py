"""What lecture 08b asks for: the layer as neurons, as loops, as windows; sharing and shifting.

The decks' own numbers are displayed. The probes behind them come from
course_lib.checks.probes.convolutional_layer, which the grader draws from as well.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from course_lib import functional
from course_lib.arrays import Array
from course_lib.checks.cases import Case, Choice, Number, exercise, kill, quiz
from course_lib.checks.killing import MAX_SIZE
from course_lib.checks.probes import convolutional_layer as probes
from course_lib.checks.values import Function
from course_lib.shapes import output_size

DECK_IMAGE = np.array([[[3.0, 3, 2, 1, 0], [0, 0, 1, 3, 1], [3, 1, 2, 2, 3], [2, 0, 0, 2, 2],
                        [2, 0, 0, 0, 1]]])
DECK_FILTER = np.array([[[0.0, 1, 2], [2, 2, 0], [0, 1, 2]]])
TWO_CHANNELS = np.array([[[1.0, 2, 0], [0, 1, 3]], [[2.0, 0, 1], [1, 1, 0]]])
TWO_FILTERS = np.array([[[[1.0, 0], [0, 1]], [[0.0, 2], [-1, 0]]],
                        [[[0.0, -2], [1, 0]], [[-1.0, 0], [0, -1]]]])


def _conv2d(x: Array, weight: Array, bias: Array, stride: int = 1, padding: int = 0) -> Array:
    image = np.asarray(x, weight.dtype)
    return functional.conv2d(image, weight, bias, stride=stride, padding=padding)


def _naive(x: Array, weight: Array, bias: Array, stride: int = 1, padding: int = 0) -> Array:
    # With loops, so that the clock in the notebook has something to show when this stands in.
    image = np.asarray(x, weight.dtype)
    return functional.conv2d_naive(image, weight, bias, stride=stride, padding=padding)


def _neuron(
    x: Array, weight: Array, bias: Any, row: int, col: int, stride: int = 1, padding: int = 0
) -> float:
    _, height, width = weight.shape
    padded = np.pad(np.asarray(x, weight.dtype), ((0, 0), (padding, padding), (padding, padding)))
    top, left = row * stride, col * stride
    window = padded[None, :, top : top + height, left : left + width]
    net = functional.conv2d(window, weight[None], np.asarray([bias], weight.dtype))
    return float(net[0, 0, 0, 0])


@exercise(
    reference=_neuron,
    hints=(
        "Do it in three steps: pad the image, cut out the window, multiply and sum.",
        "Output place (row, col) looks at the window whose upper left corner is "
        "(row * stride, col * stride) in the padded image. Only rows and columns are padded.",
        "Window and filter have the same shape (C, F_h, F_w). Multiply them entry by entry, sum "
        "everything, channels too, and add the bias once.",
    ),
)
def conv_neuron() -> Iterator[Case]:
    """The net input of one neuron of a convolutional layer"""
    yield Case("the decks' image, first place", DECK_IMAGE, DECK_FILTER, 0.0, 0, 0,
               family="one channel", shown=True)
    yield Case("the decks' image, row 1, column 2, bias 0.5", DECK_IMAGE, DECK_FILTER, 0.5, 1, 2,
               family="one channel", shown=True)
    yield Case("two channels", TWO_CHANNELS, TWO_FILTERS[0], 1.0, 0, 1,
               family="several channels", shown=True)
    yield Case("the decks' image, padding 1, the upper left corner", DECK_IMAGE, DECK_FILTER, 0.0,
               0, 0, padding=1, family="padding 1 and 2", shown=True)
    yield from probes.neuron_probes(np.random.default_rng(81))


@exercise(
    reference=_naive,
    hints=(
        "You have the neuron already. A layer is the same neuron at every place, for every "
        "filter and every image.",
        "Four loops: image n, filter k, output row, output column. output_size gives the number "
        "of rows and of columns, and raises the ValueError for strides that do not fit.",
        "Compare x.shape[1] with weight.shape[1] first. Make the output with np.zeros (its "
        "default type is float, whatever x holds), and fill out[n, k, i, j].",
    ),
)
def conv2d_naive() -> Iterator[Case]:
    """Every filter at every place of every image, with loops"""
    yield Case("the decks' image and filter", DECK_IMAGE[None], DECK_FILTER[None], np.zeros(1),
               family="one channel, one filter", shown=True)
    yield Case("two channels, two filters", TWO_CHANNELS[None], TWO_FILTERS, np.array([1.0, -2.0]),
               family="several channels and filters", shown=True)
    yield Case("the decks' image, stride 2, padding 1", DECK_IMAGE[None], DECK_FILTER[None],
               np.zeros(1), stride=2, padding=1, family="stride and padding together", shown=True)
    rng = np.random.default_rng(82)
    yield from probes.layer_probes(rng)
    yield from probes.illegal_probes(rng)


@exercise(
    reference=_conv2d,
    hints=(
        "Pad rows and columns, then let sliding_window_view cut out all windows at once. Print "
        "the shape after each line.",
        "The windows have six axes: (N, C, places down, places across, F_h, F_w). The stride "
        "keeps every S-th place on axes 2 and 3.",
        "Sum over channel and window axes against the filters with einsum or tensordot, see that "
        "the filters end up on axis 1, and give the bias the shape (K, 1, 1).",
    ),
)
def conv2d_windows() -> Iterator[Case]:
    """The same layer without loops over places"""
    yield Case("the decks' image and filter", DECK_IMAGE[None], DECK_FILTER[None], np.zeros(1),
               family="one channel, one filter", shown=True)
    yield Case("two channels, two filters", TWO_CHANNELS[None], TWO_FILTERS, np.array([1.0, -2.0]),
               family="several channels and filters", shown=True)
    yield from probes.layer_probes(np.random.default_rng(83))


def _matrix(kernel: Array, n_in: int) -> Array:
    starts = np.arange(output_size(n_in, len(kernel)))[:, None]
    matrix = np.zeros((len(starts), n_in))
    np.put_along_axis(matrix, starts + np.arange(len(kernel)), np.asarray(kernel), axis=1)
    return matrix


@exercise(
    reference=_matrix,
    hints=(
        "Draw it for 5 inputs and a kernel of 3, row by row. How many rows are there?",
        "Row i holds the whole kernel, in its own order, and zeros elsewhere.",
        "The kernel of row i covers the columns from i to i + F - 1: one slice per row.",
    ),
)
def shared_matrix() -> Iterator[Case]:
    """A convolution as a matrix of shared weights"""
    yield Case("the kernel [-1, 1] on 6 inputs", np.array([-1.0, 1.0]), 6,
               family="an even window", shown=True)
    yield Case("three weights on 5 inputs", np.array([1.0, 2.0, 4.0]), 5,
               family="a window of three", shown=True)
    yield from probes.matrix_probes(np.random.default_rng(85))


def _work(
    x_shape: tuple[int, ...], weight_shape: tuple[int, ...], stride: int = 1, padding: int = 0
) -> tuple[int, int, int]:
    rows, cols = (
        output_size(n_in, kernel_size, stride, padding)
        for n_in, kernel_size in zip(x_shape[1:], weight_shape[2:], strict=True)
    )
    neurons, length = weight_shape[0] * rows * cols, int(np.prod(weight_shape[1:]))
    return neurons, length, neurons * length


@exercise(
    reference=_work,
    hints=(
        "How many places has one filter? You know output_size.",
        "Every filter has a neuron at every place. One neuron is one dot product with all the "
        "weights of its filter.",
        "Neurons: K times places down times places across. Length: C * F_h * F_w. Each neuron "
        "does as many multiply-adds as its dot product is long.",
    ),
)
def conv_work() -> Iterator[Case]:
    """How many neurons, and how much work"""
    yield Case("256 x 256 RGB, one 5 x 5 filter", (3, 256, 256), (1, 3, 5, 5),
               family="one filter", shown=True)
    yield Case("32 x 32 RGB, ten 5 x 5 filters, padding 2", (3, 32, 32), (10, 3, 5, 5),
               padding=2, family="padding 1 and 2", shown=True)
    yield from probes.work_probes(np.random.default_rng(86))


def _gap(layer: Any, x: Array, shift: tuple[int, int], margin: int = 0) -> float:
    gap = layer(np.roll(x, shift, axis=(2, 3))) - np.roll(layer(x), shift, axis=(2, 3))
    rows, cols = gap.shape[2:]
    return float(np.abs(gap[:, :, margin : rows - margin, margin : cols - margin]).max())


WRAPPED = Function("wrapped_conv2d_layer", np.array([[[[1.0, 2, 4]]]]))
PADDED = Function("conv2d_layer", np.array([[[[1.0, 2, 4]]]]), padding=(0, 1))
ROW = np.array([[[[1.0, 0, 0, 0, 3]]]])


@exercise(
    reference=_gap,
    hints=(
        "Two ways lead to two outputs: shift, then layer; and layer, then shift. Compare them.",
        "np.roll(array, shift, axis=...) shifts rows and columns at once and brings back on one "
        "side what leaves on the other. Both x and the output have four axes.",
        "Take absolute differences, cut `margin` rows and columns off all four sides, and take "
        "the largest. The slice [m:-m] is empty for m = 0; from m to size - m is not.",
    ),
)
def equivariance_gap() -> Iterator[Case]:
    """How far a layer is from following a shift"""
    yield Case("filter [1, 2, 4], wrapped borders", WRAPPED, ROW, (0, 1),
               family="wrapped borders", shown=True)
    yield Case("filter [1, 2, 4], zero padding", PADDED, ROW, (0, 1),
               family="zero padding", shown=True)
    yield from probes.gap_probes(np.random.default_rng(87))


def _unflipped(x: Any, weight: Any) -> Array:
    filters = np.asarray(weight, float)
    return functional.conv2d(np.asarray(x, float), filters, np.zeros(len(filters)))


def _flipped(x: Any, weight: Any) -> Array:
    return _unflipped(x, np.asarray(weight, float)[:, :, ::-1, ::-1])


def _legal(x: Any, weight: Any) -> str | None:
    try:
        images, filters = np.asarray(x, float), np.asarray(weight, float)
    except (TypeError, ValueError):
        return "x and weight must be arrays of numbers."
    for name, array in (("x", images), ("weight", filters)):
        if array.ndim != 4:
            return f"{name} must have four axes; it has shape {array.shape}."
        if array.size == 0 or not np.isfinite(array).all():
            return f"{name} must hold at least one number, and finite ones only."
    if images.shape[1] != filters.shape[1]:
        return f"x has {images.shape[1]} channels, the filters have {filters.shape[1]}."
    if images.shape[2] < filters.shape[2] or images.shape[3] < filters.shape[3]:
        return "the filters must not be larger than the image."
    return _small(images, filters)


def _small(images: Array, filters: Array) -> str | None:
    """Few inputs can ask for many outputs: 10,000 pixels times 10,000 filters of one weight."""
    rows, cols = np.subtract(images.shape[2:], filters.shape[2:]) + 1
    made = len(images) * len(filters) * int(rows) * int(cols)
    if made > MAX_SIZE:
        return f"the maps would hold {made:,} numbers, more than {MAX_SIZE:,}. Take fewer filters."
    return None


@kill(
    right=_unflipped,
    wrong=_flipped,
    valid=_legal,
    hints=(
        "Which filters look the same after half a turn? Take another.",
        "The image matters too: on one that is the same everywhere all weights just add up.",
        "A single bright pixel makes the layer draw its own filter.",
    ),
)
def kill_flipped_kernel() -> None:
    """Inputs that expose a flipped filter"""


@quiz(
    a=Number("Input channels of an ordinary colour photograph?"),
    b=Number("Twelve 3 x 3 filters on a volume 14 x 14 x 8: weights of one, without bias?"),
    c=Number("Channels of the output of this layer?"),
    d=Choice("Why can the depth of a filter be left out?",
             p="It is always 3.", q="It equals the depth of the input.",
             r="It equals the number of filters.", s="Filters are flat."),
    e=Choice("What does depth mean for the volume of one layer?",
             p="its number of channels", q="its number of layers", r="its rows and columns"),
    f=Choice("How is a neuron of the layer connected to its input?",
             p="locally in space and in depth", q="fully in space, locally in depth",
             r="locally in space, fully in depth", s="fully in space and in depth"),
    digests={
        "a": "adafa124df092db6", "b": "561d01752387d1b0", "c": "175ccbefd2c32c42",
        "d": "ff0bd2e7b50dae02", "e": "5df9f1534dda8592", "f": "42993f9c1d1fc609"},
    wrong={
        ("a", 1): "One channel is a gray image.",
        ("b", 9): "The filter goes through all eight channels.",
        ("b", 73): "That is with the bias.",
        ("b", 864): "That is all twelve filters.",
        ("c", 96): "Each filter adds up over its input channels: one map per filter.",
        ("c", 8): "The output has as many channels as there are filters, not as the input had.",
        ("d", "p"): "True for photographs only. The second layer sees the maps of the first.",
        ("d", "r"): "The number of filters is the depth of the output.",
        ("d", "s"): "Drawings are flat; the filter reaches through all channels.",
        ("e", "q"): "That is the depth of the network. Both are called depth.",
        ("e", "r"): "Those are height and width.",
        ("f", "p"): "In space yes. But look at the sum over c in the formula.",
        ("f", "q"): "It is the other way round.",
        ("f", "s"): "That is a dense layer.",
    },
)
def quiz_volumes() -> None:
    """Filters and volumes"""


@quiz(
    a=Choice("Why may all neurons of a map share their weights?",
             p="Neighbouring pixels are equal.", q="A feature useful at one place is useful "
             "elsewhere.", r="All filters look for the same feature.",
             s="The gradient is the same everywhere."),
    b=Number("Connections of one neuron with F = 5 to a volume 14 x 14 x 30, bias included?"),
    c=Number("In the 778,240 against 760 example: how many neurons share one weight?"),
    d=Choice("The image becomes twice as wide and twice as high. What stays?",
             p="the number of neurons", q="the number of multiply-adds",
             r="the number of parameters", s="nothing"),
    digests={
        "a": "d52c8e98da5b1156", "b": "96431ceac5d922dc", "c": "8d0afcee146ccf27",
        "d": "aeafd754a7d747d4"},
    wrong={
        ("a", "p"): "They are similar, not equal, and a filter that finds edges needs that.",
        ("a", "r"): "Every filter looks for something else; sharing is within one map.",
        ("a", "s"): "Every place gives another gradient. They are added up (lecture 09).",
        ("b", 22_530): "That is 751 times 30, but the depth of 30 is in the 751 already.",
        ("b", 750): "The bias is missing.",
        ("b", 26): "The depth of 30 is missing.",
        ("b", 25): "Depth and bias are missing.",
        ("c", 1023): "Those are the others. The neuron itself uses the weight too.",
        ("c", 10): "That is how many maps there are; every map has weights of its own.",
        ("c", 75): "That is how many weights a filter has. How many neurons use each of them?",
        ("c", 10_240): "That is all ten maps. A weight belongs to one filter, and so to one map.",
        ("c", 760): "That is how many parameters there are.",
        ("d", "p"): "There are four times as many places.",
        ("d", "q"): "Four times as many dot products of the same length.",
        ("d", "s"): "Look at what a filter is made of: is there an image size in it?",
    },
)
def quiz_sharing() -> None:
    """Sharing weights"""


KEEPS = {"yes": "the gap is 0", "no": "the gap is larger than 0"}


@quiz(
    a=Choice("Convolution, stride 1, borders wrapped around", **KEEPS),
    b=Choice("Convolution, stride 1, zero padding, whole output", **KEEPS),
    c=Choice("The same, but only places far enough from the border", **KEEPS),
    d=Choice("Convolution with stride 2, shift by one pixel", **KEEPS),
    e=Choice("A dense layer with random weights", **KEEPS),
    f=Choice("A ReLU alone", **KEEPS),
    g=Choice("What does f(g(x)) = g(f(x)) say, f a layer and g a shift?",
             p="The output does not change when the input is shifted.",
             q="The output is shifted as the input is.",
             r="The layer undoes the shift."),
    digests={
        "a": "47a9a75587946cce", "b": "921b642288317618", "c": "301f9534520ade30",
        "d": "a5b7c638ffe91b84", "e": "76f91b0f0ea2bb66", "f": "377b0e4f652800b3",
        "g": "b6a7ccc561536a54"},
    wrong={
        ("a", "no"): "Every window finds the same pixels as before, only elsewhere.",
        ("b", "yes"): "At the border some windows see zeros where they saw pixels before.",
        ("c", "no"): "Away from the border every window finds the same pixels as before.",
        ("d", "yes"): "After a shift by one pixel the windows of stride 2 cut the image "
                      "differently.",
        ("e", "yes"): "Every place of a dense layer has weights of its own.",
        ("f", "no"): "It treats every entry alike, wherever it stands.",
        ("g", "p"): "That is invariance. Here the output moves along: equivariance.",
        ("g", "r"): "Then nothing would be shifted at the end.",
    },
)
def quiz_shift() -> None:
    """Predict: who follows a shift?"""
