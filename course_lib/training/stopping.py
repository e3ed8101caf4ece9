"""Stopping when the validation gets no better, and going back to the best weights."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Literal

from course_lib.arrays import Array, expect_number, expect_whole
from course_lib.layers import Layer
from course_lib.training.history import Epoch


@dataclass(frozen=True)
class EarlyStopping:
    """Stop once `patience` epochs in a row have brought nothing; keep the best weights.

    watch: "loss" or "accuracy", that on the validation data. An epoch brings something if it is
    better than the best one so far by more than `least`. At the end the network gets the weights
    of the best epoch back, whether it stopped early or not.
    Raises TypeError or ValueError for settings out of range.
    """

    patience: int = 3
    watch: Literal["loss", "accuracy"] = "loss"
    least: float = 0.0

    def __post_init__(self) -> None:
        expect_whole("patience", self.patience, least=1)
        expect_number("least", self.least, least=0)
        if self.watch not in ("loss", "accuracy"):
            raise ValueError(f"watch is 'loss' or 'accuracy'; got {self.watch!r}.")


@dataclass
class Watch:
    """How early stopping stands: the best epoch, its weights, and the epochs since."""

    rule: EarlyStopping
    best: int | None = None
    value: float = math.inf
    since: int = 0
    weights: dict[str, Array] = field(default_factory=dict)

    def see(self, epoch: Epoch, model: Layer) -> None:
        """Take note of an epoch that is over."""
        loss = self.rule.watch == "loss"
        value = epoch.validation_loss if loss else -epoch.validation_accuracy
        if value < self.value - self.rule.least or self.best is None:
            self.best, self.value, self.since = epoch.number, value, 0
            self.weights = model.state_dict()
        else:
            self.since += 1

    @property
    def enough(self) -> bool:
        """Whether patience is at its end."""
        return self.since >= self.rule.patience

    def restore(self, model: Layer) -> None:
        """Give the network its best weights."""
        if self.best is not None:
            model.load_state_dict(self.weights)
