"""What lies beyond the border of an image."""

import numpy as np

from course_lib.arrays import Array
from course_lib.images.pixels import any_image, expect_one_of, whole_pair

MODES = ("zero", "wrap", "clamp", "mirror", "reflect")


def pad2d(image: Array, padding: int | tuple[int, int], mode: str = "zero") -> Array:
    """The image with a border of `padding` pixels on every side.

    Beside the row a b c d two pixels of border are, by mode,
    "zero"     0 0 | a b c d | 0 0
    "wrap"     c d | a b c d | a b   (the image repeats)
    "clamp"    a a | a b c d | d d   (the edge repeats)
    "mirror"   b a | a b c d | d c   (mirrored at the border: the edge pixel is repeated)
    "reflect"  c b | a b c d | c b   (mirrored at the edge pixel, which is not repeated)
    and so on, however wide the border is.
    image (..., H, W) in float64, float32 or uint8; padding: one number, or (rows, columns).
    Returns a new array (..., H + 2 rows, W + 2 columns) of its dtype.
    Raises TypeError for other dtypes; ValueError for a negative border or an unknown mode.
    Source: Bonn 004:262-294, after Szeliski; the names mirror and reflect are ours, since the
    deck leaves open whether the edge is repeated.
    """
    image = any_image("pad2d", image)
    rows, columns = whole_pair("padding", padding, least=0)
    expect_one_of("mode", mode, MODES)
    height, width = image.shape[-2:]
    if mode == "zero":
        shape = (*image.shape[:-2], height + 2 * rows, width + 2 * columns)
        padded = np.zeros(shape, dtype=image.dtype)
        padded[..., rows : rows + height, columns : columns + width] = image
        return padded
    from_row = _seen_at(np.arange(-rows, height + rows), height, mode)
    from_column = _seen_at(np.arange(-columns, width + columns), width, mode)
    seen: Array = image[..., from_row[:, np.newaxis], from_column]
    return seen


def _seen_at(places: Array, n: int, mode: str) -> Array:
    """Which of the n pixels of a line is seen at each place; the pixels stand at 0, ..., n - 1."""
    if mode == "clamp":
        return np.clip(places, 0, n - 1)
    if mode == "wrap":
        return np.mod(places, n)
    if mode == "mirror":
        there = np.mod(places, 2 * n)  # the period is a b c d d c b a
        return np.asarray(np.minimum(there, 2 * n - 1 - there))
    there = np.mod(places, max(2 * n - 2, 1))  # reflect: the period is a b c d c b
    return np.asarray(np.minimum(there, 2 * n - 2 - there))
