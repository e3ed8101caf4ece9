"""Hidden cases of lecture 04: the families of the public probes, drawn anew for every student."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from autograder.checks.hidden import answers, hidden
from course_lib.checks.cases import Case
from course_lib.checks.probes import gradient_descent as probes


@hidden
def sse(rng: np.random.Generator) -> Iterator[Case]:
    yield from probes.sse_probes(rng)


@hidden
def softmax(rng: np.random.Generator) -> Iterator[Case]:
    yield from probes.softmax_probes(rng)


@hidden
def softmax_xent(rng: np.random.Generator) -> Iterator[Case]:
    yield from probes.xent_probes(rng)


@hidden
def gradient_descent(rng: np.random.Generator) -> Iterator[Case]:
    yield from probes.descent_probes(rng)


@hidden
def max_stable_rate(rng: np.random.Generator) -> Iterator[Case]:
    yield from probes.rate_probes(rng)


@hidden
def zigzag(rng: np.random.Generator) -> Iterator[Case]:
    yield from probes.zigzag_probes(rng)


answers(
    quiz_loss={"a": 0.13, "b": "q", "c": "r", "d": 7.39, "e": "q", "f": "p"},
    quiz_rate={"a": 0.25, "b": "q", "c": "p", "d": "r", "e": "q", "f": "q", "g": "p"},
)
