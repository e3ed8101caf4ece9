"""Which loss a network learns by, and which of its answers count as right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, Protocol, cast, get_args, runtime_checkable

import numpy as np

from course_lib import functional as F
from course_lib.arrays import Array
from course_lib.layers import Layer

LossName = Literal[
    "cross_entropy", "hinge", "mse_loss", "l1_loss", "binary_cross_entropy_with_logits"
]
LossPair = tuple[Callable[[Array, Array], Array], Callable[[Array, Array, Array], Array]]
NAMES: tuple[LossName, ...] = get_args(LossName)
OF_CLASSES = ("cross_entropy", "hinge")
NO_CLASSES = float("nan")
"""The accuracy where no answer is right or wrong: a number that is predicted, say."""


@runtime_checkable
class OwnLoss(Protocol):
    """A network that brings its loss along, as GoogLeNet does for its heads."""

    def loss(self, logits: Array, targets: Array) -> float: ...

    def loss_backward(self, logits: Array, targets: Array) -> Array: ...


@dataclass(frozen=True)
class Loss:
    """A loss as training uses it: its value, and the gradients it leaves in a network.

    value(logits, targets): the mean over the samples. backward(logits, targets): runs the
    backward pass of the network that the last forward pass was made with. name: a name of
    functional, "own" for that of the network, "given" for a pair of functions.
    """

    name: str
    value: Callable[[Array, Array], float]
    backward: Callable[[Array, Array], Array]


def loss_of(model: Layer, loss: LossName | LossPair | None) -> Loss:
    """The loss that is asked for; None: the network's own, or cross_entropy if it has none.

    A pair is (f, f_backward) with f(y, targets) -> a mean, f_backward(grad_output, y, targets)
    -> the gradient by y, as the losses of functional. Raises ValueError for another name,
    TypeError for anything else.
    """
    if loss is None and isinstance(model, OwnLoss):
        return Loss("own", model.loss, model.loss_backward)
    if isinstance(loss, tuple) and len(loss) == 2 and all(map(callable, loss)):
        return _through(model, "given", loss)
    name = "cross_entropy" if loss is None else loss
    if not isinstance(name, str):
        raise TypeError(
            f"loss is a name, or a pair of functions (f, f_backward); got {loss!r}. "
            'Did you mean loss="cross_entropy"?'
        )
    if name not in NAMES:
        raise ValueError(f"loss is one of {', '.join(map(repr, NAMES))}; got {name!r}.")
    pair = cast(LossPair, (getattr(F, name), getattr(F, f"{name}_backward")))
    return _through(model, name, pair)


def _through(model: Layer, name: str, pair: LossPair) -> Loss:
    value, value_backward = pair

    def backward(logits: Array, targets: Array) -> Array:
        return model.backward(value_backward(np.ones((), logits.dtype), logits, targets))

    return Loss(name, lambda logits, targets: float(value(logits, targets)), backward)


def accuracy_of(name: str, logits: Array, targets: Array) -> float:
    """The share of right answers; nan where there is no class to hit.

    logits (N, K, ...) against whole targets (N, ...): the largest of the K wins. For the binary
    cross-entropy: positive logits against targets above 1/2.
    """
    if name == "binary_cross_entropy_with_logits":
        return float(np.mean((logits > 0) == (targets > 0.5)))
    if targets.dtype.kind in "iu" and logits.ndim == targets.ndim + 1:
        return float(np.mean(logits.argmax(axis=1) == targets))
    return NO_CLASSES


def expect_classes(loss: Loss, logits: Array, targets: Array) -> None:
    """Raise ValueError if a label does not fit the outputs: before any step, not at the 700th.

    logits: those of any sample, (1, K); targets: the labels of all samples (N,).
    """
    if loss.name not in (*OF_CLASSES, "own") or targets.dtype.kind not in "iu":
        return
    wrong = np.flatnonzero((targets < 0) | (targets >= logits.shape[1]))
    if wrong.size:
        place = wrong[0]
        raise ValueError(
            f"Sample {place} has the label {targets[place]}; the network has {logits.shape[1]} "
            f"outputs, for labels from 0 to {logits.shape[1] - 1}. "
            "Give it another output, or mend the labels."
        )
