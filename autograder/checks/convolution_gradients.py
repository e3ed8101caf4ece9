"""Hidden cases of lecture 09: the families of the public probes, drawn anew for every student."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from autograder.checks.hidden import answers, hidden
from course_lib.checks.cases import Case
from course_lib.checks.probes import convolution_gradients as probes


@hidden
def conv1d_graph(rng: np.random.Generator) -> Iterator[Case]:
    yield from probes.graph_probes(rng)


@hidden
def conv_matrix(rng: np.random.Generator) -> Iterator[Case]:
    yield from probes.matrix_probes(rng)


@hidden
def im2col(rng: np.random.Generator) -> Iterator[Case]:
    yield from probes.image_probes(rng)


@hidden
def unpad(rng: np.random.Generator) -> Iterator[Case]:
    yield from probes.unpad_probes(rng)


@hidden
def col2im(rng: np.random.Generator) -> Iterator[Case]:
    yield from probes.column_probes(rng)


@hidden
def conv_bias_gradient(rng: np.random.Generator) -> Iterator[Case]:
    yield from probes.bias_probes(rng)


@hidden
def conv_weight_gradient(rng: np.random.Generator) -> Iterator[Case]:
    yield from probes.weight_probes(rng)


@hidden
def conv_input_gradient(rng: np.random.Generator) -> Iterator[Case]:
    yield from probes.input_probes(rng)


answers(
    quiz_tied={"a": 28, "b": "q", "c": "p", "d": 784, "e": "r", "f": 9, "g": "q", "h": "p",
               "i": -0.45, "j": "r"},
)
