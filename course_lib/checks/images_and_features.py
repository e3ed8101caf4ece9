"""Public cases of 01_images_and_features: pixels, warps, hand-made features.

The displayed cases are small enough to follow by hand. The probes behind them come from
course_lib.checks.probes.images_and_features, which the grader draws from as well.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from course_lib import images
from course_lib.arrays import Array
from course_lib.checks.cases import Case, Choice, Number, exercise, kill, quiz
from course_lib.checks.probes import images_and_features as probes

SMALL = np.array([[0.0, 0.2, 0.4], [0.4, 0.6, 1.0]])
HALF_RIGHT = np.array([[1.0, 0.0, 0.5], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]])


@exercise(
    reference=lambda image, levels: images.quantize(np.asarray(image), levels),
    hints=(
        "Four levels are 0, 1/3, 2/3 and 1. Multiply a grey value by 3: what is left to do?",
        "Rounding halves up is np.floor(v + 0.5); np.round sends 0.5 to 0.",
        "For bytes divide by 255 first, do the same, multiply by 255 and round once more.",
    ),
)
def quantize() -> Iterator[Case]:
    """Move every grey value to the nearest of a few levels"""
    yield Case("a ramp on four levels", np.array([0.0, 0.1, 0.2, 0.4, 0.6, 0.9, 1.0]), 4,
               family="floats", shown=True)
    yield Case("black or white", np.array([[0.0, 0.49], [0.5, 1.0]]), 2, family="exact halves",
               shown=True)
    yield Case("bytes on four levels", np.array([0, 42, 43, 100, 200, 255], np.uint8), 4,
               family="uint8, 0 to 255", shown=True)
    yield Case("bytes on eight levels, close to half way", np.array([18, 19, 91, 127, 128],
               np.uint8), 8, family="uint8, 0 to 255", shown=True)
    yield from probes.quantize_probes(np.random.default_rng(11))


def _came_from(A: Any, rows: int, columns: int) -> Array:
    x, y = np.meshgrid(np.arange(columns, dtype=float), np.arange(rows, dtype=float))
    return images.affine_points(np.stack([x, y], axis=-1), np.linalg.inv(np.asarray(A, float)))


@exercise(
    reference=_came_from,
    hints=(
        "A tells where a pixel goes. You want the opposite.",
        "np.meshgrid(np.arange(columns), np.arange(rows)) gives x and y of every pixel. Which "
        "shape do they have?",
        "np.linalg.inv(A) undoes A. Write its two rows out: x = b11 x' + b12 y' + b13, and the "
        "same for y.",
    ),
)
def came_from() -> Iterator[Case]:
    """Where every pixel of the new image came from"""
    yield Case("moved by one to the right", np.array([[1, 0, 1], [0, 1, 0], [0, 0, 1]]), 2, 3,
               family="shifts", shown=True)
    yield Case("twice as large", np.diag([2.0, 2.0, 1.0]), 2, 3, family="other sizes", shown=True)
    yield Case("turned by 90 degrees, then moved",
               np.array([[0.0, -1.0, 2.0], [1.0, 0.0, 0.0], [0.0, 0.0, 1.0]]), 2, 3,
               family="rotations", shown=True)
    yield from probes.came_from_probes(np.random.default_rng(12))


def _bilinear(image: Any, x: Any, y: Any, fill: float = 0.0) -> Array:
    grey = np.asarray(image, dtype=np.float64)
    return images.interpolate(grey, np.asarray(x, float), np.asarray(y, float), "bilinear", fill)


@exercise(
    reference=_bilinear,
    hints=(
        "Begin with one point inside: which four pixels are around it, and how near is each?",
        "np.floor gives the left column and the upper row, also for -0.5; int() cuts off towards "
        "0 and does not.",
        "np.pad(image, 2, constant_values=fill) gives the image a frame. Clip the points to the "
        "frame, add 2 to both, and no pixel is ever missing.",
    ),
)
def bilinear() -> Iterator[Case]:
    """Grey values between the pixels"""
    yield Case("the point of the text", SMALL, np.array([1.25]), np.array([0.5]),
               family="between the pixels", shown=True)
    yield Case("half a pixel outside, fill 1", SMALL, np.array([-0.5, 2.5]), np.array([0.0, 1.0]),
               fill=1.0, family="outside by less than a pixel", shown=True)
    yield Case("pixels and far away", SMALL, np.array([2.0, 0.0, 9.0]), np.array([1.0, 1.0, -4.0]),
               family="far outside", shown=True)
    yield from probes.bilinear_probes(np.random.default_rng(13))


def _edge_features(images: Any) -> Array:
    grey = np.asarray(images, dtype=np.float64)
    across = np.abs(np.diff(grey, axis=2)).mean(axis=(1, 2))
    down = np.abs(np.diff(grey, axis=1)).mean(axis=(1, 2))
    return np.stack([across, down], axis=1)


@exercise(
    reference=_edge_features,
    hints=(
        "images[:, :, 1:] is everything but the first column. What is everything but the last?",
        "Take absolute values before the mean: a step up and a step down must not cancel.",
        "Two means over the axes (1, 2), put side by side as the two columns of the result.",
    ),
)
def edge_features() -> Iterator[Case]:
    """Two hand-made features: change across, change down"""
    standing = np.array([[0.0, 1.0, 0.0], [0.0, 1.0, 0.0]])
    lying = np.array([[0.0, 0.0, 0.0], [0.0, 1.0, 1.0]])
    yield Case("a standing bar", standing[None], family="a batch of one", shown=True)
    yield Case("a standing and a lying bar", np.stack([standing, lying]),
               family="rectangular images", shown=True)
    yield from probes.edge_features_probes(np.random.default_rng(14))


def _select_features(X: Any, y: Any, n_features: int) -> Array:
    scores = probes.ranking_scores(np.asarray(X, float), np.asarray(y))
    return np.argsort(-scores, kind="stable")[:n_features]


@exercise(
    reference=_select_features,
    hints=(
        "X[y == c] are the samples of class c. Which mean and variance does each column have?",
        "Stack the means of all classes, one row a class. Their variance along axis 0 is the "
        "numerator.",
        "np.argsort sorts from small to large; with a minus sign before the scores it is best "
        "first.",
    ),
)
def select_features() -> Iterator[Case]:
    """Choose the features that tell the classes apart"""
    X = np.array([[1.0, 50.0, 0.0], [2.0, 10.0, 4.0], [7.0, 20.0, 2.0], [8.0, 60.0, 6.0]])
    yield Case("the table of the text", X, np.array([0, 0, 1, 1]), 2, family="two classes",
               shown=True)
    yield Case("the same with other labels", X[:, ::-1].copy(), np.array([5, 5, 2, 2]), 1,
               family="one feature wanted", shown=True)
    yield from probes.select_features_probes(np.random.default_rng(15))


def _nearest_mean(X: Any, y: Any, X_new: Any) -> Array:
    X, y, X_new = np.asarray(X, float), np.asarray(y), np.asarray(X_new, float)
    classes = np.unique(y)
    means = np.array([X[y == c].mean(axis=0) for c in classes])
    far = ((X_new[:, None] - means) ** 2).sum(axis=2)  # (M, classes)
    return np.asarray(classes[far.argmin(axis=1)])


@exercise(
    reference=_nearest_mean,
    hints=(
        "np.unique(y) lists the labels that occur, in order.",
        "One mean a class, shape (classes, D). The distances have shape (M, classes).",
        "argmin gives the number of the class; the list of labels turns it into the label.",
    ),
)
def nearest_mean() -> Iterator[Case]:
    """Classify by the nearest class mean"""
    X = np.array([[1.0, 1.0], [1.0, 3.0], [6.0, 2.0], [8.0, 2.0]])
    yield Case("the four samples of the text", X, np.array([0, 0, 1, 1]),
               np.array([[2.0, 2.0], [5.0, 3.0]]), family="two classes", shown=True)
    yield Case("labels 7 and 3", X, np.array([7, 7, 3, 3]), np.array([[2.0, 0.0], [9.0, 9.0]]),
               family="other labels", shown=True)
    yield from probes.nearest_mean_probes(np.random.default_rng(16))


def _cut_off(image: Any, x: Any, y: Any, fill: float = 0.0) -> Array:
    """As _bilinear, but with the whole part cut off towards 0."""
    grey = np.asarray(image, dtype=np.float64)
    xs, ys = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    left, top = np.trunc(xs), np.trunc(ys)
    p, q = xs - left, ys - top

    def at(column: Array, row: Array) -> Array:
        return images.interpolate(grey, column, row, "nearest", fill)

    upper = (1 - p) * at(left, top) + p * at(left + 1, top)
    lower = (1 - p) * at(left, top + 1) + p * at(left + 1, top + 1)
    return np.asarray((1 - q) * upper + q * lower)


def _one_image_and_points(image: Any, x: Any, y: Any, fill: Any = 0.0) -> str | None:
    try:
        numbers = [np.asarray(value, dtype=float) for value in (image, x, y, fill)]
    except (TypeError, ValueError):
        return "image, x, y and fill must hold numbers."
    grey, xs, ys, around = numbers
    if grey.ndim != 2 or grey.size == 0 or grey.size > 10_000:
        return f"image must have two axes and at most 10,000 pixels; it has shape {grey.shape}."
    if xs.shape != ys.shape or xs.ndim != 1 or not 1 <= xs.size <= 10_000:
        return f"x and y must be arrays of one axis and one length; got {xs.shape}, {ys.shape}."
    if around.shape != () or not all(np.isfinite(value).all() for value in numbers):
        return "fill must be one number, and all numbers must be finite."
    return None


@kill(
    right=_bilinear,
    wrong=_cut_off,
    valid=_one_image_and_points,
    hints=(
        "Inside the image int() and np.floor say the same. Where do they not?",
        "int(-0.5) is 0, np.floor(-0.5) is -1.",
        "Choose a point just left of the image, and pixels there that are not all equal to fill.",
    ),
)
def kill_cut_off() -> None:
    """Find inputs that expose an interpolation that cuts off"""


@quiz(
    a=Number("How many bits has a binary image of 16 x 32 pixels, one bit a pixel?"),
    b=Number("Bytes hold 256 levels in 8 bits. How many levels fit into 4 bits?"),
    c=Choice("A colour image of 3 channels, 200 rows and 300 columns has in this course the shape",
             w="(300, 200, 3)", x="(3, 200, 300)", y="(200, 300)"),
    d=Choice("Fine stripes, every fourth pixel kept without averaging: what may appear?",
             w="the same stripes, four times as fine", x="always a uniform grey",
             y="stripes that were never there"),
    e=Choice("Why does a warp ask each new pixel where it came from?",
             w="so that no new pixel stays empty", x="because the inverse is faster",
             y="because A cannot be applied to points"),
    f=Number("Pixels 0.2 and 0.4 side by side: bilinear value three quarters of the way?",
             decimals=2),
    g=Choice("One cat in the picture: its name and a box. The task is called",
             w="classification", x="object detection", y="classification with localisation",
             z="semantic segmentation"),
    h=Choice("A cat, a dog and a duck, each with a name and a box:",
             w="object detection", x="registration", y="classification", z="denoising"),
    i=Choice("Every pixel gets the name of a class; two ducks that touch become one area:",
             w="instance segmentation", x="semantic segmentation", y="tracking",
             z="object detection"),
    j=Choice("Every pixel of every duck, duck by duck:",
             w="semantic segmentation", x="classification", y="registration",
             z="instance segmentation"),
    k=Choice("The same duck in every frame of a video:",
             w="registration", x="denoising", y="tracking", z="classification"),
    l=Choice("Two scans of one patient, to be laid on top of each other:",
             w="tracking", x="registration", y="instance segmentation", z="denoising"),
    digests={"a": "609f630a077115ee", "b": "f0300e6e381911ee", "c": "4d49afcaaa5b0361",
             "d": "3e3c5b3ea4c5b84b", "e": "0076b8b13f1eea89", "f": "599e885bb130a3f8",
             "g": "da5ff29f7129b413", "h": "37e88c12e734a58b", "i": "0605df57c68d04b5",
             "j": "0f7e37299f73180b", "k": "325426b20d39119c", "l": "66adb3d771361ec6"},
    wrong={
        ("a", 48): "Multiply rows by columns.",
        ("a", 64): "That is the number of bytes: 8 bits each.",
        ("b", 128): "Each bit less halves the number of levels; you took away one bit, not four.",
        ("b", 8): "4 bits are 4 yes-or-no answers: 2 * 2 * 2 * 2 patterns.",
        ("c", "w"): "That is width, height, depth, as the decks write it.",
        ("c", "y"): "That is a grey image: where are the channels?",
        ("d", "w"): "The new grid is coarser. It cannot show finer stripes.",
        ("d", "x"): "Averaging would give about that. Here nothing is averaged.",
        ("e", "x"): "Both need the same products. Look at the figure with the holes.",
        ("e", "y"): "It can: that is what A is for. But where do the points land?",
        ("f", 0.25): "Three quarters of the way you are nearer to 0.4.",
        ("f", 0.3): "That is the value half way.",
        ("g", "w"): "Classification gives no box.",
        ("g", "x"): "Detection is for any number of objects; here it is known that there is one.",
        ("g", "z"): "That names every pixel and draws no box.",
        ("h", "x"): "Registration lays one image on another and names nothing.",
        ("h", "y"): "One name for the whole picture would not do.",
        ("h", "z"): "That gives a cleaner picture, no names and no boxes.",
        ("i", "w"): "That would keep the two ducks apart.",
        ("i", "y"): "Tracking follows something through the frames of a video.",
        ("i", "z"): "Detection draws boxes; it does not name single pixels.",
        ("j", "w"): "That would not say which pixel belongs to which duck.",
        ("j", "x"): "One name for the whole picture marks no pixel.",
        ("j", "y"): "Registration lays one image on another and names nothing.",
        ("k", "w"): "Registration finds the map between two images as a whole.",
        ("k", "x"): "That cleans each frame and follows nothing.",
        ("k", "z"): "That names each frame, but does not say where the duck is now.",
        ("l", "w"): "Nothing is followed over time here; a map between two images is wanted.",
        ("l", "y"): "That marks objects in one image; here two images are brought together.",
        ("l", "z"): "That makes one image cleaner; here two are brought together.",
    },
)
def quiz_pixels() -> None:
    """Pixels and tasks"""


@quiz(
    a=Choice("Main difference between a CNN and classical machine learning?",
             w="a CNN needs no training data", x="a CNN learns the features from data as well",
             y="a CNN needs no classifier"),
    b=Choice("CNNs in one sentence?",
             w="networks that look at single pixels one after the other",
             x="networks with hand-made filters and a learned classifier",
             y="networks that learn shared local filters from data"),
    c=Choice("Which of the three ingredients is 'the mean squared error'?",
             w="objective", x="model", y="optimisation algorithm"),
    d=Choice("And 'all 3 x 3 filters followed by a linear classifier'?",
             w="objective", x="model", y="optimisation algorithm"),
    e=Choice("Inductive bias is",
             w="the constant that every neuron adds", x="an error in the labels",
             y="what is left when training ends too early",
             z="what the choice of the function set makes easy or impossible to learn"),
    f=Choice("Which of these did NOT make deep networks practical, by the deck?",
             w="fewer pixels in the images", x="new activation functions", y="large data sets",
             z="graphics processors (GPGPUs)"),
    digests={"a": "e1a05ce5e90fc53c", "b": "678e08e01ec36dd8", "c": "1e1302d44d6c07d0",
             "d": "57154b4f0e94e0f3", "e": "bab8d7f10a1fb89a", "f": "6c79d889ad4e8238"},
    wrong={
        ("a", "w"): "It needs more of them, as the measurement shows.",
        ("a", "y"): "Its last layer is one.",
        ("b", "w"): "A filter looks at a neighbourhood.",
        ("b", "x"): "Which of the two halves is still made by hand here?",
        ("c", "x"): "The model is the set of functions. What says which of them is best?",
        ("c", "y"): "The algorithm looks for the best one. What says which is best?",
        ("d", "w"): "It says which functions there are, not which is best.",
        ("d", "y"): "It says which functions there are, not how to find the best.",
        ("e", "w"): "That is a neuron's bias, another meaning of the word.",
        ("e", "x"): "Wrong labels are a fault of the data. This bias comes with the model.",
        ("e", "y"): "It is there before training begins: it lies in the set of functions.",
        ("f", "x"): "ReLU, for instance, is on the list.",
        ("f", "y"): "ImageNet, for instance, is on the list.",
        ("f", "z"): "They made training several times faster.",
    },
)
def quiz_learning() -> None:
    """Features and learning"""
