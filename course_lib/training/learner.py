"""A network together with its loss and its optimiser: one step, one test."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from course_lib.arrays import FLOATS, Array, expect_whole
from course_lib.layers import Layer
from course_lib.optim import Optimizer
from course_lib.training.losses import Loss, LossName, LossPair, accuracy_of, loss_of

TEST_BATCH = 256


class TrainingDiverged(ArithmeticError):
    """The loss is no number any more; the message says what to try."""


class Score(NamedTuple):
    """How good a network is: the mean loss, and the share of right answers (nan: no classes)."""

    loss: float
    accuracy: float


class Learner:
    """Steps in plain NumPy: forward, loss, backward, change of the weights."""

    def __init__(self, model: Layer, loss: Loss) -> None:
        self.model, self.loss = model, loss
        weights = model.parameters()
        self.dtype = weights[0].data.dtype if weights else None

    def step(self, x: Array, y: Array, optimizer: Optimizer) -> Score:
        """Learn from one batch; the score is that before the weights changed.

        Raises TrainingDiverged, with the weights as they were, if the loss is nan or infinite.
        """
        model = self.model
        if not model.training:
            model.train()
        x = self._as_weights(x)
        with np.errstate(over="ignore", invalid="ignore"):  # an overflow shows in the loss
            logits = model.forward(x)
            loss = self.loss.value(logits, y)
            expect_finite(loss, x, optimizer.lr)
            model.zero_grad()
            self.loss.backward(logits, y)
            optimizer.step()
        return Score(loss, accuracy_of(self.loss.name, logits, y))

    def answers(self, x: Array) -> Array:
        """What the network answers when it is used, for one batch."""
        if self.model.training:
            self.model.eval()
        with np.errstate(over="ignore", invalid="ignore"):
            return self.model.forward(self._as_weights(x))

    def score(self, x: Array, y: Array, batch_size: int = TEST_BATCH) -> Score:
        """The mean loss and the accuracy over all samples."""
        losses, hits = 0.0, 0.0
        for start in range(0, len(x), batch_size):
            rows = slice(start, start + batch_size)
            logits, targets = self.answers(x[rows]), y[rows]
            losses += len(targets) * self.loss.value(logits, targets)
            hits += len(targets) * accuracy_of(self.loss.name, logits, targets)
        return Score(losses / len(x), hits / len(x))

    def _as_weights(self, x: Array) -> Array:
        """x in the dtype of the weights: float64 images would make a float32 network slow."""
        return x.astype(self.dtype, copy=False) if self.dtype and x.dtype.type in FLOATS else x


def expect_finite(loss: float, x: Array, rate: float) -> None:
    """Raise TrainingDiverged for a loss that is nan or infinite."""
    if np.isfinite(loss):
        return
    if not np.isfinite(x).all():
        raise TrainingDiverged(
            f"The loss is {loss}, because the samples of this batch hold nan or infinite values. "
            "Look at the data: np.isfinite(x).all()."
        )
    raise TrainingDiverged(
        f"The loss is {loss}: the weights have grown too large. Start again with new weights and "
        f"a smaller learning rate than {rate:g}, a tenth of it, say. Does that not help, look at "
        "the data (from 0 to 1, or with mean 0 and standard deviation 1?) and at the first "
        "weights (init.he for ReLU)."
    )


def evaluate(
    model: Layer,
    x: Array,
    y: Array,
    *,
    loss: LossName | LossPair | None = None,
    batch_size: int = TEST_BATCH,
) -> Score:
    """Score(loss, accuracy) of a network on samples x (N, ...) with targets y (N, ...).

    The network answers as it does when it is used (dropout off, running statistics), batch by
    batch, and is left in that state. loss as for train. Raises ValueError for no samples or
    unequal lengths, and as the network and the loss do.
    """
    x, y = np.asarray(x), np.asarray(y)
    expect_whole("batch_size", batch_size, least=1)
    if x.ndim == 0 or y.ndim == 0 or len(x) != len(y) or not len(x):
        raise ValueError(
            "evaluate expects samples x and as many targets y, at least one; got shapes "
            f"{x.shape} and {y.shape}."
        )
    return Learner(model, loss_of(model, loss)).score(x, y, batch_size)
