"""Wrong beliefs about the nearest class mean."""

import numpy as np


def returns_the_number_of_the_class(X, y, X_new):
    """You return the place of the class in the list; its label is asked, which may be 7.

    With labels 0, 1, 2 both are the same.
    """
    return _far(X, y, X_new).argmin(axis=1)


def takes_the_nearest_sample(X, y, X_new):
    """You take the label of the nearest sample; the mean of each class is asked.

    That is the nearest-neighbour classifier, which keeps all samples.
    """
    far = ((X_new[:, None] - X) ** 2).sum(axis=2)
    return y[far.argmin(axis=1)]


def takes_the_farthest_mean(X, y, X_new):
    """You take the largest distance; the nearest mean has the smallest.

    argmax is what one writes for scores, and a distance is the opposite of a score.
    """
    return np.unique(y)[_far(X, y, X_new).argmax(axis=1)]


def takes_the_largest_product(X, y, X_new):
    """You take the largest dot product with a mean; a long mean then always wins.

    Similar directions and small distances go together for vectors of one length only.
    """
    return np.unique(y)[(X_new @ _means(X, y).T).argmax(axis=1)]


def adds_up_differences_with_their_sign(X, y, X_new):
    """You add up the differences before you take their size; + and - then cancel.

    Squares (or sizes) must be taken feature by feature.
    """
    far = np.abs((X_new[:, None] - _means(X, y)).sum(axis=2))
    return np.unique(y)[far.argmin(axis=1)]


def looks_at_the_first_feature_only(X, y, X_new):
    """You compare the first feature only; all of them belong to the distance.

    X[0] and X[:, 0] are one slip apart from X.
    """
    far = np.abs(X_new[:, :1] - _means(X, y)[:, 0])
    return np.unique(y)[far.argmin(axis=1)]


def takes_the_most_common_class(X, y, X_new):
    """You answer with the most common class for everything; the samples are not looked at.

    For very unequal classes this is right surprisingly often.
    """
    classes, counts = np.unique(y, return_counts=True)
    return np.full(len(X_new), classes[counts.argmax()])


def prefers_large_classes(X, y, X_new):
    """You divide by all samples instead of those of the class; small classes shrink towards 0.

    One mean over everything, with zeros where the label differs, is not the class mean.
    """
    classes = np.unique(y)
    means = np.array([(X * (y == c)[:, None]).mean(axis=0) for c in classes])
    return classes[((X_new[:, None] - means) ** 2).sum(axis=2).argmin(axis=1)]


def _means(X, y):
    return np.array([X[y == c].mean(axis=0) for c in np.unique(y)])


def _far(X, y, X_new):
    return ((X_new[:, None] - _means(X, y)) ** 2).sum(axis=2)
