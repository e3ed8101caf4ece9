"""Unusual and right interpolations."""

import numpy as np


def spreads_tents(image, x, y, fill=0.0):
    """Every pixel holds a tent of width 2; the rest of the weight goes to fill."""
    rows, columns = image.shape
    across = np.maximum(0, 1 - np.abs(np.asarray(x)[..., None] - np.arange(columns)))
    down = np.maximum(0, 1 - np.abs(np.asarray(y)[..., None] - np.arange(rows)))
    weights = down[..., :, None] * across[..., None, :]
    return (weights * image).sum(axis=(-2, -1)) + fill * (1 - weights.sum(axis=(-2, -1)))


def goes_point_by_point(image, x, y, fill=0.0):
    """Python numbers, one point and one neighbour at a time; negative indices are caught."""
    rows, columns = image.shape
    out = np.empty(np.shape(x))
    for place in np.ndindex(out.shape):
        px, py = float(x[place]), float(y[place])
        left, top, total = int(px // 1), int(py // 1), 0.0
        for r in (top, top + 1):
            for c in (left, left + 1):
                inside = 0 <= r < rows and 0 <= c < columns
                value = image[r, c] if inside else fill
                total += (1 - abs(px - c)) * (1 - abs(py - r)) * value
        out[place] = total
    return out
