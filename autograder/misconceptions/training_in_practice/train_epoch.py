"""Wrong beliefs about the loop of training."""

import numpy as np

from course_lib import functional as F


def forgets_to_empty_the_gradients(net, update, x, y, groups):
    """You let old gradients stay; backward adds to them, so call net.zero_grad() for every batch.

    The first step is right, and later ones go roughly downhill as well.
    """
    losses = []
    for rows in groups:
        losses.append(_backward(net, x[rows], y[rows]))
        update(net.parameters())
    return losses, _error(net, x, y)


def steps_once_for_all_batches(net, update, x, y, groups):
    """You gather the gradients of all batches and step once; step after every batch.

    That is learning by epoch, whatever the groups are.
    """
    net.zero_grad()
    losses = [_backward(net, x[rows], y[rows]) for rows in groups]
    update(net.parameters())
    return losses, _error(net, x, y)


def steps_before_the_gradient(net, update, x, y, groups):
    """You leave out the last step before the error; update follows backward, the error comes last.

    Update stands before backward, or the error is measured too early: both give these numbers.
    """
    losses = []
    for rows in groups:
        update(net.parameters())
        net.zero_grad()
        losses.append(_backward(net, x[rows], y[rows]))
    return losses, _error(net, x, y)


def empties_the_gradients_too_late(net, update, x, y, groups):
    """You never move the net; call update right after backward, and zero_grad before it.

    Gradients that are emptied between backward and update give a step of 0, as no update does.
    """
    losses = []
    for rows in groups:
        losses.append(_backward(net, x[rows], y[rows]))
        net.zero_grad()
        update(net.parameters())
    return losses, _error(net, x, y)


def notes_the_loss_after_the_step(net, update, x, y, groups):
    """You note the loss after the step; note the one that the gradient belongs to.

    It needs a second forward pass, and it looks a little better than it should.
    """
    losses = []
    for rows in groups:
        _backward_of_empty(net, x[rows], y[rows])
        update(net.parameters())
        losses.append(float(F.cross_entropy(net.forward(x[rows]), y[rows])))
    return losses, _error(net, x, y)


def takes_the_first_labels(net, update, x, y, groups):
    """You take the first labels of y instead of y[rows]; images and labels then do not match.

    Shapes are right, so nothing is raised; the net just does not learn.
    """
    losses = []
    for rows in groups:
        losses.append(_backward_of_empty(net, x[rows], y[: len(rows)]))
        update(net.parameters())
    return losses, _error(net, x, y)


def takes_all_samples_every_time(net, update, x, y, groups):
    """You use all of x and y in every update; take x[rows] and y[rows].

    The loss then falls smoothly, and an epoch takes as many times longer as there are batches.
    """
    losses = []
    for _ in groups:
        losses.append(_backward_of_empty(net, x, y))
        update(net.parameters())
    return losses, _error(net, x, y)


def takes_the_softmax_twice(net, update, x, y, groups):
    """You put a softmax before cross_entropy; it takes logits, and does the softmax itself.

    The net outputs scores, the loss wants probabilities: so it seems.
    """
    losses = []
    for rows in groups:
        logits = net.forward(x[rows])
        soft = F.softmax(logits)
        losses.append(float(F.cross_entropy(soft, y[rows])))
        net.zero_grad()
        net.backward(F.softmax_backward(F.cross_entropy_backward(1.0, soft, y[rows]), soft))
        update(net.parameters())
    return losses, _error(net, x, y)


def divides_by_the_batch_twice(net, update, x, y, groups):
    """You divide the gradient by the batch size once more; cross_entropy is a mean already.

    By pattern it changes nothing. In large batches the net hardly moves.
    """
    losses = []
    for rows in groups:
        losses.append(_backward_of_empty(net, x[rows], y[rows], 1.0 / len(rows)))
        update(net.parameters())
    return losses, _error(net, x, y)


def returns_the_mean_only(net, update, x, y, groups):
    """You return the mean of the losses; a list with the loss of every batch is asked for.

    The mean of an epoch is what one usually prints.
    """
    losses = []
    for rows in groups:
        losses.append(_backward_of_empty(net, x[rows], y[rows]))
        update(net.parameters())
    return float(np.mean(losses)), _error(net, x, y)


def returns_the_mean_as_the_error(net, update, x, y, groups):
    """You return the mean loss of the epoch as the error; measure the net after the last step.

    The early batches met a worse net, so their mean says little about what came out.
    """
    losses = []
    for rows in groups:
        losses.append(_backward_of_empty(net, x[rows], y[rows]))
        update(net.parameters())
    return losses, float(np.mean(losses))


def _error(net, x, y):
    return float(F.cross_entropy(net.forward(x), y))


def _backward(net, x, y, upstream=1.0):
    logits = net.forward(x)
    net.backward(F.cross_entropy_backward(upstream, logits, y))
    return float(F.cross_entropy(logits, y))


def _backward_of_empty(net, x, y, upstream=1.0):
    net.zero_grad()
    return _backward(net, x, y, upstream)
