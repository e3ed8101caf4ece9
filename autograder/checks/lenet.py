"""Hidden cases of 12_lenet: the public families with other numbers and sizes; quiz answers."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from autograder.checks.hidden import answers, hidden
from course_lib.checks.cases import Case
from course_lib.checks.probes import lenet as probes


@hidden
def network_table(rng: np.random.Generator) -> Iterator[Case]:
    yield from probes.table_cases(rng)


@hidden
def block_order(rng: np.random.Generator) -> Iterator[Case]:
    yield from probes.order_cases(rng)


@hidden
def block_backward(rng: np.random.Generator) -> Iterator[Case]:
    yield from probes.block_cases(rng)


@hidden
def train_cnn(rng: np.random.Generator) -> Iterator[Case]:
    yield from probes.train_cases(rng)


@hidden
def shifted_accuracy(rng: np.random.Generator) -> Iterator[Case]:
    yield from probes.shift_cases(rng)


@hidden
def collect_activations(rng: np.random.Generator) -> Iterator[Case]:
    yield from probes.stage_cases(rng)


answers(
    quiz_blocks={"a": "y", "b": "x", "c": "w", "d": 16, "e": 5, "f": 1, "g": 4, "h": "w",
                 "i": "y"},
    quiz_lenet={"a": 48120, "b": "y", "c": 1998, "d": "w", "e": "x", "f": "y", "g": "w"},
)
