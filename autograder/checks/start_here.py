"""Hidden cases of 00_start_here."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from autograder.checks.hidden import answers, hidden
from course_lib.arrays import Array
from course_lib.checks.cases import Case


@hidden
def weighted_sum(rng: np.random.Generator) -> Iterator[Case]:
    few, many = int(rng.integers(2, 5)), int(rng.integers(7, 20))
    yield Case("few inputs", *_neuron(rng, few), family="small numbers")
    yield Case("few inputs again", *_neuron(rng, few + 1), family="small numbers")
    yield Case("many inputs", *_neuron(rng, many), family="many inputs")
    yield Case("one input", *_neuron(rng, 1), family="one input")
    yield Case("no input at all", *_neuron(rng, 0), family="no input")
    yield Case("whole numbers", *_whole_neuron(rng, few + 2), family="whole numbers")
    x, w, b = _neuron(rng, few + 3)
    yield Case("negative bias", x, w, -b, family="a negative bias")


def _neuron(rng: np.random.Generator, n: int) -> tuple[Array, Array, float]:
    return rng.normal(size=n), rng.normal(size=n), float(rng.uniform(1.0, 2.0))


def _whole_neuron(rng: np.random.Generator, n: int) -> tuple[object, ...]:
    """Integers other than 0, so that no product vanishes by chance."""
    x, w = (rng.integers(1, 10, size=n) * rng.choice([-1, 1], size=n) for _ in range(2))
    return x, w, int(rng.integers(1, 10))


answers(quiz_start={"a": 6, "b": "x", "c": "y"})
