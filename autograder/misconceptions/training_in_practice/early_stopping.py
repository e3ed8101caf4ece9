"""Wrong beliefs about when to stop."""

import numpy as np


def looks_into_the_future(losses, patience):
    """You take the smallest loss of the whole list; when training stopped, the rest was unknown.

    With all losses at hand np.argmin is close.
    """
    return int(np.argmin(losses)), _stop(losses, patience)[1]


def keeps_the_last_epoch(losses, patience):
    """You name the last epoch as the best; the best weights are `patience` epochs older.

    The weights at hand are those of the last epoch, so one goes on with them.
    """
    last = _stop(losses, patience)[1]
    return last, last


def compares_with_the_epoch_before(losses, patience):
    """You count how often the loss rose since the epoch before; compare with the best so far.

    On a slope that falls again above the best, the loss gets better and is still not good.
    """
    best, since = 0, 0
    for epoch in range(1, len(losses)):
        if losses[epoch] < losses[best]:
            best = epoch
        since = 0 if losses[epoch] < losses[epoch - 1] else since + 1
        if since >= patience:
            return best, epoch
    return best, len(losses) - 1


def adds_up_all_bad_epochs(losses, patience):
    """You add up all epochs without improvement; a new best epoch starts the count again.

    Patience is then used up by small hills long ago.
    """
    best, bad = 0, 0
    for epoch in range(1, len(losses)):
        if losses[epoch] < losses[best]:
            best = epoch
        else:
            bad += 1
        if bad >= patience:
            return best, epoch
    return best, len(losses) - 1


def takes_a_tie_for_better(losses, patience):
    """You take an equal loss for an improvement; only a smaller one is.

    <= instead of <. On a plateau training would then never end.
    """
    best = 0
    for epoch, loss in enumerate(losses):
        if loss <= losses[best]:
            best = epoch
        if epoch - best >= patience:
            return best, epoch
    return best, len(losses) - 1


def waits_one_epoch_longer(losses, patience):
    """You stop one epoch late; the last epoch is best + patience.

    Is it "after" or "at" the last of the patient epochs? The statement says which.
    """
    return _stop(losses, patience + 1)


def stops_at_the_first_rise(losses, patience):
    """You stop as soon as the loss rises; wait until `patience` epochs have brought nothing.

    Validation losses are noisy, and a small hill is no summit.
    """
    return _stop(losses, 1)


def counts_from_one(losses, patience):
    """You count epochs from 1; here the first epoch has the number 0, as in the list.

    People count epochs from 1, Python counts from 0.
    """
    best, last = _stop(losses, patience)
    return best + 1, last + 1


def returns_the_loss(losses, patience):
    """You return the best loss; the number of its epoch is asked for.

    The smallest value is what one has at hand while searching.
    """
    best, last = _stop(losses, patience)
    return losses[best], last


def _stop(losses, patience):
    best = 0
    for epoch, loss in enumerate(losses):
        if loss < losses[best]:
            best = epoch
        if epoch - best >= patience:
            return best, epoch
    return best, len(losses) - 1
