"""Unusual and right pyramids."""

import math

import numpy as np


def number_by_number(x, levels):
    """Every number of the vector by itself, in plain Python; nested lists as the result."""
    height, width = x.shape[2:]
    vectors = []
    for image in x:
        vector = []
        for level in levels:
            for channel in image:
                for i in range(level):
                    top = math.floor(i * height / level)
                    rows = range(top, math.ceil((i + 1) * height / level))
                    for j in range(level):
                        left = math.floor(j * width / level)
                        right = math.ceil((j + 1) * width / level)
                        vector.append(max(float(channel[r, s]) for r in rows
                                          for s in range(left, right)))
        vectors.append(vector)
    return vectors


def masks(x, levels):
    """A mask of rows and columns for each region, and minus infinity elsewhere."""
    parts = []
    for level in levels:
        where = []
        for n_in in x.shape[2:]:
            pixel, i = np.arange(n_in), np.arange(level)[:, None]
            where.append(((pixel + 1) * level > i * n_in) & (pixel * level < (i + 1) * n_in))
        inside = where[0][:, None, :, None] & where[1][None, :, None, :]
        grid = np.where(inside, x[:, :, None, None], -np.inf).max(axis=(4, 5))
        parts.append(grid.reshape(len(x), -1))
    return np.hstack(parts)


def rows_then_columns(x, levels):
    """The maximum over rows first, then over columns; float32."""
    parts = []
    for level in levels:
        y = x.astype(np.float32)
        for axis in (2, 3):
            n_in = x.shape[axis]
            cuts = [range(i * n_in // level, ((i + 1) * n_in + level - 1) // level)
                    for i in range(level)]
            y = np.stack([y.take(cut, axis=axis).max(axis=axis) for cut in cuts], axis=axis)
        parts += [y.reshape(y.shape[0], -1)]
    return np.concatenate(parts, axis=-1)
