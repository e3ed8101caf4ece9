"""Wrong beliefs about a maxout neuron."""

import numpy as np


def looks_along_the_samples(x, W, b):
    """You take the maximum over the samples; the pieces of one sample compete, along axis 1.

    axis=0 is what one tries first, and for a square array the shapes do not complain.
    """
    pieces = _pieces(x, W, b)
    return pieces.max(axis=0), pieces.argmax(axis=0)


def forgets_the_bias(x, W, b):
    """You compare x W^T without b; every piece has its own bias, and it can change the winner.

    In the formula the two biases stand at the end of long terms.
    """
    pieces = _pieces(x, W, np.zeros(len(b)))
    return pieces.max(axis=1), pieces.argmax(axis=1)


def chooses_before_adding_the_bias(x, W, b):
    """You choose the winner by x W^T and add its bias afterwards; the bias takes part in the race.

    "First the weights, then the bias" is the order in a neuron, where nothing competes.
    """
    index = _pieces(x, W, np.zeros(len(b))).argmax(axis=1)
    return _pieces(x, W, b)[np.arange(len(index)), index], index


def takes_the_largest_in_size(x, W, b):
    """You look for the largest absolute value; -5 is smaller than 2.

    "The strongest response" sounds as if the sign did not matter.
    """
    pieces = _pieces(x, W, b)
    index = np.abs(pieces).argmax(axis=1)
    return pieces[np.arange(len(index)), index], index


def never_goes_below_zero(x, W, b):
    """You start the search at 0, as ReLU does; a maxout neuron may be negative.

    best = 0 is how loops for a maximum begin, until all numbers are negative.
    """
    pieces = _pieces(x, W, b)
    return np.maximum(pieces.max(axis=1), 0.0), pieces.argmax(axis=1)


def compares_two_pieces_only(x, W, b):
    """You compare the first two pieces; W may have any number of rows.

    The deck's formula has two.
    """
    pieces = _pieces(x, W, b)[:, :2]
    return pieces.max(axis=1), pieces.argmax(axis=1)


def counts_pieces_from_one(x, W, b):
    """Your index counts from 1; Python and this exercise count from 0.

    The formula calls its pieces w_1 and w_2.
    """
    pieces = _pieces(x, W, b)
    return pieces.max(axis=1), pieces.argmax(axis=1) + 1


def returns_one_index_for_the_whole_batch(x, W, b):
    """You call argmax without an axis; each sample has a winner of its own, along axis 1.

    argmax then counts through the whole array as if it were one long row.
    """
    pieces = _pieces(x, W, b)
    return pieces.max(axis=1), pieces.argmax()


def returns_the_index_first(x, W, b):
    """You return (index, value); the value comes first.

    The index is what the search is about, and both arrays have the same shape.
    """
    pieces = _pieces(x, W, b)
    return pieces.argmax(axis=1), pieces.max(axis=1)


def takes_the_smallest_piece(x, W, b):
    """You return the smallest piece; maxout takes the largest.

    The minimum of lines is a roof, the maximum a bowl, and both are made of straight pieces.
    """
    pieces = _pieces(x, W, b)
    return pieces.min(axis=1), pieces.argmin(axis=1)


def _pieces(x, W, b):
    return np.asarray(x, dtype=float) @ np.asarray(W, dtype=float).T + np.asarray(b, dtype=float)
