"""What lecture 10 asks for: pooling forward and backward, drawn and in pyramids; fields of stacks.

The decks' own grids are displayed. Where a function draws, laws are checked and no single draw.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from course_lib import functional
from course_lib.arrays import Array
from course_lib.checks.cases import Case, Choice, Number, exercise, kill, quiz
from course_lib.checks.killing import MAX_SIZE
from course_lib.checks.pooling_answers import is_drawn_pool, is_regions, is_routed
from course_lib.checks.probes import pooling_and_receptive_fields as probes
from course_lib.checks.values import Function
from course_lib.shapes import output_size
from course_lib.shapes import receptive_field as field_of_stack

TUM = np.array([[[[3.0, 1, 3, 5], [6, 0, 7, 9], [3, 2, 1, 4], [0, 2, 4, 3]]]])
BONN = np.array([[[[10.0, 23, 31, 2, 3, 34], [8, 35, 44, 33, 1, 45], [2, 13, 0, 2, 1, 7],
                   [12, 3, 8, 22, 9, 88], [22, 88, 3, 0, 2, 0], [1, 9, 33, 3, 4, 4]]]])
WUPPERTAL = np.array([[[[3.0, 3, 2, 1, 0], [0, 0, 1, 3, 1], [3, 1, 2, 2, 3], [2, 0, 0, 2, 2],
                        [2, 0, 0, 0, 1]]]])
ONE_TO_FOUR = np.array([[[[1.0, 2], [3, 4]]]])
RNG = Function("generator", 10)


def _floats(x: Any) -> Array:
    x = np.asarray(x)
    return x if x.dtype.kind == "f" else x.astype(np.float64)


def _pool2d(x: Array, F: int, S: int, kind: str, p: float = 2) -> Array:
    x = _floats(x)
    if kind == "max":
        return functional.max_pool2d(x, F, S)
    if kind == "avg":
        return functional.avg_pool2d(x, F, S)
    return functional.lp_pool2d(x, F, S, norm_type=2 if kind == "l2" else p)


@exercise(
    reference=_pool2d,
    hints=(
        "Where does window (i, j) begin? How large is the result along each side?",
        "Go through the places (i, j) of the result and cut x[:, :, i*S : i*S+F, j*S : j*S+F]: all "
        "images and channels at once. Or let sliding_window_view cut all windows.",
        "Every kind is one function of a window along its last two axes. \"l2\" is \"lp\" with "
        "p = 2. output_size(n_in, F, S) raises the ValueError for you.",
    ),
)
def pool2d() -> Iterator[Case]:
    """Summarise every window by one number"""
    yield Case("TUM: maxima", TUM, 2, 2, "max", family="max, windows side by side", shown=True)
    yield Case("TUM: means", TUM, 2, 2, "avg", family="average", shown=True)
    yield Case("Wuppertal: maxima of overlapping windows", WUPPERTAL, 3, 1, "max",
               family="max, overlapping windows", shown=True)
    yield Case("L2 of 3, 0, -4, 0", np.array([[[[3.0, 0], [-4, 0]]]]), 2, 2, "l2", family="L2",
               shown=True)
    yield from probes.pool_cases(np.random.default_rng(101))


def _max_back(grad_y: Array, x: Array, F: int, S: int) -> Array:
    return functional.max_pool2d_backward(_floats(grad_y), _floats(x), F, S)


@exercise(
    reference=_max_back,
    compare=is_routed,
    hints=(
        "Begin with zeros in the shape of x. Each number of grad_y goes to one pixel.",
        "Find the winner inside the window with argmax; it counts pixels row by row. "
        "np.unravel_index turns that into a row and a column of the window.",
        "The winner's place in x is the window's corner plus its place in the window. A pixel may "
        "win in several windows: what it gets adds up.",
    ),
)
def max_pool_backward() -> Iterator[Case]:
    """Send each gradient to the pixel that won"""
    yield Case("TUM's image", ONE_TO_FOUR, TUM, 2, 2, family="windows side by side", shown=True)
    grad = np.arange(1.0, 10).reshape(1, 1, 3, 3)
    lone = np.array([[[[0.0, 1, 2, 3, 0], [4, 5, 6, 7, 8], [1, 2, 9, 2, 1], [8, 7, 6, 5, 4],
                       [0, 3, 2, 1, 0]]]])
    yield Case("one pixel wins nine windows", grad, lone, 3, 1, family="overlapping windows",
               shown=True)
    yield from probes.route_cases(np.random.default_rng(102))


def _avg_back(grad_y: Array, x: Array, F: int, S: int) -> Array:
    return functional.avg_pool2d_backward(_floats(grad_y), _floats(x), F, S)


@exercise(
    reference=_avg_back,
    hints=(
        "y = (a + b + c + d) / 4. What is dy/da?",
        "Every pixel of the window gets the same share, whatever its value.",
        "Add the share to the whole slice of the window at once; overlapping windows add up.",
    ),
)
def avg_pool_backward() -> Iterator[Case]:
    """Share each gradient among the pixels of its window"""
    yield Case("TUM's image", 4 * ONE_TO_FOUR, TUM, 2, 2, family="windows side by side", shown=True)
    yield Case("Wuppertal's image, overlapping windows", np.full((1, 1, 3, 3), 9.0), WUPPERTAL, 3,
               1, family="overlapping windows", shown=True)
    yield from probes.average_cases(np.random.default_rng(103))


def _every_winner(grad_y: Any, x: Any, F: int, S: int) -> Array:
    grads, images = np.asarray(grad_y, float), np.asarray(x, float)
    grad_x = np.zeros(images.shape)
    for i, j in np.ndindex(*grads.shape[2:]):
        at = slice(None), slice(None), slice(i * S, i * S + F), slice(j * S, j * S + F)
        window = images[at]
        winners = window == window.max(axis=(2, 3), keepdims=True)
        grad_x[at] += winners * grads[:, :, i : i + 1, j : j + 1]
    return grad_x


def _is_a_pool(grad_y: Any, x: Any, F: Any, S: Any) -> str | None:
    try:
        grads, images = np.asarray(grad_y, float), np.asarray(x, float)
    except (TypeError, ValueError):
        return "grad_y and x must be arrays of numbers."
    for name, array in (("grad_y", grads), ("x", images)):
        if array.ndim != 4 or not array.size:
            return f"{name} must have four axes and hold a number; it has shape {array.shape}."
        if not np.isfinite(array).all():
            return f"{name} must hold finite numbers."
    for name, value in (("F", F), ("S", S)):
        if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= MAX_SIZE:
            return f"{name} must be a whole number of at least 1; it is {value!r}."
    places = tuple(output_size(n_in, F, S) for n_in in images.shape[2:])
    if grads.shape != (*images.shape[:2], *places):
        wanted = (*images.shape[:2], *places)
        return f"grad_y must have the shape of the pooled images, {wanted}; it has {grads.shape}."
    if grads.size * F * F > 50 * MAX_SIZE:
        return "these are many and large windows. A small example is enough."
    return None


@kill(
    right=_max_back,
    wrong=_every_winner,
    valid=_is_a_pool,
    compare=is_routed,
    hints=(
        "On which windows do `window == window.max()` and \"the winner\" differ?",
        "Random numbers hardly ever show it. What do feature maps look like after a ReLU?",
        "Take a window with two equal largest pixels, and a gradient that is not 0.",
    ),
)
def kill_many_winners() -> None:
    """Inputs that expose gradients made out of nothing"""


def _stochastic(
    x: Array, F: int, S: int, rng: np.random.Generator, training: bool
) -> Array:
    return functional.stochastic_pool2d(_floats(x), F, S, training=training, rng=rng)[0]


@exercise(
    reference=_stochastic,
    compare=is_drawn_pool,
    hints=(
        "Turn one window into probabilities. What do they add up to, and what if all pixels are 0?",
        "rng.choice(pixels, p=probabilities) draws one of them. Every window draws anew.",
        "When not training nothing is drawn: y is the mean of the pixels with the probabilities as "
        "weights, the sum of p times a.",
    ),
)
def stochastic_pool() -> Iterator[Case]:
    """Draw one pixel of every window in training, weigh them afterwards"""
    yield Case("one window, not training", ONE_TO_FOUR, 2, 2, RNG, False, family="not training",
               shown=True)
    yield Case("one pixel above 0, training", np.array([[[[0.0, 0], [5, 0]]]]), 2, 2, RNG, True,
               family="only one pixel can be drawn", shown=True)
    yield from probes.stochastic_cases(np.random.default_rng(104))


def _pyramid(x: Array, levels: Sequence[int]) -> Array:
    return functional.spatial_pyramid_pool2d(_floats(x), list(levels), "max")


@exercise(
    reference=_pyramid,
    hints=(
        "Write down the four regions of level 2 for 5 rows and 7 columns. Which rows overlap?",
        "i * H // l rounds down. To round up, turn the sign twice: -(-a // b).",
        "For each level fill an array (N, C, l, l), give it the shape (N, C l l), and put the "
        "levels end to end along axis 1.",
    ),
)
def pyramid_pool() -> Iterator[Case]:
    """As many numbers for an image of any size"""
    yield Case("TUM's image, levels 1 and 2", TUM, [1, 2], family="levels that divide the image",
               shown=True)
    yield Case("Wuppertal's image, level 2", WUPPERTAL, [2], family="regions that overlap",
               shown=True)
    yield from probes.pyramid_cases(np.random.default_rng(105))


def _regions(n_in: int, n_out: int, rng: np.random.Generator) -> list[tuple[int, int]]:
    if not n_out <= n_in <= 2 * n_out:
        raise ValueError(f"{n_out} regions of 1 or 2 pixels cannot fill {n_in} pixels")
    lengths = np.repeat([1, 2], [2 * n_out - n_in, n_in - n_out])
    ends = np.cumsum(rng.permutation(lengths)).tolist()
    return list(zip([0, *ends[:-1]], ends, strict=True))


@exercise(
    reference=_regions,
    compare=is_regions,
    hints=(
        "How many regions of two pixels are needed, so that n_out regions fill n_in pixels?",
        "n_in - n_out of them have two pixels, the others one. rng.permutation shuffles a list of "
        "lengths.",
        "The sums so far (np.cumsum) of the shuffled lengths are the ends; each region begins "
        "where the one before it ends.",
    ),
)
def fractional_regions() -> Iterator[Case]:
    """Regions of one and two pixels in random order"""
    yield Case("7 pixels, 5 regions", 7, 5, RNG, family="ones and twos", shown=True)
    yield Case("3 pixels, 3 regions", 3, 3, RNG, family="ones only, twos only", shown=True)
    yield Case("9 pixels, 4 regions", 9, 4, RNG, family="no such regions: ValueError", shown=True)
    yield from probes.region_cases(np.random.default_rng(106))


def _field(layers: Sequence[Sequence[int]]) -> tuple[int, int, int]:
    seen = field_of_stack([tuple(layer) for layer in layers])
    return seen.size, int(seen.jump), seen.start


@exercise(
    reference=_field,
    hints=(
        "Without a layer a number sees itself: size 1, jump 1, start 0. What does a layer change?",
        "A window of F numbers reaches F - 1 jumps further than one of them. Padding begins P "
        "jumps earlier. Both with the jump from before this layer.",
        "For each layer, in this order: size grows by (F - 1) jump, start shrinks by P jump, and "
        "only then jump is multiplied by S.",
    ),
)
def receptive_field() -> Iterator[Case]:
    """What a number deep in a stack sees of the image"""
    yield Case("three 3 x 3 convolutions", [(3, 1, 0)] * 3, family="stride 1", shown=True)
    yield Case("LeNet-5 up to its second pool", [(5, 1, 0), (2, 2, 0)] * 2,
               family="convolutions and pools", shown=True)
    yield Case("F = 3, S = 2, P = 1, twice", [(3, 2, 1)] * 2, family="padding and strides",
               shown=True)
    yield from probes.field_cases(np.random.default_rng(107))


@quiz(
    a=Number("How many hyperparameters has a pooling layer without padding?"),
    b=Number("Trainable parameters of a 2 x 2 max pooling layer on 16 channels?"),
    c=Number("Channels of its result?"),
    d=Number("Side of the result for 13 pixels, F = 3, S = 2?"),
    e=Choice("Convolution and max pooling: who does what?",
             w="both extract features", x="convolution extracts, pooling selects",
             y="convolution selects, pooling extracts"),
    f=Choice("An advantage of average over max pooling?",
             w="its gradient is dense", x="it is more accurate", y="it needs no stride"),
    g=Choice("Does a pooling layer save parameters?",
             w="its own", x="those of the next convolution",
             y="those of a fully connected layer behind it"),
    h=Choice("Which of these is linear?", w="max", x="average", y="L2", z="none"),
    digests={"a": "45c1d849eeb699fe", "b": "816b0ab667f3ec5c", "c": "e597953a470d3c4e",
             "d": "c7f5d5e7d82f2a2c", "e": "dcf255351580b06d", "f": "cd566ac54e123fcb",
             "g": "1a7765d0995ff162", "h": "2267888d4d86af5c"},
    wrong={
        ("a", 4): "TUM's slide says four and lists two; the four belong to the convolution.",
        ("a", 3): "Without padding two are left.",
        ("a", 1): "The window's size alone does not say how far it moves.",
        ("b", 64): "Nothing is multiplied with a weight; the largest is picked.",
        ("b", 4): "Nothing is multiplied with a weight; the largest is picked.",
        ("b", 16): "There is no bias either.",
        ("c", 4): "Channels are pooled one by one; only rows and columns get fewer.",
        ("c", 1): "Channels are pooled one by one, not into one.",
        ("c", 8): "Only rows and columns get fewer.",
        ("d", 7): "(13 - 3) / 2 + 1. The last window must not hang over.",
        ("d", 5): "Do not forget the + 1.",
        ("d", 4): "That is with S = 3.",
        ("e", "w"): "Max pooling computes no new feature; it keeps the strongest answer.",
        ("e", "y"): "It is the other way round.",
        ("f", "x"): "Wuppertal says: not consistently. Section 9 measures it.",
        ("f", "y"): "Both have a stride.",
        ("g", "w"): "A pooling layer has none, so it can save none of its own.",
        ("g", "x"): "A convolution has F F D K weights and K biases, whatever the image size.",
        ("h", "w"): "max(1, 0) + max(0, 1) is 2, and max(1, 1) is 1.",
        ("h", "y"): "A root of squares is no sum of multiples; minus x gives the same as x.",
        ("h", "z"): "One of them is a weighted sum of the pixels with fixed weights.",
    },
)
def quiz_pooling() -> None:
    """Pooling layers"""


@quiz(
    a=Number("Receptive field of five 3 x 3 convolutions, stride 1?"),
    b=Number("Of a 2 x 2 pool with stride 2, then a 3 x 3 convolution?"),
    c=Number("Of the 3 x 3 convolution first, then the 2 x 2 pool?"),
    d=Choice("Why do units deep in a network see more of the image?",
             w="their filters are larger", x="each layer adds (F - 1) times the strides before it",
             y="they have more channels", z="padding widens the image"),
    e=Choice("Padding is added to every layer of a stack. What changes?",
             w="size", x="jump", y="start", z="nothing"),
    f=Choice("A 2 x 2 max pool with stride 2, the image is shifted by one pixel. The result",
             w="never changes", x="may change in every place", y="is always shifted by one"),
    g=Choice("The same, and the image is shifted by two pixels (away from the border)",
             w="is shifted by one", x="is shifted by two", y="does not change"),
    digests={"a": "8327c88747233281", "b": "4e7b34be49848fc0", "c": "b3e51db620e26f50",
             "d": "c5cb4f57902d5aef", "e": "c1657717d59ead9b", "f": "f5f45e56c47f502e",
             "g": "ba46e2e1dc64c37f"},
    wrong={
        ("a", 15): "Each layer adds F - 1 = 2 to the 1 of a single pixel.",
        ("a", 9): "That is four of them.",
        ("a", 243): "Sizes add up; they do not multiply.",
        ("b", 4): "Behind the pool a step is two pixels of the image.",
        ("b", 5): "The pool sees 2, and the convolution adds two steps of two pixels.",
        ("b", 8): "The pool sees 2, and the convolution adds two steps of two pixels.",
        ("c", 6): "In this order the pool's stride comes too late to matter.",
        ("c", 5): "The pool adds F - 1 = 1.",
        ("d", "w"): "Stacks of 3 x 3 see more and more with filters of one size.",
        ("d", "y"): "Channels are other features of the same window.",
        ("d", "z"): "Padding moves the first field; it widens none.",
        ("e", "w"): "The window covers as many pixels as before, some of them in the border.",
        ("e", "x"): "Strides alone make the jump.",
        ("e", "z"): "The first window begins earlier.",
        ("f", "w"): "Only if every window keeps its largest pixel.",
        ("f", "y"): "A step of the result is two pixels.",
        ("g", "x"): "A step of the result is two pixels.",
        ("g", "y"): "Every window now sees what its neighbour saw.",
    },
)
def quiz_fields() -> None:
    """Fields and shifts"""
