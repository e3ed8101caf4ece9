"""Gabor filters: short waves that answer to stripes of one width and direction."""

from collections.abc import Sequence

import numpy as np

from course_lib.arrays import Array
from course_lib.images.pixels import expect_finite, expect_odd, expect_positive, plain_numbers


def gabor_bank(
    size: int,
    thetas: Sequence[float] | Array,
    wavelength: float,
    sigma: float,
    *,
    phase: float = 0.0,
    aspect: float = 1.0,
) -> Array:
    """One filter for each theta: exp(-(u^2 + aspect^2 v^2) / (2 sigma^2)) cos(2 pi u / wavelength).

    u = x cos(theta) + y sin(theta) and v = y cos(theta) - x sin(theta) are the coordinates along
    and across the wave, with (0, 0) in the middle pixel and y downwards; theta = 0 is made for
    vertical stripes. The wave may be shifted by `phase`: + phase under the cosine, so 0 gives an
    even filter and pi/2 an odd one.
    An even filter would also answer to plain brightness. That part, a multiple of the bell curve
    in front of the cosine, is subtracted, so every filter has sum 0.
    size: odd, in pixels, as wavelength and sigma; thetas and phase in radians.
    Returns (len(thetas), size, size) in float64.
    Raises ValueError for an even size, no theta, or a wavelength, sigma or aspect below or at 0.
    Source: Wuppertal 001:321-323 and 834; Daugman 1985.
    """
    expect_odd(size)
    expect_positive("gabor_bank", wavelength=wavelength, sigma=sigma, aspect=aspect)
    expect_finite(phase=phase)
    angles = plain_numbers("gabor_bank", "thetas", thetas)
    if angles.ndim != 1 or angles.size == 0:
        raise ValueError(
            f"gabor_bank expects thetas to be a list of at least one angle; got shape "
            f"{angles.shape}."
        )
    expect_finite(thetas=angles)
    half = int(size) // 2
    y, x = np.mgrid[-half : half + 1, -half : half + 1]
    cos, sin = np.cos(angles)[:, None, None], np.sin(angles)[:, None, None]
    u, v = x * cos + y * sin, y * cos - x * sin
    bell = np.exp(-(u**2 + (aspect * v) ** 2) / (2 * sigma**2))
    wave = bell * np.cos(2 * np.pi * u / wavelength + phase)
    brightness = wave.sum(axis=(1, 2), keepdims=True) / bell.sum(axis=(1, 2), keepdims=True)
    return np.asarray(wave - brightness * bell)
