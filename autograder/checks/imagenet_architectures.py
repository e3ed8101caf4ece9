"""Hidden cases of lecture 13: the families of the public probes, drawn anew for every student."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from autograder.checks.hidden import answers, hidden
from course_lib.checks.cases import Case
from course_lib.checks.probes import imagenet_architectures as probes


@hidden
def count_params(rng: np.random.Generator) -> Iterator[Case]:
    yield from probes.param_probes(rng)


@hidden
def count_macs(rng: np.random.Generator) -> Iterator[Case]:
    yield from probes.mac_probes(rng)


@hidden
def vgg_spec(rng: np.random.Generator) -> Iterator[Case]:
    yield from probes.vgg_probes(rng)


@hidden
def inception_forward(rng: np.random.Generator) -> Iterator[Case]:
    yield from probes.forward_probes(rng)


@hidden
def inception_cost(rng: np.random.Generator) -> Iterator[Case]:
    yield from probes.cost_probes(rng)


@hidden
def fc_to_conv(rng: np.random.Generator) -> Iterator[Case]:
    yield from probes.filter_probes(rng)


@hidden
def gap_head(rng: np.random.Generator) -> Iterator[Case]:
    yield from probes.head_probes(rng)


answers(
    quiz_imagenet={
        "a": 7, "b": 90112, "c": "x", "d": "w", "e": "y", "f": "x", "g": "w", "h": 3.5,
        "i": "y", "j": "w",
    },
)
