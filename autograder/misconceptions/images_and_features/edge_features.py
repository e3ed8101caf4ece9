"""Wrong beliefs about measuring change in an image."""

import numpy as np


def exchanges_the_two_directions(images):
    """You put the change from row to row first; the first feature compares left and right.

    Axis 1 comes before axis 2, and axis 1 counts rows.
    """
    return _features(images, np.abs, np.mean)[:, ::-1]


def lets_steps_cancel(images):
    """You average the differences with their signs; a step up and a step down then cancel.

    What is left over is last column minus first column.
    """
    return _features(images, lambda d: d, np.mean)


def takes_the_size_at_the_end(images):
    """You take the absolute value after the mean; by then steps up and down have cancelled.

    Mean of the size and size of the mean look alike in words.
    """
    return np.abs(_features(images, lambda d: d, np.mean))


def adds_up_instead_of_averaging(images):
    """You add up the differences; the mean is asked, so that large images do not score higher.

    The words "how much change" suggest a total.
    """
    return _features(images, np.abs, np.sum)


def divides_by_the_number_of_pixels(images):
    """You divide by the number of pixels; a row of n pixels has n - 1 neighbours side by side.

    One divides by what images.shape says.
    """
    n, rows, columns = np.shape(images)
    return _features(images, np.abs, np.sum) / (rows * columns)


def squares_the_differences(images):
    """You square the differences; their absolute values are asked.

    Squares are everywhere in statistics. They let one strong edge outweigh many weak ones.
    """
    return _features(images, np.square, np.mean)


def compares_with_the_next_but_one(images):
    """You compare pixels that are two apart; direct neighbours are asked.

    The pixel in between is the one at which such a slope is usually written.
    """
    grey = np.asarray(images, dtype=float)
    across, down = np.abs(grey[:, :, 2:] - grey[:, :, :-2]), np.abs(grey[:, 2:] - grey[:, :-2])
    means = [d.sum(axis=(1, 2)) / max(1, d[0].size) for d in (across, down)]
    return np.stack(means, axis=1)


def keeps_the_steps_up_only(images):
    """You keep steps to brighter pixels only; a step to a darker one is a change as well.

    A bar then counts with one of its two edges.
    """
    return _features(images, lambda d: np.maximum(d, 0), np.mean)


def _features(images, size, gather):
    grey = np.asarray(images, dtype=float)
    across = gather(size(np.diff(grey, axis=2)), axis=(1, 2))
    down = gather(size(np.diff(grey, axis=1)), axis=(1, 2))
    return np.stack([across, down], axis=1)
