"""Hidden cases of lecture 08a: the families of the public probes, drawn anew for every student."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from autograder.checks.hidden import answers, hidden
from course_lib.checks.cases import Case
from course_lib.checks.probes import convolution_sizes as probes


@hidden
def output_size(rng: np.random.Generator) -> Iterator[Case]:
    yield from probes.size_probes(rng)


@hidden
def legal_strides(rng: np.random.Generator) -> Iterator[Case]:
    yield from probes.stride_probes(rng)


@hidden
def visits(rng: np.random.Generator) -> Iterator[Case]:
    yield from probes.visit_probes(rng)


@hidden
def fix_padding(rng: np.random.Generator) -> Iterator[Case]:
    yield from probes.fix_probes(rng)


@hidden
def conv_parameters(rng: np.random.Generator) -> Iterator[Case]:
    yield from probes.parameter_probes(rng)


@hidden
def trace_volumes(rng: np.random.Generator) -> Iterator[Case]:
    yield from probes.trace_probes(rng)


answers(
    quiz_sizes={"a": "r", "b": 3, "c": 16, "d": 3, "e": 6, "f": "q"},
    quiz_errors={"a": 19_692_210, "b": "p", "c": "q", "d": 89_856, "e": 1200, "f": "q",
                 "g": 10_240},
)
