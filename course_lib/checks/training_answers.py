"""Comparators for lectures 06 and 12. Where something is drawn, no single draw is right: laws are.

Limits are so wide that a right function fails about once in a thousand million draws.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from course_lib.arrays import Array
from course_lib.checks.cases import Case
from course_lib.checks.compare import as_numbers, close
from course_lib.checks.evidence import kind_of

__all__ = ["is_batches", "is_dropout", "is_split", "is_training", "same_guesses",
           "same_losses", "same_step", "same_stop"]

SIGMAS = 6
ENOUGH = 40         # fewer rows say nothing about their order
LOG_RARE = 25.0     # e^-25, in Bernstein's inequality
PARTS = ("training", "validation", "test")


def is_split(got: Any, expected: Any, case: Case) -> str | None:
    """Three parts without a row in common, none left out, each class with its shares."""
    labels, *shares = np.asarray(case.args[0]), *case.args[1:3]
    if not isinstance(got, (tuple, list)) or len(got) != 3:
        return f"the result should be the triple (train, validation, test); got {kind_of(got)}."
    parts = []
    for name, part in zip(PARTS, got, strict=True):
        rows = _rows(part)
        if rows is None:
            return f"the {name} part should be a 1-D array of row numbers; got {kind_of(part)}."
        parts.append(rows)
    told = _each_once(np.concatenate(parts), len(labels), "in the three parts")
    return told or _shares(labels, parts[1:], shares) or _drawn_rows(labels, parts[1:])


def _shares(labels: Array, parts: list[Array], shares: list[float]) -> str | None:
    for name, rows, share in zip(PARTS[1:], parts, shares, strict=True):
        for label in np.unique(labels):
            size = int(np.sum(labels == label))
            count = int(np.sum(labels[rows] == label))
            if abs(count - share * size) > 1 + 1e-9:
                return (f"{count} of the {size} samples of class {label} are in the {name} part; "
                        f"with the share {share:g} it should be {share * size:g}, up to one.")
    return None


def _drawn_rows(labels: Array, parts: list[Array]) -> str | None:
    """Within a large class every sample has the same chance, wherever it stands."""
    for name, rows in zip(PARTS[1:], parts, strict=True):
        for label in np.unique(labels):
            members = np.flatnonzero(labels == label)
            places = np.searchsorted(members, rows[labels[rows] == label])
            n, k = len(members), len(places)
            if min(k, n - k) < ENOUGH:
                continue
            spread = np.sqrt((n + 1) * (n - k) / (12 * k))  # of a mean without replacement
            neighbours = int(np.sum(np.diff(np.sort(places)) == 1))
            wanted = k * (k - 1) / n
            if abs(places.mean() - (n - 1) / 2) > SIGMAS * spread or (
                wanted >= ENOUGH and abs(neighbours - wanted) > SIGMAS * np.sqrt(wanted)
            ):
                return (f"the {name} part does not look drawn: of class {label} it takes the "
                        f"places {_few(np.sort(places))} among {n}. Shuffle with rng.")
    return None


def is_batches(got: Any, expected: Any, case: Case) -> str | None:
    """Every row once, in batches of the right sizes, in an order that was drawn."""
    n = case.args[0]
    if not isinstance(got, (list, tuple)) and not isinstance(got, np.ndarray):
        return f"the result should be a list of arrays of row numbers; got {kind_of(got)}."
    rows = [_rows(batch) for batch in got]
    for number, (batch, found) in enumerate(zip(got, rows, strict=True)):
        if found is None:
            return f"batch {number} should be a 1-D array of row numbers; got {kind_of(batch)}."
    found_rows = [batch for batch in rows if batch is not None]
    sizes, wanted = [len(batch) for batch in found_rows], [len(batch) for batch in expected]
    if sizes != wanted:
        return f"expected batches of {_few(wanted)} rows, got batches of {_few(sizes)}."
    order = np.concatenate(found_rows)
    told = _each_once(order, n, "in the epoch")
    if told is not None or len(wanted) == 1 or n < ENOUGH:
        return told
    return _drawn_order(order)


def _drawn_order(order: Array) -> str | None:
    n = len(order)
    steps = np.diff(order)
    # A drawn order has about one pair (i, i + 1) side by side, and one pair (i, i - 1).
    follow = max(int(np.sum(steps == 1)), int(np.sum(steps == -1)))
    slope = np.corrcoef(np.arange(n), order)[0, 1]
    if follow > 12 or abs(slope) * np.sqrt(n - 1) > SIGMAS:
        return (f"the order does not look drawn: it begins {_few(order)}, and {follow} of "
                f"{n - 1} neighbours in it were neighbours before. Shuffle the rows with rng.")
    return None


def is_dropout(got: Any, expected: Any, case: Case) -> str | None:
    """y = x mask / (1 - p); the mask keeps each entry by itself with probability 1 - p."""
    x, p, training = np.asarray(case.args[0]), float(case.args[1]), case.args[2]
    if not isinstance(got, (tuple, list)) or len(got) != 2:
        return f"the result should be the pair (y, mask); got {kind_of(got)}."
    y, mask = as_numbers(got[0]), as_numbers(got[1])
    for name, array in (("y", y), ("mask", mask)):
        if array is None or array.shape != x.shape:
            wrong = kind_of(got[0] if name == "y" else got[1])
            return f"{name} should have the shape of x, {x.shape}; got {wrong}."
    assert y is not None and mask is not None
    if not np.isin(mask, (0, 1)).all():
        return "the mask should hold True (kept) and False (dropped) only."
    if not training or p == 0:
        when = "with p = 0" if training else "when not training"
        if not mask.all():
            return f"{when} every entry is kept, so mask should be True everywhere."
        told = close()(y, x, case)
        return None if told is None else f"{when} y should be x itself. {told}"
    return _kept_share(mask, p) or _masked(y, x, mask, p, case)


def _kept_share(mask: Array, p: float) -> str | None:
    """The share of the whole, and of every row and column: entries are dropped one by one."""
    lines = {"the array": mask.mean(keepdims=True).ravel()}
    if mask.ndim == 2:
        lines |= {"a row": mask.mean(axis=1), "a column": mask.mean(axis=0)}
    for where, shares in lines.items():
        entries = mask.size / len(shares)
        bound = LOG_RARE / 3 + np.sqrt(LOG_RARE**2 / 9 + 2 * LOG_RARE * entries * p * (1 - p))
        width = bound / entries
        worst = shares[np.argmax(np.abs(shares - (1 - p)))]
        if abs(worst - (1 - p)) > width:
            return (f"the mask keeps {worst:.0%} of {where} with p = {p:g}; about {1 - p:.0%} "
                    "should be kept, each entry drawn by itself.")
    return None


def _masked(y: Array, x: Array, mask: Array, p: float, case: Case) -> str | None:
    told = close()(y, x * mask / (1 - p), case)
    return None if told is None else f"the mask is right, but y is not x mask / (1 - p). {told}"


def same_step(got: Any, expected: Any, case: Case) -> str | None:
    """The pair (w, v); v first, since w follows from it."""
    if not isinstance(got, (tuple, list)) or len(got) != 2:
        return f"the result should be the pair (w, v); got {kind_of(got)}."
    wrong_w, wrong_v = (close()(*pair, case) for pair in zip(got, expected, strict=True))
    if wrong_v is not None:
        return f"{'in v' if wrong_w else 'the new w is right, but v'}: {wrong_v}"
    return None if wrong_w is None else f"the new v is right, but w: {wrong_w}"


def same_losses(got: Any, expected: Any, case: Case) -> str | None:
    """The pair (losses, error). A right first loss with a wrong second one points at the step."""
    if not isinstance(got, (tuple, list)) or len(got) != 2:
        return f"the result should be the pair (losses, error); got {kind_of(got)}."
    losses, error = expected
    found = as_numbers(got[0]) if not isinstance(got[0], set) else None
    if found is None or found.shape != (len(losses),):
        return (f"losses should be a list of {len(losses)} numbers, one for each batch; got "
                f"{kind_of(got[0])}.")
    told = close()(found, losses, case)
    if told is not None and close()(found[:1], losses[:1], case) is None:
        return f"the first loss is right, so look at the step that follows it. {told}"
    if told is not None:
        return f"losses: {told}"
    told = close()(got[1], error, case)
    return None if told is None else f"the losses are right, but the error after them: {told}"


def is_training(got: Any, expected: Any, case: Case) -> str | None:
    """The losses, then what the net with the kept weights answers."""
    if not isinstance(got, (tuple, list)) or len(got) != 2:
        return f"the result should be the pair (losses, logits); got {kind_of(got)}."
    losses, logits = expected
    found = None if isinstance(got[0], set) else as_numbers(got[0])
    if found is None or found.shape != (len(losses),):
        listed = found is not None and found.ndim == 1
        there = f"{len(got[0])} of them" if listed else kind_of(got[0])
        return f"losses should be a list of {len(losses)} numbers, one for each epoch; got {there}."
    if (told := close()(found, losses, case)) is not None:
        if close()(found[:1], losses[:1], case) is None:
            return f"the first epoch is right, a later one is not. losses: {told}"
        return f"losses: {told}"
    told = close()(got[1], logits, case)
    best = int(np.argmin(losses)) + 1
    return None if told is None else (
        f"the losses are right, and the smallest is that of epoch {best}. Of the net with the "
        f"weights after that epoch, the logits: {told}")


def same_stop(got: Any, expected: Any, case: Case) -> str | None:
    """Two epochs, told with the losses that speak for the expected ones."""
    found = as_numbers(got) if not isinstance(got, set) else None
    if found is None or found.shape != (2,):
        return f"the result should be the pair (best, last) of two epochs; got {kind_of(got)}."
    if np.array_equal(found, expected):
        return None
    best, last = (int(epoch) for epoch in expected)
    return (f"expected best {best} and last {last}, got {found[0]:g} and {found[1]:g}: the "
            f"smallest loss up to epoch {last} is {case.args[0][best]:g}, at epoch {best}.")


def same_guesses(got: Any, expected: Any, case: Case) -> str | None:
    """The classes, then their probabilities."""
    if not isinstance(got, (tuple, list)) or len(got) != 2:
        return f"the result should be the pair (classes, probabilities); got {kind_of(got)}."
    told = close()(got[0], expected[0], case)
    if told is not None:
        return f"classes: {told}"
    told = close()(got[1], expected[1], case)
    return None if told is None else f"the classes are right, but the probabilities: {told}"


def _rows(value: Any) -> Array | None:
    """A 1-D array of whole numbers, also from an empty list; None for anything else."""
    if isinstance(value, (list, tuple)) and not value:
        return np.zeros(0, dtype=int)
    rows = None if isinstance(value, set) else as_numbers(value)
    if rows is None or rows.ndim != 1 or rows.dtype.kind not in "iuf":
        return None
    with np.errstate(invalid="ignore"):
        whole = np.isfinite(rows).all() and (rows == np.rint(rows)).all()
    return rows.astype(int) if whole and (np.abs(rows) < 2**40).all() else None


def _each_once(rows: Array, n: int, where: str) -> str | None:
    outside = rows[(rows < 0) | (rows >= n)]
    if outside.size:
        return f"{outside[0]} is no row: the rows are 0 to {n - 1}."
    counts = np.bincount(rows, minlength=n)
    for row in np.flatnonzero(counts != 1)[:1]:
        return f"row {row} comes up {counts[row]} times {where} instead of once."
    return None


def _few(values: Any) -> str:
    shown = [str(int(value)) for value in values[:6]]
    return ", ".join([*shown, "..."] if len(values) > 6 else shown) or "no"
