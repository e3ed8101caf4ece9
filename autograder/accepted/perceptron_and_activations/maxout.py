"""Unusual and right maxout neurons."""

import numpy as np


def loops_over_samples_and_pieces(x, W, b):
    """Plain loops; returns lists."""
    values, places = [], []
    for sample in x:
        pieces = [sum(sample * weights) + bias for weights, bias in zip(W, b, strict=True)]
        values.append(max(pieces))
        places.append(pieces.index(max(pieces)))
    return values, places


def lets_the_last_of_equal_pieces_win(x, W, b):
    """Searches the pieces from the back."""
    pieces = np.einsum("nd,kd->kn", x, W) + np.asarray(b)[:, None]
    index = len(pieces) - 1 - pieces[::-1].argmax(axis=0)
    return pieces.max(axis=0), index


def sorts_the_pieces(x, W, b):
    """Takes the end of a sorted list; returns one array of floats with both results."""
    pieces = np.asarray(x) @ np.asarray(W).T + b
    order = np.argsort(pieces, axis=1)[:, -1]
    return np.stack([pieces[np.arange(len(order)), order], order])
