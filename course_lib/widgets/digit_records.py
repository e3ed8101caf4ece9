"""What a network makes of a drawing: a probability for every digit, or why there is none."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from course_lib import functional as F
from course_lib.arrays import Array
from course_lib.widgets.network import name_of, output_of

__all__ = ["DIGITS", "Reading", "read_digit"]

DIGITS = tuple("0123456789")
NOTHING = "Nothing is drawn yet. Draw a digit."


class Reading(NamedTuple):
    """The labels and their probabilities (empty if there are none), and what went wrong."""

    labels: tuple[str, ...]
    probabilities: Array
    problem: str

    @property
    def order(self) -> list[int]:
        """The places of the labels, the likeliest first."""
        return [int(place) for place in np.argsort(-self.probabilities, kind="stable")]

    @property
    def sentence(self) -> str:
        """The first two guesses in words; or the problem, or that nothing is drawn."""
        if self.problem or not self.probabilities.size:
            return self.problem or NOTHING
        first, second = (
            f"{self.labels[place]} ({100 * self.probabilities[place]:.1f} %)"
            for place in self.order[:2]
        )
        return f"First guess {first}, second guess {second}."


def read_digit(network: Any, image: Array, labels: Sequence[str] = DIGITS) -> Reading:
    """What the network says about one image (rows, columns); never raises for what it does.

    The network gets x of shape (1, 1, rows, columns) in float32, and answers with one number for
    each label: probabilities, or logits, which softmax turns into some. An image of zeros is not
    shown to it.
    """
    names = tuple(map(str, labels))
    if not np.any(image):
        return Reading(names, np.empty(0), "")
    y, problem = output_of(network, np.asarray(image, dtype=np.float32)[np.newaxis, np.newaxis])
    problem = problem or _complaint(name_of(network), y, len(names))
    if problem:
        return Reading(names, np.empty(0), problem)
    scores = y.reshape(-1)
    shares = bool(scores.min() >= 0 and abs(scores.sum() - 1) < 1e-3)
    return Reading(names, scores if shares else F.softmax(scores), "")


def _complaint(name: str, y: Array, n_labels: int) -> str:
    if y.shape not in ((1, n_labels), (n_labels,)):
        return (
            f"Your {name} returned shape {y.shape}; expected (1, {n_labels}), one number for "
            "each class."
        )
    strange = np.isnan(y).sum()
    if strange:
        return f"Your {name} returned NaN for {strange} of {n_labels} classes. Has its loss grown?"
    if np.isposinf(y).any():
        return f"Your {name} returned infinity; no probability can be made of it."
    return ""
