"""What the functions of this package take for an image, and what they answer to anything else."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import ArrayLike

from course_lib.arrays import Array, expect_whole, float_array


def float_image(function: str, image: ArrayLike) -> Array:
    """`image` as float64 or float32 of shape (..., rows, columns), with at least one pixel."""
    return _checked_shape(function, float_array(function, "image", image))


def any_image(function: str, image: ArrayLike) -> Array:
    """The same for functions that only move or sort pixels: whole numbers 0 to 255 may pass."""
    return _checked_shape(function, _float_or_uint8(function, image))


def grey_values(function: str, image: ArrayLike) -> Array:
    """Grey values of any shape: floats from 0 (black) to 1 (white), or uint8 from 0 to 255."""
    values = _float_or_uint8(function, image)
    if values.size and values.dtype != np.uint8:
        least, most = values.min(), values.max()
        if not (least >= 0 and most <= 1):
            raise ValueError(
                f"{function} expects grey values from 0 to 1; got values from {least:g} to "
                f"{most:g}. Rescale them, or pass whole numbers 0 to 255 as uint8."
            )
    return values


def plain_numbers(function: str, name: str, value: ArrayLike) -> Array:
    """A kernel or a matrix in floats; here whole numbers may pass, nothing is cut off."""
    try:
        whole = np.asarray(value).dtype.kind in "iu"
    except ValueError:  # rows of different lengths; float_array has the sentence for it
        whole = False
    return np.asarray(value, dtype=float) if whole else float_array(function, name, value)


def expect_finite(**values: ArrayLike) -> None:
    """Raise ValueError if infinity or NaN is among the numbers."""
    for name, value in values.items():
        if not np.isfinite(value).all():
            raise ValueError(f"{name} must be finite; got infinity or NaN.")


def expect_positive(function: str, **values: float) -> None:
    """Raise ValueError unless all these settings are positive and finite."""
    for name, value in values.items():
        if not (np.isfinite(value) and value > 0):
            raise ValueError(f"{function} expects a positive {name}; got {value}.")


def expect_odd(size: int) -> None:
    """Raise unless a window of this size has a pixel in its middle."""
    expect_whole("size", size, least=1)
    if size % 2 == 0:
        raise ValueError(f"size must be odd, so that the window has a middle; got {size}.")


def expect_one_of(name: str, value: str, choices: Iterable[str]) -> None:
    """Raise ValueError unless `value` is one of these words."""
    words = [repr(choice) for choice in choices]
    if repr(value) not in words:  # an array as `value` would not answer to `in`
        raise ValueError(f"{name} is {', '.join(words[:-1])} or {words[-1]}; got {value!r}.")


def whole_pair(name: str, value: int | tuple[int, int], least: int) -> tuple[int, int]:
    """One whole number for both axes, or (rows, columns)."""
    pair = value if isinstance(value, tuple | list) else (value, value)
    if len(pair) != 2:
        raise ValueError(f"{name} is one number or a pair (rows, columns); got {value}.")
    for number in pair:
        expect_whole(name, number, least)
    return int(pair[0]), int(pair[1])


def _float_or_uint8(function: str, image: ArrayLike) -> Array:
    if isinstance(image, np.ndarray) and image.dtype == np.uint8:
        return image
    return float_array(function, "image", image)


def _checked_shape(function: str, image: Array) -> Array:
    if image.ndim < 2 or 0 in image.shape[-2:]:
        raise ValueError(
            f"{function} expects image of shape (..., rows, columns) with at least one pixel; "
            f"got {image.shape}."
        )
    return image
