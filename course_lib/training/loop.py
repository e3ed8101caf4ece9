"""The loop of training, one step at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from course_lib.arrays import Array, expect_whole
from course_lib.data import DataLoader
from course_lib.layers import Layer
from course_lib.optim import Optimizer, Schedule
from course_lib.training.learner import Learner
from course_lib.training.losses import LossName, LossPair, expect_classes, loss_of
from course_lib.training.speed import learner_for
from course_lib.training.step import Step

Batches = DataLoader | Sequence[tuple[Array, Array]]


def train(
    model: Layer,
    batches: Batches,
    optimizer: Optimizer,
    *,
    loss: LossName | LossPair | None = None,
    epochs: int = 1,
    schedule: Schedule | None = None,
    fast: bool = False,
) -> Iterator[Step]:
    """Learn from every batch of every epoch, and tell of each step after it is done.

    batches: a DataLoader, or a list of pairs (x, y), gone through once an epoch. Each step is:
    forward, loss, backward, optimizer.step(). loss: a name ("cross_entropy", "hinge", "mse_loss",
    "l1_loss", "binary_cross_entropy_with_logits"), a pair (f, f_backward) like those of
    functional, or None: the network's own `loss` and `loss_backward` if it has them, else
    cross_entropy. schedule moves on after each epoch. fast: by course_lib.fast, if it can run
    this network. Nothing happens until you ask for a step:
    `for step in train(...): print(step.loss)`; `break` whenever you like. Between steps the
    network is in training mode, and when the loop ends it is ready for use (model.eval()).
    Raises, before the first step, TypeError or ValueError for arguments that do not fit each
    other: no batches, labels beyond the outputs, images of another shape; later TrainingDiverged
    once the loss is nan or infinite.
    """
    return iter(Run(model, batches, optimizer, loss, epochs, schedule, fast=fast))


class Run:
    """One training: its parts, and how far it is. Iterating over it gives the steps to come.

    number: steps done; epoch: epochs done. After every step they, the optimiser, the schedule
    and the loader stand where the next step begins, so that they can be stored.
    """

    def __init__(
        self,
        model: Layer,
        batches: Batches,
        optimizer: Optimizer,
        loss: LossName | LossPair | None,
        epochs: int,
        schedule: Schedule | None,
        *,
        fast: bool,
    ) -> None:
        expect_whole("epochs", epochs, least=1)
        _expect_parts(model, batches, optimizer, schedule)
        self.model, self.batches, self.optimizer = model, batches, optimizer
        self.epochs, self.schedule = int(epochs), schedule
        self.number = self.epoch = 0
        sample = batches.x[0] if isinstance(batches, DataLoader) else np.asarray(batches[0][0])[0]
        self.learner = learner_for(model, loss_of(model, loss), sample.shape, quick=fast)
        if isinstance(batches, DataLoader):
            _expect_fitting(self.learner, batches)

    def __iter__(self) -> Iterator[Step]:
        self.model.train()
        try:
            while self.epoch < self.epochs:
                yield from self._epoch()
        finally:
            self.model.eval()

    def _epoch(self) -> Iterator[Step]:
        n_batches = batch = len(self.batches)
        epoch = self.epoch + 1
        batch -= self.batches.left if isinstance(self.batches, DataLoader) else n_batches
        for x, y in self.batches:
            rate = self.optimizer.lr
            score = self.learner.step(np.asarray(x), np.asarray(y), self.optimizer)
            self.number, batch = self.number + 1, batch + 1
            if batch == n_batches:
                self.epoch = epoch
                if self.schedule is not None:
                    self.schedule.step()
            yield Step(self.number, epoch, batch, n_batches, len(x), *score, rate)


def _expect_parts(
    model: Layer, batches: Batches, optimizer: Optimizer, schedule: Schedule | None
) -> None:
    """Raise unless these are a network, batches, the network's optimiser and its schedule."""
    if not isinstance(model, Layer):
        raise TypeError(
            f"train expects a network of course_lib.layers; got a {type(model).__name__}. "
            "Let your own class inherit from layers.Layer."
        )
    if not isinstance(optimizer, Optimizer):
        raise TypeError(
            f"train expects an optimiser; got {optimizer!r}. "
            "Did you mean optim.SGD(model.parameters(), lr=0.1)?"
        )
    own = [parameter.data for parameter in model.parameters()]
    if not all(any(np.may_share_memory(each.data, data) for data in own)  # fast.one_parameter
               for each in optimizer.parameters):
        raise ValueError(
            "The optimiser holds parameters that are not in this network, so the network would "
            "not learn. Make the optimiser with model.parameters() of the network you train."
        )
    if schedule is not None and not isinstance(schedule, Schedule):
        raise TypeError(
            f"train expects a schedule that goes by epochs, such as optim.StepLR; got "
            f"{type(schedule).__name__}. ReduceLROnPlateau needs a test: use fit."
        )
    if schedule is not None and schedule.optimizer is not optimizer:
        raise ValueError(
            "The schedule changes the learning rate of another optimiser. Make it with the one "
            "that trains."
        )
    if not isinstance(batches, DataLoader | list | tuple):
        raise TypeError(
            "train expects batches that can be gone through once an epoch, a DataLoader or a "
            f"list of pairs (x, y); got {type(batches).__name__}."
        )
    if not len(batches):
        raise ValueError("train expects at least one batch; got an empty list.")
    if not isinstance(batches, DataLoader):
        for number, batch in enumerate(batches):
            if not isinstance(batch, tuple) or len(batch) != 2 or not np.size(batch[0]):
                raise ValueError(
                    "train expects every batch to be a pair (x, y) with at least one sample; "
                    f"batch {number} is not."
                )


def _expect_fitting(learner: Learner, loader: DataLoader) -> None:
    """Try the network on the first sample: what does not fit is said before anything changes."""
    if loader.x.dtype.kind != "f":
        raise TypeError(
            f"train expects samples in float32 or float64; got {loader.x.dtype}. "
            "Bytes from 0 to 255 learn best as x / 255."
        )
    logits = learner.answers(loader.x[:1])
    expect_classes(learner.loss, logits, loader.y)
    learner.loss.value(logits, loader.y[:1])
