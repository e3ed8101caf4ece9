"""Dividing samples into a training, a validation and a test part."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from course_lib.arrays import Array, expect_number

ROUNDING = 1e-9     # so much short of a whole number is rounding error


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
    below 1. stratify: every class has these shares in every part, up to one sample; else only
    each part as a whole has its share.
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
    shares = np.array([validation, test, 1 - validation - test])
    order = rng.permutation(len(y))
    classes = [order[y[order] == label] for label in np.unique(y)] if stratify else [order]
    parts: list[list[Array]] = [[order[:0]], [order[:0]], [order[:0]]]
    for rows, sizes in zip(classes, _sizes([len(rows) for rows in classes], shares), strict=True):
        for part, cut in zip(parts, np.split(rows, np.cumsum(sizes)[:-1]), strict=True):
            part.append(cut)
    held, tested, train = (rng.permutation(np.concatenate(part)) for part in parts)
    for name, share, found in (
        ("validation", validation, held), ("test", test, tested), ("training", 1, train),
    ):
        if share > 0 and not len(found):
            raise ValueError(
                f"{len(y)} samples are too few: the {name} part gets none of them."
            )
    return Split(x[train], y[train], x[held], y[held], x[tested], y[tested])


def _sizes(counts: list[int], shares: Array) -> Array:
    """How many of the counts[k] samples of class k each part gets: (K, parts).

    Every number is its share, rounded down or up, and so is the sum over all classes. What
    rounding down leaves over goes, part by part, to the classes that have most of it left.
    """
    exact = np.outer(counts, shares)
    sizes: Array = np.floor(exact + ROUNDING).astype(int)
    left = counts - sizes.sum(axis=1)
    whole = sum(counts) * shares
    sums = np.floor(whole + ROUNDING).astype(int)
    sums[np.argsort(sums - whole, kind="stable")[: sum(counts) - sums.sum()]] += 1
    for part, missing in enumerate(sums - sizes.sum(axis=0)):
        first = np.lexsort((sizes[:, part] - exact[:, part], -left))[:missing]
        sizes[first, part] += 1
        left[first] -= 1
    return sizes
