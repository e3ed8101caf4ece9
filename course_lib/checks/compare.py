"""Comparing an answer with what is expected: None if it is right, else a sentence of evidence.

A comparator takes (got, expected, case), all plain values. Right styles are many: lists, tuples
and arrays of the same numbers are interchangeable, and so are 3, 3.0 and an array holding 3.
"""

from __future__ import annotations

from collections.abc import Callable, Sized
from dataclasses import dataclass
from typing import Any

import numpy as np

from course_lib.arrays import Array
from course_lib.checks.evidence import difference, kind_of

__all__ = ["Comparator", "as_numbers", "close", "same"]

# The third argument is the Case. It stays untyped: comparing knows nothing of declarations.
Comparator = Callable[[Any, Any, Any], str | None]

RTOL = 1e-5
RTOL_FLOAT32 = 1e-3
TINY = 1e-12  # rounding error where exactly 0 is expected


def close(rtol: float = RTOL, *, dtype: bool = False) -> Comparator:
    """Equal within rtol of the entry plus rtol of the largest entry; whole numbers exactly.

    Results that are float32 because the inputs were are compared at 1e-3. With `dtype=True` the
    dtype of an array must be right too. NaN equals NaN.
    """

    def compare(got: Any, expected: Any, case: Any = None) -> str | None:
        return _Comparison(rtol, dtype, difference).compare(got, expected, "")

    return compare


def same(first: Any, second: Any) -> bool:
    """Whether two plain values are equal as far as any check could tell."""
    # No sentences are written here: beliefs are told apart by thousands of these.
    return _Comparison(1e-6, False, lambda *_: "differs").compare(first, second, "") is None


@dataclass(frozen=True)
class _Comparison:
    """The walk over two values at once. `explain` words the difference between two arrays."""

    rtol: float
    dtype: bool
    explain: Callable[[Array, Array], str]

    def compare(self, got: Any, expected: Any, path: str) -> str | None:
        if isinstance(expected, dict):
            return self.compare_dicts(got, expected, path)
        if expected is None or isinstance(expected, (str, set)):
            if type(got) is type(expected) and got == expected:
                return None
            return _told(path, f"expected {_shown(expected)}, got {_shown(got)}")
        numbers = as_numbers(expected)
        if numbers is not None:
            told = self.compare_numbers(got, numbers, path)
            return told and (self.first_part(got, expected, path) or told)
        if not isinstance(got, (list, tuple)) and not (isinstance(got, np.ndarray) and got.ndim):
            return _told(path, f"expected {kind_of(expected)}, got {kind_of(got)}")
        if len(got) != len(expected):
            wanted = f"expected {len(expected)} entries, got {len(got)}"
            return _told(path, f"{wanted}: expected {_shown(expected)}, got {_shown(got)}")
        for k, (mine, theirs) in enumerate(zip(got, expected, strict=True)):
            told = self.compare(mine, theirs, f"{path}[{k}]")
            if told is not None:
                return told
        return None

    def first_part(self, got: Any, expected: Any, path: str) -> str | None:
        """The first array that differs, where several arrays of one shape were asked for."""
        parts = isinstance(expected, (list, tuple)) and isinstance(got, (list, tuple))
        if not parts or len(got) != len(expected):
            return None
        for k, (mine, theirs) in enumerate(zip(got, expected, strict=True)):
            if isinstance(theirs, np.ndarray) and theirs.ndim:
                told = self.compare_numbers(mine, theirs, f"{path}[{k}]")
                if told is not None:
                    return told
        return None

    def compare_dicts(self, got: Any, expected: dict[Any, Any], path: str) -> str | None:
        if not isinstance(got, dict):
            return _told(path, f"expected a dictionary, got {kind_of(got)}")
        missing = [key for key in expected if key not in got]
        extra = [key for key in got if key not in expected]
        if missing or extra:
            parts = [f"the key {missing[0]!r} is missing"] if missing else []
            parts += [f"the key {extra[0]!r} should not be there"] if extra else []
            return _told(path, " and ".join(parts))
        for key, theirs in expected.items():
            told = self.compare(got[key], theirs, f"{path}[{key!r}]")
            if told is not None:
                return told
        return None

    def compare_numbers(self, got: Any, expected: Array, path: str) -> str | None:
        if isinstance(got, set) and expected.ndim == 1:
            return _told(path, f"expected a list in a fixed order, got the set {_shown(got)}")
        mine = as_numbers(got)
        if mine is None:
            return _told(path, f"expected {kind_of(expected)}, got {kind_of(got)}")
        if self.dtype and mine.dtype != expected.dtype:
            return _told(path, f"expected dtype {expected.dtype}, got {mine.dtype}")
        if mine.shape == expected.shape and _equal(mine, expected, self.rtol):
            return None
        return _told(path, self.explain(mine, expected))


def _equal(mine: Array, expected: Array, rtol: float) -> bool:
    if expected.size == 0 or np.array_equal(mine, expected):
        return True
    if expected.dtype.kind in "biu":
        return False
    if expected.dtype.itemsize < 8:
        rtol = max(rtol, RTOL_FLOAT32)
    finite = np.abs(expected[np.isfinite(expected)])
    atol = max(rtol * float(finite.max()), TINY) if finite.size else TINY
    return bool(np.allclose(mine, expected, rtol=rtol, atol=atol, equal_nan=True))


def as_numbers(value: Any) -> Array | None:
    """The value as an array of numbers, or None if it is not rectangular or not all numbers."""
    if isinstance(value, np.ndarray):
        return value
    if _shape(value) is None:
        return None
    try:
        made = np.asarray(value)
    except (ValueError, OverflowError):
        return None
    return made if made.dtype.kind in "biuf" else None


def _shape(value: Any) -> tuple[int, ...] | None:
    """The shape a value would have as an array, or None if it would be no rectangle of numbers."""
    if isinstance(value, (bool, int, float)):
        return ()
    if isinstance(value, np.ndarray):
        return value.shape
    if not isinstance(value, (list, tuple)):
        return None
    items = iter(value)     # each item once: nested lists are walked, not walked again and again
    first = _shape(next(items, None)) if value else ()
    if first is None or any(_shape(item) != first for item in items):
        return None
    return (len(value), *first)


def _told(path: str, sentence: str) -> str:
    return f"in result{path}: {sentence}" if path else sentence


def _shown(value: Any) -> str:
    if isinstance(value, Sized) and not isinstance(value, str) and len(value) > 12:
        return f"{kind_of(value)} of {len(value)} entries"
    text = repr(value)
    return text if len(text) <= 80 else text[:77] + "..."
