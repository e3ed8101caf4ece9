"""A data set with its training and its test part, and how bytes become numbers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import DTypeLike

from course_lib.arrays import FLOATS, Array


@dataclass(frozen=True)
class Dataset:
    """Images and labels to learn from, and others to test with.

    x_train, x_test: images (N, C, H, W); y_train, y_test: labels (N,) in int64.
    """

    name: str
    x_train: Array
    y_train: Array
    x_test: Array
    y_test: Array
    class_names: tuple[str, ...]

    @property
    def n_classes(self) -> int:
        return len(self.class_names)


def pixels_as(images: Array, dtype: DTypeLike, white: int = 255) -> Array:
    """uint8 images as numbers from 0 to 1 in float32 or float64; as they are for dtype uint8.

    images: any shape, which is kept; white: the byte that becomes 1. Raises TypeError for
    another dtype.
    """
    chosen = np.dtype(dtype)
    if chosen == np.uint8:
        return images
    if chosen.type not in FLOATS:
        raise TypeError(f"dtype is float32, float64 or uint8; got {chosen}.")
    numbers = images.astype(chosen)
    numbers /= white  # in place: MNIST in float32 is 188 MB already
    return numbers
