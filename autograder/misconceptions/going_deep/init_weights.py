"""What people believe about first weights."""

import numpy as np


def _fans(z):
    window = int(np.prod(z.shape[2:]))
    return z.shape[1] * window, z.shape[0] * window


def _scaled(z, kind, fan_in, fan_out):
    return z * np.sqrt({"lecun": 1 / fan_in, "xavier": 2 / (fan_in + fan_out),
                        "he": 2 / fan_in}[kind])


def multiplies_by_the_variance(z, kind):
    """You multiply by the variance; numbers times c have variance c squared, so take the root.

    The papers name variances, and the numbers to be multiplied are drawn with spread 1.
    """
    fan_in, fan_out = _fans(z)
    return z * {"lecun": 1 / fan_in, "xavier": 2 / (fan_in + fan_out), "he": 2 / fan_in}[kind]


def takes_outputs_for_inputs(z, kind):
    """You exchange n_in and n_out; a row of the weights belongs to a neuron that comes out.

    Shapes are often written (in, out).
    """
    fan_in, fan_out = _fans(z)
    return _scaled(z, kind, fan_out, fan_in)


def forgets_the_window(z, kind):
    """You count channels only; a filter adds up C times F_h times F_w numbers.

    A filter is thought of as one connection for each channel.
    """
    return _scaled(z, kind, z.shape[1], z.shape[0])


def counts_the_window_on_the_way_in_only(z, kind):
    """You count the window for n_in only; a number also reaches F_h times F_w places of each map.

    On the way forward the window is in plain sight; on the way back it is not.
    """
    fan_in, _ = _fans(z)
    return _scaled(z, kind, fan_in, z.shape[0])


def takes_he_for_all(z, kind):
    """You use He's rule whatever kind says; the three rules have three variances.

    Most libraries' networks begin with He.
    """
    fan_in, fan_out = _fans(z)
    return _scaled(z, "he", fan_in, fan_out)


def leaves_the_two_out_of_he(z, kind):
    """You take 1 / n_in for "he"; ReLU leaves half of the squares, so He doubles: 2 / n_in.

    Xavier's rule with n_in = n_out is 1 / n_in as well.
    """
    fan_in, fan_out = _fans(z)
    return _scaled(z, "lecun" if kind == "he" else kind, fan_in, fan_out)


def leaves_the_two_out_of_xavier(z, kind):
    """You take 1 / (n_in + n_out) for "xavier"; it is 2 by the sum, one by the mean of the two.

    A mean is easily taken for a sum.
    """
    fan_in, fan_out = _fans(z)
    return z / np.sqrt(fan_in + fan_out) if kind == "xavier" else _scaled(z, kind, fan_in, fan_out)


def forces_the_spread_on_the_draw(z, kind):
    """You first give z mean 0 and spread 1; the rule speaks of the law, not of this draw.

    The variance "shall be" 2 / n_in, and the numbers at hand miss it a little.
    """
    fan_in, fan_out = _fans(z)
    spread = z.std()
    return _scaled((z - z.mean()) / (spread if spread > 0 else 1), kind, fan_in, fan_out)


def counts_the_whole_array(z, kind):
    """You divide by all numbers of the array; one neuron adds up a single row of it.

    z.size is at hand.
    """
    _, fan_out = _fans(z)
    return _scaled(z, kind, z.size, fan_out)


def divides_by_the_root_only(z, kind):
    """You forget the root on top, and scale by 2 / sqrt(n_in); the root covers the 2 as well.

    sqrt(2 / n) is read as 2 / sqrt(n).
    """
    fan_in, fan_out = _fans(z)
    return z * {"lecun": 1 / fan_in**0.5, "xavier": 2 / (fan_in + fan_out)**0.5,
                "he": 2 / fan_in**0.5}[kind]


def divides_by_the_spread_of_the_draw(z, kind):
    """You divide z by its own spread; the rule speaks of the law, not of this draw.

    Then this draw has the variance exactly, and a new one another factor.
    """
    fan_in, fan_out = _fans(z)
    spread = z.std()
    return _scaled(z / (spread if spread > 0 else 1), kind, fan_in, fan_out)


def adds_n_out_behind_the_division(z, kind):
    """You write 2 / n_in + n_out for "xavier"; the sum stands below the bar: 2 / (n_in + n_out).

    A bar holds its sum together, a slash does not.
    """
    fan_in, fan_out = _fans(z)
    if kind == "xavier":
        return z * np.sqrt(2 / fan_in + fan_out)
    return _scaled(z, kind, fan_in, fan_out)
