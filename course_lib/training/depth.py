"""Do deeper networks learn better? Plain ones do not, residual ones do.

Plain networks of several depths and residual ones beside them, the same layers in the same order,
learn to read the bundled digits of 8 x 8 pixels. The command is
`python -m course_lib.training.plain_or_residual`; what it found lies in data/.
Source: He et al. 2016, figure 1; Wuppertal 001:718-722 and 789-797.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from course_lib import fast
from course_lib.arrays import Array
from course_lib.data import DataLoader, find_data, load_digits8x8
from course_lib.models import resnet_cifar
from course_lib.optim import SGD, CosineAnnealingLR
from course_lib.training.fitting import fit

DEPTHS, EPOCHS = (8, 20, 32), 10
BATCH_SIZE, RATE, MOMENTUM, WEIGHT_DECAY = 64, 0.05, 0.9, 1e-4
STORED = "depth_comparison.json"


@dataclass(frozen=True)
class Curve:
    """How one network of the comparison learned: a number for each epoch in every list.

    loss, accuracy: on the training digits, while learning; test_accuracy: on digits mostly by
    other writers, after the epoch.
    """

    residual: bool
    depth: int
    loss: list[float]
    accuracy: list[float]
    test_accuracy: list[float]

    @property
    def name(self) -> str:
        """"plain, 8 layers"."""
        return f"{'residual' if self.residual else 'plain'}, {self.depth} layers"


def learn(residual: bool, depth: int, *, epochs: int = EPOCHS, seed: int = 0) -> Curve:
    """One network of the comparison: resnet_cifar(depth, residual=...) on the bundled digits.

    The digits stand in all three channels, shifted and scaled to mean 0 and standard deviation
    1. SGD with momentum 0.9 and weight decay; the rate falls from 0.05 to 0 along half a cosine.
    Weights and the order of the digits come from the seed. Raises as resnet_cifar and fit do.
    """
    rng = np.random.default_rng(seed)
    network = resnet_cifar(depth, residual=residual, rng=rng)
    digits = load_digits8x8()
    middle, spread = digits.x_train.mean(), digits.x_train.std()

    def prepared(images: Array) -> Array:
        return np.repeat((images - middle) / spread, 3, axis=1)

    optimizer = SGD([fast.one_parameter(network)], RATE, MOMENTUM, WEIGHT_DECAY)
    history = fit(
        network, DataLoader(prepared(digits.x_train), digits.y_train, BATCH_SIZE, rng=rng),
        epochs=epochs, optimizer=optimizer, schedule=CosineAnnealingLR(optimizer, epochs),
        validation=(prepared(digits.x_test), digits.y_test), fast=True, show="nothing",
    )
    return Curve(residual, depth, history.loss, history.accuracy, history.validation_accuracy)


def compare_depths(
    depths: Sequence[int] = DEPTHS, *, epochs: int = EPOCHS, seed: int = 0
) -> list[Curve]:
    """A curve for each depth, 6n + 2, plain and then residual; prints a line for each."""
    curves = []
    for residual in (False, True):
        for depth in depths:
            curve = learn(residual, depth, epochs=epochs, seed=seed)
            curves.append(curve)
            print(f"{curve.name:20}  training loss {curve.loss[-1]:.4f}  "
                  f"accuracy {100 * curve.accuracy[-1]:6.2f} %  "
                  f"test {100 * curve.test_accuracy[-1]:.2f} %", flush=True)
    return curves


def depth_comparison(path: Path | None = None) -> list[Curve]:
    """The curves of a finished comparison: the one that comes with the course, or `path`.

    Raises MissingData as data.find_data does.
    """
    text = (path or find_data(STORED)).read_text(encoding="utf-8")
    return [Curve(**curve) for curve in json.loads(text)["curves"]]


def write_comparison(path: Path, curves: Sequence[Curve], *, seed: int) -> None:
    """Write curves to a JSON file as depth_comparison reads it.

    Numbers of four figures: more would only say which processor ran it.
    """
    written = {"seed": seed, "curves": [_short(curve) for curve in curves]}
    path.write_text(json.dumps(written, indent=1) + "\n", encoding="utf-8")


def _short(curve: Curve) -> dict[str, object]:
    return {
        name: [float(f"{number:.4g}") for number in value] if isinstance(value, list) else value
        for name, value in asdict(curve).items()
    }
