"""Comparing the answers of lecture 02: an activation with its derivative, a maximum with its place.

Conventions that the decks leave open are accepted: at a kink any derivative between the one from
the left and the one from the right, and among equal pieces of a maxout any of them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from course_lib.arrays import Array
from course_lib.checks.compare import Comparator, as_numbers, close
from course_lib.checks.evidence import kind_of

__all__ = ["same_activation", "same_maximum"]

_TIED = 1e-9  # pieces this close to the largest count as the largest
_ROUNDED = 1e-4  # room for constants with four decimals, as the slides print them


def same_activation(
    kink: Callable[..., tuple[float, float]] | None = None, rtol: float = 1e-5
) -> Comparator:
    """(a, da) against the expected pair, each within rtol of its own largest entry.

    kink(*args, **kwargs), with the arguments after z, gives the derivatives from the left and
    from the right of z = 0; without it there is no kink.
    """
    numbers = close(rtol)

    def compare(got: Any, expected: Any, case: Any) -> str | None:
        pair = _pair(got)
        if pair is None:
            return f"the result should be the pair (a, da); got {kind_of(got)}."
        a, da = pair
        told = numbers(a, expected[0], case)
        if told is not None:
            return f"in a: {told}"
        if kink is not None:
            da = _forgiven(da, expected[1], case.args[0], kink(*case.args[1:], **case.kwargs))
        told = numbers(da, expected[1], case)
        return None if told is None else f"the value a is right, but not da: {told}"

    return compare


def same_maximum(got: Any, expected: Any, case: Any) -> str | None:
    """(value, index) of a maxout neuron; the index of any piece that reaches the maximum."""
    pair = _pair(got)
    if pair is None:
        return f"the result should be the pair (value, index); got {kind_of(got)}."
    told = close()(pair[0], expected[0], case)
    if told is not None:
        return f"in value: {told}"
    index, wanted = as_numbers(pair[1]), np.asarray(expected[1])
    if index is None or index.dtype.kind not in "iuf" or index.shape != wanted.shape:
        return f"value is right, but index should be {kind_of(wanted)}; got {kind_of(pair[1])}."
    pieces = _pieces(*case.args)
    for n, (piece, best) in enumerate(zip(index.tolist(), wanted.tolist(), strict=True)):
        if piece not in range(pieces.shape[1]):
            last = pieces.shape[1] - 1
            return f"value is right, but index[{n}] is {piece:g}; pieces count from 0 to {last}."
        if pieces[n, int(piece)] < pieces[n, best] - _TIED * (1 + abs(pieces[n, best])):
            reached = f"piece {piece:g} gives {pieces[n, int(piece)]:g} and piece {best} gives"
            return f"value is right, but not index[{n}]: {reached} {pieces[n, best]:g}."
    return None


def _pieces(x: Any, W: Any, b: Any) -> Array:
    made: Array = np.asarray(x, dtype=float) @ np.asarray(W, dtype=float).T + np.asarray(b)
    return made


def _pair(got: Any) -> tuple[Any, Any] | None:
    """The two halves of a list, a tuple or an array of length 2."""
    if isinstance(got, (list, tuple)) or (isinstance(got, np.ndarray) and got.ndim):
        return (got[0], got[1]) if len(got) == 2 else None
    return None


def _forgiven(da: Any, expected: Any, z: Any, sides: tuple[float, float]) -> Any:
    """`da` with the expected value wherever z is 0 and the derivative lies between the sides."""
    numbers, at = as_numbers(da), np.asarray(z) == 0
    if numbers is None or numbers.dtype.kind not in "biuf" or numbers.shape != at.shape:
        return da
    low, high = min(sides) - _ROUNDED, max(sides) + _ROUNDED
    free = at & (numbers >= low) & (numbers <= high)
    return np.where(free, expected, numbers)
