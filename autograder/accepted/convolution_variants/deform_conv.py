"""Unusual and right ways to write a deformable convolution."""

import numpy as np


def _pixel(x, row, col):
    inside = 0 <= row < x.shape[0] and 0 <= col < x.shape[1]
    return float(x[row, col]) if inside else 0.0


def loops_with_bilinear_by_hand(x, weight, offsets):
    """One place and one weight at a time, the four pixels around by hand."""
    out = np.zeros(offsets.shape[:2])
    for r, s, i, j in np.ndindex(offsets.shape[:4]):
        row, col = r + i + offsets[r, s, i, j, 0], s + j + offsets[r, s, i, j, 1]
        top, left = int(np.floor(row)), int(np.floor(col))
        down, right = row - top, col - left
        value = ((1 - down) * (1 - right) * _pixel(x, top, left)
                 + (1 - down) * right * _pixel(x, top, left + 1)
                 + down * (1 - right) * _pixel(x, top + 1, left)
                 + down * right * _pixel(x, top + 1, left + 1))
        out[r, s] += weight[i, j] * value
    return out


def a_hat_over_every_pixel(x, weight, offsets):
    """Each place weighs all pixels with max(0, 1 - distance), down times across; gives a list."""
    r, s, i, j = np.ogrid[tuple(map(slice, offsets.shape[:4]))]
    down = np.arange(len(x)) - (r + i + offsets[..., 0])[..., None]
    across = np.arange(x.shape[1]) - (s + j + offsets[..., 1])[..., None]
    hats = (np.maximum(0, 1 - np.abs(distance)) for distance in (down, across))
    return np.einsum("rsija,rsijb,ab,ij->rs", *hats, x, weight).tolist()
