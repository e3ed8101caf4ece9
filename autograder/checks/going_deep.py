"""Hidden cases of lecture 14: the families of the public probes, drawn anew for every student."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from autograder.checks.hidden import answers, hidden
from course_lib.checks.cases import Case
from course_lib.checks.probes import going_deep as probes


@hidden
def init_weights(rng: np.random.Generator) -> Iterator[Case]:
    yield from probes.weight_probes(rng)


@hidden
def norm_statistics(rng: np.random.Generator) -> Iterator[Case]:
    yield from probes.statistic_probes(rng)


@hidden
def normalize_with(rng: np.random.Generator) -> Iterator[Case]:
    yield from probes.normalising_probes(rng)


@hidden
def running_statistics(rng: np.random.Generator) -> Iterator[Case]:
    yield from probes.running_probes(rng)


@hidden
def batch_norm_backward(rng: np.random.Generator) -> Iterator[Case]:
    yield from probes.backward_probes(rng)


@hidden
def residual_forward(rng: np.random.Generator) -> Iterator[Case]:
    yield from probes.forward_probes(rng)


@hidden
def residual_backward(rng: np.random.Generator) -> Iterator[Case]:
    yield from probes.unit_probes(rng)


@hidden
def resnet_params(rng: np.random.Generator) -> Iterator[Case]:
    yield from probes.count_probes(rng)


answers(
    quiz_deep={
        "a": "x", "b": "y", "c": "w", "d": "y", "e": 8, "f": 128, "g": 800, "h": 64, "i": 1024,
        "j": "x",
    },
)
