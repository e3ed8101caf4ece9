"""Wrong beliefs about the cross-entropy of scores."""

import numpy as np


def _log_softmax(Z):
    shifted = np.asarray(Z, float) - np.max(Z, axis=1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))


def _parts(Z, labels):
    """Losses of the samples, and softmax minus one-hot."""
    log_p, rows = _log_softmax(Z), np.arange(len(Z))
    excess = np.exp(log_p)
    excess[rows, labels] -= 1
    return -log_p[rows, labels], excess


def adds_up_instead_of_averaging(Z, labels):
    """You add up the losses; the statement asks for the mean, in the loss and in the gradient.

    The decks' E is a sum. Means do not depend on the size of the batch, so they are used here.
    """
    losses, excess = _parts(Z, labels)
    return losses.sum(), excess


def forgets_the_n_in_the_gradient(Z, labels):
    """Your loss is a mean, but your gradient belongs to the sum; divide it by N too.

    Softmax minus one-hot is so memorable that the mean is forgotten.
    """
    losses, excess = _parts(Z, labels)
    return losses.mean(), excess


def divides_by_n_twice(Z, labels):
    """You divide the gradient by N twice; once is enough for one mean.

    A mean over the rows, and then the 1/N from the formula.
    """
    losses, excess = _parts(Z, labels)
    return losses.mean(), excess / len(Z) ** 2


def divides_by_all_entries(Z, labels):
    """You divide the gradient by all N * K entries; the mean is over the N samples.

    np.mean of a matrix does that, and mean squared errors often do.
    """
    losses, excess = _parts(Z, labels)
    return losses.mean(), excess / np.size(Z)


def forgets_the_minus(Z, labels):
    """You return ln p without the minus; it is negative, and a loss should be small when right.

    The minus stands before the sum, far away from the ln.
    """
    losses, excess = _parts(Z, labels)
    return -losses.mean(), -excess / len(Z)


def takes_the_logarithm_to_base_two(Z, labels):
    """You take log2; the loss uses the natural logarithm, np.log.

    In information theory the loss is counted in bits. The gradient would need a factor then.
    """
    losses, excess = _parts(Z, labels)
    return losses.mean() / np.log(2), excess / len(Z)


def subtracts_one_from_whole_columns(Z, labels):
    """You write dZ[:, labels] -= 1; that hits whole columns, one entry per row is meant.

    labels as the second index alone picks columns. Rows and labels must come in pairs.
    """
    losses, _ = _parts(Z, labels)
    p = np.exp(_log_softmax(Z))
    p[:, labels] -= 1
    return losses.mean(), p / len(Z)


def picks_whole_columns_in_the_loss_too(Z, labels):
    """You index with [:, labels]; that takes whole columns, one entry per row is meant.

    The same index is used twice: for the losses, and for the 1 that is taken off.
    """
    log_p = _log_softmax(Z)
    p = np.exp(log_p)
    p[:, labels] -= 1
    return -log_p[:, labels].mean(), p / len(Z)


def takes_the_logarithm_of_the_probability(Z, labels):
    """You take the ln of the finished probability; where it rounds to 0, that is infinite.

    Softmax is already there, so ln softmax seems to be one more line.
    """
    _, excess = _parts(Z, labels)
    p = np.exp(_log_softmax(Z))
    with np.errstate(divide="ignore"):
        return -np.log(p[np.arange(len(Z)), labels]).mean(), excess / len(Z)


def adds_a_small_number_inside_the_logarithm(Z, labels):
    """You add 1e-12 inside the ln; a sure and wrong answer then never costs more than 28.

    It keeps the loss finite, but wrong: ln of the difference of scores is exact.
    """
    _, excess = _parts(Z, labels)
    p = np.exp(_log_softmax(Z))
    return -np.log(p[np.arange(len(Z)), labels] + 1e-12).mean(), excess / len(Z)


def exponentiates_without_a_shift(Z, labels):
    """You take exp of the scores as they are; beyond 709 that is inf, and then everything is nan.

    That is the formula, letter by letter.
    """
    with np.errstate(all="ignore"):
        e = np.exp(Z)
        p = e / e.sum(axis=1, keepdims=True)
        rows = np.arange(len(Z))
        loss = -np.log(p[rows, labels]).mean()
        p[rows, labels] -= 1
        return loss, p / len(Z)


def takes_one_maximum_for_the_whole_batch(Z, labels):
    """You subtract the largest score of the whole batch; each sample needs its own maximum.

    np.max without axis is shorter. A row far below the others gets ln 0.
    """
    return exponentiates_without_a_shift(np.asarray(Z, float) - np.max(Z), labels)


def applies_softmax_twice(Z, labels):
    """You apply softmax to what is a probability already; the loss takes the scores.

    Losses in libraries apply softmax inside, and a network that ends in softmax applies it again.
    """
    losses, excess = _parts(np.exp(_log_softmax(Z)), labels)
    return losses.mean(), excess / len(Z)


def counts_the_classes_in_the_batch(Z, labels):
    """You make the one-hot rows from the largest label you see; K is the number of columns of Z.

    labels.max() + 1 is right as long as somebody in the batch is of the last class.
    """
    losses, _ = _parts(Z, labels)
    onehot = np.eye(int(np.max(labels)) + 1)[labels]
    return losses.mean(), (np.exp(_log_softmax(Z)) - onehot) / len(Z)


def differentiates_only_the_logarithm(Z, labels):
    """Your gradient is -1/p at the right class; that is by p, the scores come before softmax.

    The chain rule is missing: every score moves every probability.
    """
    losses, _ = _parts(Z, labels)
    grad = np.zeros(np.shape(Z))
    with np.errstate(over="ignore"):
        grad[np.arange(len(Z)), labels] = -np.exp(losses) / len(Z)
    return losses.mean(), grad


def takes_only_the_diagonal_of_softmax(Z, labels):
    """You multiply by p (1 - p), as for a sigmoid; in softmax each score moves all classes.

    The derivative of the logistic function is known by heart, and softmax looks like it.
    """
    losses, excess = _parts(Z, labels)
    p = np.exp(_log_softmax(Z))
    return losses.mean(), excess * p * (1 - p) / len(Z)
