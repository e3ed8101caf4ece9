"""Wrong beliefs about which feature tells classes apart."""

import numpy as np


def takes_the_worst_first(X, y, n_features):
    """You take the smallest scores; np.argsort sorts from small to large.

    Turn the order round, or sort the scores with a minus sign.
    """
    return np.argsort(_scores(X, y))[:n_features]


def takes_what_varies_most(X, y, n_features):
    """You take the columns that vary most; they may vary for reasons of their own.

    Much variation looks like much information, but the labels have not been asked.
    """
    return np.argsort(-X.var(axis=0))[:n_features]


def forgets_the_spread_within_a_class(X, y, n_features):
    """You compare the class means only; how wide a class spreads around its mean counts too.

    A column in millimetres then beats the same column in metres.
    """
    return np.argsort(-_means(X, y).var(axis=0))[:n_features]


def looks_for_narrow_classes_only(X, y, n_features):
    """You look for small spread within the classes only; their means must differ as well.

    A constant column has no spread at all and tells nothing.
    """
    return np.argsort(_within(X, y))[:n_features]


def sorts_the_columns_again(X, y, n_features):
    """You put the chosen columns in order of their number; the best one comes first.

    For a table one would keep the columns in order. The statement asks for the ranking.
    """
    return np.sort(np.argsort(-_scores(X, y))[:n_features])


def treats_labels_as_quantities(X, y, n_features):
    """You measure the correlation with the label; labels are names, and 2 is not twice 1.

    For two classes it gives nearly the same, and it has a function in NumPy.
    """
    X, y = np.asarray(X, float), np.asarray(y, float)
    together = ((X - X.mean(axis=0)) * (y - y.mean())[:, None]).mean(axis=0)
    return np.argsort(-np.abs(together) / (X.std(axis=0) * y.std() + 1e-9))[:n_features]


def lets_large_classes_count_more(X, y, n_features):
    """You weigh classes by their size; the statement lets every class count the same.

    The mean over all samples does that by itself.
    """
    return np.argsort(-_scores(X, y, weighted=True))[:n_features]


def averages_standard_deviations(X, y, n_features):
    """You use standard deviations; the score takes variances, their squares, before the mean.

    For classes of equal spread the order is the same, so most tables do not show it.
    """
    groups = [X[y == c] for c in np.unique(y)]
    within = np.mean([group.std(axis=0) for group in groups], axis=0)
    return np.argsort(-_means(X, y).std(axis=0) / (within + 1e-9))[:n_features]


def returns_the_columns_themselves(X, y, n_features):
    """You return the columns; their numbers are asked, so that new samples can be cut as well.

    "Select" sounds like handing over what was selected.
    """
    return X[:, np.argsort(-_scores(X, y))[:n_features]]


def keeps_the_first_columns(X, y, n_features):
    """You keep the first columns; which ones are good depends on the data.

    In many tables the important columns stand in front.
    """
    return np.arange(n_features)


def _means(X, y):
    return np.array([X[y == c].mean(axis=0) for c in np.unique(y)])


def _within(X, y):
    return np.mean([X[y == c].var(axis=0) for c in np.unique(y)], axis=0)


def _scores(X, y, weighted=False):
    if not weighted:
        return _means(X, y).var(axis=0) / (_within(X, y) + 1e-9)
    classes, counts = np.unique(y, return_counts=True)
    shares, means = counts / counts.sum(), _means(X, y)
    within = shares @ np.array([X[y == c].var(axis=0) for c in classes])
    return shares @ (means - shares @ means) ** 2 / (within + 1e-9)
