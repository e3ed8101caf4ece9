"""Hidden cases of lecture 11: the families of the public probes, drawn anew for every student."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from autograder.checks.hidden import answers, hidden
from course_lib.checks.cases import Case
from course_lib.checks.probes import convolution_variants as probes


@hidden
def dilate_kernel(rng: np.random.Generator) -> Iterator[Case]:
    yield from probes.dilate_probes(rng)


@hidden
def conv1x1(rng: np.random.Generator) -> Iterator[Case]:
    yield from probes.one_by_one_probes(rng)


@hidden
def grouped_conv(rng: np.random.Generator) -> Iterator[Case]:
    yield from probes.grouped_probes(rng)


@hidden
def depthwise_separable(rng: np.random.Generator) -> Iterator[Case]:
    yield from probes.separable_probes(rng)


@hidden
def separate_kernel(rng: np.random.Generator) -> Iterator[Case]:
    yield from probes.separate_probes(rng)


@hidden
def deform_conv(rng: np.random.Generator) -> Iterator[Case]:
    yield from probes.deform_probes(rng)


@hidden
def upsample_by_transpose(rng: np.random.Generator) -> Iterator[Case]:
    yield from probes.upsample_probes(rng)


answers(
    quiz_variants={
        "a": 11, "b": "x", "c": 27, "d": 2336, "e": "y", "f": "x", "g": "w", "h": "x",
    },
)
