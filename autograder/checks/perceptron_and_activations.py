"""Hidden cases of lecture 02: the families of the public probes, drawn anew for every student."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from autograder.checks.hidden import answers, hidden
from course_lib.checks.cases import Case
from course_lib.checks.probes import perceptron_and_activations as probes


@hidden
def perceptron(rng: np.random.Generator) -> Iterator[Case]:
    yield from probes.perceptron_probes(rng)


@hidden
def f_log(rng: np.random.Generator) -> Iterator[Case]:
    yield from probes.activation_probes(rng)


@hidden
def tanh(rng: np.random.Generator) -> Iterator[Case]:
    yield from probes.activation_probes(rng)


@hidden
def relu(rng: np.random.Generator) -> Iterator[Case]:
    yield from probes.activation_probes(rng)


@hidden
def leaky_relu(rng: np.random.Generator) -> Iterator[Case]:
    yield from probes.activation_probes(rng, *probes.slopes(rng), large=False)


@hidden
def elu(rng: np.random.Generator) -> Iterator[Case]:
    yield from probes.activation_probes(rng, *probes.alphas(rng))


@hidden
def selu(rng: np.random.Generator) -> Iterator[Case]:
    yield from probes.activation_probes(rng)


@hidden
def maxout(rng: np.random.Generator) -> Iterator[Case]:
    yield from probes.maxout_probes(rng)


answers(
    quiz_line={"a": 0, "b": 2, "c": "y", "d": "x", "e": "w", "f": "z", "g": "x"},
    quiz_activations={"a": 0.1192, "b": 0.25, "c": "x", "d": "x", "e": "w", "f": "x", "g": 5,
                      "h": 1, "i": "y", "j": 15},
)
