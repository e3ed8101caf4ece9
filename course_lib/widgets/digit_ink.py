"""From a drawing to the small image that a network of digits was trained on."""

from typing import Any

import numpy as np

from course_lib.arrays import Array, expect_whole

__all__ = ["fit_digit", "ink_of", "pair_of"]

# MNIST's digits fill 20 of 28 pixels (of 32, for LeNet-5); those of 8 x 8 pixels fill them all.
_BOXES = {8: 8, 28: 20, 32: 20}


def fit_digit(ink: Any, image_size: tuple[int, int] = (28, 28)) -> Array:
    """The drawing as MNIST would have it: scaled into a box, its centre of mass in the middle.

    ink (rows, columns): 0 where nothing is drawn, up to 1 (or 255, as uint8) where there is ink.
    image_size: (28, 28), or another size with the same share of margin; (32, 32) has the box of
    (28, 28), and (8, 8) has no margin, as in load_digits8x8. Each pixel is the mean of the ink
    that lies in it, from 0 to 1, float32; nothing is pushed over the edge. No ink: all zeros.
    Raises ValueError for anything but a table of numbers from 0 to 1 and for other image sizes.
    Source: Y. LeCun, C. Cortes, C. Burges, the MNIST database.
    """
    drawn = ink_of("fit_digit", ink)
    size = pair_of(image_size)
    small = np.zeros(size, dtype=np.float32)
    rows, columns = np.nonzero(drawn.any(axis=1))[0], np.nonzero(drawn.any(axis=0))[0]
    if not rows.size:
        return small
    piece = drawn[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    scale = min(_box(n) / length for n, length in zip(size, piece.shape, strict=True))
    down, across = (
        _resampling(n, piece.sum(axis=axis), scale) for n, axis in zip(size, (1, 0), strict=True)
    )
    return np.asarray(np.clip(down @ piece @ across.T, 0, 1), dtype=np.float32)


def ink_of(who: str, ink: Any) -> Array:
    """The drawing as float64 from 0 to 1; ValueError if it is no table of such numbers."""
    drawn = np.asarray(ink)
    if drawn.ndim != 2 or not drawn.size or drawn.dtype.kind not in "biuf":
        raise ValueError(
            f"{who} expects ink of shape (rows, columns); got shape {drawn.shape} of "
            f"{drawn.dtype}. Did you mean image[0, 0]?"
        )
    drawn = drawn / 255 if drawn.dtype == np.uint8 else drawn.astype(np.float64)
    if not (drawn.min() >= 0 and drawn.max() <= 1):
        raise ValueError(
            f"{who} expects ink from 0 (paper) to 1; got {drawn.min():g} to {drawn.max():g}. "
            "Did you mean image / image.max()?"
        )
    return drawn


def pair_of(image_size: Any) -> tuple[int, int]:
    """image_size as (rows, columns); ValueError if it is none."""
    if not isinstance(image_size, tuple) or len(image_size) != 2:
        raise ValueError(f"image_size is a pair such as (28, 28) or (8, 8); got {image_size!r}.")
    for length in image_size:
        expect_whole("image_size", length, least=4)
    return image_size


def _box(n: int) -> int:
    return _BOXES.get(n, max(round(n * 20 / 28), 1))


def _resampling(n: int, mass: Array, scale: float) -> Array:
    """(n, len(mass)): how much of pixel j lies in the new pixel i, along one axis.

    The pieces of a row add up to at most 1: a new pixel is the mean of what lies in it.
    """
    edges = np.arange(len(mass) + 1)
    centre = mass @ (edges[:-1] + 0.5) / mass.sum()
    start = min(max(n / 2 - scale * centre, 0.0), n - scale * len(mass))
    left = start + scale * edges[:-1]
    pixels = np.arange(n)[:, np.newaxis]
    overlap = np.minimum(pixels + 1, left + scale) - np.maximum(pixels, left)
    return np.maximum(overlap, 0.0)
