"""Public cases of 00_start_here: one exercise to try the check on."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from course_lib.checks.cases import Case, exercise


@exercise(
    reference=lambda x, w, b: float(np.dot(x, w) + b),
    hints=(
        "Multiply each input by its own weight before you add anything up.",
        "There are as many products as inputs; the bias is added once, at the end.",
        "It is the sum of all products x_i * w_i, plus b.",
    ),
)
def weighted_sum() -> Iterator[Case]:
    """Add up inputs times weights, then the bias"""
    yield Case("two inputs", np.array([1.0, 2.0]), np.array([3.0, -1.0]), 0.5,
               family="small numbers", shown=True)
    yield Case("three inputs, bias zero", np.array([1.0, 0.0, -2.0]), np.array([0.5, 9.0, 1.0]),
               0.0, family="small numbers", shown=True)
    rng = np.random.default_rng(0)
    yield Case("seven inputs", rng.normal(size=7), rng.normal(size=7), 1.25, family="many inputs")
    yield Case("one input", np.array([-4.0]), np.array([2.5]), -1.0, family="one input")
    yield Case("no input at all", np.zeros(0), np.zeros(0), 3.0, family="no input")
