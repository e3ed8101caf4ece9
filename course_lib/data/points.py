"""Points in the plane, drawn on demand: two moons, spirals, blobs.

All return points (n, 2) in float64 and labels (n,) in int64, in random order, the classes as
equal in size as n allows; the same rng gives the same points. They raise TypeError or ValueError
for counts below the number of classes and noise below 0.
"""

from __future__ import annotations

import numpy as np

from course_lib.arrays import Array, expect_number, expect_whole


def make_moons(
    n: int, noise: float = 0.1, *, rng: np.random.Generator
) -> tuple[Array, Array]:
    """Two half circles that reach into each other: x (n, 2), y (n,) with 0 and 1.

    noise: standard deviation; the circles have radius 1.
    """
    y = shuffled_labels(n, 2, rng)
    expect_number("noise", noise, least=0)
    angle = rng.uniform(0, np.pi, n)
    upper = np.stack([np.cos(angle), np.sin(angle)], axis=1)
    lower = np.stack([1 - np.cos(angle), 0.5 - np.sin(angle)], axis=1)
    return np.where(y[:, None] == 0, upper, lower) + rng.normal(0, noise, (n, 2)), y


def make_spirals(
    n: int, n_classes: int = 3, noise: float = 0.05, turns: float = 0.75,
    *, rng: np.random.Generator,
) -> tuple[Array, Array]:
    """Arms of a spiral, one a class: x (n, 2) within about the unit circle, y (n,).

    noise: standard deviation; turns: how often an arm goes round the middle.
    """
    y = shuffled_labels(n, n_classes, rng)
    expect_number("noise", noise, least=0)
    expect_number("turns", turns)
    radius = np.sqrt(rng.uniform(0.01, 1, n))
    angle = 2 * np.pi * (turns * radius + y / n_classes)
    points = radius[:, None] * np.stack([np.cos(angle), np.sin(angle)], axis=1)
    return points + rng.normal(0, noise, (n, 2)), y


def make_blobs(
    n: int, n_classes: int = 3, spread: float = 0.5, *, rng: np.random.Generator
) -> tuple[Array, Array]:
    """Round clouds, one a class, their middles evenly on a circle of radius 2: x (n, 2), y (n,).

    spread: standard deviation of a cloud. At 0.5 up to four classes hardly touch.
    """
    y = shuffled_labels(n, n_classes, rng)
    expect_number("spread", spread, least=0)
    angle = 2 * np.pi * y / n_classes
    middles = 2 * np.stack([np.cos(angle), np.sin(angle)], axis=1)
    return middles + rng.normal(0, spread, (n, 2)), y


def shuffled_labels(n: int, n_classes: int, rng: np.random.Generator) -> Array:
    """Labels (n,) from 0 to n_classes - 1 in random order, each as often as n allows.

    Raises ValueError if n is too small to show every class once, or there is none.
    """
    expect_whole("n_classes", n_classes, least=1)
    expect_whole("n", n, least=n_classes)
    return rng.permutation(np.arange(n) % n_classes)
