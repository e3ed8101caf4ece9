"""Hidden cases of lecture 01: the families of the public probes, drawn anew for every student."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from autograder.checks.hidden import answers, hidden
from course_lib.checks.cases import Case
from course_lib.checks.probes import images_and_features as probes


@hidden
def quantize(rng: np.random.Generator) -> Iterator[Case]:
    yield from probes.quantize_probes(rng)


@hidden
def came_from(rng: np.random.Generator) -> Iterator[Case]:
    yield from probes.came_from_probes(rng)


@hidden
def bilinear(rng: np.random.Generator) -> Iterator[Case]:
    yield from probes.bilinear_probes(rng)


@hidden
def edge_features(rng: np.random.Generator) -> Iterator[Case]:
    yield from probes.edge_features_probes(rng)


@hidden
def select_features(rng: np.random.Generator) -> Iterator[Case]:
    yield from probes.select_features_probes(rng)


@hidden
def nearest_mean(rng: np.random.Generator) -> Iterator[Case]:
    yield from probes.nearest_mean_probes(rng)


answers(
    quiz_pixels={"a": 512, "b": 16, "c": "x", "d": "y", "e": "w", "f": 0.35, "g": "y", "h": "w",
                 "i": "x", "j": "z", "k": "y", "l": "x"},
    quiz_learning={"a": "x", "b": "y", "c": "w", "d": "x", "e": "z", "f": "w"},
)
