"""What lecture 07 asks for: sliding a kernel, borders, classic filters, edges, Gabor filters.

The decks' own numbers are displayed. The probes behind them come from
course_lib.checks.probes.convolution_and_filters, which the grader draws from as well.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from course_lib import images
from course_lib.arrays import Array
from course_lib.checks.cases import Case, Choice, Number, exercise, kill, quiz
from course_lib.checks.filter_answers import same_slopes
from course_lib.checks.probes import convolution_and_filters as probes

BOX_ROW = np.array([4.0, 3, 2, -5, 3, 5, 2, 5, 5, 6])
THIRDS = np.full(3, 1 / 3)
PRICES = np.array([4.0, 7, 11, 3, 12, 5])
DIFFERENCE = np.array([-1.0, 1.0])
DECK_IMAGE = np.array([[3.0, 3, 2, 1, 0], [0, 0, 1, 3, 1], [3, 1, 2, 2, 3], [2, 0, 0, 2, 2],
                       [2, 0, 0, 0, 1]])
DECK_KERNEL = np.array([[0.0, 1, 2], [2, 2, 0], [0, 1, 2]])
NINE = np.arange(1.0, 10).reshape(3, 3)


def _numbers(values: Any) -> Array:
    return np.asarray(values, dtype=float)


def _convolve1d(x: Any, kernel: Any, mode: str = "valid", flip: bool = True) -> Array:
    if flip:
        return images.convolve1d(_numbers(x), _numbers(kernel), mode)
    return images.correlate(_numbers(x), _numbers(kernel), mode)


@exercise(
    reference=_convolve1d,
    hints=(
        "Three steps: turn the kernel round (or not), put zeros beside x, slide.",
        "kernel[::-1] turns it round. How many zeros go before and behind x stands in the table "
        "of the three modes.",
        "With the zeros in place all modes are the same: at every place where the kernel fits, "
        "multiply the window with the kernel and add up. A row of n numbers has n - F + 1 places.",
    ),
)
def convolve1d() -> Iterator[Case]:
    """Slide a kernel along a row of numbers"""
    yield Case("the box filter of TUM", BOX_ROW, THIRDS, family="valid", shown=True)
    yield Case("the box filter, zeros at the ends", BOX_ROW, THIRDS, mode="same", family="same",
               shown=True)
    yield Case("the kernel [-1, 1] of Ingolstadt, not flipped", PRICES, DIFFERENCE, flip=False,
               family="without the flip", shown=True)
    yield Case("the same, flipped, in full", PRICES, DIFFERENCE, mode="full",
               family="even kernels", shown=True)
    yield from probes.convolve1d_probes(np.random.default_rng(71))


def _seen_at(k: int, n: int, mode: str) -> int | None:
    beside = 0 if 0 <= k < n else n
    line = images.pad2d(np.arange(float(n))[None], (0, beside), "clamp" if mode == "zero" else mode)
    return None if mode == "zero" and beside else int(line[0, k + beside])


@exercise(
    reference=_seen_at,
    hints=(
        "Write the numbers 0 1 2 3 on paper and go on beyond both ends, once for each rule.",
        "Inside, every rule sees k itself. The remainder k % n does all of \"wrap\", before the "
        "first pixel too: -1 % 4 is 3.",
        "In a mirror the distances on both sides of it agree. For \"reflect\" it stands on the "
        "pixels 0 and n - 1; for \"mirror\" half a pixel further out, at -1/2 and n - 1/2.",
    ),
)
def seen_at() -> Iterator[Case]:
    """Which pixel is seen beyond the border"""
    yield Case("wrap, one before four pixels", -1, 4, "wrap", family="just outside", shown=True)
    yield Case("mirror, two before four pixels", -2, 4, "mirror", family="further out",
               shown=True)
    yield Case("reflect, two before four pixels", -2, 4, "reflect", family="further out",
               shown=True)
    yield Case("zero, one behind four pixels", 4, 4, "zero", family="just outside", shown=True)
    yield from probes.seen_at_probes(np.random.default_rng(72))


def _pad2d(image: Any, p: int, mode: str = "zero") -> Array:
    return images.pad2d(_numbers(image), p, mode)


@exercise(
    reference=_pad2d,
    hints=(
        "Rows and columns follow the same rule, each for itself. Make two lists first.",
        "The list [seen_at(k, H, mode) for k in range(-p, H + p)] says which row of the image each "
        "row of the result sees. The last two axes are rows and columns: image.shape[-2:].",
        "Start from zeros, and copy image[..., row, column] wherever neither of them is None. The "
        "three dots stand for all axes in front.",
    ),
)
def pad2d() -> Iterator[Case]:
    """An image with a border, by all five rules"""
    yield Case("nine numbers, zero", NINE, 1, "zero", family="a border of 1", shown=True)
    yield Case("nine numbers, wrap", NINE, 1, "wrap", family="a border of 1", shown=True)
    yield Case("nine numbers, reflect, border 2", NINE, 2, "reflect",
               family="borders of 2 and 3", shown=True)
    yield from probes.pad2d_probes(np.random.default_rng(73))


def _correlate(image: Any, kernel: Any) -> Array:
    return images.correlate(_numbers(image), _numbers(kernel))


@exercise(
    reference=_correlate,
    hints=(
        "How many places has the kernel, down and across? It was n - F + 1 in one dimension.",
        "At place (r, c) the window is image[r:r + F_h, c:c + F_w].",
        "Multiply window and kernel entry by entry (not as matrices) and sum everything. An array "
        "made by np.zeros without a dtype holds fractions too.",
    ),
)
def cross_correlate2d() -> Iterator[Case]:
    """Slide a kernel over an image, without a flip"""
    yield Case("the decks' image and kernel", DECK_IMAGE, DECK_KERNEL, family="square kernels",
               shown=True)
    yield Case("a kernel of one row", NINE, np.array([[-1.0, 1.0]]),
               family="rectangular kernels", shown=True)
    yield from probes.filter2d_probes(np.random.default_rng(74))


def _convolve2d(image: Any, kernel: Any) -> Array:
    return images.convolve2d(_numbers(image), _numbers(kernel))


@exercise(
    reference=_convolve2d,
    hints=(
        "You have nearly all of it already: cross_correlate2d slides.",
        "Only the kernel is turned, before it slides. Turned by half a turn: upside down and left "
        "to right.",
        "A slice with step -1 reverses an axis. There are two axes.",
    ),
)
def convolve2d() -> Iterator[Case]:
    """The true convolution of an image"""
    yield Case("the decks' image and kernel, flipped", DECK_IMAGE, DECK_KERNEL,
               family="square kernels", shown=True)
    yield Case("a kernel of one row", NINE, np.array([[-1.0, 1.0]]),
               family="rectangular kernels", shown=True)
    yield from probes.filter2d_probes(np.random.default_rng(75))


@exercise(
    reference=images.kernel,
    hints=(
        "Four kernels are fixed tables; box and gaussian are computed from the size.",
        "[1/2, 1/2] convolved with itself in full is [1/4, 1/2, 1/4]. Once more?",
        "Start the row from [1.0] and convolve it size - 1 times. np.outer(row, row) is the "
        "square. Raise ValueError for all that is left over.",
    ),
)
def kernel_named() -> Iterator[Case]:
    """The classic kernels"""
    yield Case("the box mean", "box", family="box and gaussian of 3", shown=True)
    yield Case("the Gaussian blur", "gaussian", family="box and gaussian of 3", shown=True)
    yield Case("sobel_x of the slide", "sobel_x", family="3 x 3 kernels", shown=True)
    yield Case("a Gaussian of 4", "gaussian", 4, family="even sizes", shown=True)
    yield from probes.kernel_probes(np.random.default_rng(76))


def _sobel_edges(image: Any) -> tuple[Array, Array, Array, Array]:
    return images.sobel(_numbers(image))


@exercise(
    reference=_sobel_edges,
    compare=same_slopes,
    hints=(
        "Two kernels, two slopes, and then Pythagoras.",
        "cross_correlate2d with sobel_x gives gx, with sobel_y gy. np.hypot is the root of the "
        "sum of two squares.",
        "np.arctan2(gy, gx), in this order, knows all four quarters of the circle; np.arctan "
        "knows half of it.",
    ),
)
def sobel_edges() -> Iterator[Case]:
    """How much, and in which direction, an image changes"""
    step = np.repeat([[0.0, 0, 1, 1]], 4, axis=0)
    yield Case("dark on the left, bright on the right", step, family="straight steps", shown=True)
    yield Case("the step turned round", 1 - step, family="straight steps", shown=True)
    yield Case("a ramp: 3 per column, 4 per row",
               np.array([[0.0, 3, 6], [4, 7, 10], [8, 11, 14]]), family="ramps", shown=True)
    yield from probes.sobel_probes(np.random.default_rng(77))


def _gabor_bank(size: int, thetas: Any, wavelength: float, sigma: float) -> Array:
    return images.gabor_bank(int(size), _numbers(thetas), wavelength, sigma)


@exercise(
    reference=_gabor_bank,
    hints=(
        "Do it for one angle first. np.mgrid[-half:half + 1, -half:half + 1] gives y and x.",
        "u is the distance along the wave. The bell needs no turning: it is round.",
        "Count what is too much, wave.sum(), and take away the bell with the factor "
        "wave.sum() / bell.sum(). np.stack puts the filters behind one another.",
    ),
)
def gabor_bank() -> Iterator[Case]:
    """Filters that answer to stripes"""
    yield Case("upright and lying stripes, 3 x 3", 3, [0.0, np.pi / 2], 4.0, 1.0,
               family="several directions", shown=True)
    yield Case("four directions, 5 x 5", 5, [0.0, np.pi / 4, np.pi / 2, 3 * np.pi / 4], 4.0, 1.5,
               family="four directions", shown=True)
    yield from probes.gabor_probes(np.random.default_rng(78))


def _arrows(image: Any) -> Array:
    gx, gy, _, _ = images.sobel(_numbers(image))
    return np.stack([gx, gy])


def _half_arrows(image: Any) -> Array:
    gx, gy, magnitude, _ = images.sobel(_numbers(image))
    angle = np.arctan(gy / np.where(gx == 0, 1e-12, gx))
    return np.stack([magnitude * np.cos(angle), magnitude * np.sin(angle)])


def _legal(image: Any) -> str | None:
    try:
        pixels = _numbers(image)
    except (TypeError, ValueError):
        return "the image must be an array of numbers."
    if pixels.ndim != 2 or min(pixels.shape) < 3 or max(pixels.shape) > 30:
        return f"the image must have 3 to 30 rows and columns; its shape is {pixels.shape}."
    if not (np.isfinite(pixels).all() and pixels.min() >= 0 and pixels.max() <= 1):
        return "the image must hold numbers from 0 to 1."
    return None


@kill(
    right=_arrows,
    wrong=_half_arrows,
    valid=_legal,
    hints=(
        "An arctan never gives an angle beyond a quarter turn to either side.",
        "So it never points to the left. Which images get brighter to the left?",
        "gy / gx is the same for an arrow and for the one that points the other way.",
    ),
)
def kill_half_the_angles() -> None:
    """An image on which arctan points the wrong way"""


@quiz(
    a=Choice("What does a convolution do that a cross-correlation does not?",
             w="it pads", x="it turns the kernel round", y="it divides by the sum of the kernel",
             z="it sums"),
    b=Number("At how many places can the convolution of 10 with 3 numbers differ from 0?"),
    c=Number("How many results are left if nothing is padded?"),
    d=Choice("A layer is trained once with and once without the flip. What differs?",
             w="the smallest error", x="the learned kernels: one is the other turned round",
             y="without the flip nothing is learned"),
    e=Choice("Which letter is wrong on the slide of the cross-correlation?",
             w="the plus sign", x="f(x), it must be f(tau)", y="d tau, it must be dx"),
    f=Number("What does a kernel that sums to 0 answer on a grey wall of 0.7?"),
    g=Choice("What is the simplest thing that can do all that four convolutional layers without "
             "activations can?",
             w="four layers", x="one convolution with a larger kernel", y="a dense layer",
             z="the identity"),
    h=Number("Two 3 x 3 kernels, one after the other, are one kernel of how many rows?"),
    i=Choice("Which of these is no convolution with any kernel?",
             w="Gaussian blur", x="a shift by two pixels", y="the median of nine pixels",
             z="the difference of two blurred images"),
    j=Choice("What is wrong with raw pixels as features, besides their number?",
             w="they are numbers from 0 to 255",
             x="they are correlated, and change with light, place and size",
             y="they cannot be fed into a dense layer"),
    digests={
        "a": "bdf5d62ffc749f5a", "b": "88bd5a4a23d522fb", "c": "8a9a2e4a957affce",
        "d": "8b8fffd031c3259a", "e": "d96e148744b2edbf", "f": "9e6a7c29a335782c",
        "g": "e8464ec6f6c8a5c0", "h": "ff16ad219af37913", "i": "5ca94e07cc7bb242",
        "j": "e0f0e88b0b854cf4"},
    wrong={
        ("a", "w"): "Padding is a matter of borders; both can do it.",
        ("a", "y"): "Neither of them does: the kernel itself may sum to 1.",
        ("a", "z"): "Both sum the products.",
        ("b", 13): "Ten places for the first number of the kernel, and only two more behind.",
        ("b", 10): "That is the mode \"same\".",
        ("b", 8): "That is the mode \"valid\".",
        ("c", 7): "Count the places of a kernel of 3 on 3 numbers: there is one.",
        ("c", 10): "At both ends the kernel would hang over.",
        ("c", 12): "That is all places that touch.",
        ("d", "w"): "Every function that one can compute, the other can compute with the "
                    "turned kernel.",
        ("d", "y"): "Libraries never flip, and they learn.",
        ("e", "w"): "The plus is right: the kernel is shifted, and not reflected.",
        ("e", "y"): "The integral runs over tau, as it should.",
        ("f", 1): "Every product has the factor 0.7. Add up the kernel first.",
        ("g", "w"): "Measure it: one kernel gives the same numbers.",
        ("g", "y"): "A dense layer can do it too, but the weights are still shared and local.",
        ("g", "z"): "A blur stays a blur.",
        ("h", 6): "Each kernel adds 2 to what is seen.",
        ("h", 9): "That is how many weights one has.",
        ("h", 3): "The second kernel looks at answers that have seen 3 rows each.",
        ("i", "w"): "It has a kernel: you wrote it.",
        ("i", "x"): "Its kernel has a single 1, two pixels from the middle.",
        ("i", "z"): "Subtract the kernels.",
        ("j", "w"): "They can be scaled.",
        ("j", "y"): "They can: lecture 03 did.",
    },
)
def quiz_convolution() -> None:
    """Sliding and filters"""
