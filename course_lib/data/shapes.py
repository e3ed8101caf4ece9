"""Small pictures of coloured shapes, drawn on demand: a first colour data set."""

from __future__ import annotations

import numpy as np

from course_lib.arrays import Array, expect_whole
from course_lib.data.points import shuffled_labels

SHAPE_NAMES = ("circle", "square", "triangle", "cross", "ring")


def make_shapes(
    n: int, size: int = 16, *, rng: np.random.Generator
) -> tuple[Array, Array]:
    """n pictures of one shape each: images (n, 3, size, size) in float32, 0 to 1; labels (n,).

    The label, int64, is the place of the shape in SHAPE_NAMES. Colours of shape and ground, place,
    size and angle are random; edges are smooth. The same rng gives the same pictures.
    Raises TypeError or ValueError for n below 5 or size below 8.
    """
    expect_whole("size", size, least=8)
    labels = shuffled_labels(n, len(SHAPE_NAMES), rng)
    radius = rng.uniform(0.25, 0.4, n) * size
    middle = size / 2 - 0.5 + rng.uniform(-1, 1, (2, n)) * (size / 2 - 1 - radius)
    angle = rng.uniform(0, 2 * np.pi, n)
    rows, columns = np.mgrid[:size, :size]
    x, y = columns - middle[0, :, None, None], rows - middle[1, :, None, None]
    cos, sin = np.cos(angle)[:, None, None], np.sin(angle)[:, None, None]
    outside = _distance(labels, cos * x + sin * y, cos * y - sin * x, radius[:, None, None])
    ink = np.clip(0.5 - outside, 0, 1)[:, np.newaxis]
    ground, colour = _two_colours(n, rng)
    images = ink * colour[..., None, None] + (1 - ink) * ground[..., None, None]
    images += rng.normal(0, 0.02, images.shape)
    return np.clip(images, 0, 1).astype(np.float32), labels


def _distance(labels: Array, x: Array, y: Array, radius: Array) -> Array:
    """How far each pixel (n, size, size) lies outside of its shape; negative inside."""
    bar = radius * 0.32
    triangle = [np.cos(turn) * x + np.sin(turn) * y for turn in np.pi * np.array([0.5, 7/6, 11/6])]
    options = [
        np.hypot(x, y) - radius * 0.9,
        np.maximum(abs(x), abs(y)) - radius * 0.75,
        np.max(triangle, axis=0) - radius * 0.5,
        np.minimum(
            np.maximum(abs(x) - radius, abs(y) - bar), np.maximum(abs(x) - bar, abs(y) - radius)
        ),
        abs(np.hypot(x, y) - radius * 0.75) - radius * 0.2,
    ]
    return np.choose(labels[:, None, None], options)


def _two_colours(n: int, rng: np.random.Generator) -> tuple[Array, Array]:
    """A dark and a bright colour (n, 3) each, exchanged for about half of the pictures."""
    dark, bright = rng.uniform(0, 0.4, (n, 3)), rng.uniform(0.3, 0.7, (n, 3))
    strong = rng.integers(0, 3, n)
    bright[np.arange(n), strong] = rng.uniform(0.85, 1, n)  # so no two colours are alike
    exchanged = (rng.random(n) < 0.5)[:, None]
    return np.where(exchanged, bright, dark), np.where(exchanged, dark, bright)
