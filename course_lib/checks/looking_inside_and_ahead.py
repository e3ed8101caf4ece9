"""What lecture 15 asks for: maps of evidence, borrowed layers, prototypes, attention, capsules.

Small numbers are displayed. The probes behind them come from
course_lib.checks.probes.looking_inside_and_ahead, which the grader draws from as well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from course_lib import functional
from course_lib.arrays import Array
from course_lib.checks.cases import Case, Choice, Number, exercise, kill, quiz
from course_lib.checks.probes import looking_inside_and_ahead as probes
from course_lib.checks.values import Function
from course_lib.layers import Layer


def _occlusion_map(
    predict: Callable[[Array], Array], x: Array, k: int, size: int, stride: int = 1,
    baseline: float = 0.0,
) -> Array:
    x = np.asarray(x)
    tops, lefts = (range(0, length - size + 1, stride) for length in x.shape[1:])
    images = [x]
    for top in tops:
        for left in lefts:
            covered = x.copy()
            covered[:, top : top + size, left : left + size] = baseline
            images.append(covered)
    scores = np.asarray(predict(np.stack(images)))[:, k]
    drops: Array = (scores[0] - scores[1:]).reshape(len(tops), len(lefts))
    return drops


@exercise(
    reference=_occlusion_map,
    hints=(
        "Begin with one patch: copy the image, cover, predict, subtract. What has shape (N, C, H, "
        "W) here, and what is N?",
        "range(0, H - size + 1, stride) holds the upper rows of all patches that fit. How long is "
        "it? That is the number of rows of your map.",
        "A patch covers all channels: covered[:, top:top + size, left:left + size]. Every patch "
        "needs a fresh copy of x.",
    ),
)
def occlusion_map() -> Iterator[Case]:
    """What is lost where the image is covered"""
    ink = Function("linear_scores", np.ones((1, 9)))
    x = np.arange(1.0, 10).reshape(1, 3, 3)
    yield Case("all pixels count 1, patch 2", ink, x, 0, 2, family="a linear score", shown=True)
    yield Case("the same, baseline 1", ink, x, 0, 2, 1, 1.0, family="another baseline",
               shown=True)
    yield Case("the same, patch 1, stride 2", ink, x, 0, 1, 2, family="patch of one pixel",
               shown=True)
    yield from probes.occlusion_cases(np.random.default_rng(151))


def _saliency(net: Layer, x: Array, k: int) -> Array:
    scores = net.forward(np.asarray(x)[np.newaxis])
    upstream = np.zeros_like(scores)
    upstream[0, k] = 1
    gradient: Array = np.abs(net.backward(upstream)[0]).max(axis=0)
    return gradient


@exercise(
    reference=_saliency,
    hints=(
        "backward wants the gradient of *something* by the scores. What is it, if the something is "
        "score k itself?",
        "Scores have the shape (1, K), so the upstream gradient has it, too: zeros, and a single "
        "1. Call forward first, it remembers what backward needs.",
        "What comes back has the shape (1, C, H, W). First the absolute values, then the largest "
        "over the channels.",
    ),
)
def saliency() -> Iterator[Case]:
    """How much a score changes with each pixel"""
    weight = np.array([[1.0, -2, 0, 3], [0.5, 0, -1, 0]])
    x = np.array([[[2.0, 1], [1, 4]]])
    yield Case("score 0 of a linear network", Function("linear_net", weight), x, 0,
               family="a linear network", shown=True)
    yield Case("score 1", Function("linear_net", weight), x, 1, family="a linear network",
               shown=True)
    colour = np.array([[1.0, -2, 0, 3, -4, 1, 0.5, -1]])
    yield Case("two channels", Function("linear_net", colour), np.ones((2, 2, 2)), 0,
               family="a linear network", shown=True)
    yield from probes.saliency_cases(np.random.default_rng(152))


def _drop_of_saturated(pixels: Any) -> float:
    return float(min(1.0, np.sum(np.asarray(pixels, dtype=float))))


def _gradient_as_drop(pixels: Any) -> float:
    total = float(np.sum(np.asarray(pixels, dtype=float)))
    return total if total < 1 else 0.0


def _pixels(pixels: Any) -> str | None:
    try:
        values = np.asarray(pixels, dtype=float)
    except (TypeError, ValueError):
        return "return a list of numbers."
    if values.ndim != 1 or not 1 <= len(values) <= 6:
        return f"return a list of 1 to 6 numbers; it has shape {values.shape}."
    if not np.all((values >= 0) & (values <= 1)):
        return "every pixel must lie between 0 and 1."
    return None


@kill(
    right=_drop_of_saturated,
    wrong=_gradient_as_drop,
    valid=_pixels,
    hints=(
        "For one pixel, draw the score against its value from 0 to 3. Where is the slope 0?",
        "The friend multiplies slopes with pixels. If all slopes are 0, what does the friend say? "
        "And what is really lost?",
        "The score stops growing once the pixels add up to 1.",
    ),
)
def kill_gradient_as_drop() -> None:
    """Pixels that matter although the gradient is 0"""


def _fine_tune_step(
    weights: Mapping[str, Array], gradients: Mapping[str, Array], frozen: Sequence[str], lr: float
) -> dict[str, Array]:
    for layer in frozen:
        if not any(name.startswith(f"{layer}.") for name in weights):
            raise ValueError(f"no parameter belongs to a layer called {layer!r}")
    kept = {name for name in weights for layer in frozen if name.startswith(f"{layer}.")}
    return {name: np.array(w) if name in kept else w - lr * gradients[name]
            for name, w in weights.items()}


@exercise(
    reference=_fine_tune_step,
    hints=(
        'Which names belong to the layer "conv1"? Write down three that do and three that only '
        "look like it.",
        'What belongs to a layer begins with its name *and a dot*: name.startswith(layer + ".").',
        "Check the frozen names first: each must be the beginning of at least one parameter, else "
        "ValueError. Then one new dictionary with all names.",
    ),
)
def fine_tune_step() -> Iterator[Case]:
    """One step for some layers, none for the frozen ones"""
    weights = {"conv1.weight": np.array([1.0, 2]), "conv1.bias": np.array([0.5]),
               "conv10.weight": np.array([3.0]), "head.weight": np.array([4.0, 5])}
    gradients = {name: np.full(w.shape, 10.0) for name, w in weights.items()}
    yield Case("conv1 frozen", weights, gradients, ["conv1"], 0.1, family="names that begin alike",
               shown=True)
    yield Case("no layer frozen", weights, gradients, [], 0.1, family="nothing frozen", shown=True)
    yield Case("no layer is called conv", weights, gradients, ["conv"], 0.1,
               family="names of no layer: ValueError", shown=True)
    yield from probes.step_cases(np.random.default_rng(153))


def _nearest_prototype(queries: Array, features: Array, labels: Array) -> tuple[Array, Array]:
    features, labels = np.asarray(features), np.asarray(labels)
    classes = np.unique(labels)
    prototypes = np.array([features[labels == c].mean(axis=0) for c in classes])
    distances = ((np.asarray(queries)[:, np.newaxis] - prototypes) ** 2).sum(axis=2)
    return classes, functional.softmax(-distances)


@exercise(
    reference=_nearest_prototype,
    hints=(
        "Three steps: a mean for each class, a table of squared distances with one row for each "
        "query, a softmax along each row. Which shapes?",
        "np.unique(labels) gives the classes in order. queries[:, np.newaxis] - prototypes has the "
        "shape (Q, K, D).",
        "The nearest prototype gets the largest share, so distances enter with a minus. Shift each "
        "row first, so that its largest entry is 0 (lecture 04).",
    ),
)
def nearest_prototype() -> Iterator[Case]:
    """Classes by the nearest mean, with shares"""
    yield Case("two classes, one feature", np.array([[1.0], [2.0]]), np.array([[0.0], [1], [2.5]]),
               np.array([4, 4, 9]), family="one feature", shown=True)
    yield Case("one shot, in the middle of two", np.array([[1.0, 1]]),
               np.array([[0.0, 1], [2, 1]]), np.array([7, 3]), family="one shot", shown=True)
    yield Case("far from both", np.array([[100.0, 0]]), np.array([[1.0, 0], [0, 1]]),
               np.array([0, 1]), family="queries far from all prototypes", shown=True)
    yield from probes.prototype_cases(np.random.default_rng(154))


def _self_attention(X: Array, Wq: Array, Wk: Array, Wv: Array) -> Array:
    X = np.asarray(X)
    return functional.scaled_dot_product_attention(X @ Wq, X @ Wk, X @ Wv)


@exercise(
    reference=_self_attention,
    hints=(
        "Three products first: queries, keys, values. Then the table of scores: which shape, and "
        "what stands in row i, column j?",
        "Row i belongs to query i. The softmax runs along the row, so that the weights of one "
        "query have the sum 1.",
        "Divide the scores by the square root of e, the length of a query; subtract each row's "
        "largest score before exp; multiply the weights with the values.",
    ),
)
def self_attention() -> Iterator[Case]:
    """Every vector looks at all vectors"""
    X = np.array([[1.0, 0], [0, 1], [1, 1]])
    eye, double = np.eye(2), np.log(2) * np.sqrt(2) * np.eye(2)
    yield Case("three vectors, by hand", X, eye, double, eye, family="several vectors", shown=True)
    yield Case("queries of one entry", X, np.array([[np.log(2)], [0]]), np.array([[1.0], [0]]),
               np.array([[15.0], [0]]), family="one entry", shown=True)
    yield Case("large scores", X, 10000 * eye, eye, eye, family="large scores", shown=True)
    yield from probes.attention_cases(np.random.default_rng(155))


@exercise(
    reference=lambda s: functional.squash(np.asarray(s)),
    hints=(
        "For one vector: what is its length? Multiply it by one number, so that the new length is "
        "the one asked for.",
        "The length runs along the last axis. With keepdims=True it divides the array without "
        "further ado.",
        "(r^2 / (1 + r^2)) (s / r) is s times r / (1 + r^2): nothing is divided by r.",
    ),
)
def squash() -> Iterator[Case]:
    """Lengths below 1, directions kept"""
    yield Case("length 5", np.array([3.0, 4]), family="one vector", shown=True)
    yield Case("lengths 1 and 0", np.array([[1.0, 0], [0, 0]]), family="vectors of zeros",
               shown=True)
    yield from probes.squash_cases(np.random.default_rng(156))


@quiz(
    a=Choice("Filters of a first layer, learned on photographs?", w="whole objects",
             x="edges of several directions, and colours", y="noise"),
    b=Choice("A value below 0 in an occlusion map?", w="the patch hid evidence for the class",
             x="the class is not in the image", y="the patch hid something that spoke against it"),
    c=Choice("The gradient of a score is 0 at a pixel. Surely?",
             w="tiny changes of this pixel hardly move the score",
             x="the pixel does not matter, whatever is done to it", y="the pixel is black"),
    d=Number("28 x 28 pixels, patch 7, stride 7: how many covered images?"),
    e=Choice("Which layers are kept as they are, when a trained network learns a new task?",
             w="the last ones", x="those with most weights", y="the first ones"),
    f=Choice("Two labelled images a class. Most sensible?", w="train all layers, from new weights",
             x="freeze the trained layers, train a new head", y="freeze the new head"),
    g=Choice("What does a denoising autoencoder learn to predict?", w="the image without noise",
             x="the class of the image", y="how strong the noise is"),
    h=Number("A vector of length 2: how long is it after squash?", 1),
    i=Choice("Vectors in another order, into self-attention?", w="the outputs stay as they were",
             x="the outputs come in that other order", y="every output changes"),
    j=Choice("First network with shared local detectors and layers that gather them?",
             w="Neocognitron, 1980", x="LeNet-5, 1998", y="AlexNet, 2012"),
    digests={
        "a": "253142557a0a5339", "b": "9b8dfd42b593f10f", "c": "a402b01c8476c4cb",
        "d": "83e19233cdbdccf6", "e": "96d8472d97ce04c3", "f": "24002bf7c06a1aa3",
        "g": "e6cd88cc4dd583d7", "h": "67d497955aa16a9f", "i": "edb513a199ec49fa",
        "j": "0f73c3f430142b1a"},
    wrong={
        ("a", "w"): "Those take many layers. One small window holds no object.",
        ("a", "y"): "So it begins. Training finds what photographs have in common.",
        ("b", "w"): "Then covering costs score: the drop is above 0.",
        ("b", "x"): "Such a class has drops, too. What does a negative drop say of the score?",
        ("c", "x"): "So the friend of the kill task thought.",
        ("c", "y"): "The pixel's value is not its slope.",
        ("d", 784): "Stride 7: patches stand side by side.",
        ("d", 9): "The patch at row 0 counts, and so does the one at row 21.",
        ("d", 25): "28 / 7 is 4 along each side.",
        ("d", 17): "That counts the image without a patch.",
        ("e", "w"): "The last ones belong to the old classes.",
        ("e", "x"): "It is the place in the network that counts.",
        ("f", "w"): "Look at the figure of section 4 for two labels.",
        ("f", "y"): "New weights that never learn?",
        ("g", "x"): "Labels are not needed here.",
        ("g", "y"): "It is not asked for; only the clean image is compared.",
        ("h", 0.5): "That would be length 1.",
        ("h", 0.7): "r^2 / (1 + r^2), not r / (1 + r).",
        ("h", 1): "Lengths stay below 1.",
        ("i", "w"): "Each output belongs to a vector, and moves with it.",
        ("i", "y"): "No score knows a position. What is summed is the same.",
        ("j", "x"): "Its authors cite older ones; so does section 1.",
        ("j", "y"): "LeNet-5 alone is fourteen years older.",
    },
)
def quiz_looking() -> None:
    """Looking inside and ahead"""
