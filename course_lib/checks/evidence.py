"""What two arrays that should be equal differ by: the first entry, and the relation between them.

Relations are the mistakes that need no list: transposed, flipped, shifted, scaled, off by one.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from course_lib.arrays import Array

__all__ = ["difference", "kind_of", "relation"]


def difference(got: Array, expected: Array) -> str:
    """A sentence: shapes if they differ, else the first wrong entry, then the relation if any."""
    found = relation(got, expected)
    ending = f" {found}" if found else ""
    if got.shape != expected.shape:
        return f"expected {_shape(expected)}, got {_shape(got)}.{ending}"
    bad = ~np.isclose(got, expected, rtol=1e-5, atol=_atol(expected), equal_nan=True)
    if expected.dtype.kind in "biu" or not bad.any():    # whole numbers count exactly
        bad = got != expected
    index = tuple(int(i) for i in np.argwhere(bad)[0])
    where = f"at index {list(index)}: " if index else ""
    count = f" ({int(bad.sum())} of {bad.size} entries are wrong.)" if bad.size > 1 else ""
    mine = got[index] != 0 if expected.dtype == bool and got.max() <= 1 else got[index]
    values = f"expected {_number(expected[index])}, got {_number(mine)}."
    if np.isnan(np.asarray(got[index], dtype=float)):
        values += " NaN comes from 0/0, inf - inf or the log of a negative number."
    return f"{where}{values}{count}{ending}"


def relation(got: Array, expected: Array) -> str | None:
    """How the answer follows from the expected one, as a sentence, or None.

    Only tried on answers with at least two different entries: on less, anything fits.
    """
    if got.dtype.kind not in "biuf" or expected.dtype.kind not in "biuf":
        return None
    mine, theirs = got.astype(float), expected.astype(float)
    if theirs.size < 2 or np.ptp(theirs) == 0 or not np.isfinite(mine).all():
        return "Your result has one axis more or less." if _same(mine, theirs) else None
    for name, candidate in _rearranged(theirs):
        if candidate.shape == mine.shape and np.allclose(candidate, mine):
            return f"Your result is the expected one {name}."
    if mine.shape != theirs.shape:
        return "The numbers are right, but in another shape." if _same(mine, theirs) else None
    return _scaled_or_shifted(mine, theirs)


def _same(mine: Array, theirs: Array) -> bool:
    return mine.shape != theirs.shape and mine.size == theirs.size and bool(
        np.allclose(mine.ravel(), theirs.ravel())
    )


def _rearranged(array: Array) -> list[tuple[str, Array]]:
    made: list[tuple[str, Array]] = []
    if array.ndim >= 2:
        made.append(("with its last two axes swapped (transposed)", np.swapaxes(array, -1, -2)))
        made.append(("with its first two axes swapped", np.swapaxes(array, 0, 1)))
    if array.ndim == 4:
        made.append(("with its channels moved to the end", np.moveaxis(array, 1, -1)))
    for axis in range(array.ndim):
        made.append((f"flipped along axis {axis}", np.flip(array, axis)))
        for step in (1, -1):
            made.append((f"shifted by one along axis {axis}", np.roll(array, step, axis)))
    if array.ndim >= 2:
        made.append(("with its last two axes flipped", array[..., ::-1, ::-1]))
    return made


def _scaled_or_shifted(mine: Array, theirs: Array) -> str | None:
    if np.allclose(mine, -theirs):
        return "Your result is the expected one with the opposite sign."
    solid = np.abs(theirs) > 1e-9 * np.abs(theirs).max()
    with np.errstate(over="ignore"):  # an answer that diverged, over one that did not
        ratio = mine[solid] / theirs[solid]
    if np.allclose(ratio, ratio[0]) and np.allclose(mine[~solid], 0) and ratio[0] != 0:
        return f"Your result is the expected one times {_number(ratio[0])}."
    gap = mine - theirs
    if np.allclose(gap, gap.flat[0]):
        return f"Your result is the expected one plus {_number(gap.flat[0])} everywhere."
    if np.allclose(mine, np.maximum(theirs, 0)):
        return "Your result is the expected one with negative values set to 0."
    if np.allclose(mine, np.abs(theirs)):
        return "Your result is the expected one without its signs."
    return None


def kind_of(value: Any) -> str:
    """What a plain value is, with its article: "an array of shape (2, 3)", "a str", "None"."""
    if value is None:
        return "None"
    if isinstance(value, np.ndarray):
        return "a number" if value.ndim == 0 else f"an array of shape {value.shape}"
    if isinstance(value, bool):
        return "True or False"
    if isinstance(value, (int, float)):
        return "a number"
    kind = type(value).__name__
    names = {"dict": "a dictionary", "str": "text"}
    return names.get(kind, f"a {kind}")


def _shape(array: Array) -> str:
    return "a single number" if array.ndim == 0 else f"shape {array.shape}"


def _atol(expected: Array) -> float:
    finite = np.abs(expected[np.isfinite(expected)])
    return 1e-5 * float(finite.max()) if finite.size else 0.0


def _number(value: Any) -> str:
    if isinstance(value, (bool, np.bool_)):
        return str(bool(value))
    number = float(value)
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else f"{number:.6g}"
