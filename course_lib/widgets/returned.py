"""What the learner's function returned, as an array of the shape it should have."""

from collections.abc import Callable
from typing import Any

import numpy as np

from course_lib.arrays import Array, written
from course_lib.widgets import learner


def returned(
    function: Callable[..., Any], shape: tuple[int | str, ...], *args: Any, finite: bool = True
) -> tuple[Array | None, str]:
    """(numbers of that shape, "") or (None, one sentence that says what came instead).

    A letter in `shape` stands for any length. finite: nan and infinity are refused.
    """
    result, problem = learner.call(function, *args)
    if problem:
        return None, problem.replace("; this is the library's version", "")
    return as_numbers(result, shape, f"Your {learner.name_of(function)}", finite=finite)


def as_numbers(
    result: Any, shape: tuple[int | str, ...], who: str, *, finite: bool = True
) -> tuple[Array | None, str]:
    """As `returned`, for what is already there; `who` begins the sentence."""
    try:
        numbers = np.asarray(result)
    except ValueError:
        return None, f"{who} must return numbers of shape {written(shape)}; got rows of " + (
            "different lengths."
        )
    wanted = f"{who} must return numbers of shape {written(shape)}"
    if numbers.dtype.kind not in "biuf":
        return None, f"{wanted}; got {type(result).__name__}."
    fits = numbers.ndim == len(shape) and all(
        isinstance(length, str) or length == got
        for length, got in zip(shape, numbers.shape, strict=True)
    )
    if not fits:
        return None, f"{wanted}; got shape {numbers.shape}."
    if finite and not np.isfinite(numbers).all():
        strange = int((~np.isfinite(numbers)).sum())
        return None, f"{who} returned nan or infinity in {strange} of {numbers.size} numbers."
    return numbers.astype(float), ""
