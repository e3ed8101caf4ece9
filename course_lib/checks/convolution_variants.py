"""What lecture 11 asks for: dilation, 1 x 1, groups, separation, deformation, transposition.

Small numbers are displayed. The probes behind them come from
course_lib.checks.probes.convolution_variants, which the grader draws from as well.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from course_lib import functional, images
from course_lib.arrays import Array
from course_lib.checks.cases import Case, Choice, Number, exercise, kill, quiz
from course_lib.checks.compare import as_numbers
from course_lib.checks.evidence import kind_of
from course_lib.checks.probes import convolution_variants as probes

BLOCK = np.array([[1.0, 2], [3, 4]])
SOBEL = np.array([[-1.0, 0, 1], [-2, 0, 2], [-1, 0, 1]])
LAPLACIAN = np.array([[0.0, 1, 0], [1, -4, 1], [0, 1, 0]])
RAMP = np.arange(1.0, 17.0).reshape(4, 4)
FOUR_CHANNELS = np.array([[[[1.0, 2, 0]], [[0, 1, 1]], [[2, 2, 0]], [[1, 0, 4]]]])


def _dilated(weight: Array, dilation: int) -> Array:
    rows, cols = weight.shape[-2:]
    shape = (*weight.shape[:-2], (rows - 1) * dilation + 1, (cols - 1) * dilation + 1)
    spread = np.zeros(shape)
    spread[..., ::dilation, ::dilation] = weight
    return spread


@exercise(
    reference=_dilated,
    hints=(
        "Draw a 3 x 3 kernel and its dilated form for D = 2 on squared paper. How many zeros lie "
        "between two neighbours, and how many rows has the result?",
        "The result has (F_h - 1) D + 1 rows: F_h - 1 steps of D pixels, and the first one.",
        "Make it of zeros, with the axes in front unchanged; then a slice with step D along each "
        "of the last two axes picks exactly the places of the weights.",
    ),
)
def dilate_kernel() -> Iterator[Case]:
    """A kernel with zeros between its weights"""
    yield Case("2 x 2, D = 3", BLOCK, 3, family="even kernels", shown=True)
    yield Case("Sobel, D = 2", SOBEL, 2, family="square kernels, dilation 2 and 3", shown=True)
    yield Case("two filters of one channel, D = 2", np.stack([BLOCK, -BLOCK])[:, None], 2,
               family="filters with channels", shown=True)
    yield from probes.dilate_probes(np.random.default_rng(111))


def _one_by_one(x: Array, weight: Array, bias: Array) -> Array:
    return functional.conv2d(x, weight[:, :, None, None], bias)


@exercise(
    reference=_one_by_one,
    hints=(
        "Take a single pixel. Its channels are a vector of C numbers, and it becomes one of K.",
        "A pixel's vector is multiplied by the matrix weight (K, C), as in the dense layer of "
        "lecture 03. The same matrix serves all pixels.",
        "np.einsum can say it with the letters n, c, h, w, k: which one is summed? The bias needs "
        "the shape (K, 1, 1) to meet axis 1.",
    ),
)
def conv1x1() -> Iterator[Case]:
    """The same dense layer at every pixel"""
    mix = np.array([[1.0, 0, 1, 0], [0, 2, 0, -1]])
    yield Case("4 channels to 2, three pixels", FOUR_CHANNELS, mix, np.zeros(2),
               family="fewer channels come out", shown=True)
    yield Case("the same with biases 10 and 20", FOUR_CHANNELS, mix, np.array([10.0, 20]),
               family="fewer channels come out", shown=True)
    yield Case("one pixel, 2 channels to 3", np.array([[[[1.0]], [[2.0]]]]),
               np.array([[1.0, 1], [1, -1], [0, 3]]), np.zeros(3), family="one pixel", shown=True)
    yield from probes.one_by_one_probes(np.random.default_rng(112))


def _grouped(x: Array, weight: Array, bias: Array, groups: int) -> Array:
    return functional.conv2d(x, weight, bias, groups=groups)


@exercise(
    reference=_grouped,
    hints=(
        "Two groups are two ordinary layers side by side. What does each of them get, and where "
        "do its maps go?",
        "Cut x along its channels, weight and bias along the filters, into G equal pieces each. "
        "Look first whether all three sizes fit.",
        "np.split(array, G, axis=...) cuts. Give piece g of all three to conv2d, and put the "
        "results one behind the other along the axis of the maps with np.concatenate.",
    ),
)
def grouped_conv() -> Iterator[Case]:
    """Several convolutions side by side"""
    x = np.array([[[[1.0, 2, 3]], [[4, 5, 6]], [[7, 8, 9]], [[10, 11, 12]]]])
    weight = np.array([[[[1.0, 1]], [[0, 0]]], [[[0, 0]], [[-1, 1]]]])
    yield Case("4 channels, 2 filters, 2 groups", x, weight, np.array([0.0, 100]), 2,
               family="2 and 3 groups", shown=True)
    yield Case("depthwise: 4 groups", x, np.array([1.0, 2, 3, 4]).reshape(4, 1, 1, 1), np.zeros(4),
               4, family="depthwise", shown=True)
    yield Case("4 channels, 3 groups", x, np.ones((3, 1, 1, 1)), np.zeros(3), 3,
               family="channels that cannot be divided", shown=True)
    yield from probes.grouped_probes(np.random.default_rng(113))


def _separable(x: Array, depthwise: Array, pointwise: Array, bias: Array) -> Array:
    maps = functional.conv2d(x, depthwise[:, None], groups=len(depthwise))
    return _one_by_one(maps, pointwise, bias)


@exercise(
    reference=_separable,
    hints=(
        "You have both halves already.",
        "The first half is grouped_conv with as many groups as channels. Which shape does it want "
        "for its filters, and which biases leave the maps alone?",
        "depthwise has no axis for the one channel of each group; put it in with None. Then "
        "conv1x1 mixes the C maps into K.",
    ),
)
def depthwise_separable() -> Iterator[Case]:
    """A filter for each channel, then 1 x 1"""
    x = np.array([[[[1.0, 2, 3]], [[4, 5, 6]]]])
    yield Case("2 channels to 1", x, np.array([[[1.0, 1]], [[-1, 1]]]), np.array([[1.0, 10]]),
               np.zeros(1), family="fewer channels come out", shown=True)
    yield Case("2 channels to 3", x, np.array([[[1.0, 1]], [[-1, 1]]]),
               np.array([[1.0, 10], [1, 0], [0, 1]]), np.array([0.0, 0, 5]),
               family="more channels come out", shown=True)
    yield from probes.separable_probes(np.random.default_rng(114))


def _separated(kernel: Array) -> tuple[Array, Array]:
    column, row = images.separate_kernel(np.asarray(kernel, float))
    return column, row


def is_product(got: Any, expected: Any, case: Case) -> str | None:
    """(column, row) whose outer product is the kernel; how it is shared between them is free."""
    kernel = np.asarray(case.args[0], float)
    if not isinstance(got, (tuple, list)) or len(got) != 2:
        return f"the result should be the pair (column, row); got {kind_of(got)}."
    vectors = []
    for name, vector, size in zip(("column", "row"), got, kernel.shape, strict=True):
        entries = as_numbers(vector)
        if entries is None or entries.shape != (size,):
            return f"{name} should be a 1-D array of {size} numbers; got {kind_of(vector)}."
        vectors.append(entries.astype(float))
    with np.errstate(all="ignore"):  # a learner may have divided by 0
        product = np.outer(*vectors)
        apart = np.abs(product - kernel)
    if np.all(apart <= 1e-5 * np.abs(kernel).max()):
        return None
    i, j = np.unravel_index(int(np.argmax(np.nan_to_num(apart, nan=np.inf))), kernel.shape)
    return (f"column[{i}] * row[{j}] is {product[i, j]:.6g}; the kernel has {kernel[i, j]:.6g} at "
            f"({i}, {j}).")


@exercise(
    reference=_separated,
    compare=is_product,
    hints=(
        "Write a multiplication table of two short vectors. How does one of its rows differ from "
        "the next?",
        "In a product all rows are multiples of one row. Take a row that is not all zeros; by how "
        "much is it multiplied in the others? Look down one of the columns.",
        "The largest entry (in absolute value) stands in a row and a column that are not zero. "
        "That row, and that column divided by the entry, are the candidates; their outer product "
        "tells whether they are right.",
    ),
)
def separate_kernel() -> Iterator[Case]:
    """A kernel as column times row"""
    yield Case("a table of products", np.array([[2.0, 4, 6], [1, 2, 3]]),
               family="rectangular kernels", shown=True)
    yield Case("Sobel", SOBEL, family="kernels that sum to zero", shown=True)
    yield Case("the Laplacian", LAPLACIAN, family="rank 2", shown=True)
    yield from probes.separate_probes(np.random.default_rng(115))


def _separable_by_rank(kernel: Any) -> bool:
    return bool(np.linalg.matrix_rank(np.asarray(kernel, float)) <= 1)


def _separable_by_determinant(kernel: Any) -> bool:
    return bool(abs(np.linalg.det(np.asarray(kernel, float))) < 1e-6)


def _square_and_whole(kernel: Any) -> str | None:
    try:
        entries = np.asarray(kernel, float)
    except (TypeError, ValueError):
        return "the kernel must be an array of numbers."
    if entries.ndim != 2 or entries.shape[0] != entries.shape[1] or not 2 <= len(entries) <= 7:
        return f"the kernel must be square, 2 x 2 to 7 x 7; it has shape {entries.shape}."
    if not np.all((np.abs(entries) <= 9) & (entries == np.round(entries))):
        return "the kernel must hold whole numbers from -9 to 9."
    return None


@kill(
    right=_separable_by_rank,
    wrong=_separable_by_determinant,
    valid=_square_and_whole,
    hints=(
        "For 2 x 2 the friend is right. Try 3 x 3.",
        "The determinant is 0 as soon as one row is a sum of multiples of the others. A product "
        "needs more: every row a multiple of the same one.",
        "One of the kernels of lecture 07 will do: two of its rows are equal, the third is not a "
        "multiple of them.",
    ),
)
def kill_zero_determinant() -> None:
    """A kernel that the determinant misjudges"""


def _deformed(x: Array, weight: Array, offsets: Array) -> Array:
    given = np.moveaxis(offsets, (2, 3, 4), (0, 1, 2)).reshape(1, -1, *offsets.shape[:2])
    image, filters = (np.asarray(a, float)[None, None] for a in (x, weight))
    maps = functional.deform_conv2d(image, np.asarray(given, float), filters)
    return np.asarray(maps[0, 0])


@exercise(
    reference=_deformed,
    hints=(
        "Begin with offsets of 0: at which row and column of x does weight[i, j] read for the "
        "output (r, s)?",
        "It reads at (r + i, s + j), moved by the two numbers offsets[r, s, i, j]. read_between "
        "takes whole arrays of rows and of columns.",
        "r, s, i, j = np.ogrid[:out_h, :out_w, :F_h, :F_w] gives four arrays that add up to the "
        "shape (out_h, out_w, F_h, F_w). Multiply what was read by weight, sum over i and j.",
    ),
)
def deform_conv() -> Iterator[Case]:
    """A kernel whose pixels look elsewhere"""
    ones = np.ones((2, 2))
    yield Case("offsets of 0", RAMP, ones, np.zeros((3, 3, 2, 2, 2)),
               family="offsets of zero", shown=True)
    yield Case("all half a pixel to the right", RAMP, ones,
               np.broadcast_to([0, 0.5], (3, 3, 2, 2, 2)).copy(), family="half pixels",
               shown=True)
    yield from probes.deform_probes(np.random.default_rng(116))


def _upsampled(x: Array, kernel: Array, stride: int) -> Array:
    image, filters = (np.asarray(a, float)[None, None] for a in (x, kernel))
    maps = functional.conv_transpose2d(image, filters, stride=stride)
    return np.asarray(maps[0, 0])


@exercise(
    reference=_upsampled,
    hints=(
        "Lay tiles: each pixel lays down a copy of the kernel, as bright as the pixel is.",
        "The tile of pixel (i, j) has its upper left corner at (i S, j S). The last one says how "
        "large the result is.",
        "Start from zeros and add x[i, j] * kernel to one slice for every pixel: +=, since tiles "
        "may overlap.",
    ),
)
def upsample_by_transpose() -> Iterator[Case]:
    """Every pixel lays down the kernel"""
    yield Case("[[1, 2]] with ones of 2 x 2, stride 2", np.array([[1.0, 2]]), np.ones((2, 2)), 2,
               family="kernels side by side", shown=True)
    yield Case("[[1, 2]] with ones of 1 x 3, stride 2", np.array([[1.0, 2]]), np.ones((1, 3)), 2,
               family="kernels that overlap", shown=True)
    yield Case("2 x 2, overlapping", BLOCK, np.array([[1.0, 2, 3], [4, 5, 6]]), 2,
               family="kernels that overlap", shown=True)
    yield from probes.upsample_probes(np.random.default_rng(117))


@quiz(
    a=Number("Rows of pixels that a 3 x 3 kernel with D = 5 spans?"),
    b=Choice("How does dilation differ from subsampling the output?",
             w="both drop output places", x="dilation skips inside the kernel and keeps all places",
             y="dilation needs more weights"),
    c=Number("Side of the field of three 3 x 3 layers with D = 1, 3, 9?"),
    d=Number("Weights of a depthwise separable 3 x 3 layer from 32 to 64 channels?"),
    e=Choice("What is a 1 x 1 convolution?", w="a layer that changes nothing",
             x="a blur with a small window", y="the same dense layer at every pixel"),
    f=Choice("A transposed convolution multiplies by", w="the inverse of the convolution matrix",
             x="the transpose of the convolution matrix", y="the flipped image"),
    g=Choice("F = 3, S = 2, all weights 1. Why is the enlarged image not flat?",
             w="numbers of overlapping kernels differ", x="rounding errors", y="zero padding"),
    h=Choice("Depthwise layers need few MACs. Why may they be slow all the same?",
             w="MACs are miscounted", x="moving numbers and starting many small products takes "
             "time", y="their biases are expensive"),
    digests={
        "a": "e7fe1bded7a1b1ea", "b": "6c05c143ecc4d4bd", "c": "627f4f90e5afff6c",
        "d": "3c34a5010235bbee", "e": "97bfab95d41673f7", "f": "a3c24e009c41ffdb",
        "g": "55d22d9cd9d783cd", "h": "37bce0af49524f29"},
    wrong={
        ("a", 15): "Zeros stand between the weights only, not behind the last one.",
        ("a", 13): "Between neighbours there are D - 1 zeros.",
        ("b", "w"): "Look at the size of the output: with dilation every place is computed.",
        ("b", "y"): "The number of weights stays; that is its charm.",
        ("c", 19): "That is the last layer alone; the other two add to it.",
        ("c", 29): "Fields do not add up: each layer adds (F - 1) D to 1.",
        ("d", 18432): "That is the plain layer.",
        ("d", 288): "That is the depthwise half; 1 x 1 follows.",
        ("d", 2048): "That is the 1 x 1 half; the depthwise one comes before.",
        ("e", "w"): "Only with the identity as its matrix. It mixes channels.",
        ("e", "x"): "Its window holds a single pixel: there are no neighbours to mix.",
        ("f", "w"): "It brings back the size, not the numbers.",
        ("f", "y"): "Nothing is flipped; rows and columns of the matrix change places.",
        ("g", "x"): "Whole numbers, no rounding. Count the kernels over a pixel.",
        ("g", "y"): "There is no padding here. Look at the middle, far from the border.",
        ("h", "w"): "They are right; only they are not the time.",
        ("h", "y"): "One addition for each number that comes out: next to nothing.",
    },
)
def quiz_variants() -> None:
    """Variants of convolution"""
