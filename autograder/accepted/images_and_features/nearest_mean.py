"""Unusual and right nearest-mean classifiers."""

import numpy as np


def compares_linear_scores(X, y, X_new):
    """No distances: 2 x.m - m.m is largest for the nearest mean m; a linear classifier."""
    classes = sorted(set(y.tolist()))
    means = np.stack([X[y == c].mean(axis=0) for c in classes])
    scores = 2 * X_new @ means.T - (means**2).sum(axis=1)
    return [classes[k] for k in scores.argmax(axis=1)]


def goes_sample_by_sample(X, y, X_new):
    """A dictionary of means, and the label with the smallest distance, one sample at a time."""
    means = {int(c): X[y == c].mean(axis=0) for c in y}
    return np.array([min(means, key=lambda c: np.linalg.norm(x - means[c])) for x in X_new])
