"""What people believe about spatial pyramid pooling."""

import numpy as np


def _regions(n_in, level):
    return [(i * n_in // level, -(-(i + 1) * n_in // level)) for i in range(level)]


def _grid(x, level, regions=_regions, summary=np.max):
    grid = np.zeros((*x.shape[:2], level, level))
    rows, columns = (regions(n_in, level) for n_in in x.shape[2:])
    for i, (top, bottom) in enumerate(rows):
        for j, (left, right) in enumerate(columns):
            grid[:, :, i, j] = summary(x[:, :, top:bottom, left:right], axis=(2, 3))
    return grid


def _joined(grids):
    return np.concatenate([grid.reshape(len(grid), -1) for grid in grids], axis=1)


def takes_means(x, levels):
    """You take the mean of every region; this pyramid takes the largest pixel.

    Regions of different sizes seem to ask for a mean.
    """
    return _joined([_grid(x, level, summary=np.mean) for level in levels])


def starts_the_maximum_at_zero(x, levels):
    """You start the search for the maximum at 0; a region of negative pixels has a negative one.

    Behind a ReLU nothing is negative, and there it is right.
    """
    return np.maximum(_joined([_grid(x, level) for level in levels]), 0)


def drops_the_pixels_left_over(x, levels):
    """You make all regions equally large, so the last rows and columns are never seen.

    H // l is the size of a region where the level divides the image.
    """
    def regions(n_in, level):
        size = n_in // level
        return [(i * size, i * size + size) for i in range(level)]

    return _joined([_grid(x, level, regions) for level in levels])


def rounds_both_ends_down(x, levels):
    """You round the end of a region down; it is rounded up, so neighbours may share pixels.

    One rule for begin and end looks tidier, and regions side by side seem right.
    """
    def regions(n_in, level):
        return [(i * n_in // level, (i + 1) * n_in // level) for i in range(level)]

    return _joined([_grid(x, level, regions) for level in levels])


def rounds_the_size_up(x, levels):
    """You begin every region a rounded-up size after the last; it begins at i H / l, rounded down.

    A size that is rounded up covers everything, but the last region gets less than its part.
    """
    def regions(n_in, level):
        size = -(-n_in // level)
        begins = [min(i * size, n_in - 1) for i in range(level)]
        return [(begin, min(begin + size, n_in)) for begin in begins]

    return _joined([_grid(x, level, regions) for level in levels])


def puts_all_channels_of_a_place_together(x, levels):
    """You put the channels of a place side by side; a level goes channel by channel.

    Colour images on disk are stored that way.
    """
    return _joined([_grid(x, level).transpose(0, 2, 3, 1) for level in levels])


def puts_all_levels_of_a_channel_together(x, levels):
    """You put the levels of a channel side by side; all channels of a level come first.

    A loop over channels outside and one over levels inside does it.
    """
    n, c = x.shape[:2]
    grids = [_grid(x, level).reshape(n, c, -1) for level in levels]
    return np.concatenate(grids, axis=2).reshape(n, -1)


def sorts_the_levels(x, levels):
    """You sort the levels; they come in the order of the list.

    A pyramid is drawn from its top to its base.
    """
    return _joined([_grid(x, level) for level in sorted(levels)])


def takes_level_for_the_size_of_a_region(x, levels):
    """You make regions of l times l pixels; the level says how many regions there are.

    F of an ordinary pool is the size of a window, and l stands in its place.
    """
    grids = []
    for level in levels:
        rows, columns = (range(0, n_in - level + 1, level) for n_in in x.shape[2:])
        grid = [[x[:, :, i : i + level, j : j + level].max(axis=(2, 3)) for j in columns]
                for i in rows]
        grids.append(np.array(grid).transpose(2, 3, 0, 1))
    return _joined(grids)


def takes_the_image_for_a_square(x, levels):
    """You cut the columns where the rows are cut; the image need not be a square.

    The drawings of the pyramid show squares.
    """
    rows = x.shape[2]

    def regions(_, level):
        return _regions(rows, level)

    def summary(part, axis):
        return part.max(axis=axis) if part.size else 0

    return _joined([_grid(x, level, regions, summary) for level in levels])


def pools_over_the_channels(x, levels):
    """You take the largest of all channels; every channel is pooled by itself.

    A vector of the same length for every image seems to need that as well.
    """
    return _joined([_grid(x, level).max(axis=1) for level in levels])
