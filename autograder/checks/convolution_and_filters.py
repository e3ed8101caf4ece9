"""Hidden cases of lecture 07: the families of the public probes, drawn anew for every student."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from autograder.checks.hidden import answers, hidden
from course_lib.checks.cases import Case
from course_lib.checks.probes import convolution_and_filters as probes


@hidden
def convolve1d(rng: np.random.Generator) -> Iterator[Case]:
    yield from probes.convolve1d_probes(rng)


@hidden
def seen_at(rng: np.random.Generator) -> Iterator[Case]:
    yield from probes.seen_at_probes(rng)


@hidden
def pad2d(rng: np.random.Generator) -> Iterator[Case]:
    yield from probes.pad2d_probes(rng)


@hidden
def cross_correlate2d(rng: np.random.Generator) -> Iterator[Case]:
    yield from probes.filter2d_probes(rng)


@hidden
def convolve2d(rng: np.random.Generator) -> Iterator[Case]:
    yield from probes.filter2d_probes(rng)


@hidden
def kernel_named(rng: np.random.Generator) -> Iterator[Case]:
    yield from probes.kernel_probes(rng)


@hidden
def sobel_edges(rng: np.random.Generator) -> Iterator[Case]:
    yield from probes.sobel_probes(rng)


@hidden
def gabor_bank(rng: np.random.Generator) -> Iterator[Case]:
    yield from probes.gabor_probes(rng)


answers(
    quiz_convolution={
        "a": "x", "b": 12, "c": 8, "d": "x", "e": "x", "f": 0, "g": "x", "h": 5, "i": "y", "j": "x"
    },
)
