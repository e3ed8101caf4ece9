"""Hidden cases of 00_start_here."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from autograder.checks.hidden import hidden
from course_lib.checks.cases import Case


@hidden
def weighted_sum(rng: np.random.Generator) -> Iterator[Case]:
    few, many = int(rng.integers(2, 5)), int(rng.integers(7, 20))
    yield Case("few inputs", *_neuron(rng, few), family="small numbers")
    yield Case("few inputs again", *_neuron(rng, few + 1), family="small numbers")
    yield Case("many inputs", *_neuron(rng, many), family="many inputs")
    yield Case("one input", *_neuron(rng, 1), family="one input")
    yield Case("no input at all", *_neuron(rng, 0), family="no input")


def _neuron(rng: np.random.Generator, n: int) -> tuple[object, ...]:
    return rng.normal(size=n), rng.normal(size=n), float(rng.uniform(1.0, 2.0))
