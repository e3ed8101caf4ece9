"""Comparators for lecture 10: gradients that any tie rule may route, and pixels that were drawn.

Limits on what is drawn are so wide that a right function fails about once in a thousand million
draws.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from course_lib.arrays import Array
from course_lib.checks.cases import Case
from course_lib.checks.compare import as_numbers, close
from course_lib.checks.evidence import difference, kind_of

__all__ = ["is_drawn_pool", "is_regions", "is_routed"]

SIGMAS = 6
ENOUGH = 300        # fewer windows with the same pixels say too little about chances
ENOUGH_PAIRS = 40
LOG_RARE = 25.0     # e^-25, in Bernstein's inequality
NOTHING_DRAWN = (" All your numbers are pixels of x; if training is False none is picked, and y is "
                 "the weighted mean of the window.")


def is_routed(got: Any, expected: Any, case: Case) -> str | None:
    """Every window's gradient arrives, and at its largest pixels only; ties are split in any way.

    Where no window has two largest pixels this leaves one answer.
    """
    (grad_y, x), (size, stride) = map(np.asarray, case.args[:2]), case.args[2:]
    mine = _real(got)
    if mine is None or mine.shape != x.shape:
        return f"the gradient should have the shape of x, {x.shape}; got {kind_of(got)}."
    forced, tied = np.zeros(x.shape), np.zeros(x.shape, dtype=bool)
    loose = np.zeros(x.shape[:2])
    for n, c, i, j in np.ndindex(*grad_y.shape):
        at = n, c, slice(i * stride, i * stride + size), slice(j * stride, j * stride + size)
        winners = x[at] == x[at].max()
        if winners.sum() == 1:
            forced[at] += winners * grad_y[n, c, i, j]
        else:
            tied[at] |= winners
            loose[n, c] += grad_y[n, c, i, j]
    limit = 1e-5 * max(float(np.abs(grad_y).max()), float(np.abs(forced).max()))
    rest = mine - forced
    if not np.isfinite(rest).all() or (np.abs(rest[~tied]) > limit).any():
        free = tied & np.isfinite(mine)
        return difference(np.where(free, expected, mine), np.asarray(expected))
    return _conserved(np.where(tied, rest, 0).sum(axis=(2, 3)), loose, limit * x[0, 0].size)


def _conserved(arrived: Array, sent: Array, limit: float) -> str | None:
    """Of the windows with ties, in each channel: as much arrives as was sent."""
    for n, c in np.argwhere(np.abs(arrived - sent) > limit)[:1]:
        return (f"image {n}, channel {c}: the windows with several largest pixels send back "
                f"{sent[n, c]:g} in all, and {arrived[n, c]:g} arrives. Of equal pixels one gets "
                "the gradient, or they share it.")
    return None


def is_drawn_pool(got: Any, expected: Any, case: Case) -> str | None:
    """Every value stands in its window, and each value is taken as often as it should be."""
    x, size, stride, _, training = case.args
    y = _real(got)
    if not training:
        told = close()(got, expected, case)
        taken = y is not None and y.shape == np.shape(expected) and np.isin(y, x).all()
        return f"{told}{NOTHING_DRAWN}" if told and taken else told
    if y is None or y.shape != np.shape(expected):
        return f"y should have shape {np.shape(expected)}; got {kind_of(got)}."
    views = sliding_window_view(x, (size, size), axis=(2, 3))[:, :, ::stride, ::stride]
    windows = np.sort(views.reshape(-1, size * size), axis=1)
    values = y.reshape(-1, 1)
    alive = windows.sum(axis=1) > 0
    stands = (np.isclose(windows, values) & ((windows > 0) | ~alive[:, None])).any(axis=1)
    for k in np.flatnonzero(~stands)[:1]:
        place = [int(index) for index in np.unravel_index(k, y.shape)]
        shown = ", ".join(f"{pixel:g}" for pixel in windows[k])
        return (f"at index {place}: {values[k, 0]:g} cannot be drawn from a window with the "
                f"pixels {shown}.")
    return _chances(windows[alive], values[alive])


def _chances(windows: Array, values: Array) -> str | None:
    """In many windows with the same pixels each value v comes up with probability v / sum."""
    if not len(windows):
        return None
    kinds, which = np.unique(windows, axis=0, return_inverse=True)
    for number, pixels in enumerate(kinds):
        taken = values[which.ravel() == number]
        if len(taken) < ENOUGH:
            continue
        for value in np.unique(pixels[pixels > 0]):
            p = float(pixels[pixels == value].sum() / pixels.sum())
            share = float(np.isclose(taken, value).mean())
            spread = 2 * LOG_RARE * len(taken) * p * (1 - p)
            bound = LOG_RARE / 3 + np.sqrt(LOG_RARE**2 / 9 + spread)
            if abs(share - p) > bound / len(taken):
                shown = ", ".join(f"{pixel:g}" for pixel in pixels)
                return (f"in {len(taken)} windows with the pixels {shown}, the {value:g} is taken "
                        f"in {share:.0%}; its probability is {p:.0%}, in each window anew.")
    return None


def is_regions(got: Any, expected: Any, case: Case) -> str | None:
    """Pairs (first, end) side by side, 1 or 2 pixels each, the order of the lengths drawn."""
    n_in, n_out = case.args[:2]
    pairs = _real(got)
    if pairs is None or pairs.ndim != 2 or pairs.shape[1] != 2 or pairs.dtype.kind == "b":
        return f"the result should be a list of pairs (first, end); got {kind_of(got)}."
    if len(pairs) != n_out:
        return f"expected {n_out} regions, got {len(pairs)}."
    if not np.isfinite(pairs).all() or (pairs != np.rint(pairs)).any():
        return "first and end of every region should be whole numbers."
    firsts, ends = pairs.T
    if firsts[0] != 0:
        return f"the first region should begin at pixel 0; it begins at {firsts[0]:g}."
    for k in np.flatnonzero(~np.isin(ends - firsts, (1, 2)))[:1]:
        return (f"region {k} is ({firsts[k]:g}, {ends[k]:g}), which makes {ends[k] - firsts[k]:g} "
                "pixels, as end does not belong to it; 1 or 2 are asked for.")
    for k in np.flatnonzero(firsts[1:] != ends[:-1])[:1]:
        return f"region {k} ends before {ends[k]:g}, and the next one begins at {firsts[k + 1]:g}."
    if ends[-1] != n_in:
        return f"the last region should end before {n_in}; it ends before {ends[-1]:g}."
    return _drawn(np.flatnonzero(ends - firsts == 2), n_out)


def _drawn(twos: Array, n: int) -> str | None:
    """Any k of n places are equally likely: their mean, and how many stand side by side."""
    k = len(twos)
    wanted = k * (k - 1) / n
    if wanted < ENOUGH_PAIRS or n == k:
        return None
    spread = np.sqrt((n + 1) * (n - k) / (12 * k))
    beside = int(np.sum(np.diff(twos) == 1))
    if abs(twos.mean() - (n - 1) / 2) > SIGMAS * spread or (
        abs(beside - wanted) > SIGMAS * np.sqrt(wanted)
    ):
        half = n // 2
        early = int(np.sum(twos < half))
        return ("the orders of the lengths do not look equally likely: "
                f"{early} of the first {half} regions have two pixels, {k - early} of the other "
                f"{n - half}, and {beside} times such a region follows another (about "
                f"{wanted:.0f} times is usual). Shuffle the {n} lengths with rng.")
    return None


def _real(value: Any) -> Array | None:
    """The value as an array of real numbers, or None."""
    made = as_numbers(value)
    return made if made is not None and made.dtype.kind in "biuf" else None
