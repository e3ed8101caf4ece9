"""What people believe about the regions of fractional pooling."""

import numpy as np


def _check(n_in, n_out):
    if not n_out <= n_in <= 2 * n_out:
        raise ValueError("no such regions")


def _lengths(n_in, n_out, rng):
    _check(n_in, n_out)
    return rng.permutation([1] * (2 * n_out - n_in) + [2] * (n_in - n_out))


def _pairs(lengths):
    ends = np.cumsum(lengths).tolist()
    return list(zip([0, *ends[:-1]], ends, strict=True))


def tosses_a_coin_for_every_length(n_in, n_out, rng):
    """You draw every length by itself, so the end is missed; shuffle the right number of twos.

    "One or two at random" sounds like a coin. Its sum is random, too.
    """
    _check(n_in, n_out)
    return _pairs(rng.integers(1, 3, n_out))


def tosses_a_coin_while_it_can(n_in, n_out, rng):
    """You toss a coin until no choice is left; the orders are not equally likely. Shuffle lengths.

    It fits every time, and for n_in near 1.5 n_out it looks right even in long rows.
    """
    _check(n_in, n_out)
    found, first = [], 0
    for left in range(n_out, 0, -1):
        rest = n_in - first
        length = 1 if rest == left else 2 if rest == 2 * left else int(rng.integers(1, 3))
        found.append((first, first + length))
        first += length
    return found


def never_shuffles(n_in, n_out, rng):
    """You put all regions of one length first; their order is to be drawn.

    The regions fit, and no small example shows that nothing was drawn.
    """
    _check(n_in, n_out)
    return _pairs([1] * (2 * n_out - n_in) + [2] * (n_in - n_out))


def spreads_them_evenly(n_in, n_out, rng):
    """You spread the regions of two pixels evenly; their order is to be drawn.

    floor(i n_in / n_out) is the usual way to divide pixels among regions.
    """
    _check(n_in, n_out)
    edges = [i * n_in // n_out for i in range(n_out + 1)]
    return list(zip(edges[:-1], edges[1:], strict=True))


def swaps_ones_and_twos(n_in, n_out, rng):
    """You make n_in - n_out regions of one pixel; that many have two.

    Two counts that add up to n_out are easily swapped.
    """
    _check(n_in, n_out)
    twos = 2 * n_out - n_in
    return _pairs(rng.permutation([1] * (n_out - twos) + [2] * twos))


def gives_lengths_instead_of_ends(n_in, n_out, rng):
    """You return (first, length); the second number is where the region ends.

    Both describe a region.
    """
    return [(first, end - first) for first, end in _pairs(_lengths(n_in, n_out, rng))]


def counts_the_end_in(n_in, n_out, rng):
    """You return the last pixel of each region; end is the first pixel behind it, as in a slice.

    In words one says "from pixel 3 to pixel 4".
    """
    return [(first, end - 1) for first, end in _pairs(_lengths(n_in, n_out, rng))]


def makes_all_regions_two_wide(n_in, n_out, rng):
    """You make every region two pixels wide; then neighbours overlap. Here they lie side by side.

    Overlapping regions are the other variant of fractional pooling.
    """
    return [(first, first + 2) for first, _ in _pairs(_lengths(n_in, n_out, rng))]


def refuses_nothing(n_in, n_out, rng):
    """You return something for sizes that cannot be; n_out regions hold n_out to 2 n_out pixels.

    The counts come out negative, and a negative count of a list is no list at all.
    """
    if not n_out <= n_in <= 2 * n_out:
        return _pairs([1] * max(2 * n_out - n_in, 0) + [2] * max(n_in - n_out, 0))
    return _pairs(_lengths(n_in, n_out, rng))


def draws_the_cuts_anywhere(n_in, n_out, rng):
    """You draw the ends anywhere, so regions can be long; each has one or two pixels.

    n_out random pieces of a row of pixels sound like random cuts.
    """
    _check(n_in, n_out)
    cuts = np.sort(rng.choice(np.arange(1, n_in), n_out - 1, replace=False)).tolist()
    return list(zip([0, *cuts], [*cuts, n_in], strict=True))
