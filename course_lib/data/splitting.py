"""Dividing samples into a training, a validation and a test part."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from course_lib.arrays import Array, expect_number


class Split(NamedTuple):
    """Samples x (N, ...) and labels y (N,) of the three parts."""

    x_train: Array
    y_train: Array
    x_validation: Array
    y_validation: Array
    x_test: Array
    y_test: Array


def train_validation_test_split(
    x: Array,
    y: Array,
    validation: float = 0.15,
    test: float = 0.15,
    *,
    stratify: bool = True,
    rng: np.random.Generator,
) -> Split:
    """Three parts in random order that share no sample and leave none out.

    x: samples, first axis N; y: labels (N,); validation, test: shares of N, in [0, 1), with a sum
    below 1. stratify: every class has these shares in every part, up to one sample.
    Raises ValueError for other shares, lengths that differ, and a part that gets no sample
    although its share is above 0, or no training sample at all.
    """
    x, y = np.asarray(x), np.asarray(y)
    if y.ndim != 1 or len(x) != len(y):
        raise ValueError(
            f"A split expects x with first axis N and labels y (N,); got {x.shape} and {y.shape}."
        )
    expect_number("validation", validation, least=0, below=1)
    expect_number("test", test, least=0, below=1)
    if validation + test >= 1:
        raise ValueError(
            f"validation and test leave nothing to train with: {validation:g} + {test:g} >= 1."
        )
    order = rng.permutation(len(y))
    if stratify:
        order = _dealt_out(y, order)
    n_validation, n_test = round(validation * len(y)), round(test * len(y))
    parts = np.split(order, [n_validation, n_validation + n_test])
    for name, share, part in (
        ("validation", validation, parts[0]), ("test", test, parts[1]),
        ("training", 1, parts[2]),
    ):
        if share > 0 and not len(part):
            raise ValueError(
                f"{len(y)} samples are too few: the {name} part gets none of them."
            )
    held, tested, train = (rng.permutation(part) for part in parts)
    return Split(x[train], y[train], x[held], y[held], x[tested], y[tested])


def _dealt_out(y: Array, order: Array) -> Array:
    """`order` rearranged so that every stretch of it has the classes in their proportions.

    The k-th of the n samples of a class takes the place (k + 1/2) / n on a line from 0 to 1.
    """
    place = np.empty(len(y))
    for label in np.unique(y):
        rows = order[y[order] == label]
        place[rows] = (np.arange(len(rows)) + 0.5) / len(rows)
    return order[np.argsort(place[order], kind="stable")]
