"""What a network makes of the plane: a class for every place, and how sure it is."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from course_lib import functional as F
from course_lib.arrays import Array
from course_lib.widgets import learner
from course_lib.widgets.network_parts import layer_matrices, weight_parts
from course_lib.widgets.plane import Plane
from course_lib.widgets.returned import as_numbers

RESOLUTION = 60
_MOST_NEURONS = 16


@dataclass(frozen=True)
class Decisions:
    """A network's answers on a grid and at the points.

    chances (R, R, K): the chance of each class, one row of the grid for each x_2 from the bottom
    up. wrong (N,): the points that get another class than their label. matrices: the weights
    (out, in) of each layer, [] if they cannot be drawn as lines. words: the count, and why no
    lines are drawn. problem: why there are no answers ("" if there are).
    """

    chances: Array | None
    wrong: Array
    matrices: list[Array]
    words: str
    problem: str


def decisions(network: Any, points: Any, labels: Any, resolution: int = RESOLUTION) -> Decisions:
    """The classes that the network gives to the points and to a grid over the square they fill.

    network: anything with forward(x), x (N, 2) -> (N, K) logits, or (N, 1) or (N,) for two
    classes: chances of class 1 if all numbers lie in [0, 1], else logits. points (N, 2), labels
    (N,) from 0 to K - 1. Raises ValueError for points and labels that do not fit; whatever the
    network does ends in `problem`.
    """
    plane = Plane.of(points, labels)
    left, right, bottom, top = plane.square
    x, y = np.linspace(left, right, resolution), np.linspace(bottom, top, resolution)
    grid = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)
    places = np.concatenate([plane.points, grid])
    answers, problem = chances_of(network, places)
    if answers is not None and answers.shape[1] < plane.n_classes:
        problem = (
            f"The network must tell {plane.n_classes} classes apart, as the labels do; it gives "
            f"{answers.shape[1]} numbers a point."
        )
    matrices, remark = _lines(network)
    nothing = np.zeros(len(plane.points), bool)
    if problem or answers is None:
        return Decisions(None, nothing, matrices, remark, problem)
    wrong = answers[: len(nothing)].argmax(axis=1) != plane.labels
    right_ones = len(wrong) - int(wrong.sum())
    share = f"{100 * right_ones / len(wrong):.0f} %"
    said = f"{right_ones} of {len(wrong)} points are right ({share}). {remark}".strip()
    over = answers[len(nothing) :].reshape(resolution, resolution, -1)
    return Decisions(over, wrong, matrices, said, "")


def chances_of(network: Any, x: Array) -> tuple[Array | None, str]:
    """(N, K) chances of the classes, or None and one sentence; x (N, 2)."""
    forward = getattr(network, "forward", None)
    if forward is None:
        kind = type(network).__name__
        return None, f"network expects an object with forward(x); got {kind}."
    parts = weight_parts(network)
    kept = parts[0].weight.dtype if parts and parts[0].weight.dtype.kind == "f" else np.float64
    training = getattr(network, "training", None)
    if training is True and hasattr(network, "eval"):
        network.eval()
    result, problem = learner.call(forward, x.astype(kept))
    if training is True and hasattr(network, "train"):
        network.train()
    if problem:
        return None, problem.replace("; this is the library's version", "")
    if np.ndim(result) == 1:
        result = np.reshape(result, (-1, 1))
    answers, problem = as_numbers(result, (len(x), "K"), "Your forward")
    if answers is None:
        return None, problem
    if answers.shape[1] > 1:
        return np.exp(F.log_softmax(answers)), ""
    chance = answers if ((answers >= 0) & (answers <= 1)).all() else F.sigmoid(answers)
    return np.concatenate([1 - chance, chance], axis=1), ""


def _lines(network: Any) -> tuple[list[Array], str]:
    """The matrices to draw as lines, and a remark if there are none."""
    matrices = layer_matrices(network, 2)
    if not matrices:
        return [], ("Its weights cannot be read as layers from two inputs on, so the lines of its "
                    "neurons are not drawn.")
    if max(max(matrix.shape) for matrix in matrices) > _MOST_NEURONS:
        return [], f"A layer has more than {_MOST_NEURONS} neurons, so no lines are drawn."
    return matrices, ""
