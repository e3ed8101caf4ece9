"""Unusual and right ways to count multiply-adds."""

import numpy as np


def with_an_image_of_zeros(spec, hw):
    """Sizes by cutting an array of zeros as the window would."""
    image, total = np.zeros(hw), 0
    for kind, *n in spec:
        if kind == "gap":
            image = np.zeros((1, 1))
        elif kind == "fc":
            total += n[0] * n[1]
        else:
            image = np.pad(image, n[2])[: (1 - n[0]) or None, : (1 - n[0]) or None]
            image = image[:: n[1], :: n[1]]
            if kind == "conv":
                total += image.size * n[4] * n[3] // n[5] * n[0] ** 2
    return total


def tracks_a_float_array(spec, hw):
    """Height and width as one array, the sum as a float."""
    size, total = np.array(hw, dtype=float), 0.0
    for row in spec:
        if row[0] in ("conv", "pool"):
            F, S, P = row[1:4]
            size = np.floor((size + 2 * P - F) / S) + 1
            if row[0] == "conv":
                total += np.prod(size) * row[5] * row[4] / row[6] * F**2
        elif row[0] == "gap":
            size[:] = 1
        else:
            total += row[1] * row[2]
    return total


def a_linear_layer_is_a_convolution(spec, hw):
    """Every fc is a 1 x 1 convolution on a single pixel."""
    sizes, total = list(hw), 0
    for kind, *n in spec:
        if kind == "gap":
            sizes = [1, 1]
            continue
        if kind == "fc":
            sizes, n, kind = [1, 1], [1, 1, 0, n[0], n[1], 1], "conv"
        F, S, P = n[:3]
        sizes = [len(range(0, side + 2 * P - F + 1, S)) for side in sizes]
        if kind == "conv":
            total += sizes[0] * sizes[1] * n[4] * (n[3] // n[5]) * F * F
    return total
