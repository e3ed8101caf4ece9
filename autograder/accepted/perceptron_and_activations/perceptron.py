"""Unusual and right perceptrons."""

import numpy as np


def loops_over_points_and_inputs(X, w0, w):
    """Plain loops; returns a list of whole numbers."""
    answers = []
    for point in X:
        net = w0
        for value, weight in zip(point, w, strict=True):
            net += value * weight
        answers.append(1 if net > 0 else 0)
    return answers


def returns_true_and_false(X, w0, w):
    """Returns the comparison itself; True counts as 1."""
    return np.einsum("nd,d->n", X, w) > -w0


def puts_the_bias_into_the_weights(X, w0, w):
    """Gives every point a first input that is always 1, with the weight w0."""
    points = np.column_stack([np.ones(len(X)), X])
    return np.heaviside(points @ np.concatenate([[w0], w]), 0)


def asks_on_which_side_of_one_half(X, w0, w):
    """Goes through the logistic function: it is above 1/2 exactly where net > 0."""
    return np.round(0.5 + 0.4 * np.tanh(100 * (np.asarray(X) @ w + w0))) * 1.0
