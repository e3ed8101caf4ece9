"""Unusual and right quantisers."""

import numpy as np


def asks_every_level(image, levels):
    """Compares each pixel with all levels; of two equally near ones the brighter wins."""
    white = 255.0 if image.dtype == np.uint8 else 1.0
    greys = np.linspace(0, white, levels)[::-1]
    far = np.abs(np.asarray(image, float)[..., None] - greys)
    # A tiny bonus for the brighter one, so that rounding errors do not decide.
    nearest = greys[(far + 1e-12 * white * np.arange(levels)).argmin(axis=-1)]
    return np.floor(nearest + 0.5).astype(np.uint8) if white == 255 else nearest


def goes_pixel_by_pixel(image, levels):
    """Plain Python numbers, one pixel after the other; whole numbers throughout for bytes."""
    steps, out = levels - 1, np.zeros(image.shape)
    for place in np.ndindex(image.shape):
        if image.dtype == np.uint8:
            k = (2 * int(image[place]) * steps + 255) // 510
            out[place] = (2 * 255 * k + steps) // (2 * steps)
        else:
            out[place] = int(image[place] * steps + 0.5) / steps
    return out
