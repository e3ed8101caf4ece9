"""What people believe about prototypes of classes."""

import numpy as np


def _softmax(scores, axis=1):
    powers = np.exp(scores - scores.max(axis=axis, keepdims=True))
    return powers / powers.sum(axis=axis, keepdims=True)


def _means(features, labels):
    classes = np.unique(labels)
    return classes, np.array([features[labels == c].mean(axis=0) for c in classes])


def _squares(queries, prototypes):
    return ((queries[:, np.newaxis] - prototypes) ** 2).sum(axis=2)


def forgets_the_square(queries, features, labels):
    """You take the distance; here it is its square.

    Nearest is nearest, but the shares differ.
    """
    classes, prototypes = _means(features, labels)
    return classes, _softmax(-np.sqrt(_squares(queries, prototypes)))


def prefers_what_is_far(queries, features, labels):
    """Your farthest prototype gets the largest share; a distance enters with a minus.

    A softmax makes the largest number the largest share.
    """
    classes, prototypes = _means(features, labels)
    return classes, _softmax(_squares(queries, prototypes))


def lets_the_queries_compete(queries, features, labels):
    """Your softmax runs over the queries; the classes share each query among themselves.

    Axis 0 comes to mind first.
    """
    classes, prototypes = _means(features, labels)
    return classes, _softmax(-_squares(queries, prototypes), axis=0)


def runs_out_of_numbers(queries, features, labels):
    """Your far queries get 0 divided by 0. You may shift each row so that its largest entry is 0.

    exp(-1000) is 0 in a computer, for every class.
    """
    classes, prototypes = _means(features, labels)
    powers = np.exp(-_squares(queries, prototypes))
    with np.errstate(invalid="ignore", divide="ignore"):
        return classes, powers / powers.sum(axis=1, keepdims=True)


def averages_the_distances(queries, features, labels):
    """You average the distances to all samples; it is the distance to their average.

    With one sample a class it is the same.
    """
    classes = np.unique(labels)
    far = _squares(queries, features)
    means = np.stack([far[:, labels == c].mean(axis=1) for c in classes], axis=1)
    return classes, _softmax(-means)


def takes_the_nearest_sample(queries, features, labels):
    """You take the nearest sample of a class; its prototype is the mean of its samples.

    That is the nearest neighbour. With one sample a class it is the same.
    """
    classes = np.unique(labels)
    far = _squares(queries, features)
    least = np.stack([far[:, labels == c].min(axis=1) for c in classes], axis=1)
    return classes, _softmax(-least)


def adds_the_samples(queries, features, labels):
    """You add up the samples of a class; its prototype is their mean.

    With one sample a class it is the same.
    """
    classes = np.unique(labels)
    sums = np.array([features[labels == c].sum(axis=0) for c in classes])
    return classes, _softmax(-_squares(queries, sums))


def takes_the_first_sample(queries, features, labels):
    """You take the first sample of a class for all of them; it is their mean.

    One example seems enough. With one sample a class it is the same.
    """
    classes, first = np.unique(labels, return_index=True)
    return classes, _softmax(-_squares(queries, features[first]))


def keeps_the_order_of_appearance(queries, features, labels):
    """Your classes stand in the order of their first samples; here the smallest label is first.

    A dictionary keeps the order in which keys come.
    """
    classes = np.array(list(dict.fromkeys(labels.tolist())))
    prototypes = np.array([features[labels == c].mean(axis=0) for c in classes])
    return classes, _softmax(-_squares(queries, prototypes))


def counts_the_classes_from_zero(queries, features, labels):
    """You number the classes from 0; return the labels as they are.

    argmax gives such numbers, and often labels are 0 to K - 1.
    """
    classes, prototypes = _means(features, labels)
    return np.arange(len(classes)), _softmax(-_squares(queries, prototypes))


def shifts_all_queries_alike(queries, features, labels):
    """You shift the whole table by one number; each query has a largest entry of its own.

    One near query then leaves 0 divided by 0 to the far ones.
    """
    classes, prototypes = _means(features, labels)
    scores = -_squares(queries, prototypes)
    with np.errstate(all="ignore"):
        parts = np.exp(scores - scores.max())
        return classes, parts / parts.sum(axis=1, keepdims=True)



def averages_over_the_features(queries, features, labels):
    """You divide the squared distance by the number of features; it is their sum.

    mean and sum are easily exchanged. With one feature it is the same.
    """
    classes, prototypes = _means(features, labels)
    return classes, _softmax(-_squares(queries, prototypes) / features.shape[1])


def divides_one_by_the_distance(queries, features, labels):
    """You share by one over the squared distance; it is a softmax of minus the squared distance.

    Near is large then, too. On a prototype it is infinite.
    """
    classes, prototypes = _means(features, labels)
    close = 1 / (_squares(queries, prototypes) + 1e-12)
    return classes, close / close.sum(axis=1, keepdims=True)


def compares_directions(queries, features, labels):
    """You compare by dot products; here it is the distance that counts.

    For vectors of one length both give the same order.
    """
    classes, prototypes = _means(features, labels)
    return classes, _softmax(queries @ prototypes.T)


def leaves_the_squares_negative(queries, features, labels):
    """You return minus the squared distances; a softmax makes shares of them.

    The largest one is the nearest already.
    """
    classes, prototypes = _means(features, labels)
    return classes, -_squares(queries, prototypes)


def decides_at_once(queries, features, labels):
    """You give the nearest class everything; asked for are shares.

    A vote for one class is the last step, not this one.
    """
    classes, prototypes = _means(features, labels)
    return classes, np.eye(len(classes))[_squares(queries, prototypes).argmin(axis=1)]


def weighs_classes_by_their_size(queries, features, labels):
    """You weigh classes by their number of samples; here all count the same.

    In training larger classes do count more.
    """
    classes, prototypes = _means(features, labels)
    sizes = np.array([np.sum(labels == c) for c in classes])
    return classes, _softmax(-_squares(queries, prototypes) + np.log(sizes))
