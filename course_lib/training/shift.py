"""Does batch norm help because it keeps numbers from shifting? Put the shift back and see.

Three networks of logistic layers learn: plain, with batch norm, and with batch norm whose outputs
are scaled and moved at random, anew at each step. Source: Santurkar et al. 2018, section 2.1.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from course_lib import init
from course_lib.arrays import Array
from course_lib.data import DataLoader
from course_lib.layers import BatchNorm1d, Flatten, Layer, Linear, Sequential, Sigmoid
from course_lib.optim import SGD
from course_lib.training.loop import train

KINDS = ("plain", "batch norm", "batch norm, then noise")
WIDTH, DEPTH, BATCH_SIZE, RATE = 50, 3, 32, 0.5


@dataclass(frozen=True)
class Shift:
    """One network: its loss, and the mean net input of one neuron, at each step."""

    name: str
    loss: Array
    net: Array


class Watched(Sigmoid):
    """Sigmoid that notes the mean net input of its first neuron in each step of training."""

    def __init__(self) -> None:
        self.seen: list[float] = []

    def forward(self, x: Array) -> Array:
        if self.training:
            self.seen.append(float(x[:, 0].mean()))
        return super().forward(x)


class Noise(Layer):
    """Each channel scaled and moved by random numbers, new ones at each step of training."""

    def __init__(self, rng: np.random.Generator) -> None:
        self.rng = rng

    def forward(self, x: Array) -> Array:
        channels = x.shape[1] if self.training else 0
        self.scale = self.rng.uniform(0.5, 1.5, channels) if channels else np.ones(1)
        return self.scale * x + (self.rng.normal(0, 0.5, channels) if channels else 0.0)

    def backward(self, grad_output: Array) -> Array:
        return self.scale * grad_output


def compare_shifts(x: Array, labels: Array, *, epochs: int = 5, seed: int = 0) -> list[Shift]:
    """How three networks of four layers learn the images x (N, ...) of ten classes.

    Weights and the order of the images come from the seed, the same for all three. Raises as
    train does.
    """
    found = []
    for name in KINDS:
        rng, noise = np.random.default_rng(seed), np.random.default_rng(seed + 5)
        n_in = x[0].size
        made: list[Layer] = [Flatten()]
        for _ in range(DEPTH):
            made.append(Linear(n_in, WIDTH, rng=rng, init=init.xavier))
            made += [] if name == "plain" else [BatchNorm1d(WIDTH)]
            made += [Noise(noise)] if "noise" in name else []
            made.append(watched := Watched())
            n_in = WIDTH
        net = Sequential(*made, Linear(WIDTH, 10, rng=rng))
        steps = train(net, DataLoader(x, labels, BATCH_SIZE, rng=rng),
                      SGD(net.parameters(), lr=RATE), epochs=epochs)
        loss = np.array([step.loss for step in steps])
        found.append(Shift(name, loss, np.array(watched.seen)))
    return found
