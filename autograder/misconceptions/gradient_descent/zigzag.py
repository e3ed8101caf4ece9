"""Wrong beliefs about counting the turns of a path."""

import numpy as np


def _steps(path):
    return np.diff(np.asarray(path, float), axis=0)


def _share(turns, otherwise=0.0):
    return float(np.mean(turns)) if np.size(turns) else otherwise


def _dots(vectors):
    return np.sum(vectors[1:] * vectors[:-1], axis=1)


def compares_the_points(path):
    """You multiply the points; where a path turns is seen from its steps, their differences.

    The points are what the path holds.
    """
    return _share(_dots(np.asarray(path, float)) < 0)


def counts_the_turns(path):
    """You return how many steps turn back; the share is asked for, between 0 and 1.

    A count is what the loop leaves behind. It grows with the length of the path.
    """
    return float(np.sum(_dots(_steps(path)) < 0))


def divides_by_the_steps(path):
    """You divide by the number of steps; T steps have T - 1 pairs of neighbours.

    The last step has no follower, so it cannot turn.
    """
    steps = _steps(path)
    return float(np.sum(_dots(steps) < 0)) / len(steps) if len(steps) > 1 else 0.0


def divides_by_the_points(path):
    """You divide by the number of points; only pairs of neighbouring steps count.

    len(path) is at hand.
    """
    return float(np.sum(_dots(_steps(path)) < 0)) / len(path)


def counts_right_angles(path):
    """You count a dot product of 0; more than 90 degrees is a turn, 90 degrees is not.

    <= and < differ where steps are at right angles, or where one has the length 0.
    """
    return _share(_dots(_steps(path)) <= 0)


def looks_at_every_coordinate(path):
    """You count sign changes coordinate by coordinate; the angle between whole steps decides.

    A coordinate may flip while the step as a whole goes on.
    """
    steps = _steps(path)
    return _share(steps[1:] * steps[:-1] < 0)


def asks_for_any_flip(path):
    """You call it a turn if any coordinate flips; the dot product adds up all of them.

    On a picture the flipping coordinate catches the eye.
    """
    steps = _steps(path)
    return _share(np.any(steps[1:] * steps[:-1] < 0, axis=1))


def looks_at_the_first_coordinate(path):
    """You look at the first coordinate only; all of them belong to the step.

    In one dimension it is the only one.
    """
    steps = _steps(path)[:, :1]
    return _share(_dots(steps) < 0)


def averages_the_cosines(path):
    """You average the cosines; the share of the negative ones is asked for.

    The mean cosine is a measure too. It is -1 for to and fro and 1 for straight on.
    """
    steps = _steps(path)
    lengths = np.linalg.norm(steps, axis=1)
    pairs = lengths[1:] * lengths[:-1]
    return _share(_dots(steps) / np.where(pairs > 0, pairs, 1.0))


def multiplies_every_second_step(path):
    """You pair step 0 with 1, step 2 with 3; every step is compared with the next one.

    steps[::2] and steps[1::2] are pairs too, but half of them are missing.
    """
    steps = _steps(path)
    n = len(steps) // 2
    return _share(np.sum(steps[0 : 2 * n : 2] * steps[1 : 2 * n : 2], axis=1) < 0)


def gives_nan_for_short_paths(path):
    """You take the mean of nothing; a path with fewer than two steps has the share 0.0.

    np.mean of an empty array is nan, with a warning.
    """
    return _share(_dots(_steps(path)) < 0, otherwise=float("nan"))


def compares_with_the_first_step(path):
    """You compare every step with the first one; a turn is between neighbours.

    "Going back" is then measured against where the path set out to.
    """
    steps = _steps(path)
    return _share(steps[1:] @ steps[0] < 0) if len(steps) > 1 else 0.0
