"""What there is to say about one step of training."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    """One mini-batch learned from: the weights have just been changed.

    number: 1, 2, ... over all epochs; epoch: 1, 2, ...; batch: 1 to n_batches in this epoch;
    size: samples in the batch. loss (their mean) and accuracy (the share that was right; nan
    where there are no classes) are those before the change. learning_rate: that of this step.
    """

    number: int
    epoch: int
    batch: int
    n_batches: int
    size: int
    loss: float
    accuracy: float
    learning_rate: float

    @property
    def ends_epoch(self) -> bool:
        """Whether every sample of the epoch has been seen."""
        return self.batch == self.n_batches
