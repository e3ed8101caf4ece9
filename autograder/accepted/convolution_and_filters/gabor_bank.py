"""Unusual and right ways to make Gabor filters."""

import math

import numpy as np


def pixel_by_pixel(size, thetas, wavelength, sigma):
    """Loops and lists; the brightness is counted in a second walk."""
    half = size // 2
    places = range(-half, half + 1)
    bank = []
    for theta in thetas:
        bell = [[math.exp(-(x * x + y * y) / (2 * sigma * sigma)) for x in places] for y in places]
        wave = [
            [
                bell[y + half][x + half]
                * math.cos(
                    2 * math.pi * (x * math.cos(theta) + y * math.sin(theta)) / wavelength
                )
                for x in places
            ]
            for y in places
        ]
        too_much = sum(map(sum, wave)) / sum(map(sum, bell))
        bank.append([[w - too_much * b for w, b in zip(*rows, strict=True)]
                     for rows in zip(wave, bell, strict=True)])
    return bank


def complex_wave(size, thetas, wavelength, sigma):
    """The real part of a complex wave, all directions at once; the bell is a product of rows."""
    line = np.arange(size) - size // 2
    row = np.exp(-0.5 * (line / sigma) ** 2)
    bell = np.outer(row, row)
    turn = np.exp(1j * np.asarray(thetas, float))[:, None, None]
    u = line[None, None, :] * turn.real + line[None, :, None] * turn.imag
    stripes = np.exp(2j * np.pi * u / wavelength).real
    share = (bell * stripes).sum(axis=(1, 2)) / bell.sum()
    return bell * (stripes - share[:, None, None])
