"""Unusual but right ways to divide data."""

import numpy as np


def cuts_down_and_returns_lists(labels, validation, test, rng):
    """int() instead of round(), lists instead of arrays, rng.shuffle, parts in sorted order."""
    if validation + test >= 1:
        raise ValueError("validation and test leave nothing")
    train, held, tested = [], [], []
    for label in set(np.asarray(labels).tolist()):
        rows = [row for row in range(len(labels)) if labels[row] == label]
        rng.shuffle(rows)
        a, b = int(validation * len(rows)), int(test * len(rows))
        held += rows[:a]
        tested += rows[a : a + b]
        train += rows[a + b :]
    return sorted(train), sorted(held), sorted(tested)


def spreads_the_classes_on_a_line(labels, validation, test, rng):
    """No loop over classes: each row gets a place in its class by a random key."""
    if validation + test >= 1:
        raise ValueError("validation and test leave nothing")
    labels = np.asarray(labels)
    order = np.lexsort([rng.random(len(labels)), labels])
    _, starts, counts = np.unique(labels[order], return_index=True, return_counts=True)
    place = (np.arange(len(labels)) - np.repeat(starts, counts) + 0.5) / np.repeat(counts, counts)
    held, tested = place < validation, (place >= validation) & (place < validation + test)
    return [order[~held & ~tested], order[held], order[tested]]


def draws_without_replacement(labels, validation, test, rng):
    """rng.choice(replace=False) for what is held out, and set differences for the rest."""
    if not validation + test < 1:
        raise ValueError("validation and test leave nothing")
    held, tested = set(), set()
    for label in np.unique(labels):
        rows = np.flatnonzero(labels == label)
        sizes = round(validation * rows.size), round(test * rows.size)
        drawn = rng.choice(rows, sum(sizes), replace=False).tolist()
        held |= set(drawn[: sizes[0]])
        tested |= set(drawn[sizes[0] :])
    train = set(range(len(labels))) - held - tested
    return tuple(np.array(list(part), dtype=float) for part in (train, held, tested))
