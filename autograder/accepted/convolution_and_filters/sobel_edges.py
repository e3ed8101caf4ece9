"""Unusual and right ways to get slopes, lengths and directions."""

import cmath

import numpy as np


def differences_then_sums(image):
    """Uses that the kernels are products: differences along one axis, 1 2 1 along the other."""
    image = np.asarray(image, float)
    across = image[:, 2:] - image[:, :-2]
    down = image[2:] - image[:-2]
    gx = across[:-2] + 2 * across[1:-1] + across[2:]
    gy = down[:, :-2] + 2 * down[:, 1:-1] + down[:, 2:]
    return [gx, gy, (gx**2 + gy**2) ** 0.5, np.mod(np.arctan2(gy, gx), 2 * np.pi)]


def complex_numbers(image):
    """One complex arrow a pixel, in lists; the angle of nothing is left at 1."""
    rows, columns = image.shape[0] - 2, image.shape[1] - 2
    out = [[[0.0] * columns for _ in range(rows)] for _ in range(4)]
    for r in range(rows):
        for c in range(columns):
            w = image[r : r + 3, c : c + 3].astype(float).tolist()
            gx = sum(k * (w[i][2] - w[i][0]) for i, k in enumerate((1, 2, 1)))
            gy = sum(k * (w[2][j] - w[0][j]) for j, k in enumerate((1, 2, 1)))
            arrow = complex(gx, gy)
            values = (gx, gy, abs(arrow), cmath.phase(arrow) if arrow else 1.0)
            for k, value in enumerate(values):
                out[k][r][c] = value
    return out


def one_array_of_four(image):
    """Returns one array of shape (4, rows, columns)."""
    windows = np.lib.stride_tricks.sliding_window_view(np.asarray(image, float), (3, 3))
    kernel = np.outer([1, 2, 1], [-1, 0, 1])
    gx, gy = (windows * kernel).sum(axis=(2, 3)), (windows * kernel.T).sum(axis=(2, 3))
    return np.stack([gx, gy, np.sqrt(gx * gx + gy * gy), np.angle(gx + 1j * gy)])
