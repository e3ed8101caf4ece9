"""Wrong beliefs about dividing data into training, validation and test."""

import numpy as np


def forgets_the_classes(labels, validation, test, rng):
    """You shuffle all rows together; each class by itself should have its shares in every part.

    On average a plain shuffle has the right shares, so it looks fine until a class is small.
    """
    _check(validation, test)
    return _cut(rng.permutation(len(labels)), validation, test)


def takes_the_first_rows(labels, validation, test, rng):
    """You cut each class without shuffling it; which samples go where should be left to chance.

    Data often comes sorted, by writer for instance, and then the first rows are special.
    """
    _check(validation, test)
    return _joined([_cut(rows, validation, test) for rows in _classes(labels)])


def draws_each_part_from_all_rows(labels, validation, test, rng):
    """You draw each part from all rows; no row may be in two parts.

    Each part on its own is then a fair sample. Together they share rows, and the validation
    error is flattered.
    """
    _check(validation, test)
    parts = []
    for rows in _classes(labels):
        n = len(rows)
        sizes = n - round(validation * n) - round(test * n), round(validation * n), round(test * n)
        parts.append([rng.permutation(rows)[:size] for size in sizes])
    return _joined(parts)


def lets_training_keep_everything(labels, validation, test, rng):
    """You leave the held-out rows in the training part as well; they must be taken out of it.

    The validation and test parts are right, so a look at their sizes shows nothing.
    """
    _check(validation, test)
    _, held, tested = _stratified(labels, validation, test, rng)
    return np.arange(len(labels)), held, tested


def takes_the_test_share_of_the_rest(labels, validation, test, rng):
    """You take the test share of what validation left over; both are shares of the whole class.

    Splitting twice in a row is how many libraries are used, and 0.15 of 0.85 is less than 0.15.
    """
    _check(validation, test)
    parts = []
    for rows in _classes(labels):
        rows = rng.permutation(rows)
        held = round(validation * len(rows))
        tested = round(test * (len(rows) - held))
        parts.append(_pieces(rows, held, tested))
    return _joined(parts)


def draws_with_replacement(labels, validation, test, rng):
    """You draw rows with replacement; some then come twice and others never.

    rng.integers and rng.choice put back what they drew, unless they are told otherwise.
    """
    _check(validation, test)
    drawn = [rng.choice(rows, len(rows)) for rows in _classes(labels)]
    return _joined([_cut(rows, validation, test) for rows in drawn])


def names_test_before_validation(labels, validation, test, rng):
    """You return the test part before the validation part; the order is train, validation, test.

    Many libraries return train and test first.
    """
    _check(validation, test)
    train, held, tested = _stratified(labels, validation, test, rng)
    return train, tested, held


def returns_the_labels(labels, validation, test, rng):
    """You return the labels of the three parts; row numbers are asked for, to index x as well.

    With the labels alone nobody could find the images that belong to them.
    """
    _check(validation, test)
    return tuple(np.asarray(labels)[part] for part in _stratified(labels, validation, test, rng))


def loses_the_rest(labels, validation, test, rng):
    """You cut off what rounding leaves over; all rows that are not held out belong to training.

    Three shares times n, each cut down to a whole number, need not add up to n.
    """
    _check(validation, test)
    parts = []
    for rows in _classes(labels):
        rows, n = rng.permutation(rows), len(rows)
        held, tested = int(validation * n), int(test * n)
        kept = int((1 - validation - test) * n)
        parts.append((rows[held + tested : held + tested + kept], *_cut_held(rows, held, tested)))
    return _joined(parts)


def _check(validation, test):
    if validation + test >= 1:
        raise ValueError("nothing is left to train with")


def _classes(labels):
    return [np.flatnonzero(np.asarray(labels) == label) for label in np.unique(labels)]


def _cut_held(rows, held, tested):
    return rows[:held], rows[held : held + tested]


def _pieces(rows, held, tested):
    return (rows[held + tested :], *_cut_held(rows, held, tested))


def _cut(rows, validation, test):
    return _pieces(rows, round(validation * len(rows)), round(test * len(rows)))


def _joined(parts):
    return tuple(np.concatenate(part) for part in zip(*parts, strict=True))


def _stratified(labels, validation, test, rng):
    return _joined([_cut(rng.permutation(rows), validation, test) for rows in _classes(labels)])
