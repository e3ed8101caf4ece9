"""Public cases of 09_convolution_gradients: the convolution as a matrix, patches, gradients.

The decks' own numbers are displayed. The probes behind them come from
course_lib.checks.probes.convolution_gradients, which the grader draws from as well.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from course_lib import functional
from course_lib.arrays import Array
from course_lib.checks.cases import Case, Choice, Number, exercise, kill, quiz
from course_lib.checks.compare import as_numbers
from course_lib.checks.killing import MAX_SIZE
from course_lib.checks.probes import convolution_gradients as probes

DECK = (np.array([0.0, 0.7, 0.2, 0.8]), 1.0, np.array([-1.0, 1.0]), np.array([1.0, 0.5, 0.0]))
NINE = np.arange(1.0, 10.0).reshape(3, 3)
SIXTEEN = np.arange(16.0).reshape(1, 1, 4, 4)
SMALL = np.array([[[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0], [7.0, 8.0, 9.0]]]])
UPSTREAM = np.array([[[[1.0, 10.0], [100.0, 0.0]]]])
TWO_BY_TWO = np.array([[[[1.0, 2.0], [3.0, 4.0]]]])


def _graph(x: Array, t: float, w: Array, f: Array) -> dict[str, Any]:
    h = np.correlate(np.asarray(x, float), np.asarray(w, float), "valid")
    y = float(h @ f)
    dh = (y - t) * np.asarray(f, float)
    return {
        "h": h, "y": y, "E": 0.5 * (y - t) ** 2, "dh": dh, "df": (y - t) * h,
        "dw": np.correlate(np.asarray(x, float), dh, "valid"),
        "dx": np.convolve(dh, np.asarray(w, float)),
    }


@exercise(
    reference=_graph,
    hints=(
        "Forward in three lines: all h_i, then y, then E. Backward starts with dE/dy = y - t.",
        "h_i is used once, in y. But w_0 is used in every h_i, and an inner pixel in several: "
        "what is used several times adds up what it is given.",
        "Start dw and dx as arrays of float zeros. One loop over the places i: the window that "
        "h_i saw gives dh_i times x to dw, and gets dh_i times w added to dx.",
    ),
)
def conv1d_graph() -> Iterator[Case]:
    """Follow the graph of a small convolution forward and back"""
    yield Case("the deck's graph", *DECK, family="two weights", shown=True)
    yield Case("two inputs, one place", np.array([1.0, 2.0]), 4.0, np.array([2.0, 3.0]),
               np.array([1.0]), family="a kernel as long as the input", shown=True)
    yield Case("three weights, whole numbers", np.array([1, 2, 3, 4]), 9, np.array([1, 0, 2]),
               np.array([2, -1]), family="whole numbers", shown=True)
    yield from probes.graph_probes(np.random.default_rng(91))


def _matrix(kernel: Array, image_size: tuple[int, int], stride: int = 1) -> Array:
    rows, cols = image_size
    filters = np.asarray(kernel, float)[None, None]
    return functional.convolution_matrix(filters, (rows, cols), stride)


@exercise(
    reference=_matrix,
    hints=(
        "One row for each place of the kernel. Think of a row as an image in which everything is "
        "0 but the kernel, where it lies.",
        "Make an array of zeros with four axes: place down, place across, image row, image "
        "column. Flatten both pairs at the very end.",
        "At place (r, s) the kernel covers the image rows from r * stride on, F_h of them, and "
        "columns alike: one slice, set equal to the kernel.",
    ),
)
def conv_matrix() -> Iterator[Case]:
    """Write a convolution as one large matrix"""
    yield Case("the 4 x 16 matrix: 1 to 9 on a 4 x 4 image", NINE, (4, 4),
               family="square kernels and images", shown=True)
    yield Case("a row of two on a 2 x 3 image", np.array([[5.0, 7.0]]), (2, 3),
               family="kernels of one row or column", shown=True)
    yield Case("2 x 2, stride 2, on a 4 x 4 image", TWO_BY_TWO[0, 0], (4, 4), stride=2,
               family="stride 2 and 3", shown=True)
    yield from probes.matrix_probes(np.random.default_rng(92))


def _im2col(x: Array, kernel_size: Any, stride: int = 1, padding: int = 0) -> Array:
    return functional.im2col(np.asarray(x), tuple(kernel_size), stride, padding)


@exercise(
    reference=_im2col,
    hints=(
        "Pad first. Then think of one image with one channel, and write down its first column.",
        "Two ways: a loop over the places, each filling one column with a flattened patch; or a "
        "loop over the F_h * F_w pixels of a window, each filling one row for all places at once.",
        "In an array (N, C, F_h, F_w, out_h, out_w), the entries [:, :, i, j] are the padded "
        "pixels from row i and column j on, every stride-th, out_h and out_w of them. A reshape "
        "joins the axes at the end.",
    ),
)
def im2col() -> Iterator[Case]:
    """Write every patch as a column"""
    yield Case("0 to 15, kernel 3 x 3", SIXTEEN, (3, 3),
               family="one image, one channel, one filter", shown=True)
    yield Case("0 to 15, kernel 2 x 2, stride 2", SIXTEEN, (2, 2), stride=2,
               family="stride 2 and 3", shown=True)
    yield Case("two channels, kernel 1 x 2", np.arange(12.0).reshape(1, 2, 2, 3), (1, 2),
               family="channels and filters", shown=True)
    yield Case("1 to 9, kernel 3 x 3, padding 1", SMALL, (3, 3), padding=1,
               family="padding 1 and 2", shown=True)
    yield from probes.image_probes(np.random.default_rng(93))


def _unpad(x: Array, padding: int) -> Array:
    rows, cols = np.shape(x)[2:]
    return np.asarray(x)[:, :, padding : rows - padding, padding : cols - padding]


@exercise(
    reference=_unpad,
    hints=(
        "Which rows are left of H? The first is number `padding`. And the last?",
        "Try your slice on padding 0: how many rows are left?",
        "A slice that ends at -padding ends at -0, and that is 0. Count the end from the front.",
    ),
)
def unpad() -> Iterator[Case]:
    """Cut the padding off again"""
    yield Case("4 x 4, padding 1", SIXTEEN, 1, family="padding 1 and 2", shown=True)
    yield Case("3 x 3, padding 0", SMALL, 0, family="padding 0", shown=True)
    yield from probes.unpad_probes(np.random.default_rng(94))


def _col2im(
    columns: Array, image_size: Any, kernel_size: Any, stride: int = 1, padding: int = 0
) -> Array:
    return functional.col2im(
        np.asarray(columns), tuple(image_size), tuple(kernel_size), stride, padding
    )


@exercise(
    reference=_col2im,
    hints=(
        "Take im2col line by line from below. Reading becomes adding.",
        "Start with zeros of the size of the padded image. Give the columns back their six axes "
        "with a reshape; the number of channels follows from the number of rows.",
        "The same slice that im2col read from now gets += of what it was copied to. At the end, "
        "unpad.",
    ),
)
def col2im() -> Iterator[Case]:
    """Add every column back to where it was cut"""
    yield Case("ones, kernel 3 x 3 on 4 x 4", np.ones((1, 9, 4)), (4, 4), (3, 3),
               family="one image, one channel, one filter", shown=True)
    yield Case("0 to 15, kernel 2 x 2, stride 2", np.arange(16.0).reshape(1, 4, 4), (4, 4), (2, 2),
               stride=2, family="stride 2 and 3", shown=True)
    yield Case("ones, kernel 3 x 3 on 3 x 3, padding 1", np.ones((1, 9, 9)), (3, 3), (3, 3),
               padding=1, family="padding 1 and 2", shown=True)
    yield from probes.column_probes(np.random.default_rng(95))


def _bias(grad_output: Array) -> Array:
    summed: Array = np.asarray(grad_output).sum(axis=(0, 2, 3))
    return summed


@exercise(
    reference=_bias,
    hints=(
        "How many biases does the layer have? So how many numbers come out?",
        "The bias of filter k is added at every place of every image of map k, so it collects "
        "all of them.",
        "np.sum takes several axes at once. Which of (N, K, rows, columns) stays?",
    ),
)
def conv_bias_gradient() -> Iterator[Case]:
    """The gradient of a convolutional layer by its biases"""
    yield Case("one map", UPSTREAM, family="one image, one filter", shown=True)
    yield Case("two images, two filters", np.arange(8.0).reshape(2, 2, 1, 2),
               family="batches", shown=True)
    yield from probes.bias_probes(np.random.default_rng(96))


def _weight(
    grad_output: Array, x: Array, kernel_size: Any, stride: int = 1, padding: int = 0
) -> Array:
    grad_output, x = np.asarray(grad_output), np.asarray(x)
    filters = np.zeros((grad_output.shape[1], x.shape[1], *kernel_size), x.dtype)
    return functional.conv2d_backward(grad_output, x, filters, stride, padding)[1]


@exercise(
    reference=_weight,
    hints=(
        "Seen from the columns, the layer is Y = W X_col. What is the gradient of such a layer "
        "by W? Lecture 05 has it for one image.",
        "For each image: grad_output as (K, places), columns as (C F_h F_w, places). The places "
        "must vanish, so one of them is transposed.",
        "Add the products up over the images (a loop, einsum, or a stacked product and a sum), "
        "then reshape to (K, C, F_h, F_w).",
    ),
)
def conv_weight_gradient() -> Iterator[Case]:
    """The gradient of a convolutional layer by its filters"""
    yield Case("1 to 9, kernel 2 x 2", UPSTREAM, SMALL, (2, 2),
               family="one image, one channel, one filter", shown=True)
    yield Case("1 to 9, one pixel at the centre, kernel 3 x 3, padding 1",
               np.array([[[[0.0, 0, 0], [0, 1, 0], [0, 0, 2]]]]), SMALL, (3, 3), padding=1,
               family="padding 1 and 2", shown=True)
    yield Case("0 to 15, kernel 2 x 2, stride 2", UPSTREAM, SIXTEEN, (2, 2), stride=2,
               family="stride 2 and 3", shown=True)
    yield from probes.weight_probes(np.random.default_rng(97))


def _input(
    grad_output: Array, weight: Array, image_size: Any, stride: int = 1, padding: int = 0
) -> Array:
    grad_output, weight = np.asarray(grad_output), np.asarray(weight)
    x = np.zeros((len(grad_output), weight.shape[1], *image_size), weight.dtype)
    return functional.conv2d_backward(grad_output, x, weight, stride, padding)[0]


@exercise(
    reference=_input,
    hints=(
        "Two steps back: from the maps to the columns, from the columns to the image.",
        "The first step is a dense layer: multiply by the transposed matrix of filters. The "
        "second you have written.",
        "Filters as (K, C F_h F_w), transposed, times grad_output as (N, K, places) gives the "
        "gradient of the columns. col2im takes it from there, with stride and padding.",
    ),
)
def conv_input_gradient() -> Iterator[Case]:
    """The gradient of a convolutional layer by its input"""
    yield Case("kernel 1 2 3 4 on 3 x 3", UPSTREAM, TWO_BY_TWO, (3, 3),
               family="one image, one channel, one filter", shown=True)
    yield Case("kernel 1 2 3 4 on 4 x 4, stride 2", UPSTREAM, TWO_BY_TWO, (4, 4), stride=2,
               family="stride 2 and 3", shown=True)
    yield Case("kernel 1 2 3 4 on 1 x 1, padding 1", UPSTREAM, TWO_BY_TWO, (1, 1), padding=1,
               family="padding 1 and 2", shown=True)
    yield from probes.input_probes(np.random.default_rng(98))


def _back(grad_output: Any, weight: Any, stride: Any, step: int) -> Array:
    """The gradient by the input, every window `step` pixels from the one before."""
    g, filters = np.asarray(grad_output, float), np.asarray(weight, float)
    (rows, cols), (height, width) = g.shape[2:], filters.shape[2:]
    size = (rows - 1) * stride + height, (cols - 1) * stride + width
    grad_x = np.zeros((len(g), filters.shape[1], *size))
    for r, s in np.ndindex(rows, cols):
        window = grad_x[:, :, r * step : r * step + height, s * step : s * step + width]
        window += np.tensordot(g[:, :, r, s], filters, axes=1)
    return grad_x


def _right(grad_output: Any, weight: Any, stride: Any) -> Array:
    return _back(grad_output, weight, stride, stride)


def _without_stride(grad_output: Any, weight: Any, stride: Any) -> Array:
    return _back(grad_output, weight, stride, 1)


def _fits(grad_output: Any, weight: Any, stride: Any) -> str | None:
    for name, value in (("grad_output", grad_output), ("weight", weight)):
        array = as_numbers(value)
        if array is None or array.ndim != 4 or array.size == 0:
            return f"{name} must be an array of numbers with four axes, none of them empty."
        if not np.isfinite(array).all():
            return f"{name} must hold finite numbers only."
    whole = isinstance(stride, int | np.integer) and not isinstance(stride, bool)
    if not whole or not 1 <= stride <= 10:
        return "stride must be a whole number from 1 to 10."
    (images, maps, rows, cols), (filters, channels, height, width) = (
        np.shape(grad_output), np.shape(weight))
    if maps != filters:
        return f"grad_output has {maps} maps, but there are {filters} filters."
    made = images * channels * ((rows - 1) * stride + height) * ((cols - 1) * stride + width)
    if made > MAX_SIZE:
        return f"the image would hold {made:,} numbers, more than {MAX_SIZE:,}. Take fewer."
    return None


@kill(
    right=_right,
    wrong=_without_stride,
    valid=_fits,
    hints=(
        "For which stride does the wrong line say the same as the right one?",
        "There is one place that begins at pixel (0, 0) whatever the stride is.",
        "So take a stride above 1, at least two places, and something else than 0 at the second.",
    ),
)
def kill_forgotten_stride() -> None:
    """Find inputs that expose a backward pass without stride"""


@quiz(
    a=Number("3 x 3 kernel, 4 x 4 image: how many entries of C are 0 whatever the weights are?"),
    b=Choice("y = C x, g is the gradient by y. The gradient by x is",
             p="C g", q="the transpose of C, times g", r="the inverse of C, times g",
             s="g times the inverse of C"),
    c=Choice("How does backpropagation treat a weight that many neurons share?",
             p="it adds up their gradients, and makes one update",
             q="it takes the mean of their gradients", r="it takes the largest gradient",
             s="every neuron updates a weight of its own"),
    d=Number("At how many places is one weight used: 3 x 3, padding 1, stride 1, 28 x 28?"),
    e=Choice("<im2col(x), c> = <x, col2im(c)> says that col2im is",
             p="the inverse of im2col", q="the same as im2col", r="the transpose of im2col"),
    f=Number("3 x 3, stride 1, far from the border: col2im(im2col(x)) is how many times x?"),
    g=Choice("Stride 1, no padding: the gradient by the input is",
             p="the correlation of x with g", q="the full convolution of g with the kernel",
             r="the correlation of g with the kernel, without padding"),
    h=Choice("Stride 1, no padding: the gradient by the kernel is",
             p="the correlation of x with g", q="the full convolution of g with the kernel",
             r="the correlation of x with the kernel"),
    i=Number("The 1-D example with a true convolution, which flips w: what is y?", decimals=2),
    j=Choice("Why is im2col fast, although it copies every pixel up to 9 times?",
             p="it does fewer multiplications", q="it needs less memory",
             r="it makes one large matrix product, and processors are built for these"),
    digests={
        "a": "97d0c9809df00213", "b": "dde60f0667241a19", "c": "5339271e05985759",
        "d": "916bfd650832437d", "e": "088fd7ffc98956b0", "f": "b5d81a224a4c1bc6",
        "g": "5e814adddeaf618a", "h": "2295a577a7b4bda6", "i": "3113246abe4d9752",
        "j": "24da4f8f41a988ad"},
    wrong={
        ("a", 55): "64 - 9 counts every weight once. Each of the four rows holds all nine.",
        ("a", 36): "That many entries hold weights. The others are 0.",
        ("a", 7): "That is one row. There are four.",
        ("b", "p"): "C has 16 columns and g has 4 entries: the shapes do not fit.",
        ("b", "r"): "C is not even square. Going back undoes nothing, it hands gradients on.",
        ("b", "s"): "C is not even square. Going back undoes nothing, it hands gradients on.",
        ("c", "q"): "A weight that is used twice counts twice: gradients of parts add up.",
        ("c", "r"): "All neurons feel the weight, so all of them have a say.",
        ("c", "s"): "Then the weights would no longer be shared after the first step.",
        ("d", 9): "The kernel has nine weights. The question is where one of them is used.",
        ("d", 676): "That is without padding: 26 x 26 places.",
        ("e", "p"): "Overlapping patches add up, so x comes back too large.",
        ("e", "q"): "One makes columns of images, the other images of columns.",
        ("f", 1): "col2im does not undo im2col. How many windows see one pixel?",
        ("f", 3): "Three windows across, and three down.",
        ("g", "p"): "That is the gradient by the kernel: it has the kernel's size.",
        ("g", "r"): "That would be smaller than g. The gradient by x is larger.",
        ("h", "q"): "That is the gradient by the input: it has the size of x.",
        ("h", "r"): "That is the forward pass.",
        ("i", 0.45): "That is the cross-correlation of the deck, without a flip.",
        ("j", "p"): "They are the same multiplications.",
        ("j", "q"): "It needs up to 9 times the memory of x.",
    },
)
def quiz_tied() -> None:
    """Matrices, columns and shared weights"""
