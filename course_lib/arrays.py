"""What the library takes for an array, and the sentences it answers with when it gets less.

`Array` is only another name for a NumPy array. The functions below are the doors of the
library: every public function passes its arrays through one of them before it computes.
"""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = [
    "FLOATS",
    "Array",
    "expect_number",
    "expect_shape",
    "expect_whole",
    "float_array",
    "written",
]

Array = NDArray[Any]

FLOATS = (np.float32, np.float64)


def float_array(function: str, name: str, value: ArrayLike) -> Array:
    """`value` as an array of float64 or float32; never a copy of an array that is one already.

    A plain Python number becomes float64. Raises TypeError for whole numbers in an array, since
    a layer that computes in integers would cut off every fraction without a word.
    """
    if isinstance(value, int | float) and not isinstance(value, bool | np.generic):
        return np.asarray(value, dtype=np.float64)
    try:
        array = np.asarray(value)
    except ValueError:
        raise TypeError(
            f"{function} expects {name} to be an array of numbers; got rows of different lengths. "
            "Give every row the same number of entries."
        ) from None
    if array.dtype.type not in FLOATS:
        raise TypeError(
            f"{function} expects {name} in float64 or float32; got {array.dtype}. "
            f"Did you mean np.asarray({name}, dtype=float)?"
        )
    return array


def expect_shape(function: str, name: str, array: Array, shape: tuple[int | str, ...]) -> None:
    """Raise ValueError unless `array` has `shape`; a letter in `shape` stands for any length."""
    if array.ndim == len(shape) and all(
        isinstance(wanted, str) or wanted == got
        for wanted, got in zip(shape, array.shape, strict=True)
    ):
        return
    advice = ""
    if array.ndim == len(shape) - 1 and shape[0] == "N":
        advice = f" For a batch of one write {name}[np.newaxis]."
    raise ValueError(
        f"{function} expects {name} of shape {written(shape)}; got {array.shape}.{advice}"
    )


def expect_whole(name: str, value: int, least: int) -> None:
    """Raise TypeError unless `value` is a whole number, ValueError if it is below `least`."""
    if isinstance(value, bool) or not isinstance(value, int | np.integer):
        raise TypeError(f"{name} is a whole number; got {value!r}.")
    if value < least:
        raise ValueError(f"{name} must be at least {least}; got {value}.")


def expect_number(
    name: str,
    value: float,
    *,
    least: float = -np.inf,
    above: float = -np.inf,
    most: float = np.inf,
    below: float = np.inf,
) -> None:
    """Raise TypeError unless `value` is one number, ValueError unless finite and in bounds."""
    if isinstance(value, bool) or not isinstance(value, int | float | np.integer | np.floating):
        raise TypeError(f"{name} is a number; got {value!r}.")
    if np.isfinite(value) and least <= value <= most and above < value < below:
        return
    wanted = [
        f"{words} {bound:g}"
        for words, bound in (
            ("at least", least), ("above", above), ("at most", most), ("below", below),
        )
        if np.isfinite(bound)
    ]
    raise ValueError(f"{name} must be {' and '.join(wanted) or 'finite'}; got {value}.")


def written(shape: tuple[int | str, ...]) -> str:
    """A shape as the messages print it: (N, 3, H, W)."""
    return f"({', '.join(map(str, shape))}{',' if len(shape) == 1 else ''})"
