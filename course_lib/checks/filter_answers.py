"""Comparing the answers of lecture 07: slopes with a length and a direction.

A direction is an angle: pi and -pi are the same, and where nothing changes there is none.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from course_lib.checks.compare import as_numbers, close
from course_lib.checks.evidence import kind_of

__all__ = ["same_slopes"]

_NAMES = ("gx", "gy", "magnitude")
_TURN = 1e-4  # radians
_FLAT = 1e-9  # of the largest magnitude: below it, rounding decides where an arrow points


def same_slopes(got: Any, expected: Any, case: Any) -> str | None:
    """(gx, gy, magnitude, angle); the angle up to whole turns, and only where there is a slope."""
    several = isinstance(got, (list, tuple)) or (isinstance(got, np.ndarray) and got.ndim > 0)
    if not several or len(got) != 4:
        what = f"{len(got)} of them" if several else kind_of(got)
        return f"the result should be four arrays (gx, gy, magnitude, angle); got {what}."
    for name, mine, theirs in zip(_NAMES, got[:3], expected[:3], strict=True):
        told = close()(mine, theirs, case)
        if told is not None:
            return f"in {name}: {told}"
    angle, wanted = as_numbers(got[3]), np.asarray(expected[3])
    if angle is None or angle.dtype.kind not in "iuf" or angle.shape != wanted.shape:
        return f"angle should be {kind_of(wanted)}; got {kind_of(got[3])}."
    return _turned(angle, wanted, np.asarray(expected[2]))


def _turned(angle: Any, wanted: Any, magnitude: Any) -> str | None:
    turn = np.abs(np.exp(1j * angle.astype(float)) - np.exp(1j * wanted.astype(float)))
    sloping = magnitude > _FLAT * max(float(magnitude.max(initial=0.0)), 1.0)
    wrong = sloping & ~(turn <= _TURN)
    if not wrong.any():
        return None
    place = tuple(int(k) for k in np.argwhere(wrong)[0])
    return (
        f"the slopes and the magnitude are right, but not the angle at place {place}: expected "
        f"{wanted[place]:.4g}, got {angle[place]:.4g} (radians, whole turns do not matter)."
    )
