"""Unusual and right rankings."""

import numpy as np


def divides_by_one_less_between_classes(X, y, n_features):
    """Another factor for all scores (ddof=1 between the classes); a plain list comes back."""
    classes = sorted(set(y.tolist()))
    means = np.stack([X[y == c].mean(axis=0) for c in classes])
    within = sum(X[y == c].var(axis=0) for c in classes) / len(classes)
    scores = means.var(axis=0, ddof=1) / (within + 1e-9)
    return sorted(range(X.shape[1]), key=lambda k: -scores[k])[:n_features]


def ranks_column_by_column(X, y, n_features):
    """Takes the best of those left, again and again."""
    scores = {}
    for k, column in enumerate(X.T):
        groups = [column[y == c] for c in np.unique(y)]
        middle = np.mean([g.mean() for g in groups])
        between = np.mean([(g.mean() - middle) ** 2 for g in groups])
        within = np.mean([np.mean((g - g.mean()) ** 2) for g in groups])
        scores[k] = between / (within + 1e-9)
    best = []
    while len(best) < n_features:
        best.append(max(scores, key=scores.__getitem__))
        del scores[best[-1]]
    return tuple(best)
