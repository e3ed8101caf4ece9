"""Wrong beliefs about quantisation."""

import numpy as np


def cuts_off_instead_of_rounding(image, levels):
    """You go to the next lower level; the nearest one is asked, which may be the higher.

    Cutting off is what turning a float into an int does by itself.
    """
    return _with_grey(image, lambda v: np.floor(v * (levels - 1)) / (levels - 1))


def divides_by_the_number_of_levels(image, levels):
    """You space the levels by 1 / levels; n levels from 0 to 1 have n - 1 steps between them.

    Fence posts and the gaps between them: four posts, three gaps.
    """
    return _with_grey(image, lambda v: np.floor(v * levels + 0.5) / levels)


def makes_drawers_of_equal_width(image, levels):
    """You sort into drawers of equal width; each value goes to the nearest level instead.

    Then 0 and 1 get as much of the range as the others. With the nearest level, the two at the
    ends get half as much.
    """
    return _with_grey(image, lambda v: np.minimum(np.floor(v * levels), levels - 1)
                      / (levels - 1))


def takes_the_middle_of_a_drawer(image, levels):
    """You answer with the middles of equal intervals; here black and white are levels themselves.

    Both rules are in use. The statement fixes the other one.
    """
    return _with_grey(image, lambda v: (np.minimum(np.floor(v * levels), levels - 1) + 0.5)
                      / levels)


def rounds_halves_to_the_even_neighbour(image, levels):
    """You use np.round, which sends 0.5 to 0 and 1.5 to 2; here halves go up.

    The name promises the rounding of school; NumPy and Python's round do something else.
    """
    return _with_grey(image, lambda v: np.round(v * (levels - 1)) / (levels - 1))


def rounds_halves_down(image, levels):
    """You send exact halves to the darker level; here they go up.

    A comparison with <= in place of < does it.
    """
    return _with_grey(image, lambda v: np.ceil(v * (levels - 1) - 0.5) / (levels - 1))


def returns_the_number_of_the_level(image, levels):
    """You return 0, 1, 2, ... , the number of the level; its grey value is asked.

    That is what a file would store. To see the picture one has to divide again.
    """
    return _with_grey(image, lambda v: np.floor(v * (levels - 1) + 0.5), white=1)


def stretches_to_the_range_of_the_image(image, levels):
    """You spread the levels from the darkest to the brightest pixel; they go from black to white.

    Pictures look better so, but then a grey value depends on the other pixels.
    """
    grey = np.asarray(image, dtype=float)
    low, high = grey.min(), grey.max()
    stretched = (grey - low) / (high - low) if high > low else grey * 0
    bytes_or_not = 255 if image.dtype == np.uint8 else 1
    return _rounded(np.floor(stretched * (levels - 1) + 0.5) / (levels - 1) * bytes_or_not, image)


def forgets_that_bytes_reach_255(image, levels):
    """You treat bytes like floats from 0 to 1; white is 255 there, so divide by 255 first.

    The formula runs without complaint, and for whole numbers it even changes nothing.
    """
    return np.floor(np.asarray(image, float) * (levels - 1) + 0.5) / (levels - 1)


def calculates_within_a_byte(image, levels):
    """You multiply uint8 numbers; beyond 255 they begin again at 0. Turn them into floats first.

    NumPy does not warn about it, because whole arrays of bytes are expected to wrap around.
    """
    if image.dtype != np.uint8:
        return np.floor(image * (levels - 1) + 0.5) / (levels - 1)
    wrapped = (image.astype(int) * (levels - 1)) % 256
    return np.floor(255 * np.floor(wrapped / 255 + 0.5) / (levels - 1) + 0.5)


def _with_grey(image, rule, white=255):
    if image.dtype != np.uint8:
        return rule(image)
    return _rounded(rule(image / 255.0) * white, image)


def _rounded(values, image):
    return np.floor(values + 0.5) if image.dtype == np.uint8 else values
