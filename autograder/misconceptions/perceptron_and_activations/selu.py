"""Wrong beliefs about the scaled exponential linear unit."""

import numpy as np

ALPHA, SCALE = 1.6732632423543772, 1.0507009873554805


def leaves_out_the_scale(z):
    """You return elu with alpha = 1.6733; both results still have to be multiplied by 1.0507.

    The name says "scaled", and alpha alone seems to be the scale.
    """
    return _elu(z, ALPHA)


def leaves_out_alpha(z):
    """You scale elu with its default alpha = 1; it needs alpha = 1.6733.

    A default argument is used without a word.
    """
    a, da = _elu(z, 1.0)
    return SCALE * a, SCALE * da


def swaps_the_two_constants(z):
    """You use 1.0507 as alpha and 1.6733 as the factor; it is the other way round.

    Two constants with four decimals each, and names that say little.
    """
    a, da = _elu(z, SCALE)
    return ALPHA * a, ALPHA * da


def scales_the_function_and_not_its_slope(z):
    """You multiply a by 1.0507 but not da; a steeper curve has a larger derivative.

    A factor in front seems to have nothing to do with deriving.
    """
    a, da = _elu(z, ALPHA)
    return SCALE * a, da


def scales_the_left_side_only(z):
    """You multiply by 1.0507 on the left only; the factor holds on the right as well.

    Everything that is special about ELU happens on the left.
    """
    z = np.asarray(z, dtype=float)
    a, da = _elu(z, ALPHA)
    factor = np.where(z > 0, 1.0, SCALE)
    return factor * a, factor * da


def scales_the_right_side_only(z):
    """You multiply by 1.0507 on the right only; the factor stands in front of both pieces.

    In print the bracket behind the factor spans two lines, and the first one seems to be meant.
    """
    z = np.asarray(z, dtype=float)
    a, da = _elu(z, ALPHA)
    factor = np.where(z > 0, SCALE, 1.0)
    return factor * a, factor * da


def scales_the_input(z):
    """You compute elu(1.0507 z); the factor belongs in front of elu, not inside.

    On the right the two are equal, so a few positive tests pass.
    """
    a, da = _elu(SCALE * np.asarray(z, dtype=float), ALPHA)
    return a, SCALE * da


def _elu(z, alpha):
    z = np.asarray(z, dtype=float)
    left = np.exp(np.minimum(z, 0))
    return np.where(z > 0, z, alpha * (left - 1)), np.where(z > 0, 1.0, alpha * left)
