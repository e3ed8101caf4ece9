"""Wrong Gabor filters."""

import numpy as np


def _grid(size):
    half = size // 2
    y, x = np.mgrid[-half : half + 1, -half : half + 1]
    return y, x


def _balanced(wave, bell):
    return wave - wave.sum() / bell.sum() * bell


def _bank(size, thetas, wavelength, sigma, balance=_balanced, bell=None, wave=None):
    y, x = _grid(size)
    made_bell = np.exp(-(x**2 + y**2) / (2 * sigma**2)) if bell is None else bell
    filters = []
    for theta in thetas:
        u = x * np.cos(theta) + y * np.sin(theta)
        stripes = np.cos(2 * np.pi * u / wavelength) if wave is None else wave(x, y, theta)
        filters.append(balance(made_bell * stripes, made_bell))
    return np.stack(filters)


def keeps_the_brightness(size, thetas, wavelength, sigma):
    """You forget to take the brightness out; each filter has to sum to 0.

    Bell times cosine is the formula of a Gabor filter, and looks finished.
    """
    return _bank(size, thetas, wavelength, sigma, balance=lambda wave, bell: wave)


def subtracts_the_mean(size, thetas, wavelength, sigma):
    """You subtract the mean everywhere; subtract a multiple of the bell, which fades outwards.

    The sum is 0 this way too, but the corners of the filter are no longer near 0.
    """
    return _bank(size, thetas, wavelength, sigma, balance=lambda wave, bell: wave - wave.mean())


def subtracts_the_bell_once(size, thetas, wavelength, sigma):
    """You subtract the bell as it is; only wave.sum() / bell.sum() of it is too much.

    The bell is what has to go, so all of it seems to.
    """
    return _bank(size, thetas, wavelength, sigma, balance=lambda wave, bell: wave - bell)


def angles_in_degrees(size, thetas, wavelength, sigma):
    """You take the angles for degrees; they are in radians.

    cos and sin want radians, so somebody converts them once too often.
    """
    return _bank(size, np.radians(thetas), wavelength, sigma)


def waves_along_y(size, thetas, wavelength, sigma):
    """Your wave runs along y for theta = 0; u = x cos(theta) + y sin(theta) runs along x.

    theta = 0 may be taken for the direction of the stripes.
    """
    return _bank(size, thetas, wavelength, sigma, wave=lambda x, y, theta: np.cos(
        2 * np.pi * (y * np.cos(theta) - x * np.sin(theta)) / wavelength))


def y_upwards(size, thetas, wavelength, sigma):
    """Your filters turn the other way; rows count downwards, so y grows downwards.

    In mathematics y goes up.
    """
    return _bank(size, -np.asarray(thetas), wavelength, sigma)


def forgets_the_two_pi(size, thetas, wavelength, sigma):
    """You write cos(u / wavelength); a whole wave is 2 pi, so 2 pi u / wavelength is needed.

    The wavelength seems to say it all.
    """
    return _bank(size, thetas, 2 * np.pi * wavelength, sigma)


def takes_the_wavelength_for_a_frequency(size, thetas, wavelength, sigma):
    """You multiply by the wavelength; the longer the wave, the slower it goes: divide.

    Many formulas have 2 pi f u, with a frequency.
    """
    return _bank(size, thetas, 1 / wavelength, sigma)


def bell_without_the_square(size, thetas, wavelength, sigma):
    """You divide by 2 sigma in the bell; it is 2 sigma squared.

    The square stands in the denominator, where it is easily lost.
    """
    return _bank(size, thetas, wavelength, np.sqrt(sigma))


def bell_without_the_two(size, thetas, wavelength, sigma):
    """You divide by sigma squared in the bell; it is 2 sigma squared.

    exp(-(x / sigma)^2) is a bell as well, of another width.
    """
    return _bank(size, thetas, wavelength, sigma / np.sqrt(2))


def sine_instead_of_cosine(size, thetas, wavelength, sigma):
    """You take the sine; asked is for the cosine, which is largest in the middle.

    A wave starts at 0. The sine gives an odd filter, which answers to edges.
    """
    return _bank(size, thetas, wavelength, sigma, wave=lambda x, y, theta: np.sin(
        2 * np.pi * (x * np.cos(theta) + y * np.sin(theta)) / wavelength))


def starts_in_the_corner(size, thetas, wavelength, sigma):
    """Your (0, 0) is the upper left pixel; it is the middle one.

    np.mgrid[:size, :size] counts from the corner.
    """
    y, x = np.mgrid[:size, :size]
    bell = np.exp(-(x**2 + y**2) / (2 * sigma**2))
    return _bank(size, thetas, wavelength, sigma, bell=bell, wave=lambda _x, _y, theta: np.cos(
        2 * np.pi * (x * np.cos(theta) + y * np.sin(theta)) / wavelength))


def filters_last(size, thetas, wavelength, sigma):
    """You put the filters on the last axis; they come first: (number of angles, size, size).

    Colour pictures have their channels last in many programs.
    """
    return np.moveaxis(_bank(size, thetas, wavelength, sigma), 0, -1)


def swaps_x_and_y(size, thetas, wavelength, sigma):
    """You have x and y exchanged; x counts columns and y counts rows.

    np.mgrid gives rows first, and x is the first letter.
    """
    return _bank(size, thetas, wavelength, sigma, wave=lambda x, y, theta: np.cos(
        2 * np.pi * (y * np.cos(theta) + x * np.sin(theta)) / wavelength))


def leaves_the_wave_bare(size, thetas, wavelength, sigma):
    """You forget the bell in the wave; it is bell times cosine.

    The bell is used for taking the brightness out, so it seems to be done with.
    """
    y, x = _grid(size)
    bell = np.exp(-(x**2 + y**2) / (2 * sigma**2))
    stripes = [np.cos(2 * np.pi * (x * np.cos(a) + y * np.sin(a)) / wavelength) for a in thetas]
    return np.stack([_balanced(wave, bell) for wave in stripes])
