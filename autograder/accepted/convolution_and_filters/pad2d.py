"""Unusual and right ways to put a border around an image."""

import numpy as np


def asks_numpy(image, p, mode="zero"):
    """np.pad has all five rules, some under other names."""
    name = {"zero": "constant", "clamp": "edge", "mirror": "symmetric"}.get(mode, mode)
    return np.pad(image, [(0, 0)] * (np.ndim(image) - 2) + [(p, p), (p, p)], mode=name)


def ring_by_ring(image, p, mode="zero"):
    """Builds strips from slices and puts them together; floats come back for whole numbers."""
    padded = np.array(image, float)
    for axis in (padded.ndim - 2, padded.ndim - 1):
        n = padded.shape[axis]
        if mode == "zero":
            strip = list(padded.shape)
            strip[axis] = p
            before = behind = np.zeros(strip)
        else:
            left = {
                "wrap": range(n - p, n), "clamp": [0] * p, "mirror": range(p - 1, -1, -1),
                "reflect": range(p, 0, -1),
            }[mode]
            right = {
                "wrap": range(p), "clamp": [n - 1] * p, "mirror": range(n - 1, n - 1 - p, -1),
                "reflect": range(n - 2, n - 2 - p, -1),
            }[mode]
            before = np.take(padded, np.array(left, dtype=int), axis)
            behind = np.take(padded, np.array(right, dtype=int), axis)
        padded = np.concatenate([before, padded, behind], axis)
    return padded


def nested_lists(image, p, mode="zero"):
    """One pixel after the other, as lists of lists."""

    def seen(k, n):
        if mode == "clamp":
            return min(max(k, 0), n - 1)
        if mode == "wrap":
            return k % n
        if mode == "zero":
            return k if 0 <= k < n else None
        repeat = 1 if mode == "mirror" else 0
        k = -k - repeat if k < 0 else k
        return 2 * n - 2 + repeat - k if k >= n else k

    def one(picture):
        rows, columns = picture.shape
        return [
            [
                0.0 if seen(r, rows) is None or seen(c, columns) is None
                else float(picture[seen(r, rows), seen(c, columns)])
                for c in range(-p, columns + p)
            ]
            for r in range(-p, rows + p)
        ]

    return one(image) if image.ndim == 2 else [one(channel) for channel in image]
