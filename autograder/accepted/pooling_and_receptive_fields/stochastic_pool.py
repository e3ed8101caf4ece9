"""Unusual and right ways to pool at random: other draws from the same generator."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def _windows(x, F, S):
    views = sliding_window_view(x, (F, F), axis=(2, 3))[:, :, ::S, ::S]
    return views.reshape(*views.shape[:4], F * F)


def sums_so_far(x, F, S, rng, training):
    """A number between 0 and the window's sum for every window; it falls on one of the pixels."""
    pixels = _windows(x, F, S)
    total = pixels.sum(axis=4)
    if not training:
        return (pixels**2).sum(axis=4) / np.where(total > 0, total, 1)
    spot = rng.random(total.shape) * total
    place = (np.cumsum(pixels, axis=4) > spot[..., None]).argmax(axis=4)
    return np.take_along_axis(pixels, place[..., None], axis=4)[..., 0]


def races(x, F, S, rng, training):
    """Every pixel gets an exponential time divided by its value; the first one home is taken."""
    pixels = _windows(x, F, S)
    total = np.maximum(pixels.sum(axis=4), 1e-300)
    if not training:
        return ((pixels / total[..., None]) * pixels).sum(axis=4).tolist()
    times = rng.exponential(size=pixels.shape) / np.maximum(pixels, 1e-300)
    return np.take_along_axis(pixels, times.argmin(axis=4)[..., None], axis=4)[..., 0].tolist()


def one_of_many(x, F, S, rng, training):
    """A multinomial draw of one for each window, from the last window to the first."""
    pixels = _windows(x, F, S)
    y = np.zeros(pixels.shape[:4])
    for index in reversed(list(np.ndindex(*y.shape))):
        window = pixels[index]
        if window.any():
            chances = window / window.sum()
            weights = rng.multinomial(1, chances) if training else chances
            y[index] = weights @ window
    return y
