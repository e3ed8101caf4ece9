"""Digits of any number and size, drawn on demand: pen strokes and fonts, bent and turned."""

from __future__ import annotations

import numpy as np

from course_lib.arrays import Array, expect_number, expect_whole
from course_lib.data.bundled import glyphs
from course_lib.data.points import shuffled_labels
from course_lib.data.strokes import draw_strokes
from course_lib.data.warping import sample_each

SIDE = 32           # of the drawings before they are bent
CHUNK = 256         # so that memory does not grow with n


def make_digits(
    n: int,
    size: int = 28,
    *,
    distortion: float = 1.0,
    printed: float = 0.3,
    rng: np.random.Generator,
) -> tuple[Array, Array]:
    """n digits, white on black: images (n, 1, size, size) in float32, 0 to 1; labels (n,), int64.

    printed: the share drawn with a font; the others are pen strokes by a shaky hand. Each is
    shifted, scaled, turned, slanted and bent elastically; distortion 0 leaves that out, 1 is about
    as varied as handwriting. The same rng gives the same digits. They are no handwriting: a
    network that reads these reads MNIST only in part.
    Raises TypeError or ValueError for n below 10, size below 8, a share outside 0 to 1.
    Source of the elastic bending: Simard, Steinkraus, Platt 2003.
    """
    expect_whole("size", size, least=8)
    expect_number("distortion", distortion, least=0)
    expect_number("printed", printed, least=0, most=1)
    labels = shuffled_labels(n, 10, rng)
    fonts = glyphs()
    parts = []
    for start in range(0, n, CHUNK):
        chunk = labels[start : start + CHUNK]
        drawn = np.stack([_drawn(int(label), fonts, printed, rng) for label in chunk])
        parts.append(_bent(drawn[:, np.newaxis], size, distortion, rng))
    return np.concatenate(parts), labels


def _drawn(label: int, fonts: Array, printed: float, rng: np.random.Generator) -> Array:
    if rng.random() < printed:
        font: Array = fonts[rng.integers(len(fonts)), label]
        return font
    return draw_strokes(label, SIDE, rng=rng)


def _bent(drawn: Array, size: int, distortion: float, rng: np.random.Generator) -> Array:
    """Images (n, 1, size, size): each pixel asks where in the drawing it came from."""
    n = len(drawn)

    def spread(most: float) -> Array:
        return distortion * rng.uniform(-most, most, (n, 1, 1))

    turn, slant = spread(0.2), spread(0.25)
    wider, higher = np.exp(spread(0.12)), np.exp(spread(0.12))
    x_shift, y_shift = spread(0.06), spread(0.06)
    # From -1/2 to 1/2, whatever the two sizes are.
    rows, columns = (np.mgrid[:size, :size] + 0.5) / size - 0.5
    x, y = columns * wider + rows * slant - x_shift, rows * higher - y_shift
    x, y = np.cos(turn) * x - np.sin(turn) * y, np.sin(turn) * x + np.cos(turn) * y
    x = x + 0.02 * distortion * _smooth_field(n, size, rng)
    y = y + 0.02 * distortion * _smooth_field(n, size, rng)
    side = drawn.shape[-1]
    return sample_each(drawn, (x + 0.5) * side - 0.5, (y + 0.5) * side - 0.5)


def _smooth_field(n: int, size: int, rng: np.random.Generator) -> Array:
    """Noise (n, size, size), blurred over an eighth of the image, with standard deviation 1."""
    at = np.arange(size)
    blur = np.exp(-0.5 * ((at - at[:, None]) / (size / 8)) ** 2)
    blur /= np.sqrt((blur**2).sum(axis=1, keepdims=True))
    return np.asarray(blur @ rng.standard_normal((n, size, size)) @ blur.T)
