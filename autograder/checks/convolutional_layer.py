"""Hidden cases of lecture 08b: the families of the public probes, drawn anew for every student."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from autograder.checks.hidden import answers, hidden
from course_lib.checks.cases import Case
from course_lib.checks.probes import convolutional_layer as probes


@hidden
def conv_neuron(rng: np.random.Generator) -> Iterator[Case]:
    yield from probes.neuron_probes(rng)


@hidden
def conv2d_naive(rng: np.random.Generator) -> Iterator[Case]:
    yield from probes.layer_probes(rng)
    yield from probes.illegal_probes(rng)


@hidden
def conv2d_windows(rng: np.random.Generator) -> Iterator[Case]:
    yield from probes.layer_probes(rng)


@hidden
def shared_matrix(rng: np.random.Generator) -> Iterator[Case]:
    yield from probes.matrix_probes(rng)


@hidden
def conv_work(rng: np.random.Generator) -> Iterator[Case]:
    yield from probes.work_probes(rng)


@hidden
def equivariance_gap(rng: np.random.Generator) -> Iterator[Case]:
    yield from probes.gap_probes(rng)


answers(
    quiz_volumes={"a": 3, "b": 72, "c": 12, "d": "q", "e": "p", "f": "r"},
    quiz_sharing={"a": "q", "b": 751, "c": 1024, "d": "r"},
    quiz_shift={"a": "yes", "b": "no", "c": "yes", "d": "no", "e": "no", "f": "yes", "g": "q"},
)
