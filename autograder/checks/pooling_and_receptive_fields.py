"""Hidden cases of 10_pooling_and_receptive_fields, and the answers of its quizzes."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from autograder.checks.hidden import answers, hidden
from course_lib.checks.cases import Case
from course_lib.checks.probes import pooling_and_receptive_fields as probes


@hidden
def pool2d(rng: np.random.Generator) -> Iterator[Case]:
    yield from probes.pool_cases(rng)


@hidden
def max_pool_backward(rng: np.random.Generator) -> Iterator[Case]:
    yield from probes.route_cases(rng)


@hidden
def avg_pool_backward(rng: np.random.Generator) -> Iterator[Case]:
    yield from probes.average_cases(rng)


@hidden
def stochastic_pool(rng: np.random.Generator) -> Iterator[Case]:
    yield from probes.stochastic_cases(rng)


@hidden
def pyramid_pool(rng: np.random.Generator) -> Iterator[Case]:
    yield from probes.pyramid_cases(rng)


@hidden
def fractional_regions(rng: np.random.Generator) -> Iterator[Case]:
    yield from probes.region_cases(rng)


@hidden
def receptive_field(rng: np.random.Generator) -> Iterator[Case]:
    yield from probes.field_cases(rng)


answers(
    quiz_pooling={"a": 2, "b": 0, "c": 16, "d": 6, "e": "x", "f": "w", "g": "y", "h": "x"},
    quiz_fields={"a": 11, "b": 6, "c": 4, "d": "x", "e": "y", "f": "x", "g": "w"},
)
