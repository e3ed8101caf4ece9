"""Unusual but right ways to say when to stop."""

import numpy as np


def looks_back_from_every_epoch(losses, patience):
    """The best of what is known at each epoch, by argmin; NumPy integers as the result."""
    for epoch in range(len(losses)):
        best = np.argmin(losses[: epoch + 1])
        if epoch - best >= patience or epoch == len(losses) - 1:
            return best, np.int64(epoch)
    return None


def counts_the_epochs_since(losses, patience):
    """A counter that a new best epoch sets back to 0; a list as the result."""
    best, lowest, since, epoch = 0, float("inf"), 0, 0
    while epoch < len(losses):
        if losses[epoch] < lowest:
            best, lowest, since = epoch, losses[epoch], 0
        else:
            since += 1
        if since == patience:
            break
        epoch += 1
    return [best, min(epoch, len(losses) - 1)]


def running_minimum(losses, patience):
    """No loop: the running minimum, and the first epoch whose window brings nothing."""
    losses = np.asarray(losses)
    lowest = np.minimum.accumulate(losses)
    stops = np.flatnonzero(lowest[patience:] == lowest[: len(losses) - patience]) + patience
    last = int(stops[0]) if stops.size else len(losses) - 1
    return int(np.argmin(losses[: last + 1])), last
