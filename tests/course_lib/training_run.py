"""A training for tests, small but with all that has a state; as a program it can be killed.

`python -m tests.course_lib.training_run FOLDER plain|fast KILL_AT`: at the batch of that number
the process kills itself, the hard way; 0 lets it end and write the weights.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import Any

import numpy as np

from course_lib import layers, optim
from course_lib.arrays import Array
from course_lib.data import DataLoader, load_digits8x8, random_shift
from course_lib.models import save_weights
from course_lib.training import EarlyStopping, History, fit

CHECKPOINT, WEIGHTS = "run.safetensors", "weights.safetensors"
EPOCHS, EVERY = 3, 4
DIGITS = load_digits8x8()
X, Y = DIGITS.x_train[:300], DIGITS.y_train[:300]
X_VAL, Y_VAL = DIGITS.x_test[:60], DIGITS.y_test[:60]


class Shaking:
    """Shifts images; ends the process at batch number `at`, as `kill -9` does."""

    def __init__(self, at: int) -> None:
        self.at, self.calls = at, 0

    def __call__(self, images: Array, *, rng: np.random.Generator) -> Array:
        self.calls += 1
        if self.calls == self.at:
            os.kill(os.getpid(), signal.SIGKILL)
        return random_shift(images, 1, rng=rng)


def network(rng: np.random.Generator) -> layers.Sequential:
    """A convolution, a batch normalisation, a dropout and a layer."""
    return layers.Sequential(
        conv=layers.Conv2d(1, 4, 3, 1, 1, rng=rng, dtype=np.float32),
        norm=layers.BatchNorm2d(4, dtype=np.float32), relu=layers.ReLU(),
        pool=layers.MaxPool2d(2), flatten=layers.Flatten(),
        drop=layers.Dropout(0.3, rng=np.random.default_rng(5)),
        fc=layers.Linear(64, 10, rng=rng, dtype=np.float32),
    )


def run(
    checkpoint: Path | None = None, *, fast: bool = False, kill_at: int = 0, **settings: Any
) -> tuple[layers.Sequential, History]:
    """The network after the training, and its history."""
    rng = np.random.default_rng(1)
    net = network(rng)
    loader = DataLoader(X, Y, 32, augment=Shaking(kill_at), rng=rng)
    optimizer = optim.Adam(net.parameters(), 0.01)
    settings = {
        "epochs": EPOCHS, "schedule": optim.CosineAnnealingLR(optimizer, EPOCHS), "resume": True,
        "early_stopping": EarlyStopping(2), **settings,
    }
    if checkpoint is not None:
        settings.setdefault("every", EVERY)
    history = fit(
        net, loader, optimizer=optimizer, validation=(X_VAL, Y_VAL), checkpoint=checkpoint,
        fast=fast, show="nothing", **settings,
    )
    return net, history


if __name__ == "__main__":
    folder, how, at = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    trained, _ = run(folder / CHECKPOINT, fast=how == "fast", kill_at=at)
    save_weights(folder / WEIGHTS, trained)
