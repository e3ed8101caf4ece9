"""Hidden cases of 06_training_in_practice: the public families with other numbers and sizes."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from autograder.checks.hidden import answers, hidden
from course_lib.checks.cases import Case
from course_lib.checks.probes.training_in_practice import (
    back_cases,
    batch_cases,
    dropout_cases,
    epoch_cases,
    guess_cases,
    split_cases,
    step_cases,
    stop_cases,
)


@hidden
def split(rng: np.random.Generator) -> Iterator[Case]:
    yield from split_cases(rng, int(rng.integers(500, 900)))


@hidden
def batches(rng: np.random.Generator) -> Iterator[Case]:
    yield from batch_cases(rng)


@hidden
def sgd_step(rng: np.random.Generator) -> Iterator[Case]:
    yield from step_cases(rng)


@hidden
def train_epoch(rng: np.random.Generator) -> Iterator[Case]:
    yield from epoch_cases(rng)


@hidden
def early_stopping(rng: np.random.Generator) -> Iterator[Case]:
    yield from stop_cases(rng)


@hidden
def dropout(rng: np.random.Generator) -> Iterator[Case]:
    yield from dropout_cases(rng)


@hidden
def dropout_backward(rng: np.random.Generator) -> Iterator[Case]:
    yield from back_cases(rng)


@hidden
def top_guesses(rng: np.random.Generator) -> Iterator[Case]:
    yield from guess_cases(rng)


answers(
    quiz_parts={"a": 23, "b": 1, "c": "y", "d": "w", "e": "x", "f": "w"},
    quiz_regularising={"a": 6.91, "b": "w", "c": 0.0005, "d": 10, "e": "x", "f": "y", "g": "w"},
)
