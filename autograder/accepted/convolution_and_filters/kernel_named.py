"""Unusual and right ways to make the classic kernels."""

import math

import numpy as np


def binomials_and_lists(name, size=3):
    """math.comb for the Gaussian, products for Sobel, lists of lists; a ValueError of its own."""

    class UnknownKernel(ValueError):
        """A learner's own exception is a ValueError too."""

    if name == "box":
        return [[1 / size / size] * size for _ in range(size)]
    if name == "gaussian":
        row = [math.comb(size - 1, k) / 2 ** (size - 1) for k in range(size)]
        return [[a * b for b in row] for a in row]
    if size != 3:
        raise UnknownKernel(f"{name} is 3 x 3")
    smooth, slope = [1, 2, 1], [-1, 0, 1]
    if name == "sobel_x":
        return [[a * b for b in slope] for a in smooth]
    if name == "sobel_y":
        return [[a * b for b in smooth] for a in slope]
    if name == "edge":
        return [[8 if (r, c) == (1, 1) else -1 for c in range(3)] for r in range(3)]
    if name == "sharpen":
        return [[0, -1, 0], [-1, 5, -1], [0, -1, 0]]
    raise UnknownKernel(name)


def identity_plus_something(name, size=3):
    """Sharpen and edge from the identity, whole numbers where they are whole."""
    if name in ("box", "gaussian"):
        row = np.array([1.0])
        while len(row) < size:
            row = (np.append(row, 0) + np.append(0, row)) / 2
        return np.outer(row, row) if name == "gaussian" else np.ones((size, size)) / size**2
    one = np.zeros((3, 3), int)
    one[1, 1] = 1
    cross = np.array([[0, 1, 0], [1, 1, 1], [0, 1, 0]])
    sobel = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])
    made = {"sharpen": 6 * one - cross, "edge": 9 * one - 1, "sobel_x": sobel, "sobel_y": sobel.T}
    if size != 3:
        raise ValueError(size)
    try:
        return made[name]
    except KeyError:
        raise ValueError(name) from None
