"""Hidden cases of 05_backpropagation: the public families with other numbers and sizes."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from autograder.checks.hidden import answers, hidden
from course_lib.checks.cases import Case
from course_lib.checks.probes.backpropagation import (
    delta_cases,
    dense_cases,
    error_cases,
    gradient_cases,
    numeric_cases,
    slope_cases,
    tape_cases,
)


def _sizes(rng: np.random.Generator, least: int = 2) -> tuple[int, int, int]:
    """Three pairwise different sizes, none of them 1."""
    first, second, third = (least + rng.permutation(4)[:3]).tolist()
    return first, second, third


@hidden
def numeric_gradient(rng: np.random.Generator) -> Iterator[Case]:
    yield from numeric_cases(rng, *_sizes(rng))


@hidden
def relative_error(rng: np.random.Generator) -> Iterator[Case]:
    yield from error_cases(rng, *_sizes(rng))


@hidden
def deltas(rng: np.random.Generator) -> Iterator[Case]:
    yield from delta_cases(rng, list(_sizes(rng)))


@hidden
def weight_gradients(rng: np.random.Generator) -> Iterator[Case]:
    yield from gradient_cases(rng, list(_sizes(rng)))


@hidden
def dense_backward(rng: np.random.Generator) -> Iterator[Case]:
    yield from dense_cases(rng, *_sizes(rng))


@hidden
def local_slopes(rng: np.random.Generator) -> Iterator[Case]:
    yield from slope_cases(rng)


@hidden
def reverse_pass(rng: np.random.Generator) -> Iterator[Case]:
    yield from tape_cases(rng, int(rng.integers(2, 5)), int(rng.integers(1200, 2000)))


answers(
    quiz_gradients={"a": "x", "b": 0, "c": 533_220, "d": "w", "e": "y",
                    "f": "x", "g": 100, "h": 0.5, "i": "x", "j": "y"},
    quiz_autodiff={"a": "y", "b": 3, "c": 3, "d": "x", "e": "x"},
)
