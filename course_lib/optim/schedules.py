"""Schedules: the learning rate over the epochs. Large to cross plateaus, small to settle.

Call `step` once after every epoch (not after every mini-batch); it sets `optimizer.lr`.
Source: RWTH 000:316-317 (a large rate on flat areas, a small one in narrow minima).
"""

import math
from collections.abc import Mapping
from typing import Literal

import numpy as np

from course_lib.arrays import Array, expect_whole
from course_lib.optim.optimizer import Optimizer
from course_lib.optim.settings import setting

SMALLEST_CUT = 1e-8  # as in PyTorch


class Schedule:
    """A learning rate that is a function of the number of finished epochs.

    A subclass defines `lr_at(epoch)`. base_lr is the rate that the optimiser began with.
    """

    def __init__(self, optimizer: Optimizer) -> None:
        check_optimizer(type(self).__name__, optimizer)
        self.optimizer = optimizer
        self.base_lr = optimizer.lr
        self.epoch = 0

    def step(self) -> None:
        """An epoch is over: set the rate for the next one."""
        self.epoch += 1
        self.optimizer.lr = self.lr_at(self.epoch)

    def lr_at(self, epoch: int) -> float:
        """The learning rate after `epoch` epochs."""
        raise NotImplementedError(f"{type(self).__name__} has no lr_at. Define lr_at(self, epoch).")

    def state_dict(self) -> dict[str, Array]:
        """Where the schedule stands, as arrays. The rate itself is in the optimiser's state."""
        return {"epoch": np.array(self.epoch), "base_lr": np.array(self.base_lr)}

    def load_state_dict(self, state: Mapping[str, Array]) -> None:
        """Go on from what state_dict gave."""
        self.epoch, self.base_lr = int(state["epoch"]), float(state["base_lr"])


class StepLR(Schedule):
    """base_lr * gamma^(number of full step_size epochs): a staircase."""

    def __init__(self, optimizer: Optimizer, step_size: int, gamma: float = 0.1) -> None:
        super().__init__(optimizer)
        expect_whole("step_size", step_size, least=1)
        self.step_size = int(step_size)
        self.gamma = setting("gamma", gamma, above=0)

    def lr_at(self, epoch: int) -> float:
        return self.base_lr * self.gamma ** (epoch // self.step_size)


class CosineAnnealingLR(Schedule):
    """From base_lr down to eta_min along half a cosine of T_max epochs, and then back up.

    eta_min + (base_lr - eta_min) (1 + cos(pi epoch / T_max)) / 2.
    Source: Loshchilov and Hutter 2017.
    """

    def __init__(self, optimizer: Optimizer, T_max: int, eta_min: float = 0.0) -> None:
        super().__init__(optimizer)
        expect_whole("T_max", T_max, least=1)
        self.T_max = int(T_max)
        self.eta_min = setting("eta_min", eta_min, least=0)

    def lr_at(self, epoch: int) -> float:
        height = (1 + math.cos(math.pi * epoch / self.T_max)) / 2
        return self.eta_min + (self.base_lr - self.eta_min) * height


class ReduceLROnPlateau:
    """lr * factor whenever a metric has not improved for more than `patience` epochs.

    mode "min" for a loss, "max" for an accuracy. An improvement is by more than the share
    threshold of the best value so far. After a cut, `cooldown` epochs are not counted. The rate
    does not fall below min_lr, and is left alone where a cut would change it by 1e-8 or less.
    """

    def __init__(
        self,
        optimizer: Optimizer,
        mode: Literal["min", "max"] = "min",
        factor: float = 0.1,
        patience: int = 10,
        threshold: float = 1e-4,
        cooldown: int = 0,
        min_lr: float = 0.0,
    ) -> None:
        check_optimizer("ReduceLROnPlateau", optimizer)
        if mode not in ("min", "max"):
            raise ValueError(f"ReduceLROnPlateau expects mode 'min' or 'max'; got {mode!r}.")
        expect_whole("patience", patience, least=0)
        expect_whole("cooldown", cooldown, least=0)
        self.optimizer = optimizer
        self.mode, self.factor = mode, setting("factor", factor, above=0, below=1)
        self.patience, self.cooldown = int(patience), int(cooldown)
        self.threshold = setting("threshold", threshold, least=0)
        self.min_lr = setting("min_lr", min_lr, least=0)
        self.best = math.inf if mode == "min" else -math.inf
        self.bad_epochs = 0
        self.resting = 0

    def step(self, metric: float) -> None:
        """An epoch is over, and this is what it reached: cut the rate if nothing improves."""
        if self._improves(metric):
            self.best, self.bad_epochs = float(metric), 0
        else:
            self.bad_epochs += 1
        if self.resting:
            self.resting, self.bad_epochs = self.resting - 1, 0
        if self.bad_epochs > self.patience:
            reduced = max(self.optimizer.lr * self.factor, self.min_lr)
            if self.optimizer.lr - reduced > SMALLEST_CUT:
                self.optimizer.lr = reduced
            self.resting, self.bad_epochs = self.cooldown, 0

    def state_dict(self) -> dict[str, Array]:
        """Where the schedule stands, as arrays. The rate itself is in the optimiser's state."""
        return {
            "best": np.array(self.best),
            "bad_epochs": np.array(self.bad_epochs),
            "resting": np.array(self.resting),
        }

    def load_state_dict(self, state: Mapping[str, Array]) -> None:
        """Go on from what state_dict gave."""
        self.best = float(state["best"])
        self.bad_epochs, self.resting = int(state["bad_epochs"]), int(state["resting"])

    def _improves(self, metric: float) -> bool:
        if self.mode == "min":
            return metric < self.best * (1 - self.threshold)
        return metric > self.best * (1 + self.threshold)


def check_optimizer(function: str, optimizer: object) -> None:
    """Raise TypeError for anything but an optimiser."""
    if not isinstance(optimizer, Optimizer):
        raise TypeError(
            f"{function} expects an optimiser; got {optimizer!r}. "
            "Did you mean optim.SGD(network.parameters(), ...)?"
        )
