"""Hidden cases of lecture 15: the families of the public probes, drawn anew for every student."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from autograder.checks.hidden import answers, hidden
from course_lib.checks.cases import Case
from course_lib.checks.probes import looking_inside_and_ahead as probes


@hidden
def occlusion_map(rng: np.random.Generator) -> Iterator[Case]:
    yield from probes.occlusion_cases(rng)


@hidden
def saliency(rng: np.random.Generator) -> Iterator[Case]:
    yield from probes.saliency_cases(rng)


@hidden
def fine_tune_step(rng: np.random.Generator) -> Iterator[Case]:
    yield from probes.step_cases(rng)


@hidden
def nearest_prototype(rng: np.random.Generator) -> Iterator[Case]:
    yield from probes.prototype_cases(rng)


@hidden
def self_attention(rng: np.random.Generator) -> Iterator[Case]:
    yield from probes.attention_cases(rng)


@hidden
def squash(rng: np.random.Generator) -> Iterator[Case]:
    yield from probes.squash_cases(rng)


answers(
    quiz_looking={
        "a": "x", "b": "y", "c": "w", "d": 16, "e": "y", "f": "x", "g": "w", "h": 0.8, "i": "x",
        "j": "w",
    },
)
